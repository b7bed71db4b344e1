"""The years of an indicator as rows of a file: numbers as numbers, absences in words."""

from collections.abc import Iterator
from typing import Any

from apps.indicators.selectors.trend import Trend

HEADERS = [
    "Период",
    "Значение",
    "Числитель",
    "Знаменатель",
    "Сообщили",
    "Ожидались",
    "Почему нет",
    "Изменение",
    "Оценка изменения",
    "Разрыв ряда",
    "Цель",
    "Основание цели",
    "Состояние цели",
    "Причины изменения",
]


def file_rows(trend: Trend) -> Iterator[list[Any]]:
    """In the order of HEADERS, then one column a reference series."""
    for year in trend.years:
        figure, target = year.figure, year.target
        yield [
            year.period.code,
            year.value,
            figure.numerator if figure else None,
            figure.denominator if figure else None,
            figure.reported if figure else None,
            figure.expected if figure else None,
            "" if year.value is not None else year.written,
            year.change.text if year.change else "",
            year.change.word if year.change else "",
            "; ".join(year.breaks),
            target.number if target else None,
            f"{target.get_basis_display()}: {target.basis_text}" if target else "",
            year.achievement.words if year.achievement else "",
            year.cause.text if year.cause else "",
            *(year.references.get(key) for key in trend.lines),
        ]
