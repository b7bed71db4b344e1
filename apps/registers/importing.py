"""A file of entries: first what it would change, then exactly that; every bad cell at once."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import transaction

from apps.core import events
from apps.core.findings import Finding, Refused, error, has_errors
from apps.registers import services
from apps.registers.catalogue import Register
from apps.registers.cells import OWNER, columns_of, organizations_by_name, rule_of, title_of, typed, written
from apps.registers.forms import entry_form
from apps.workbooks.cells import Cell, CellProblem, show
from apps.workbooks.reading import REGISTER, read_workbook
from apps.workbooks.tables import Row, Table, read_table
from apps.workbooks.template_book import Input, TemplateBook
from apps.workbooks.writing import export_table

BLANK_ROWS = 200


@dataclass
class PlannedRow:
    """A row of the file: the filled form and what it would do: create, update or nothing."""

    number: int
    form: Any
    action: str
    changed: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.form.instance)


@dataclass
class Plan:
    rows: list[PlannedRow]
    findings: list[Finding]

    def of(self, action: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.action == action]

    @property
    def created(self) -> list[PlannedRow]:
        return self.of("create")

    @property
    def updated(self) -> list[PlannedRow]:
        return self.of("update")

    @property
    def unchanged(self) -> list[PlannedRow]:
        return self.of("same")

    @property
    def digest(self) -> str:
        """Stands for exactly this plan over exactly what is stored now."""
        content = [[row.number, row.action, row.form.data, row.form.instance.pk, row.changed] for row in self.rows]
        return hashlib.sha256(json.dumps(content, default=str, sort_keys=True).encode()).hexdigest()


def plan_of(*, register: Register, source: Any, user: Any) -> Plan:
    """What the file would do. Raises Refused when it cannot be read at all."""
    asks = user.is_authority and not register.of_authority
    columns = columns_of(register, with_owner=asks)
    table = read_table(read_workbook(source, limits=REGISTER), columns)
    if has_errors(table.findings):
        return Plan([], table.findings)
    plan = Plan([], list(table.findings))
    known, standing, seen = organizations_by_name(), _standing(register, user), dict[str, int]()
    form_class, own = entry_form(register, user), user.organization.code if user.organization else ""
    for row in table.rows:
        data = {
            column.key: typed(register, column.key, cell, known)
            for column in columns
            if column.key in row.columns and not isinstance(cell := row[column.key], CellProblem)
        }
        key = _joined(data.get(name, own if name == OWNER else "") for name in register.key)
        entry = standing.get(key)
        form = form_class({**_initial(register, entry, asks, known), **data}, instance=entry)
        faults = list(_faults(register, form, row, table))
        plan.findings += faults
        if faults:
            continue
        if key in seen:
            place = {"sheet": table.sheet, "row": row.number, "found": f"строки {seen[key]} и {row.number}"}
            plan.findings.append(error("row_repeated", "та же запись стоит в двух строках.", **place))
        seen[key] = row.number
        changed = [title_of(register, name) for name in form.changed_data]
        action = "create" if entry is None else "update" if changed else "same"
        plan.rows.append(PlannedRow(row.number, form, action, changed))
    return plan


def _standing(register: Register, user: Any) -> dict[str, Any]:
    """Stored entries that the person may change, by the key of a row."""
    rows = register.entries(user).current().select_related("organization")
    return {_key_of(register, entry): entry for entry in rows if register.may_change(user, entry)}


def _key_of(register: Register, entry: Any) -> str:
    return _joined(str(entry.organization.code) if name == OWNER else getattr(entry, name) for name in register.key)


def _joined(parts: Iterator[Any]) -> str:
    return "\x1f".join(" ".join(str(part).split()).casefold() for part in parts)


def _initial(register: Register, entry: Any, asks: bool, known: dict[str, str]) -> dict[str, Any]:
    """What stands where the file has no such column or cell: the stored values, or the defaults."""
    if entry is None:
        fields: list[Any] = [register.model._meta.get_field(name) for name in register.fields]
        return {one.name: one.get_default() for one in fields if not one.many_to_many and one.has_default()}
    names = ([OWNER] if asks else []) + list(register.fields)
    return {name: typed(register, name, cast(Cell, written(entry, name)), known) for name in names}


def _faults(register: Register, form: Any, row: Row, table: Table) -> Iterator[Finding]:
    """The form's faults at the cells that they are about."""
    for name, texts in form.errors.items():
        at = row.address(name)
        place: dict[str, Any] = {"sheet": table.sheet, "cell": at} if at else {"sheet": table.sheet, "row": row.number}
        for text in texts:
            title = f"«{title_of(register, name)}»: " if name in (OWNER, *register.fields) else ""
            found = "" if name not in row.columns or isinstance(row[name], CellProblem) else show(row[name])
            yield error("cell_invalid", f"{title}{text}", found=found, expected=_expected(register, name), **place)


def _expected(register: Register, name: str) -> str:
    if name not in register.fields:
        return ""
    choices = getattr(register.model._meta.get_field(name), "choices", None) or []
    return " или ".join(f"«{label}»" for _, label in choices)


@transaction.atomic
def apply(*, register: Register, source: Any, digest: str, by: Any) -> Plan:
    """Write what was looked at, all of it or nothing. Raises Refused, also when something changed meanwhile."""
    plan = plan_of(register=register, source=source, user=by)
    if has_errors(plan.findings):
        raise Refused(plan.findings)
    if digest != plan.digest:
        text = "Пока вы смотрели на изменения, реестр изменился."
        raise Refused([error("plan_changed", text, action="Посмотрите изменения ещё раз и подтвердите.")])
    for row in (*plan.created, *plan.updated):
        services.save_entry(register=register, form=row.form, by=by)
    if by and by.organization:
        text = f"Загружен файл: {register.title}. Внесено {len(plan.created)}, изменено {len(plan.updated)}"
        events.record(kind="registers.imported", subject=by.organization, by=by, text=text[:500])
    return plan


# --- on the way out


def export(*, register: Register, entries: Any, kind: Any, with_owner: bool) -> bytes:
    """The entries as a file that can be loaded again without changing anything."""
    names = ([OWNER] if with_owner else []) + list(register.fields)
    many = [name for name in names if register.model._meta.get_field(name).many_to_many]
    rows = entries.select_related("organization").prefetch_related(*many)
    headers = [title_of(register, name) for name in names] + (["Название организации"] if with_owner else [])
    lines = (
        [*(written(entry, name) for name in names), *([entry.organization.name] if with_owner else [])]
        for entry in rows
    )
    return export_table(headers, lines, kind=kind, title=register.title)


def template(*, register: Register, with_owner: bool) -> bytes:
    """An empty file to fill in, with lists to choose from."""
    names = ([OWNER] if with_owner else []) + list(register.fields)
    book = TemplateBook(identity={"template": f"registers.{register.code}", "version": "1"}, title=register.title)
    sheet = book.sheet(register.title, widths=[24] * len(names))
    sheet.header([title_of(register, name) for name in names])
    for _ in range(BLANK_ROWS):
        sheet.row([Input(rule_of(register, name)) for name in names])
    return book.to_bytes()
