"""Storage and recount of a big city's year: 225,000 works × 20 items as matrices by class."""

import resource
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from django.db import connection

from apps.core import periods
from apps.core.models import Period, PrivateFile
from apps.procedures import matrices, storing, summing
from apps.procedures.models import (
    Batch,
    ParticipatingSchool,
    Procedure,
    ResultAggregate,
    ResultBlock,
    ResultFile,
    Subject,
)
from tests.bench.registry import measure, ratio, seconds

WORKS, SCHOOLS, CLASS, CLASSES, ITEMS = 30, 250, 30, 1, 20  # 225,000 participations
CODES = np.tile(np.arange(40001, 40001 + CLASS), SCHOOLS)
MAXIMA = (4, 3, 3, 1, 3, 2, 1, 2, 3, 2, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1)


@lru_cache
def scores() -> np.ndarray:
    """Scores of a year, works × schools × pupils in the order of the blocks; X here and there."""
    random = np.random.default_rng(4)
    found = random.integers(0, np.array(MAXIMA) + 1, (WORKS * SCHOOLS * CLASS, ITEMS), np.uint8)
    return np.where(random.random(found.shape) < 0.03, np.uint8(255), found)


def _file() -> ResultFile:
    kept = PrivateFile.objects.create(file="private/none", name="x", size=1, sha256="0" * 64, content_type="x")
    return ResultFile.objects.create(batch=Batch.objects.create(), file=kept, name="x", sha256="0" * 64)


def _procedures(year: int) -> list[Procedure]:
    period = Period.objects.named(periods.school_year(year))
    subject, _ = Subject.objects.get_or_create(name="Математика")
    return Procedure.objects.bulk_create(
        Procedure(
            kind="vpr", period=period, year=year + 1, subject=subject, grade=1 + n % 11, session=str(n), title=str(n),
            max_score=sum(MAXIMA),
        )
        for n in range(WORKS)
    )  # fmt: skip


def stored_year(year: int = 2020) -> list[int]:
    """Blocks and additive parts of a year, written as an import writes them; returns the works."""
    file = _file()
    schools = ParticipatingSchool.objects.bulk_create(
        (ParticipatingSchool(system="fis_oko", digits=f"{n:06d}") for n in range(SCHOOLS)), ignore_conflicts=True
    )
    schools = list(ParticipatingSchool.objects.order_by("digits")[:SCHOOLS])
    works = _procedures(year)
    size = SCHOOLS * CLASS
    group = np.repeat(np.arange(SCHOOLS), CLASS)
    for number, procedure in enumerate(works):
        points = scores()[number * size : (number + 1) * size]
        totals = np.where(points > 200, 0, points).sum(axis=1).astype(np.int16)
        marks = (2 + np.searchsorted((14, 24, 33), totals, side="right")).astype(np.uint8)
        people = matrices.Participants(
            points,
            totals,
            marks,
            marks,
            np.tile(np.arange(40001, 40001 + CLASS), SCHOOLS),
            np.ones(size, np.uint8),
            None,
        )
        rows = (
            storing._block_row(procedure, school.pk, file, matrices.Block(0, "А", people.take(group == index)))
            for index, school in enumerate(schools)
        )
        storing.copy_rows(ResultBlock, storing._BLOCK_COLUMNS, rows)
        parts = matrices.parts(people, group, SCHOOLS, maxima=MAXIMA, maximum=sum(MAXIMA))
        storing.copy_rows(
            ResultAggregate,
            storing._AGGREGATE_COLUMNS,
            (
                (procedure.pk, school.pk, file.pk, 0, "0" * 64, *storing._part_cells(parts, index))
                for index, school in enumerate(schools)
            ),
        )
    return [procedure.pk for procedure in works]


def _size(*models: type) -> int:
    with connection.cursor() as cursor:
        total = 0
        for model in models:
            table = model._meta.db_table  # type: ignore[attr-defined]
            cursor.execute(f"vacuum full {connection.ops.quote_name(table)}")
            cursor.execute("select pg_total_relation_size(%s)", [table])
            total += cursor.fetchone()[0]
    return total


@measure(
    "X2",
    goal=2.0,
    how="bytes an item score: matrices by class with codes, marks and all indexes of 225,000 participations × 20 items "
    "(pg_total_relation_size) ÷ 4.5 million scores; additive parts of schools are told apart by X2P",
)
def storage() -> float:
    stored_year()
    return _size(ResultBlock) / scores().size


@measure("X2P", goal=2.0, how="bytes an item score of the additive parts of schools, with indexes, in the same year")
def storage_of_parts() -> float:
    stored_year()
    return _size(ResultAggregate) / scores().size


def _anchor() -> Callable[[], object]:
    points = np.where(scores() > 200, np.uint8(0), scores())
    starts = np.arange(0, len(points), CLASS)
    return lambda: np.add.reduceat(points, starts, axis=0, dtype=np.int32)


@measure(
    "X3",
    goal=6,
    how="item sums of 7,500 classes of a year counted again from stored matrices, fetching included ÷ numpy reduceat "
    "over the same scores sorted in memory; medians of 5, interleaved",
)
def recount() -> float:
    works = stored_year()
    expected = _anchor()()
    found = np.concatenate([one.sums for one in summing.item_sums(works)])
    assert int(found.sum()) == int(expected.sum())  # type: ignore[attr-defined]
    return ratio(lambda: list(summing.item_sums(works)), _anchor())


@measure(
    "X4",
    goal=1.3,
    how="recount of ten years ÷ ten recounts of one year (linear is 1); memory of the process must stay below 1 GiB",
)
def ten_years() -> float:
    first = stored_year()
    years = [first]
    blocks = connection.ops.quote_name(ResultBlock._meta.db_table)
    names = 'school_id, file_id, class_label, size, matrix, codes, "primary", variants, marks, journal, test_scores'
    for year in range(2021, 2030):
        works = [procedure.pk for procedure in _procedures(year)]
        with connection.cursor() as cursor:
            copied = f"insert into {blocks} (procedure_id, {names}) select new, {names} from {blocks}"  # noqa: S608
            cursor.execute(f"{copied} join unnest(%s, %s) as pairs(old, new) on procedure_id = old", [first, works])
        years.append(works)

    def all_years() -> int:
        return sum(len(one.sums) for works in years for one in summing.item_sums(works))

    all_years()
    one = sorted(seconds(lambda: list(summing.item_sums(first))) for _ in range(5))[2]
    ten = sorted(seconds(all_years) for _ in range(3))[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert peak < 1024, f"{peak:.0f} MiB"
    return ten / (10 * one)
