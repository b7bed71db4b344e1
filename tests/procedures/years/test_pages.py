"""Years of a work and cohorts: what is compared, what is not, what is said about it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.charts import Point
from apps.procedures.years import selectors
from apps.procedures.years.charts import fitted
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory, ResultAggregateFactory
from tests.factories.scored import scored, work_of
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db


def _work(year: int, grade: int, levels: str = "ББ", kind: str = "vpr"):
    work = ProcedureFactory(
        kind=kind, grade=grade, period=PeriodFactory(code=f"{year - 1}/{year % 100:02d}"), year=year
    )
    work_of(work, (1, 1), levels)
    return work


def _marks(two: int, three: int, four: int) -> list[int]:
    return [2] * two + [3] * three + [4] * four


def _wrote(work, school, marks):
    scored(work, school, [[1, mark > 2] for mark in marks], marks=marks)


def test_years_of_the_same_work_are_compared_and_another_work_is_not(school, specialist):
    works = [_work(2024, 4), _work(2025, 4), _work(2026, 4, "БП")]
    for work, two in zip(works, (2, 8, 9), strict=True):
        _wrote(work, school, _marks(two, 10, 20 - two))
    found = selectors.years_of(procedure=works[0], organization=school, reader=specialist)
    assert [(year.procedure.year, year.is_new_work) for year in found.years] == [
        (2024, False),
        (2025, False),
        (2026, True),
    ]
    assert found.worsened is None  # the last year is another work
    works[2].aggregates.all().delete()
    found = selectors.years_of(procedure=works[0], organization=school, reader=specialist)
    assert found.worsened.procedure.year == 2025  # from 6.7 % to 26.7 %


def test_a_cohort_is_the_next_grade_of_the_next_year(school, specialist):
    before, after = _work(2025, 4), _work(2026, 5)
    _work(2025, 5)  # another cohort
    _wrote(before, school, _marks(3, 10, 17))
    _wrote(after, school, _marks(9, 11, 9))
    for asked in (before, after):
        (cohort,) = selectors.years_of(procedure=asked, organization=school, reader=specialist).cohorts
        assert (cohort.before, cohort.after) == (before, after)
        assert cohort.quality.value == pytest.approx(Decimal(100) * 9 / 29 - Decimal(100) * 17 / 30)
        assert not cohort.has_changed
        assert not cohort.calls_for_a_look  # the bound is one of ВПР 8 and the exam


def test_a_fall_on_the_way_to_the_exam_calls_for_a_look(school, client_of):
    before, after = _work(2025, 8), _work(2026, 9, kind="oge")
    _wrote(before, school, _marks(3, 10, 17))
    _wrote(after, school, _marks(3, 20, 7))
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:school_years", args=[after.pk, school.code])))
    assert "состав почти тот же" in page
    assert "−33,3 п. п." in page  # from 17 to 7 of 30
    assert "стоит посмотреть" in page


def test_vpr_of_grade_eight_meets_the_exam(school, client_of):
    before, after = _work(2025, 8), _work(2026, 9, kind="oge")
    _wrote(before, school, _marks(2, 10, 20))
    _wrote(after, school, _marks(2, 10, 5))
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:school_years", args=[after.pk, school.code])))
    assert "состав заметно изменился" in page  # 32 and 17
    assert "сравнение условно" in page
    assert "Коды участников между годами не связаны" in page


def test_the_municipality_sees_cohorts_of_all_schools(school, client_of):
    before, after = _work(2025, 4), _work(2026, 5)
    for number in range(2, 7):
        one = SchoolFactory(number=number, name=f"Школа № {number}")
        _wrote(before, one, _marks(number, 5, 15))
        _wrote(after, one, _marks(number, 8, 12 - number))
    _wrote(before, school, _marks(1, 1, 2))
    _wrote(after, school, _marks(1, 1, 2))
    response = client_of(Role.HEAD).get(reverse("procedures:years", args=[before.pk]))
    (chart,) = response.context["scatters"]
    # of № 6 wrote 26 and then 20: no longer the same children; № 1 has fewer than ten
    assert [point.label for point in chart.points] == ["Школа № 2", "Школа № 3", "Школа № 4", "Школа № 5"]


def test_the_line_is_that_of_least_squares():
    xs, ys = [10, 20, 30, 40, 50, 60, 70, 90], [15, 18, 33, 39, 50, 66, 60, 88]
    import numpy as np

    slope, start = np.polyfit(xs, ys, 1)
    line = fitted([Point("", Decimal(x), Decimal(y)) for x, y in zip(xs, ys, strict=True)])
    assert float(line[0][1]) == pytest.approx(start + slope * 10)
    assert float(line[-1][1]) == pytest.approx(start + slope * 90)
    assert fitted([Point("", Decimal(1), Decimal(1))] * 9) == []


def test_the_index_of_quarters_is_a_mean_of_grades_with_enough_participants(school, client_of):
    for grade, scores in ((4, [2] * 5 + [4] * 15), (5, [1] * 10 + [4] * 10), (6, [1] * 9)):
        work = _work(2026, grade)
        row = ResultAggregateFactory(procedure=work, school__organization=school, marks=[0, 0, len(scores), 0])
        row.histogram = [scores.count(points) for points in range(5)]
        row.save()
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:school_years", args=[work.pk, school.code])))
    # quarters of the grade 4: 3,5 and 4; of the grade 5: 1 and 4; nine of the grade 6 are too few
    assert "56,3 — среднее по классам (4 класс — 87,5; 5 класс — 25,0)" in page
