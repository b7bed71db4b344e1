"""Targets: never without a basis, warned where history does not support them, their state in words."""

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused
from apps.indicators.models import Cause, Target
from apps.indicators.services import targets as services
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.series import DirectionFactory, TargetFactory, report, share_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(school, specialist):
    """40 % in 2023, 42 % in 2024, 44 % in 2025 of three schools together: +2 points a year."""
    PackFactory()
    version = share_version()
    others = [SchoolFactory(code=f"school-1{n}", number=10 + n) for n in range(2)]
    for year, part in (("2023", 40), ("2024", 42), ("2025", 44)):
        report(year, specialist, dict.fromkeys((school, *others), (100, part)))
    return version


def new(version, number, **fields):
    given = {"basis": Target.Basis.LAST_YEAR, "basis_text": "Значение за 2025 год — 44 %", **fields}
    period = PeriodFactory(code=given.pop("period", "2026"))
    return services.NewTarget(indicator=version.indicator, period=period, number=Decimal(number), **given)


@pytest.mark.capability("S-087")
def test_a_target_needs_its_basis_and_a_jump_an_explanation(client_of, share):
    address = reverse("indicators:target", args=[share.indicator.code])
    client = client_of(Role.SPECIALIST)
    typed = {"period": "2026", "scope": "municipality", "number": "60,5", "basis": "", "basis_text": ""}
    page = client.post(address, typed).content.decode()
    assert "Выберите, на чём основана цель" in page
    assert "Напишите основание словами" in page
    assert "60,5" in page  # what was typed is kept
    assert not Target.objects.exists()

    typed |= {"basis": "requirement", "basis_text": "Приказ № 12, пункт 3"}
    page = client.post(address, typed).content.decode().replace("\u00a0", " ")
    assert "Нужно изменение на +16,5 п. п. в год от 44,0 % за 2025" in page
    assert "самое большое известное изменение в эту сторону — +2,0 п. п." in page
    assert not Target.objects.exists()

    answer = client.post(address, typed | {"explanation": "Открывается технопарк на 400 мест."})
    assert answer.status_code == 302
    target = Target.objects.get()
    assert (target.number, target.basis, target.explanation) == (
        Decimal("60.5"), "requirement", "Открывается технопарк на 400 мест.",
    )  # fmt: skip
    shown = client.get(reverse("indicators:detail", args=[share.indicator.code])).content.decode()
    assert "требование акта: Приказ № 12, пункт 3" in shown
    assert "на пути: показатель движется к цели" in shown


def test_what_history_supports_needs_no_explanation(share, specialist):
    target = services.set_target(new=new(share, 46, explanation="лишнее"), by=specialist)
    assert target.explanation == ""


@pytest.mark.parametrize("number", [101, -1])
def test_the_impossible_is_an_error_even_with_an_explanation(share, specialist, number):
    with pytest.raises(Refused) as refusal:
        services.set_target(new=new(share, number, explanation="Очень хочется."), by=specialist)
    assert [finding.code for finding in refusal.value.findings] == ["beyond"]


def test_a_new_target_replaces_and_the_old_one_stays_in_the_history(share, specialist):
    services.set_target(new=new(share, 45), by=specialist)
    services.set_target(new=new(share, 45), by=specialist)  # typed twice: nothing more
    assert Target.objects.count() == 1
    services.set_target(new=new(share, 46), by=specialist)
    assert [(one.number, one.ended_at is None) for one in Target.objects.order_by("pk")] == [(45, False), (46, True)]
    texts = [event.text for event in events.history(share.indicator)]
    assert any("46,0\u00a0% (было 45,0\u00a0%)" in text for text in texts)


def test_a_target_is_ended_for_a_reason(client_of, share, specialist):
    target = services.set_target(new=new(share, 45), by=specialist)
    address = reverse("indicators:target_end", args=[share.indicator.code, target.pk])
    client_of(Role.HEAD).post(address, {"reason": ""})
    assert Target.objects.current().exists()
    client_of(Role.HEAD).post(address, {"reason": "Методика меняется"})
    assert not Target.objects.current().exists()
    assert Target.objects.exists()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.METHODOLOGIST, Role.ADMIN, Role.OBSERVER])
def test_others_set_no_targets(client_of, user_of, share, role):
    assert client_of(role).get(reverse("indicators:target", args=[share.indicator.code])).status_code == 404
    assert client_of(role).get(reverse("indicators:targets")).status_code == 404
    with pytest.raises(Refused):
        services.set_target(new=new(share, 45), by=user_of(role))
    with pytest.raises(Refused):
        services.write_cause(indicator=share.indicator, period=PeriodFactory(code="2025"), text="—", by=user_of(role))


def test_a_school_sees_targets_of_all_and_its_own_but_no_stranger(client_of, share, school, specialist):
    other = SchoolFactory(code="school-20", number=20)
    TargetFactory(indicator=share.indicator, author=specialist, basis_text="Общая цель")
    TargetFactory(
        indicator=share.indicator, author=specialist, scope="organization", scope_key=school.pk, basis_text="Ваша цель"
    )
    TargetFactory(
        indicator=share.indicator, author=specialist, scope="organization", scope_key=other.pk, basis_text="Чужая цель"
    )
    address = reverse("indicators:detail", args=[share.indicator.code])
    whole = client_of(Role.DIRECTOR).get(address).content.decode()
    assert "Общая цель" in whole
    own = client_of(Role.DIRECTOR).get(address, {"scope": "organization-school-01"}).content.decode()
    assert "Ваша цель" in own
    assert "Чужая цель" not in whole + own
    assert client_of(Role.DIRECTOR).get(address, {"scope": "organization-school-20"}).status_code == 404


def test_the_grid_takes_all_rows_or_none(client_of, share):
    direction = DirectionFactory()
    share.indicator.direction = direction
    share.indicator.save()
    whole = share.indicator.__class__.objects.get(code="trial.2")
    whole.direction = direction
    whole.save()
    prefix, other = f"row{share.indicator_id}", f"row{whole.pk}"
    client = client_of(Role.SPECIALIST)
    address = reverse("indicators:targets") + "?direction=1.3&year=2026-27"
    good = {f"{prefix}-number": "46", f"{prefix}-basis": "decision", f"{prefix}-basis_text": "Решение № 1"}
    bad = {f"{other}-number": "не число", f"{other}-basis": "", f"{other}-basis_text": ""}
    page = client.post(address, good | bad).content.decode()
    assert "Введите число" in page
    assert "Решение № 1" in page
    assert not Target.objects.exists()
    page = client.post(address, good | {f"{other}-number": "140"}).content.decode()
    assert "Напишите основание словами" in page
    assert not Target.objects.exists()
    assert client.post(address, good).status_code == 302
    target = Target.objects.get()
    assert (target.period.code, target.number) == ("2026", 46)  # самообследование of the school year 2026/27
    assert "46" in client.get(address).content.decode()


def test_causes_are_kept_changed_and_taken_away(share, specialist):
    period = PeriodFactory(code="2025")
    services.write_cause(indicator=share.indicator, period=period, text="Открыты кружки.", by=specialist)
    services.write_cause(indicator=share.indicator, period=period, text="Открыты кружки и секции.", by=specialist)
    assert Cause.objects.get().text == "Открыты кружки и секции."
    said = events.history(share.indicator).filter(kind="indicators.cause").order_by("pk")
    assert [event.data["old"] for event in said] == ["", "Открыты кружки."]
    services.write_cause(indicator=share.indicator, period=period, text="  ", by=specialist)
    assert not Cause.objects.exists()
