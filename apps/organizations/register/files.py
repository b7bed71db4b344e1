"""The register on its way out: the whole of it as xlsx or csv, and an empty file to fill in."""

from collections.abc import Iterator
from typing import Literal

from apps.organizations.models import Kind, Locality, Organization, Programme
from apps.organizations.querysets import OrganizationQuerySet
from apps.organizations.register.columns import COLUMNS, SYSTEMS
from apps.organizations.register.planning import as_text, current_ids
from apps.workbooks.template_book import Choice, Day, Input, Rule, TemplateBook, Text, Whole
from apps.workbooks.writing import Value, export_table

_ROWS = 100
_TEXT_KEYS = {"kind", "locality", "programmes"}
_WIDTHS = {"name": 28, "full_name": 44, "programmes": 40, "address": 36, "website": 28, "email": 26, "head_name": 28}
_RULES: dict[str, Rule] = {
    "kind": Choice(tuple(str(kind.label) for kind in Kind if kind != Kind.AUTHORITY)),
    "locality": Choice(tuple(str(place.label) for place in Locality)),
    "number": Whole(minimum=1, maximum=99_999),
    "opened_on": Day(),
}


def export(organizations: OrganizationQuerySet, *, kind: Literal["xlsx", "csv"]) -> bytes:
    """The organisations as a file that can be imported again without changing anything."""
    titles = [column.title for column in COLUMNS]
    found = organizations.prefetch_related("external_ids")
    return export_table(titles, map(_row, found), kind=kind, title="Организации")


def _row(organization: Organization) -> list[Value]:
    ids: dict[str, str] = {}
    for known in current_ids(organization):
        ids.setdefault(known.system, f"{known.prefix}{known.value}")
    return list(_cells(organization, ids))


def _cells(organization: Organization, ids: dict[str, str]) -> Iterator[Value]:
    for column in COLUMNS:
        if column.key in SYSTEMS:
            yield ids.get(column.key, "")
            continue
        value = getattr(organization, column.key)
        yield as_text(column.key, value) if column.key in _TEXT_KEYS and value else value or None


def template() -> bytes:
    """An empty register to fill in, with lists to choose from, and a sheet that explains the columns."""
    book = TemplateBook(identity={"template": "organizations", "version": "1"}, title="Реестр организаций")
    sheet = book.sheet("Организации", widths=[_WIDTHS.get(column.key, 18) for column in COLUMNS])
    sheet.header([column.title for column in COLUMNS])
    for _ in range(_ROWS):
        sheet.row([Input(_RULES.get(column.key, Text(500))) for column in COLUMNS])
    help_sheet = book.sheet("Как заполнять", widths=[110])
    programmes = "; ".join(str(programme.label) for programme in Programme)
    help_sheet.title(
        "Как заполнять реестр организаций",
        "Одна строка — одна организация. Обязательны: код, вид, краткое название.",
        "Код придумывает управление: латинские буквы, цифры, дефис, например school-01. Потом он не меняется.",
        f"Программы пишутся через точку с запятой: {programmes}.",
        "Пустая ячейка ничего не стирает: прежнее значение остаётся.",
        "Организации, которых в файле нет, не меняются. Закрытие и присоединение вносятся на странице организации.",
    )
    return book.to_bytes()
