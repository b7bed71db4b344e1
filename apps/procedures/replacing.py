"""What an import replaces is kept, so that taking the import back brings it again.

Results of one school in one work form a chain of files: each link says which file replaced which, and holds the
replaced rows. Taking a file back takes its link out of the chain: its results give way to those before it, or, when a
later file has replaced them already, that later file is told what would come back in its turn.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import models

from apps.procedures.models import (
    GroupResult,
    Procedure,
    QuarantinedRow,
    ReplacedResult,
    ResultAggregate,
    ResultBlock,
    ResultFile,
)

_HELD = (ResultAggregate, ResultBlock, QuarantinedRow)
Key = tuple[int, int | None, str]


def packed(rows: Iterable[models.Model]) -> bytes:
    return zlib.compress(serializers.serialize("json", rows).encode())


def unpack(payload: bytes | memoryview, *, file_id: int) -> None:
    """Write packed rows back as they were, as results of that file."""
    for row in serializers.deserialize("json", zlib.decompress(bytes(payload)).decode()):
        row.object.file_id = file_id  # type: ignore[attr-defined]
        row.save()


def unpack_missing(payload: bytes) -> int:
    """Write packed rows back where nothing stands in their place by now; returns how many."""
    written = 0
    for row in serializers.deserialize("json", zlib.decompress(payload).decode()):
        try:
            row.object.validate_constraints()
        except ValidationError:
            continue
        row.save()
        written += 1
    return written


def _by_school(procedure: Procedure, school_ids: Sequence[int]) -> dict[int, list[models.Model]]:
    found: dict[int, list[models.Model]] = defaultdict(list)
    for model in _HELD:
        for row in model._base_manager.filter(procedure=procedure, school_id__in=school_ids):
            found[row.school_id].append(row)
    return found


def stash(*, procedure: Procedure, school_ids: Sequence[int], by_file: ResultFile) -> int:
    """Keep the results of these schools, which `by_file` is about to replace; returns of how many schools."""
    links = []
    for school_id, rows in _by_school(procedure, school_ids).items():
        owner = next((row.file_id for row in rows if isinstance(row, ResultAggregate)), by_file.pk)
        if owner != by_file.pk:
            links.append(
                ReplacedResult(
                    procedure=procedure, school_id=school_id, file_id=owner, by_file=by_file, payload=packed(rows)
                )
            )  # fmt: skip
    ReplacedResult.objects.bulk_create(links, ignore_conflicts=True, batch_size=200)
    return len(links)


def confirm(*, procedure: Procedure, school_ids: Sequence[int], by_file: ResultFile) -> None:
    """Note that `by_file` says the same of these schools: the results become its own, and may go back."""
    mine = ResultAggregate.objects.filter(procedure=procedure, school_id__in=school_ids).exclude(file=by_file)
    owners = list(mine.values_list("school_id", "file_id"))
    ReplacedResult.objects.bulk_create(
        [
            ReplacedResult(procedure=procedure, school_id=school_id, file_id=owner, by_file=by_file)
            for school_id, owner in owners
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    _give(procedure.pk, [school_id for school_id, _ in owners], by_file.pk)


def _give(procedure_id: int, school_ids: Sequence[int], file_id: int) -> None:
    for model in _HELD:
        model._base_manager.filter(procedure_id=procedure_id, school_id__in=school_ids).update(file_id=file_id)


def group_key(row: GroupResult) -> str:
    return f"{row.report}|{row.level}|{row.name}|{row.code}"[:400]


def stash_group(*, row: GroupResult, by_file: ResultFile) -> None:
    """Keep a line of an aggregate report that `by_file` is about to replace."""
    if row.file_id != by_file.pk:
        ReplacedResult.objects.update_or_create(
            procedure=row.procedure, school=None, group=group_key(row), by_file=by_file,
            defaults={"file": row.file, "payload": packed([row])},
        )  # fmt: skip


def take_back(file: ResultFile) -> int:
    """Take all that `file` holds out of the database, bring back what it had replaced; returns how many came back."""
    before = {_key(link): link for link in ReplacedResult.objects.filter(by_file=file)}
    for later in ReplacedResult.objects.filter(file=file):
        former = before.pop(_key(later), None)
        if former is not None:
            former.payload = former.payload or later.payload
            former.by_file = later.by_file
            later.delete()
            former.save()
        else:
            later.delete()
    for key, link in before.items():
        if not link.payload and key[1] is not None:
            _give(key[0], [key[1]], link.file_id)
    for model in _HELD:
        model._base_manager.filter(file=file).delete()
    file.group_results.all().delete()
    came_back = 0
    for link in before.values():
        if link.payload:
            unpack(link.payload, file_id=link.file_id)
        came_back += 1
        link.delete()
    return came_back


def _key(link: ReplacedResult) -> Key:
    return link.procedure_id, link.school_id, link.group
