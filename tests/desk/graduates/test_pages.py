"""Graduates on one page: exams, medals, markers, career choice; seen and hidden."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.objectivity.models import Evidence, ObjectivityRule, ObjectivityRun
from apps.indicators.models import Aggregate
from apps.indicators.services import load_packs
from apps.procedures.olympiads.models import Olympiad, OlympiadCount
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory, SubjectFactory
from tests.factories.scored import scored
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(school, other_school):
    from apps.indicators.models import IndicatorVersion

    load_packs()
    period, year = PeriodFactory(code="2025/26"), PeriodFactory(code="2026")
    ege = ProcedureFactory(kind="ege", grade=11, period=period, pass_score=27)
    scored(ege, school, [[]] * 12, tests=[20, 30, 40, 50, 60, 70, 80, 81, 85, 90, 95, 100])
    scored(ege, other_school, [[]] * 10, tests=[50] * 10)
    for code, where, value in (("so_oo.1.17", year, 7), ("plan_4.3.2%", period, Decimal("41.5"))):
        version = IndicatorVersion.objects.get(indicator__code=code)
        for scope, key in (("organization", str(school.pk)), ("municipality", "")):
            Aggregate.objects.create(
                version=version, period=where, scope=scope, scope_key=key, numerator=value, value=value,
                reported=1, expected=1,
            )  # fmt: skip
    rule, _ = ObjectivityRule.objects.get_or_create(version=1)
    run = ObjectivityRun.objects.create(period=period, rule=rule, finished_at=timezone.now())
    Evidence.objects.create(
        run=run, organization=other_school, procedure=ege, test="mean", statistic=1, n=10, marked=True,
        words="Средний балл выше муниципального.",
    )  # fmt: skip
    olympiad = Olympiad.objects.create(period=period, stage="municipal", subject=ege.subject)
    OlympiadCount.objects.create(olympiad=olympiad, organization=school, participants=9, winners=1, prize_winners=2)
    return ege


@pytest.mark.capability("S-026")
def test_graduates_of_the_municipality_and_of_a_school_on_one_page(scene, school, other_school, client_of):
    client = client_of(Role.SPECIALIST)
    page = text_of(client.get(reverse("desk:graduates")))
    assert "Математика 22 95,5 %" in page  # 21 of 22 above the minimum
    assert "Школ, у которых есть хотя бы один маркер: 1" in page
    assert "41,5 %" in page
    assert "участий: 9" in page
    own = text_of(client.get(reverse("desk:graduates"), {"school": other_school.code}))
    assert "Математика 10 (данных мало)" not in own
    assert "Математика 10 100,0 %" in own
    assert "требует проверки" in own
    assert "Средний балл выше муниципального." in own


def test_a_school_sees_its_own_graduates_only(scene, school, other_school, client_of):
    page = text_of(client_of(Role.DIRECTOR).get(reverse("desk:graduates"), {"school": other_school.code}))
    assert "Математика 12 91,7 %" in page
    assert "Маркеров нет" in page
    assert "Школа № 2" not in page
    assert client_of(Role.OBSERVER).get(reverse("desk:graduates")).status_code == 404
    assert client_of(Role.HEAD).get(reverse("desk:graduates"), {"school": "no-such"}).status_code == 404


def test_without_data_the_page_says_when_they_come(client_of):
    assert "Сведений о выпускниках пока нет" in text_of(client_of(Role.HEAD).get(reverse("desk:graduates")))


def test_honours_beside_weak_exams_count_what_is_certain(scene, school, client_of):
    russian = SubjectFactory(name="Русский язык")
    ege = ProcedureFactory(kind="ege", grade=11, period=scene.period, pass_score=36, subject=russian, year=scene.year)
    scored(ege, school, [[]] * 10, tests=[20, 30, 30, 30, 50, 60, 70, 80, 90, 100])
    client = client_of(Role.SPECIALIST)
    address = reverse("desk:graduates")
    page = text_of(client.get(address, {"year": 2026, "school": school.code}))
    assert "С отличием — 7, сдавали 10, ниже минимума — 4. И с отличием, и ниже минимума — не меньше 1." in page
    assert "Школа № 1 : ЕГЭ 2026, Русский язык" in text_of(client.get(address, {"year": 2026}))
    scored(ege, SchoolFactory(number=9), [[]] * 2, tests=[10, 10])  # without certificates: not compared
    assert text_of(client.get(address, {"year": 2026})).count("не меньше 1") == 1
