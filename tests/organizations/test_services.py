"""Changes of the register: each on a day, each with its history, none by strangers."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused
from apps.organizations import services
from apps.organizations.models import Group, Organization
from tests.factories.organizations import SchoolFactory

DAY = date(2026, 9, 1)


def _code(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.findings[0].code


def test_school_changes_its_own_contacts_only(director: User, school: Organization, other_school: Organization) -> None:
    assert services.update_contacts(organization=school, by=director, values={"phone": "8 800", "name": "Лучшая"})
    school.refresh_from_db()
    assert (school.phone, school.name) == ("8 800", "Школа № 1")
    assert events.history(school).get().text == "Изменены контакты: телефон"
    with pytest.raises(Refused) as refusal:
        services.update_contacts(organization=other_school, by=director, values={"phone": "1"})
    assert _code(refusal) == "not_yours"


def test_unchanged_contacts_leave_no_trace(director: User, school: Organization) -> None:
    assert not services.update_contacts(organization=school, by=director, values={"phone": school.phone})
    assert not events.history(school).exists()


def test_rename_keeps_the_old_name_in_the_history(specialist: User, school: Organization) -> None:
    services.rename_organization(organization=school, name="Лицей № 1", on=DAY, by=specialist, note="Приказ 5")
    school.refresh_from_db()
    assert (school.name, school.code) == ("Лицей № 1", "school-01")
    event = school.events.get()
    assert (event.kind, event.on, event.note) == ("renamed", DAY, "Прежнее название: Школа № 1. Приказ 5")


def test_merge_closes_and_points_to_the_successor(
    specialist: User, school: Organization, other_school: Organization
) -> None:
    services.merge_organizations(organization=school, into=other_school, on=DAY, by=specialist)
    school.refresh_from_db()
    assert (school.closed_on, school.successor) == (DAY, other_school)
    assert not Organization.objects.active(DAY).filter(pk=school.pk).exists()
    assert Organization.objects.active(date(2026, 8, 31)).filter(pk=school.pk).exists()
    assert events.history(other_school).count() == 1


def test_impossible_changes_are_refused_with_a_reason(
    specialist: User, school: Organization, other_school: Organization, authority: Organization
) -> None:
    opened = SchoolFactory(number=77, opened_on=date(2020, 9, 1))
    cases: list[tuple[str, Callable[..., None], dict[str, Any]]] = [
        ("same", services.merge_organizations, {"organization": school, "into": school}),
        ("authority", services.merge_organizations, {"organization": school, "into": authority}),
        ("authority", services.close_organization, {"organization": authority}),
        ("same_name", services.rename_organization, {"organization": school, "name": "Школа № 1 "}),
    ]
    for code, service, arguments in cases:
        with pytest.raises(Refused) as refusal:
            service(on=DAY, by=specialist, **arguments)
        assert _code(refusal) == code
    with pytest.raises(Refused) as early:
        services.close_organization(organization=opened, on=date(2019, 1, 1), by=specialist)
    assert _code(early) == "before_opening"
    services.close_organization(organization=school, on=DAY, by=specialist)
    with pytest.raises(Refused) as again:
        services.close_organization(organization=school, on=DAY, by=specialist)
    assert _code(again) == "closed_already"


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.METHODOLOGIST, Role.OBSERVER])
def test_others_do_not_change_the_network(user_of: Callable[..., User], school: Organization, role: Role) -> None:
    with pytest.raises(Refused) as refusal:
        services.close_organization(organization=school, on=DAY, by=user_of(role))
    assert _code(refusal) == "not_keeper"
    with pytest.raises(Refused):
        services.assign_group(code="g", name="Группа", organizations=[school], by=user_of(role))
    assert not Group.objects.exists()


def test_group_has_exactly_the_given_members(
    specialist: User, school: Organization, other_school: Organization
) -> None:
    services.assign_group(code="rural", name="Сельские", organizations=[school], by=specialist)
    group = services.assign_group(code="rural", name="Сельские школы", organizations=[other_school], by=specialist)
    assert list(group.organizations.all()) == [other_school]
    assert Group.objects.get().name == "Сельские школы"
