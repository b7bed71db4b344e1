"""State exams by subject, school and year: worked by hand, seen and hidden."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.exams import selectors
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory, SubjectFactory
from tests.factories.scored import scored
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db

# 12 scores: two below 27, four to 60, three from 61 to 80, three high, one of them full
TESTS = [10, 26, 27, 40, 55, 60, 61, 72, 80, 81, 90, 100]


def _exam(kind: str, year: int = 2026, subject: str = "Математика", **fields):
    period = PeriodFactory(code=f"{year - 1}/{year % 100:02d}")
    return ProcedureFactory(
        kind=kind, grade=9 if kind == "oge" else 11, period=period, year=year,
        subject=SubjectFactory(name=subject), title=f"{kind} {year} {subject}", **fields,
    )  # fmt: skip


def _sat(work, school, tests=None, marks=()):
    size = len(tests or marks)
    return scored(work, school, [[]] * size, tests=tests, marks=marks, digits=f"{work.pk}{school.pk}")


@pytest.fixture
def ege():
    return _exam("ege", pass_score=27)


def test_passing_means_and_bands_by_hand(ege, school, specialist):
    _sat(ege, school, TESTS)
    (row,) = selectors.by_subject(reader=specialist, kind="ege", year=2026, organization=None)
    figures = row.own
    assert figures.bands == [2, 4, 3, 3]
    assert float(figures.passed.value) == pytest.approx(100 * 10 / 12)
    assert float(figures.below.value) == pytest.approx(100 * 2 / 12)
    assert float(figures.mean.value) == pytest.approx(sum(TESTS) / 12)
    assert float(figures.high.value) == pytest.approx(25)
    assert figures.full == 1


def test_without_a_known_minimum_nobody_is_said_to_have_failed(school, specialist):
    _sat(_exam("ege", subject="Литература"), school, TESTS)
    (row,) = selectors.by_subject(reader=specialist, kind="ege", year=2026, organization=None)
    assert row.own.passed.value is None
    assert row.own.below.value is None


@pytest.mark.capability("S-128")
def test_exams_by_subject_school_and_year_on_the_page(ege, school, other_school, client_of):
    for year, marks in ((2025, [2] * 3 + [3] * 9), (2026, [2] * 1 + [4] * 5 + [5] * 6)):
        _sat(_exam("oge", year), school, marks=marks)
    _sat(ege, school, TESTS)
    _sat(ege, other_school, [30] * 11)
    client = client_of(Role.SPECIALIST)
    address = reverse("procedures:exams")
    page = text_of(client.get(address, {"kind": "ege", "year": 2026, "subject": ege.subject_id}))
    assert "Школа № 1 12 83,3 %" in page  # passing of one school
    assert "Школа № 2 11 100,0 %" in page
    assert "23 91,3 %" in page  # 21 of 23 in the municipality
    oge = text_of(client.get(address, {"kind": "oge", "year": 2026, "subject": ege.subject_id}))
    assert "2025 12 75,0 %" in oge  # the years of a subject
    assert "2026 12 91,7 %" in oge
    assert "4,33" in oge  # mean mark: (2 + 20 + 30) / 12


def test_a_school_sees_its_own_exams_and_no_other_schools(ege, school, other_school, client_of):
    _sat(ege, school, TESTS)
    _sat(ege, other_school, [30] * 11)
    client = client_of(Role.DIRECTOR)
    address = reverse("procedures:exams")
    response = client.get(
        address, {"kind": "ege", "year": 2026, "subject": ege.subject_id, "school": other_school.code}
    )
    page = text_of(response)
    assert "12 83,3 %" in page
    assert "Школа № 2" not in page
    assert response.context["found"].rows[0].whole is None  # two schools: the sum would tell the other's
    _sat(ege, SchoolFactory(number=3), [40] * 10)
    assert client.get(address).context["found"].rows[0].whole.n == 33
    assert client_of(Role.OBSERVER).get(address).status_code == 404


def test_a_subject_that_nobody_sat_is_not_found(ege, school, client_of):
    _sat(ege, school, TESTS)
    assert client_of(Role.HEAD).get(reverse("procedures:exams"), {"subject": "999999"}).status_code == 404
    assert "Результатов экзаменов пока нет" not in text_of(client_of(Role.HEAD).get(reverse("procedures:exams")))


def test_before_any_results_the_page_says_what_to_load(client_of):
    assert "Загрузите протоколы РИС ГИА" in text_of(client_of(Role.HEAD).get(reverse("procedures:exams")))
