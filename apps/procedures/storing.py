"""Writing of results: COPY of matrices and of additive parts, replaced by school, all in the caller's transaction."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from io import StringIO

import numpy as np
from django.db import connection, models

from apps.procedures import matrices, replacing
from apps.procedures.matrices import Block, Participants, Parts
from apps.procedures.models import (
    ParticipatingSchool,
    Procedure,
    QuarantinedRow,
    ResultAggregate,
    ResultBlock,
    ResultFile,
)
from apps.procedures.readers import neutral
from apps.procedures.readers.checks import Verdict
from apps.procedures.readers.neutral import Results

NULL = "\\N"

_BLOCK_COLUMNS = (
    "procedure_id", "school_id", "file_id", "class_label", "size", "matrix", "codes", "primary", "variants", "marks",
    "journal", "test_scores",
)  # fmt: skip
_PART_COLUMNS = tuple(part.name for part in fields(Parts))
_PACKED = "item_details"
_AGGREGATE_COLUMNS = ("procedure_id", "school_id", "file_id", "absent", "digest", *_PART_COLUMNS)


@dataclass(frozen=True)
class Stored:
    """What a write changed."""

    written_schools: int
    unchanged_schools: int
    replaced: list["Replaced"] = field(default_factory=list)


@dataclass(frozen=True)
class Replaced:
    """Results of schools that gave way: from which file they were, and of how many participants."""

    name: str
    family: str
    schools: int
    participants: int
    had_marks: bool


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """COPY rows into the table of `model`; `NULL` (the constant) is the database's NULL, an empty text is a text."""
    buffer = StringIO()
    csv.writer(buffer).writerows(rows)
    buffer.seek(0)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')", buffer)


def array(values: np.ndarray) -> str:
    """A PostgreSQL array literal."""
    return "{" + ",".join(map(str, values.tolist())) + "}"


def octets(values: np.ndarray) -> str:
    """A PostgreSQL bytea literal."""
    return "\\x" + values.astype(np.uint8, copy=False).tobytes().hex()


def _block_row(procedure: Procedure, school_id: int, file: ResultFile, block: Block) -> tuple[str | int, ...]:
    people = block.people
    return (
        procedure.pk, school_id, file.pk, block.class_label, people.size, octets(people.scores), array(people.codes),
        array(people.totals), octets(people.variants), octets(people.marks), octets(people.journal),
        NULL if people.tests is None else array(people.tests),
    )  # fmt: skip


def _part_cells(parts: Parts, row: int) -> list[str | int]:
    cells: list[str | int] = []
    for name in _PART_COLUMNS:
        value = getattr(parts, name)[row]
        if name == _PACKED:
            cells.append("\\x" + matrices.packed(value).hex())
            continue
        cells.append(array(value) if getattr(value, "ndim", 0) else int(value))
    return cells


@dataclass(frozen=True)
class _Writing:
    """What is written of a file; `schools` maps indexes of the file's schools to their rows, changed ones only."""

    procedure: Procedure
    file: ResultFile
    results: Results
    verdict: Verdict
    schools: dict[int, int]


def _quarantined(it: _Writing) -> list[QuarantinedRow]:
    rows = []
    for index, reasons in it.verdict.reasons.items():
        if (school := it.schools.get(int(it.results.school[index]))) is None:
            continue
        payload = {
            "scores": it.results.scores[index].tolist(),
            "primary": int(it.verdict.totals[index]),
            "mark": int(it.verdict.marks[index]),
            "journal": 0 if it.results.journal is None else int(it.results.journal[index]),
            "variant": int(it.results.variants[index]),
            "test": None if it.results.test_scores is None else int(it.results.test_scores[index]),
        }
        rows.append(
            QuarantinedRow(
                procedure=it.procedure, school_id=school, file=it.file, sheet=it.results.sheet[:60],
                sheet_row=int(it.results.row_numbers[index]), code=int(it.results.codes[index]),
                class_label=it.results.class_labels[it.results.klass[index]], reason="; ".join(reasons)[:500],
                payload=payload,
            )
        )  # fmt: skip
    return rows


def store(
    *,
    procedure: Procedure,
    file: ResultFile,
    results: Results,
    verdict: Verdict,
    school_ids: Sequence[int],
    maxima: Sequence[int | None],
) -> Stored:
    """Replace the results of the file's schools. A school about which the file says nothing new is left alone."""
    digests = matrices.digests(results, verdict, maxima)
    known = dict(
        ResultAggregate.objects.filter(procedure=procedure, school_id__in=school_ids).values_list("school_id", "digest")
    )
    changed = {index: school_ids[index] for index, digest in digests.items() if known.get(school_ids[index]) != digest}
    if same := [school_ids[index] for index in digests if index not in changed]:
        replacing.confirm(procedure=procedure, school_ids=same, by_file=file)
    replaced = _replaced(procedure, [pk for pk in changed.values() if pk in known], file)
    if changed:
        replacing.stash(procedure=procedure, school_ids=[pk for pk in changed.values() if pk in known], by_file=file)
        remove(procedure=procedure, school_ids=list(changed.values()))
        _write(_Writing(procedure, file, results, verdict, changed), digests, maxima)
    return Stored(len(changed), len(digests) - len(changed), replaced)


