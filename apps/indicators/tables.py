"""Tables of pages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.http import urlencode

from apps.core.figures import plain
from apps.indicators.selectors.detail import OrganizationRow

NONE = "—"
_NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class OrganizationTable(tables.Table):
    """Organisations in the order of the register; only the authority may order them by value."""

    organization = tables.Column("Организация", accessor="organization__name", orderable=False)
    value = tables.Column(
        "Значение", accessor="value", empty_values=(), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    numerator = tables.Column("Числитель", accessor="figure__numerator", orderable=False, default=NONE, attrs=_NUMBER)
    denominator = tables.Column(
        "Знаменатель", accessor="figure__denominator", orderable=False, default="—", attrs=_NUMBER
    )
    change = tables.Column("За год", orderable=False, default=NONE)
    place = tables.Column("Место", accessor="organization__pk", orderable=False, attrs=_NUMBER)
    explain = tables.Column("Откуда число", accessor="organization__code", orderable=False)

    class Meta:
        sequence = ("organization", "value", "change", "place", "numerator", "denominator", "explain")

    def __init__(
        self, rows: list[OrganizationRow], *, address: str, period: str, places: Mapping[int, str], **fields: Any
    ) -> None:
        """`places` by organisation: empty for those who may not see the order, and the column is not there."""
        super().__init__(rows, exclude=() if places else ("place",), **fields)
        self.address, self.period, self.places = address, period, places
        alone = any(row.is_own for row in rows)
        self.caption = (
            "Ваши данные" if alone else "Организации в порядке реестра. Это не рейтинг: условия у всех разные"
        )

    def render_value(self, record: OrganizationRow) -> str:
        return record.written

    def render_numerator(self, value: Decimal) -> str:
        return plain(value)

    def render_denominator(self, value: Decimal) -> str:
        return plain(value)

    def render_change(self, record: OrganizationRow) -> str:
        if record.change is None:
            return NONE
        return f"{record.change.text} {record.change.word}".strip()

    def render_place(self, value: int) -> str:
        return self.places.get(value, NONE)

    def render_explain(self, record: OrganizationRow) -> str:
        query = urlencode({"period": self.period, "scope": f"organization-{record.organization.code}"})
        name = record.organization.name
        link = '<a href="{}?{}">Показать<span class="visually-hidden">: {}</span></a>'
        return format_html(link, self.address, query, name)


def export_rows(rows: list[OrganizationRow]) -> list[list[Any]]:
    """Rows of the xlsx file: numbers as numbers, absences in words."""
    return [
        [
            row.organization.code,
            row.organization.name,
            row.value,
            row.figure.numerator if row.figure else None,
            row.figure.denominator if row.figure else None,
            "" if row.value is not None else row.written,
        ]
        for row in rows
    ]


EXPORT_HEADERS = ["Код", "Организация", "Значение", "Числитель", "Знаменатель", "Почему нет"]
