"""The points of НОКО against a table worked by hand from the words of the Единый порядок and order № 114.

The arithmetic below is written out as fractions from those words, not from the portal's formulas:

- 1.1 is the mean of two shares: materials on the stands and on the site of those that the acts prescribe, × 100;
- 1.2 gives 30 points for each working way of contact, 100 from four on; 2.1, 3.1, 3.2 give 20 for each condition, 100
  from five on;
- 1.3 is the mean of the shares satisfied with the stands and with the site among those who used them, × 100;
- the other shares: satisfied of those asked, × 100 (3.3 of the asked with a disability, 4.3 of those who used remote
  ways);
- criterion 1 = 0.3·1.1 + 0.3·1.2 + 0.4·1.3; 2 = 0.5·2.1 + 0.5·2.3 (no waiting time in education);
  3 = 0.3·3.1 + 0.4·3.2 + 0.3·3.3; 4 = 0.4·4.1 + 0.4·4.2 + 0.2·4.3; 5 = 0.3·5.1 + 0.2·5.2 + 0.5·5.3;
- the total is the mean of the five criteria. Points are shown with two decimals, half up.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse

from apps.core.figures import figure
from apps.indicators.models import Aggregate
from apps.indicators.services import compute_aggregates
from apps.noko import services
from apps.noko.calculation import method
from tests.factories.noko import operator_file

pytestmark = pytest.mark.django_db
F = Fraction

SCHOOL = {
    "1.1": (F(12, 14) + F(44, 50)) / 2 * 100,  # 86.857142…
    "1.2": F(3 * 30),  # three ways of six
    "1.3": (F(180, 200) + F(150, 160)) / 2 * 100,  # 91.875
    "K1": F(3, 10) * F(3040, 35) + F(3, 10) * 90 + F(4, 10) * F(91875, 1000),  # 26.057142… + 27 + 36.75
    "2.1": F(4 * 20),
    "2.3": F(210, 240) * 100,  # 87.5
    "K2": F(80 + F(175, 2)) / 2,  # 83.75
    "3.1": F(2 * 20),
    "3.2": F(100),  # five of six conditions: the cap
    "3.3": F(6, 8) * 100,  # 75
    "K3": F(12 + 40) + F(225, 10),  # 0.3·40 + 0.4·100 + 0.3·75 = 74.5
    "4.1": F(228, 240) * 100,  # 95
    "4.2": F(231, 240) * 100,  # 96.25
    "4.3": F(140, 150) * 100,  # 93.333…
    "K4": F(38) + F(385, 10) + F(56, 3),  # 0.4·95 + 0.4·96.25 + 0.2·93.333… = 95.1666…
    "5.1": F(222, 240) * 100,  # 92.5
    "5.2": F(204, 240) * 100,  # 85
    "5.3": F(219, 240) * 100,  # 91.25
    "K5": F(2775, 100) + F(17) + F(45625, 1000),  # 90.375
    "S": (F(6286500, 70000) + F(335, 4) + F(149, 2) + F(571, 6) + F(723, 8)) / 5,
}
# What people see: 90.375 and 86.7197… are where rounding half up and half to even would part.
SHOWN = {"K1": "89,81", "K2": "83,75", "K3": "74,50", "K4": "95,17", "K5": "90,38", "S": "86,72"}

KINDERGARTEN = {
    "1.1": (F(9, 11) + F(33, 38)) / 2 * 100,  # 84.330143…
    "1.2": F(100),  # five ways: 100, not 150
    "1.3": (F(70, 80) + F(50, 60)) / 2 * 100,  # 85.416666…
    "K1": F(3, 10) * (F(9, 11) + F(33, 38)) * 50 + F(30) + F(4, 10) * F(1025, 12),
    "2.1": F(100),
    "2.3": F(85, 90) * 100,
    "K2": F(50) + F(425, 9),
    "3.1": F(0),  # no condition is met: a true zero
    "3.2": F(40),
    "3.3": None,  # nobody with a disability was asked: absent, not zero
    "K3": None,
    "4.1": F(88, 90) * 100,
    "4.2": F(89, 90) * 100,
    "4.3": F(30, 36) * 100,
    "K4": F(4, 10) * F(880, 9) + F(4, 10) * F(890, 9) + F(2, 10) * F(250, 3),
    "5.1": F(84, 90) * 100,
    "5.2": F(80, 90) * 100,
    "5.3": F(86, 90) * 100,
    "K5": F(28) + F(160, 9) + F(430, 9),
    "S": None,  # no total without a criterion
}


def primary(cells: dict[str, Any]) -> dict[str, Decimal]:
    return {number: Decimal({"да": 1, "нет": 0}.get(cell, cell)) for number, cell in cells.items()}


def agree(found: Decimal | None, worked: Fraction | None) -> bool:
    if found is None or worked is None:
        return found is worked
    return abs(Fraction(found) - worked) < F(1, 10**9)


def test_the_hand_worked_table_adds_up() -> None:
    """The table against itself: the long fractions above are those that its own lines give."""
    assert SCHOOL["K1"] == F(3, 10) * SCHOOL["1.1"] + F(3, 10) * SCHOOL["1.2"] + F(4, 10) * SCHOOL["1.3"]
    assert SCHOOL["S"] == (SCHOOL["K1"] + SCHOOL["K2"] + SCHOOL["K3"] + SCHOOL["K4"] + SCHOOL["K5"]) / 5
    assert float(SCHOOL["S"]) == pytest.approx(86.71976190)


@pytest.mark.parametrize("place", ["school", "kindergarten"])
def test_the_formula_of_the_pack_gives_the_table(pack, calendar_year, of_school, of_kindergarten, place: str) -> None:
    cells, table = {"school": (of_school, SCHOOL), "kindergarten": (of_kindergarten, KINDERGARTEN)}[place]
    found = method(calendar_year.ends_on).compute(primary(cells))
    wrong = {
        number: (found[number].number, worked)
        for number, worked in table.items()
        if not agree(found[number].number, worked)
    }
    assert wrong == {}


def test_an_accepted_file_gives_the_table_in_assessments_and_aggregates(
    pack, calendar_year, school, kindergarten, of_school, of_kindergarten, specialist
) -> None:
    stream = operator_file(calendar_year, {school.code: of_school, kindergarten.code: of_kindergarten})
    report = services.upload_report(
        stream=stream, name="f.xlsx", period=calendar_year, operator="ООО «Оператор»", by=specialist
    )
    services.accept_report(report=report, by=specialist)
    compute_aggregates(period=calendar_year)
    for organization, table in ((school, SCHOOL), (kindergarten, KINDERGARTEN)):
        figures = report.assessments.get(organization=organization).figures
        for number, worked in table.items():
            text = figures[number]
            assert agree(None if text is None else Decimal(text), worked), (organization, number)
            aggregate = Aggregate.objects.filter(
                period=calendar_year,
                version__indicator__code=f"noko.{number}",
                scope="organization",
                scope_key=str(organization.pk),
            ).first()
            assert agree(aggregate.value if aggregate else None, worked), (organization, number)


def test_points_are_rounded_half_up_on_the_page(pack, calendar_year, school, of_school, specialist, client_of) -> None:
    report = services.upload_report(
        stream=operator_file(calendar_year, {school.code: of_school}),
        name="f.xlsx",
        period=calendar_year,
        operator="ООО «Оператор»",
        by=specialist,
    )
    services.accept_report(report=report, by=specialist)
    html = client_of(specialist).get(reverse("noko:results", args=[2025])).content.decode()
    for number, text in SHOWN.items():
        assert figure(Decimal(SCHOOL[number].numerator) / SCHOOL[number].denominator, 2) == text
        assert text in html


MISSING = {
    "N": {"2.3", "K2", "4.1", "4.2", "K4", "5.1", "5.2", "5.3", "K5", "S", "2.2"},
    "1.1.1": {"1.1", "K1", "S"},
    "2.1.o5": {"2.1", "2.2", "K2", "S"},
    "4.3.n": {"4.3", "K4", "S"},
    "5.3.u": {"5.3", "K5", "S"},
}


@pytest.mark.parametrize("absent", MISSING)
def test_a_missing_figure_takes_its_criterion_and_the_total_and_nothing_else(
    pack, calendar_year, of_school, absent: str
) -> None:
    given = primary(of_school)
    del given[absent]
    found = method(calendar_year.ends_on).compute(given)
    assert {number for number, outcome in found.items() if outcome.number is None} == MISSING[absent]
    for number in SCHOOL.keys() - MISSING[absent]:
        assert agree(found[number].number, SCHOOL[number])


@pytest.mark.parametrize("empty", ["1.1.1n", "1.3.2n", "4.3.n"])
def test_a_share_of_nobody_is_absent(pack, calendar_year, of_school, empty: str) -> None:
    given = primary(of_school) | {empty: Decimal(0)}
    found = method(calendar_year.ends_on).compute(given)
    assert found["S"].number is None
    assert found["K2"].number == Decimal("83.75")
