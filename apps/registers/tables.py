"""The list of a register as a table, made of its declaration."""

from typing import Any

import django_tables2 as tables

from apps.registers.catalogue import Register

HEADINGS = {"term": "Срок", "training_state": "Обучение"}  # what an entry says of itself
SHOWN_SCHOOLS = 4


class _ManyColumn(tables.Column):
    """Names of organisations; the first few of a long list."""

    def render(self, value: Any) -> str:
        names = [one.name for one in value.all()]
        more = f" и ещё {len(names) - SHOWN_SCHOOLS}" if len(names) > SHOWN_SCHOOLS else ""
        return ", ".join(names[:SHOWN_SCHOOLS]) + more


def _column(register: Register, name: str, *, is_first: bool) -> tables.Column:
    if name in HEADINGS:
        return tables.Column(HEADINGS[name], orderable=False)
    field: Any = register.model._meta.get_field(name)
    title = str(field.verbose_name).capitalize()
    if field.many_to_many:
        return _ManyColumn(title, orderable=False)
    if field.get_internal_type() == "DateField":
        return tables.DateColumn(verbose_name=title, format="d.m.Y", linkify=is_first, default="—")
    if field.get_internal_type() == "PositiveSmallIntegerField":  # a year has no thousands
        return tables.Column(title, localize=False, linkify=is_first)
    return tables.Column(title, linkify=is_first, default="—")


def table_of(register: Register, entries: Any, *, with_owner: bool) -> tables.Table:
    """The table of the entries; the first column leads to the entry."""
    columns = {name: _column(register, name, is_first=name == register.columns[0]) for name in register.columns}
    sequence = list(register.columns)
    if with_owner:
        columns["organization"] = tables.Column(
            "Организация", accessor="organization__name", order_by=("organization__kind", "organization__number")
        )
        sequence.insert(1, "organization")
    meta = type("Meta", (), {"sequence": sequence, "empty_text": "Ничего не найдено. Измените условия поиска."})
    made = type("EntryTable", (tables.Table,), {**columns, "Meta": meta, "caption": register.title})
    return made(entries)
