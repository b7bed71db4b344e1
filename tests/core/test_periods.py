from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import periods
from apps.core.converters import PeriodConverter
from apps.core.periods import PeriodError, PeriodKind, parse_period


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2025/26", PeriodKind.SCHOOL_YEAR, date(2025, 9, 1), date(2026, 8, 31)),
        ("1999/00", PeriodKind.SCHOOL_YEAR, date(1999, 9, 1), date(2000, 8, 31)),
        ("2025", PeriodKind.CALENDAR_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-H2", PeriodKind.HALF_YEAR, date(2025, 7, 1), date(2025, 12, 31)),
        ("2024-Q1", PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        ("2025-Q4", PeriodKind.QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
        ("2025-09-20", PeriodKind.DATE, date(2025, 9, 20), date(2025, 9, 20)),
        ("  2025/26 ", PeriodKind.SCHOOL_YEAR, date(2025, 9, 1), date(2026, 8, 31)),
    ],
)
def test_a_period_is_read_from_its_code(text, kind, first, last):
    span = parse_period(text)
    assert (span.kind, span.starts_on, span.ends_on) == (kind, first, last)


@pytest.mark.parametrize("text", ["", "2025/27", "2025/2026", "25/26", "2025-13-01", "0000", "2025-Q5", "прошлый год"])
def test_what_names_no_period_is_refused_with_advice(text):
    with pytest.raises(PeriodError, match="Укажите учебный год"):
        parse_period(text)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))
def test_every_day_lies_in_its_school_year(day):
    span = periods.school_year_of(day)
    assert span.starts_on <= day <= span.ends_on
    assert parse_period(span.code) == span


@given(st.integers(1950, 2090))
def test_a_year_earlier_ends_where_this_one_begins(year):
    span = periods.school_year(year)
    assert periods.previous(span).ends_on + timedelta(days=1) == span.starts_on
    assert periods.previous(span, 3) == periods.school_year(year - 3)


@pytest.mark.parametrize(
    ("code", "earlier"),
    [("2025", "2024"), ("2025-H1", "2024-H1"), ("2025-Q3", "2024-Q3"), ("2024-02-29", "2023-02-28")],
)
def test_the_same_period_of_the_year_before(code, earlier):
    assert periods.previous(parse_period(code)).code == earlier


def test_self_examination_of_a_school_year_is_of_the_calendar_year_it_began_in():
    assert periods.self_examination_year(parse_period("2025/26")).code == "2025"
    assert periods.self_examination_year(parse_period("2025")).code == "2025"


@pytest.mark.parametrize("code", ["2025/26", "2025", "2025-H1", "2025-Q2", "2025-09-20"])
def test_a_period_survives_its_address(code):
    converter = PeriodConverter()
    assert converter.to_python(converter.to_url(code)).code == code


def test_an_address_without_a_period_is_no_match():
    with pytest.raises(ValueError, match="2025-27"):
        PeriodConverter().to_python("2025-27")
