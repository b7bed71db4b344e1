"""Invitations and roles: who may give what, and what ends when."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from apps.accounts import services
from apps.accounts.models import Invitation, Membership, User
from apps.accounts.roles import AUTHORITY, Role
from apps.core import events
from apps.core.findings import Refused
from apps.organizations.models import Organization
from tests.factories.accounts import InvitationFactory, MembershipFactory

PASSWORD = "длинная проверочная фраза"


def _code(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.findings[0].code


@pytest.mark.parametrize(
    ("giver", "given", "own", "allowed"),
    [
        pytest.param(Role.ADMIN, Role.ADMIN, False, True, id="only an administrator gives admin"),
        pytest.param(Role.HEAD, Role.ADMIN, False, False, id="a head does not"),
        pytest.param(Role.HEAD, Role.SPECIALIST, False, True, id="a head gives specialist"),
        pytest.param(Role.SPECIALIST, Role.SPECIALIST, False, False, id="a specialist makes no second self"),
        pytest.param(Role.SPECIALIST, Role.DIRECTOR, False, True, id="a specialist gives director"),
        pytest.param(Role.METHODOLOGIST, Role.COORDINATOR, False, False, id="a methodologist gives nothing"),
        pytest.param(Role.DIRECTOR, Role.COORDINATOR, True, True, id="a director gives coordinator at home"),
        pytest.param(Role.DIRECTOR, Role.COORDINATOR, False, False, id="but not elsewhere"),
        pytest.param(Role.DIRECTOR, Role.DIRECTOR, True, False, id="and no second director"),
        pytest.param(Role.COORDINATOR, Role.COORDINATOR, True, False, id="a coordinator gives nothing"),
    ],
)
def test_who_may_invite(
    user_of: Callable[..., User],
    authority: Organization,
    school: Organization,
    other_school: Organization,
    giver: Role,
    given: Role,
    own: bool,
    allowed: bool,
) -> None:
    place = authority if given in AUTHORITY else school if own else other_school
    assert services.may_grant(by=user_of(giver), role=given, organization=place) is allowed
    if not allowed:
        with pytest.raises(Refused) as refusal:
            services.invite(email="new@test.invalid", organization=place, role=given, by=user_of(giver))
        assert _code(refusal) == "role_not_yours"
        assert not Invitation.objects.exists()


def test_role_of_the_authority_is_not_given_in_a_school(administrator: User, school: Organization) -> None:
    with pytest.raises(Refused):
        services.invite(email="new@test.invalid", organization=school, role=Role.SPECIALIST, by=administrator)


def test_authority_has_no_director_but_may_have_observers(administrator: User, authority: Organization) -> None:
    assert not services.may_grant(by=administrator, role=Role.DIRECTOR, organization=authority)
    assert services.may_grant(by=administrator, role=Role.OBSERVER, organization=authority)


def test_invitation_goes_by_mail_with_a_link_to_our_own_address(
    specialist: User, school: Organization, commit: Callable[[], AbstractContextManager[Any]], settings: Any
) -> None:
    settings.SITE_URL = "https://msoko.example"
    with commit():
        made = services.invite(email=" New@Test.invalid ", organization=school, role=Role.DIRECTOR, by=specialist)
    assert made.email == "new@test.invalid"
    assert mail.outbox[0].to == ["new@test.invalid"]
    assert f"https://msoko.example/accounts/invitations/{made.token}/" in mail.outbox[0].body
    assert events.history(school).get().actor == specialist


def test_second_invitation_and_role_already_held_are_refused(
    specialist: User, school: Organization, director: User
) -> None:
    services.invite(email="new@test.invalid", organization=school, role=Role.DIRECTOR, by=specialist)
    with pytest.raises(Refused) as again:
        services.invite(email="NEW@test.invalid", organization=school, role=Role.DIRECTOR, by=specialist)
    assert _code(again) == "invited_already"
    with pytest.raises(Refused) as held:
        services.invite(email=director.email, organization=school, role=Role.DIRECTOR, by=specialist)
    assert _code(held) == "has_role"


def _accept(invitation: Invitation) -> User:
    return services.accept_as_new_user(
        invitation=invitation, last_name="Новикова", first_name="Ольга", patronymic="", post="завуч", password=PASSWORD
    )


def test_acceptance_makes_an_account_with_the_offered_role_only(school: Organization) -> None:
    invitation = InvitationFactory(email="new@test.invalid", organization=school, role=Role.COORDINATOR)
    user = _accept(invitation)
    assert user.check_password(PASSWORD)
    assert [(m.role, m.organization) for m in user.memberships.all()] == [(Role.COORDINATOR, school)]
    assert not user.is_staff
    assert not user.is_superuser


@pytest.mark.parametrize("state", ["used", "withdrawn", "expired"])
def test_closed_invitation_gives_nothing(school: Organization, specialist: User, state: str) -> None:
    invitation = InvitationFactory(organization=school, invited_by=specialist)
    if state == "used":
        _accept(invitation)
    elif state == "withdrawn":
        services.withdraw_invitation(invitation=invitation, by=specialist)
    else:
        Invitation.objects.update(created_at=timezone.now() - Invitation.LIFETIME - timedelta(seconds=1))
    before = User.objects.count()
    with pytest.raises(Refused) as refusal:
        _accept(invitation)
    assert _code(refusal) == "invitation_closed"
    assert User.objects.count() == before


def test_known_person_gets_a_second_role_only_by_their_own_invitation(
    director: User, coordinator: User, other_school: Organization
) -> None:
    invitation = InvitationFactory(email=director.email, organization=other_school, role=Role.DIRECTOR)
    with pytest.raises(Refused) as refusal:
        services.accept_as_user(invitation=invitation, by=coordinator)
    assert _code(refusal) == "other_person"
    services.accept_as_user(invitation=invitation, by=director)
    assert director.memberships.count() == 2


def test_role_is_ended_by_those_above_and_never_by_oneself(
    specialist: User, director: User, coordinator: User, other_director: User
) -> None:
    own = Membership.objects.get(user=director)
    with pytest.raises(Refused) as refusal:
        services.end_membership(membership=own, by=director)
    assert _code(refusal) == "own_role"
    his = Membership.objects.get(user=coordinator)
    with pytest.raises(Refused):
        services.end_membership(membership=his, by=other_director)
    services.end_membership(membership=his, by=director)
    assert not Membership.objects.current().filter(user=coordinator).exists()
    services.end_membership(membership=own, by=specialist)
    assert events.history(director).count() == 1


def test_specialist_cannot_end_the_head_or_close_their_account(specialist: User, head: User) -> None:
    with pytest.raises(Refused):
        services.end_membership(membership=Membership.objects.get(user=head), by=specialist)
    with pytest.raises(Refused):
        services.set_active(user=head, active=False, by=specialist)
    assert User.objects.get(pk=head.pk).is_active


def test_director_cannot_close_an_account(director: User, coordinator: User) -> None:
    with pytest.raises(Refused):
        services.set_active(user=coordinator, active=False, by=director)


def test_account_with_a_role_above_stays(specialist: User, authority: Organization, coordinator: User) -> None:
    MembershipFactory(user=coordinator, organization=authority, role=Role.HEAD)
    assert not services.may_disable(user=coordinator, by=specialist)
