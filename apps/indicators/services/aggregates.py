"""Counting aggregates: every indicator of a period, for every organisation and scope, by one statement and a second
stage over its figures.

How a figure comes about:

1. Of several values of an organisation for an indicator one counts: a number before an absence, then a specialist's
   correction before a form before a procedure, then the newest version.
2. Each organisation gives a numerator and a denominator (a sum has no denominator). It enters a figure only with
   *all* inputs of both; an organisation without one of them is left out of both.
3. A scope (group, kind, locality, municipality) adds numerators and denominators, and divides last.
4. Quartiles, median, least and greatest are read from the values of the organisations that entered, as they are
   stored; between two values the quartile lies in proportion. All arithmetic is exact decimal.
5. Formulas that do not add up (caps, steps, points) are counted over these figures by `second_stage`.
6. Expected are the organisations open on the last day of the period that the pack is addressed to, and those others
   that reported.

A recount of what changed reads the values of the changed organisations only and gives the same rows as a recount of
everything, in any order and beside any other recount: parallel recounts of a period wait for each other, the register
and the formulas are those of the last recount or everything is counted, and a period whose formulas read another one
is counted after it in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job, Period
from apps.indicators.models import Aggregate, IndicatorVersion, Recount
from apps.indicators.services.aggregates_sql import COMPUTE, DIGEST, GROUND
from apps.indicators.services.readers import periods_reading
from apps.indicators.services.second_stage import compute_second_stage, second_stage_versions
from apps.organizations.models import Organization

KIND = "indicators.compute_aggregates"

# Memory to sort in; no nested loops, for a fresh table has no statistics yet; small sorts by group instead of one
# great sort for the quartiles, which halves the time.
PLANNER: dict[str, str | None] = {
    "work_mem": "64MB",
    "enable_nestloop": "off",
    "enable_presorted_aggregate": "off",
    "jit": "off",
}

# First keys of advisory locks; the second is the period.
_COMPUTING, _ENQUEUING = 7_301, 7_302


@dataclass(frozen=True)
class AggregateResult:
    """What a recount did: rows written because they were new or different, and rows deleted.

    `readers` are the periods that were counted after it because their formulas read it.
    """

    period: str
    changed: int
    deleted: int
    readers: tuple["AggregateResult", ...] = ()


@transaction.atomic
def compute_aggregates(*, period: Period, only_changed: bool = False) -> AggregateResult:
    """Recount the aggregates of the period; only rows that differ are written, stale ones are deleted.

    `only_changed` spares the organisations without new values since the last recount, if nothing else has changed.
    The number of statements depends on nothing but the number of periods that read this one.
    """
    begun = timezone.now()
    with connection.cursor() as cursor:
        _lock(cursor, _COMPUTING, period)
        second = second_stage_versions(period)
        ground = _ground(cursor)
        changed = _changed(cursor, period, only_changed, ground)
        written, deleted = (0, 0) if changed == [] else _first_stage(cursor, period, second, changed, begun)
    if changed != []:
        more, less = compute_second_stage(period, second, begun, changed)
        written, deleted = written + more, deleted + less
    Recount.objects.update_or_create(period=period, defaults={"computed_at": begun, "ground": ground})
    readers = _count_readers(period, changed, begun) if written or deleted else []
    return AggregateResult(period.code, written, deleted, tuple(readers))


def _first_stage(
    cursor: Any, period: Period, second: list[IndicatorVersion], changed: list[int] | None, begun: datetime
) -> tuple[int, int]:
    restore = _planner(cursor, PLANNER)
    arguments: dict[str, Any] = {"period": period.pk, "day": period.ends_on, "kind": period.kind, "now": begun}
    cursor.execute(COMPUTE, {**arguments, "second": [version.pk for version in second], "changed": changed})
    written, deleted = cursor.fetchone()
    _planner(cursor, restore)
    return written, deleted


def _ground(cursor: Any) -> str:
    cursor.execute(GROUND)
    return str(cursor.fetchone()[0])


def _is_spared(period: Period, ground: str) -> bool:
    """Whether the register and the formulas are those of the last recount."""
    return Recount.objects.filter(period=period, ground=ground).exists()


def _changed(cursor: Any, period: Period, only_changed: bool, ground: str) -> list[int] | None:
    """Ids of the organisations to count, None for everything. The marks that can be seen are taken away.

    Half of the register costs as much as all of it.
    """
    cursor.execute(_TAKE_MARKS, [period.pk])
    marked = sorted({pk for (pk,) in cursor.fetchall()})
    if only_changed and _is_spared(period, ground) and len(marked) * 2 < Organization.objects.count():
        return marked
    return None


_TAKE_MARKS = "DELETE FROM indicators_changedorganization WHERE period_id = %s RETURNING organization_id"


def _count_readers(period: Period, changed: list[int] | None, begun: datetime) -> list[AggregateResult]:
    """Count the second stage of the periods whose formulas read this one, and so on; the earliest first.

    The order is that of their locks, too. A period that was never counted is left alone.
    """
    done: list[AggregateResult] = []
    waiting = set(periods_reading(period))
    while waiting:
        reader = min(waiting, key=attrgetter("starts_on", "pk"))
        waiting.remove(reader)
        with connection.cursor() as cursor:
            _lock(cursor, _COMPUTING, reader)
            ours = changed if _is_spared(reader, _ground(cursor)) else None
        result = AggregateResult(reader.code, *compute_second_stage(reader, second_stage_versions(reader), begun, ours))
        Recount.objects.filter(period=reader).update(computed_at=begun)
        done.append(result)
        if result.changed or result.deleted:
            waiting.update(periods_reading(reader))
    return done


def digest(period: Period) -> str:
    """SHA-256 of the period's aggregates: equal exactly when all of them are, in whatever order they were counted."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, {"period": period.pk})
        return str(cursor.fetchone()[0])


def _lock(cursor: Any, key: int, period: Period) -> None:
    """Until the end of the transaction."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [key, period.pk])


def _planner(cursor: Any, settings: dict[str, str | None]) -> dict[str, str | None]:
    """Set the planner for the statement; returns what was set before. A setting that the server lacks is skipped."""
    names = list(settings)
    cursor.execute("SELECT name, current_setting(name, true) FROM unnest(%s) AS name", [names])
    before = dict(cursor.fetchall())
    known = {name: value for name, value in settings.items() if before[name] is not None}
    cursor.execute(
        "SELECT set_config(name, value, true) FROM unnest(%s, %s) AS one (name, value)",
        [list(known), list(known.values())],
    )
    return {name: before[name] for name in known}


@transaction.atomic
def enqueue_aggregates(*, period: Period, by: Any, everything: bool = False) -> Job:
    """Have a worker recount what changed in the period (or everything) after this transaction commits.

    A job that waits already is not doubled. It is locked until the commit, so that it cannot begin before the
    values of this transaction can be seen.
    """
    with connection.cursor() as cursor:
        _lock(cursor, _ENQUEUING, period)
    arguments: dict[str, Any] = {"period_id": period.pk}
    if everything:
        arguments["everything"] = True
    waiting = Job.objects.filter(kind=KIND, state=Job.State.QUEUED, arguments=arguments)
    job = waiting.select_for_update().first()
    return job or jobs.enqueue(kind=KIND, arguments=arguments, by=by, title=f"Пересчёт показателей: {period}")


def counts_by_scope(period: Period) -> dict[str, int]:
    """How many aggregates the period has by scope."""
    found = Aggregate.objects.filter(period=period).values_list("scope").annotate(Count("pk"))
    return dict(found.order_by("scope"))
