"""Periods as a type: what `2025/26`, `2025`, `2025-H1`, `2025-Q3` and `2025-09-20` mean. No Django here."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    SCHOOL_YEAR = "school_year"
    CALENDAR_YEAR = "calendar_year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    DATE = "date"


class PeriodError(ValueError):
    """The text names no period; the message is for people."""


@dataclass(frozen=True, order=True)
class PeriodSpan:
    """A period by its code, with first and last day (both inside)."""

    starts_on: date
    ends_on: date
    kind: PeriodKind
    code: str


def school_year(start: int) -> PeriodSpan:
    """The school year that begins on 1 September of `start`."""
    code = f"{start}/{(start + 1) % 100:02d}"
    return PeriodSpan(date(start, 9, 1), date(start + 1, 8, 31), PeriodKind.SCHOOL_YEAR, code)


def calendar_year(year: int) -> PeriodSpan:
    return PeriodSpan(date(year, 1, 1), date(year, 12, 31), PeriodKind.CALENDAR_YEAR, str(year))


def _half_year(year: int, half: int) -> PeriodSpan:
    first, last = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return PeriodSpan(first, last, PeriodKind.HALF_YEAR, f"{year}-H{half}")


def _quarter(year: int, quarter: int) -> PeriodSpan:
    last_day = {1: 31, 2: 30, 3: 30, 4: 31}[quarter]
    first = date(year, 3 * quarter - 2, 1)
    return PeriodSpan(first, date(year, 3 * quarter, last_day), PeriodKind.QUARTER, f"{year}-Q{quarter}")


def parse_period(text: str) -> PeriodSpan:
    """Read a period code. Raises PeriodError with advice when the text is none."""
    text = text.strip()
    try:
        if match := re.fullmatch(r"(\d{4})/(\d{2})", text):
            span = school_year(int(match[1]))
            if span.code == text:
                return span
        elif re.fullmatch(r"\d{4}", text):
            return calendar_year(int(text))
        elif match := re.fullmatch(r"(\d{4})-H([12])", text):
            return _half_year(int(match[1]), int(match[2]))
        elif match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
            return _quarter(int(match[1]), int(match[2]))
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return PeriodSpan(day, day, PeriodKind.DATE, text)
    except ValueError:
        pass
    raise PeriodError(f"«{text}» — не период. Укажите учебный год (2025/26), календарный год (2025) или дату.")


def school_year_of(day: date) -> PeriodSpan:
    return school_year(day.year if day.month >= 9 else day.year - 1)


def previous(span: PeriodSpan, years: int = 1) -> PeriodSpan:
    """The same period `years` earlier."""
    start = span.starts_on.year - years
    match span.kind:
        case PeriodKind.SCHOOL_YEAR:
            return school_year(start)
        case PeriodKind.CALENDAR_YEAR:
            return calendar_year(start)
        case PeriodKind.DATE:
            day = span.starts_on
            leap_fallback = day.day - 1 if (day.month, day.day) == (2, 29) else day.day
            return parse_period(date(start, day.month, leap_fallback).isoformat())
        case _:
            return parse_period(f"{start}{span.code[4:]}")


def self_examination_year(span: PeriodSpan) -> PeriodSpan:
    """The calendar year whose самообследование belongs to a school year: that of the autumn it began in."""
    return span if span.kind == PeriodKind.CALENDAR_YEAR else calendar_year(span.starts_on.year)


def title(span: PeriodSpan) -> str:
    """The period as people write it."""
    match span.kind:
        case PeriodKind.SCHOOL_YEAR:
            return f"{span.code} учебный год"
        case PeriodKind.CALENDAR_YEAR:
            return f"{span.code} год"
        case PeriodKind.HALF_YEAR:
            return f"{span.code[-1]}-е полугодие {span.code[:4]} года"
        case PeriodKind.QUARTER:
            return f"{span.code[-1]}-й квартал {span.code[:4]} года"
        case _:
            return span.starts_on.strftime("%d.%m.%Y")


def from_slug(slug: str) -> PeriodSpan:
    """The period of an address part: `2025-26` is `2025/26`. Raises PeriodError."""
    return parse_period(re.sub(r"^(\d{4})-(\d{2})$", r"\1/\2", slug))
