"""What an input cell of a template takes, and how a spreadsheet is told to check it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Whole:
    """A whole number between bounds; None is no bound."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Number:
    """A number with `decimals` places between bounds; None is no bound."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 2


@dataclass(frozen=True)
class Text:
    """A text of at most `length` letters."""

    length: int = 1000


@dataclass(frozen=True)
class Choice:
    """One of the given texts."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """A date."""


Rule = Whole | Number | Text | Choice | Day


def number_format(rule: Rule) -> str:
    match rule:
        case Whole():
            return "0"
        case Number(decimals=decimals):
            return f"0.{'0' * decimals}" if decimals else "0"
        case Day():
            return "DD.MM.YYYY"
    return "@"


def bounds(rule: Rule) -> tuple[str, dict[str, Any], str]:
    """Kind and bounds of a validation, and the sentence that tells what to enter."""
    match rule:
        case Whole(minimum=low, maximum=high):
            return "whole", _between(low, high), f"Целое число{_from_to(low, high)}."
        case Number(minimum=low, maximum=high):
            return "decimal", _between(low, high), f"Число{_from_to(low, high)}, дробная часть через запятую."
        case Text(length=length):
            return "textLength", {"operator": "lessThanOrEqual", "formula1": str(length)}, f"Текст до {length} знаков."
        case Choice():
            return "list", {}, "Выберите значение из списка."
        case Day():
            first, last = (str((day - date(1899, 12, 30)).days) for day in (date(1900, 3, 1), date(2100, 1, 1)))
            return "date", {"operator": "between", "formula1": first, "formula2": last}, "Дата в виде ДД.ММ.ГГГГ."


def _between(low: Decimal | int | None, high: Decimal | int | None) -> dict[str, str]:
    """Bounds of a number; without any, one that every number keeps, so that texts are still told apart."""
    if low is not None and high is not None:
        return {"operator": "between", "formula1": str(low), "formula2": str(high)}
    if high is not None:
        return {"operator": "lessThanOrEqual", "formula1": str(high)}
    return {"operator": "greaterThanOrEqual", "formula1": str(-(10**15) if low is None else low)}


def _from_to(low: Decimal | int | None, high: Decimal | int | None) -> str:
    parts = [f" {word} {bound}".replace(".", ",") for word, bound in (("от", low), ("до", high)) if bound is not None]
    return "".join(parts)
