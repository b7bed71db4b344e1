"""Reading a kept file by what a person said about its columns."""

from dataclasses import replace
from datetime import date
from typing import Any

from apps.core import files
from apps.procedures import intake
from apps.procedures.mapping import reading
from apps.procedures.mapping.table import Mapping
from apps.procedures.models import Procedure, ResultFile
from apps.procedures.readers.neutral import Identity, Reading, School, SheetRows

LEVELS = {
    "rdr": Procedure.Level.REGIONAL,
    "mdr": Procedure.Level.MUNICIPAL,
    "vsoko": Procedure.Level.SCHOOL,
    "intl": Procedure.Level.WORLD,
}


def is_mapped(file: ResultFile) -> bool:
    return bool(file.mapping.get("columns"))


def _own(file: ResultFile) -> School | None:
    """The school that a person named for the whole file."""
    if file.organization is None:
        return None
    code = file.organization.external_ids.filter(system="fis_oko", valid_to__isnull=True).first()
    if code:
        return School("fis_oko", code.value, code.prefix, file.organization.name)
    return School("form", file.organization.code[:20], "", file.organization.name)


def read_mapped(file: ResultFile, sheets: list[SheetRows]) -> Reading:
    """Raises Refused. Columns that nobody chose leave the kept copy: they may hold what the portal does not keep."""
    mapping = Mapping.from_json(file.mapping)
    if reading.has_more(sheets, mapping):
        _keep_only(file, sheets, mapping)
    stated = file.stated
    identity = Identity(
        stated.get("kind", ""),
        stated.get("year"),
        stated.get("subject", ""),
        stated.get("grade"),
        date.fromisoformat(stated["held_on"]) if stated.get("held_on") else None,
    )
    if identity.kind == Procedure.Kind.VSOSH:
        return reading.read_olympiad(sheets, mapping, identity=identity, own=_own(file))
    identity = reading.session_of(identity)
    if identity.held_on and not identity.year:
        identity = replace(identity, year=identity.held_on.year)
    return reading.read_results(sheets, mapping, identity=identity, own=_own(file))


def _keep_only(file: ResultFile, sheets: list[SheetRows], mapping: Mapping) -> None:
    stripped = intake.stripped_copy(reading.only_mapped(sheets, mapping))
    kept = files.store(stream=stripped, name=file.name, content_type=files.XLSX, by=file.file.created_by)
    former, file.file = file.file, kept
    file.mapping = {key: value for key, value in file.mapping.items() if key != "preview"}
    file.save(update_fields=["file", "mapping"])
    former.file.delete(save=False)
    former.delete()


def describe_mapped(file: ResultFile, procedure: Procedure) -> None:
    """What the person said of the work besides its columns: whose it is and what it is called."""
    if not is_mapped(file):
        return
    said: dict[str, Any] = {"level": LEVELS.get(procedure.kind), "title": file.mapping.get("title")}
    changed = {name: value for name, value in said.items() if value and getattr(procedure, name) != value}
    if changed and not procedure.files.exclude(pk=file.pk).exists():
        for name, value in changed.items():
            setattr(procedure, name, value)
        procedure.save(update_fields=list(changed))
