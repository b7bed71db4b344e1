"""A field of an entry as a cell of a file: written for people, read into what the form takes."""

from datetime import date, datetime
from typing import Any

from django.db import models

from apps.organizations.models import Organization
from apps.registers.catalogue import Register
from apps.workbooks.cells import Cell, clean_text
from apps.workbooks.rules import Choice, Day, Rule, Text, Whole
from apps.workbooks.tables import Column
from apps.workbooks.writing import Value

OWNER = "organization"


def title_of(register: Register, name: str) -> str:
    if name == OWNER:
        return "Код организации"
    field: Any = register.model._meta.get_field(name)
    title = str(field.verbose_name).capitalize()
    return f"{title} (коды через точку с запятой)" if field.many_to_many else title


def columns_of(register: Register, *, with_owner: bool) -> list[Column]:
    """Columns of the register's file; those that a form needs are required."""
    names = ([OWNER] if with_owner else []) + list(register.fields)
    columns = []
    for name in names:
        field: Any = register.model._meta.get_field(name)
        title = title_of(register, name)
        plain = str(field.verbose_name).capitalize()
        required = not field.blank and not (field.has_default() and name != OWNER)
        columns.append(Column(name, tuple(dict.fromkeys((title, plain))), required=required))
    return columns


def written(entry: Any, name: str) -> Value:
    """The cell of a stored field: labels of choices, codes of organisations."""
    field: Any = entry._meta.get_field(name)
    value = getattr(entry, name)
    if name == OWNER:
        return str(value.code)
    if field.many_to_many:
        return "; ".join(one.code for one in value.all())
    if field.choices:
        return str(getattr(entry, f"get_{name}_display")())
    return value if value != "" else None


def typed(register: Register, name: str, cell: Cell, known: dict[str, str]) -> Any:
    """What a person would have typed into the form to mean the cell; `known` maps names of organisations to codes."""
    field: Any = register.model._meta.get_field(name)
    if name == OWNER:
        return _organization(cell, known)
    if field.many_to_many:
        return [_organization(part, known) for part in _text(cell).replace(",", ";").split(";") if part.strip()]
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    text = _text(cell)
    if field.choices:
        return _choice(field, text)
    return _day(text) if isinstance(field, models.DateField) else text


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean_text(str(cell))


def _day(text: str) -> str:
    """A day written as people do, as a form takes it; any other text for the form to refuse."""
    try:
        return f"{datetime.strptime(text, '%d.%m.%Y'):%Y-%m-%d}"  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return text


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


def _choice(field: Any, text: str) -> str:
    """The value whose label is written; the text itself where there is none, for the form to refuse."""
    return next((str(value) for value, label in field.choices if _fold(text) in (value, _fold(str(label)))), text)


def _organization(cell: Cell, known: dict[str, str]) -> str:
    text = _text(cell)
    return known.get(_fold(text), text)


def organizations_by_name() -> dict[str, str]:
    """Codes of organisations by code and by short name, as a file may name them."""
    rows = list(Organization.objects.values_list("code", "name"))
    return {_fold(name): code for code, name in rows} | {code: code for code, _ in rows}


def rule_of(register: Register, name: str) -> Rule:
    """What a spreadsheet is told to take in the column."""
    field: Any = register.model._meta.get_field(name)
    if name != OWNER and field.choices:
        return Choice(tuple(str(label) for _, label in field.choices))
    if isinstance(field, models.DateField):
        return Day()
    if isinstance(field, models.IntegerField):
        return Whole(minimum=0)
    return Text(getattr(field, "max_length", None) or 1000)
