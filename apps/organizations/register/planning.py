"""Compares a register file with the register: what would be created, changed, left. Nothing is written here."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.core.findings import Finding, error, has_errors, notice, query
from apps.organizations.models import ExternalId, Kind, Locality, Organization, Programme
from apps.organizations.register.columns import SYSTEMS, TITLES
from apps.organizations.register.parsing import ParsedFile, ParsedRow


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One value before and after, in our own terms and as people read it."""

    key: str
    old: Any
    new: Any

    @property
    def title(self) -> str:
        return TITLES[self.key]

    @property
    def old_text(self) -> str:
        return as_text(self.key, self.old)

    @property
    def new_text(self) -> str:
        return as_text(self.key, self.new)


@dataclass(frozen=True)
class PlannedRow:
    number: int
    code: str
    name: str
    action: Action
    changes: list[Change]


@dataclass(frozen=True)
class Plan:
    """What a file would do; `digest` stands for exactly this, the present values included."""

    rows: list[PlannedRow]
    findings: list[Finding]

    @property
    def is_refused(self) -> bool:
        return has_errors(self.findings)

    def of(self, action: Action) -> list[PlannedRow]:
        return [row for row in self.rows if row.action == action]

    @property
    def created(self) -> list[PlannedRow]:
        return self.of(Action.CREATE)

    @property
    def updated(self) -> list[PlannedRow]:
        return self.of(Action.UPDATE)

    @property
    def unchanged(self) -> list[PlannedRow]:
        return self.of(Action.UNCHANGED)

    @property
    def digest(self) -> str:
        content = [[row.code, row.action, [[c.key, c.old, c.new] for c in row.changes]] for row in self.rows]
        return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()


def as_text(key: str, value: Any) -> str:
    """A value as people read it; nothing is a dash."""
    if value in (None, "", []):
        return "—"
    if key == "kind":
        return str(Kind(value).label)
    if key == "locality":
        return str(Locality(value).label)
    if key == "programmes":
        return "; ".join(str(Programme(item).label) for item in value)
    return f"{value:%d.%m.%Y}" if key == "opened_on" else str(value)


def make_plan(file: ParsedFile) -> Plan:
    """Two queries for the whole register, whatever the length of the file."""
    standing = {
        organization.code: organization
        for organization in Organization.objects.prefetch_related("external_ids").order_by()
    }
    owners = {
        (known.system, known.value): organization.code
        for organization in standing.values()
        for known in current_ids(organization)
    }
    findings = list(file.findings)
    rows = []
    for row in file.rows:
        organization = standing.get(row.code)
        findings.extend(_foreign_ids(row, owners))
        findings.extend(_conflicts(row, organization))
        rows.append(_planned(row, organization))
    findings.extend(_left_out(file, standing.values()))
    return Plan(rows, findings)


def current_ids(organization: Organization) -> list[ExternalId]:
    """The codes in use, in the order in which they were given, from what has been prefetched."""
    return sorted((known for known in organization.external_ids.all() if known.valid_to is None), key=lambda k: k.pk)


def split_login(text: str) -> tuple[str, str]:
    """`sch224085` → (`sch`, `224085`): the digits are the key."""
    match = re.fullmatch(r"([a-z]*)([0-9].*)", text)
    return (match[1], match[2]) if match else ("", text)


def _standing(organization: Organization) -> dict[str, Any]:
    values = {key: getattr(organization, key) for key in TITLES if key not in SYSTEMS and key != "code"}
    for known in current_ids(organization):
        values.setdefault(known.system, f"{known.prefix}{known.value}")
    return values


def _planned(row: ParsedRow, organization: Organization | None) -> PlannedRow:
    if organization is None:
        changes = [Change(key, None, value) for key, value in row.values.items()]
        return PlannedRow(row.number, row.code, row.values.get("name", ""), Action.CREATE, changes)
    standing = _standing(organization)
    changes = [
        Change(key, standing.get(key), value)
        for key, value in row.values.items()
        if not _same(key, standing.get(key), value)
    ]
    action = Action.UPDATE if changes else Action.UNCHANGED
    return PlannedRow(row.number, row.code, organization.name, action, changes)


def _same(key: str, old: Any, new: Any) -> bool:
    if key in SYSTEMS and old is not None:
        return split_login(old)[1] == split_login(new)[1] and split_login(new)[0] in {"", split_login(old)[0]}
    return bool(sorted(old or []) == sorted(new)) if key == "programmes" else bool(old == new)


def _foreign_ids(row: ParsedRow, owners: dict[tuple[str, str], str]) -> Iterable[Finding]:
    """A code of another system belongs to one organisation, in the register and within the file."""
    for key in SYSTEMS:
        if key not in row.values:
            continue
        value = split_login(row.values[key])[1]
        owner = owners.setdefault((key, value), row.code)
        if owner != row.code:
            message = f"код «{value}» ({TITLES[key]}) уже принадлежит организации «{owner}»."
            yield error("external_taken", message, row=row.number, action="Проверьте, чей это код.")


def _conflicts(row: ParsedRow, organization: Organization | None) -> Iterable[Finding]:
    if organization is None:
        if row.values.get("kind") == Kind.AUTHORITY:
            yield error("authority", "орган управления заводится при установке портала.", row=row.number)
        return
    if row.values.get("kind", organization.kind) != organization.kind:
        yield error(
            "kind_changed",
            f"вид организации «{row.code}» загрузкой не меняется.",
            row=row.number,
            found=as_text("kind", row.values["kind"]),
            expected=as_text("kind", organization.kind),
            action="Закройте прежнюю организацию и заведите новую с другим кодом.",
        )
    if organization.closed_on:
        yield query("closed", f"организация «{row.code}» закрыта {organization.closed_on:%d.%m.%Y}.", row=row.number)


def _left_out(file: ParsedFile, standing: Iterable[Organization]) -> Iterable[Finding]:
    named = {row.code for row in file.rows}
    left = sorted(o.code for o in standing if o.code not in named and o.kind != Kind.AUTHORITY and not o.closed_on)
    if left and named:
        yield notice(
            "not_in_file",
            f"в файле нет организаций реестра: {len(left)}. Они не изменятся.",
            found=", ".join(left[:10]) + ("…" if len(left) > 10 else ""),
        )