def _replaced(procedure: Procedure, school_ids: Sequence[int], by_file: ResultFile) -> list[Replaced]:
    """What is about to give way, by file; other parts of the same file are none."""
    rows = ResultAggregate.objects.filter(procedure=procedure, school_id__in=school_ids).exclude(file=by_file)
    found: dict[int, Replaced] = {}
    for pk, name, family, people, marks in rows.values_list(
        "file_id", "file__name", "file__family", "participants", "marks"
    ):
        former = found.get(pk, Replaced(name, family, 0, 0, False))
        had = former.had_marks or any(marks)
        found[pk] = Replaced(name, family, former.schools + 1, former.participants + people, had)
    return list(found.values())


def remove(*, procedure: Procedure, school_ids: Sequence[int]) -> None:
    for model in (ResultBlock, ResultAggregate, QuarantinedRow):
        model._base_manager.filter(procedure=procedure, school_id__in=school_ids).delete()


def _write(it: _Writing, digests: dict[int, str], maxima: Sequence[int | None]) -> None:
    rows = [
        _block_row(it.procedure, it.schools[block.school], it.file, block)
        for block in matrices.blocks(it.results, it.verdict)
        if block.school in it.schools
    ]
    copy_rows(ResultBlock, _BLOCK_COLUMNS, rows)
    counted = np.flatnonzero(it.verdict.counted)
    people = matrices.participants(it.results, it.verdict).take(counted)
    groups = len(it.results.schools)
    parts = matrices.parts(people, it.results.school[counted], groups, maxima=maxima, maximum=it.procedure.max_score)
    absent = np.bincount(it.results.school[~it.verdict.present], minlength=groups)
    copy_rows(
        ResultAggregate,
        _AGGREGATE_COLUMNS,
        (
            (it.procedure.pk, school_id, it.file.pk, int(absent[index]), digests[index], *_part_cells(parts, index))
            for index, school_id in it.schools.items()
        ),
    )
    QuarantinedRow.objects.bulk_create(_quarantined(it), batch_size=500)


# --- after the import: one school of one procedure


def stored_people(block: ResultBlock, items: int) -> Participants:
    """The columns of a stored block."""
    return Participants(
        np.frombuffer(block.matrix, np.uint8).reshape(block.size, items),
        np.asarray(block.primary, np.int16),
        np.frombuffer(block.marks, np.uint8),
        np.frombuffer(block.journal, np.uint8),
        np.asarray(block.codes, np.int64),
        np.frombuffer(block.variants, np.uint8),
        None if block.test_scores is None else np.asarray(block.test_scores, np.int16),
    )


def recount(*, procedure: Procedure, school: ParticipatingSchool) -> None:
    """Sum the additive parts of a school again from its stored matrices."""
    maxima = list(procedure.items.values_list("maximum", flat=True))
    found = [
        stored_people(block, len(maxima)) for block in ResultBlock.objects.filter(procedure=procedure, school=school)
    ]
    if not found:
        return
    joined = Participants.joined(found)
    group = np.zeros(joined.size, np.int32)
    parts = matrices.parts(joined, group, 1, maxima=maxima, maximum=procedure.max_score)
    values = {name: getattr(parts, name)[0].tolist() for name in _PART_COLUMNS if name != _PACKED}
    values[_PACKED] = matrices.packed(parts.item_details[0])
    ResultAggregate.objects.filter(procedure=procedure, school=school).update(**values)


def append(*, row: QuarantinedRow) -> None:
    """Add a released row to the block of its class; cells that cannot be counted are left empty."""
    maxima = list(row.procedure.items.values_list("maximum", flat=True))
    scores = [_released(score, maximum) for score, maximum in zip(row.payload["scores"], maxima, strict=True)]
    mark, journal = (
        0 if row.payload[name] == neutral.IMPOSSIBLE_MARK else row.payload[name] for name in ("mark", "journal")
    )
    block = ResultBlock.objects.filter(procedure=row.procedure, school=row.school, class_label=row.class_label).first()
    if block is None:
        tests: list[int] | None = None if row.payload["test"] is None else []
        block = ResultBlock(
            procedure=row.procedure, school=row.school, file=row.file, class_label=row.class_label, size=0,
            matrix=b"", codes=[], primary=[], variants=b"", marks=b"", journal=b"", test_scores=tests,
        )  # fmt: skip
    block.matrix = bytes(block.matrix) + bytes(scores)
    block.codes = [*block.codes, row.code]
    block.primary = [*block.primary, row.payload["primary"]]
    block.variants = bytes(block.variants) + bytes([row.payload["variant"]])
    block.marks = bytes(block.marks) + bytes([mark])
    block.journal = bytes(block.journal) + bytes([journal])
    if block.test_scores is not None:
        block.test_scores = [*block.test_scores, row.payload["test"]]
    block.size += 1
    block.save()


def _released(score: int, maximum: int | None) -> int:
    if score == neutral.UNREADABLE or (maximum is not None and maximum < score <= neutral.HIGHEST_SCORE):
        return neutral.EMPTY
    return score
