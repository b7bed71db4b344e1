"""Counting aggregates: every indicator of a period, for every organisation and scope, by one statement and a second
stage over its figures.

How a figure comes about:

1. Of several values of an organisation for an indicator one counts: a number before an absence, then a specialist's
   correction before a form before a procedure, then the newest version.
2. Each organisation gives a numerator and a denominator (a sum has no denominator). It enters a figure only with
   *all* inputs of both; an organisation without one of them is left out of both.
3. A scope (group, kind, locality, municipality) adds numerators and denominators, and divides last.
4. Quartiles, median, least and greatest are read from the values of the organisations that entered; between two
   values the quartile lies in proportion. All arithmetic is exact decimal.
5. Formulas that do not add up (caps, steps, points) are counted over these figures by `second_stage`.
6. Expected are the organisations open on the last day of the period that the pack is addressed to, and those others
   that reported.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job, Period
from apps.indicators.models import Aggregate, Recount
from apps.indicators.services.aggregates_sql import COMPUTE, DIGEST
from apps.indicators.services.second_stage import compute_second_stage, second_stage_versions

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
    """What a recount did: rows written because they were new or different, and rows deleted."""

    period: str
    changed: int
    deleted: int


@transaction.atomic
def compute_aggregates(*, period: Period) -> AggregateResult:
    """Recount all aggregates of the period; only rows that differ are written, stale ones are deleted.

    The number of statements depends on nothing. Parallel recounts of a period wait for each other.
    """
    begun = timezone.now()
    with connection.cursor() as cursor:
        _lock(cursor, _COMPUTING, period)
        restore = _planner(cursor, PLANNER)
        second = second_stage_versions(period)
        arguments: dict[str, Any] = {"period": period.pk, "day": period.ends_on, "kind": period.kind, "now": begun}
        cursor.execute(COMPUTE, {**arguments, "second": [version.pk for version in second]})
        changed, deleted = cursor.fetchone()
        _planner(cursor, restore)
    written, dropped = compute_second_stage(period, second, begun)
    Recount.objects.update_or_create(period=period, defaults={"computed_at": begun})
    return AggregateResult(period.code, changed + written, deleted + dropped)


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
def enqueue_aggregates(*, period: Period, by: Any) -> Job:
    """Have a worker recount the period after this transaction commits.

    A job that waits already is not doubled. It is locked until the commit, so that it cannot begin before the
    values of this transaction can be seen.
    """
    with connection.cursor() as cursor:
        _lock(cursor, _ENQUEUING, period)
    arguments = {"period_id": period.pk}
    waiting = Job.objects.filter(kind=KIND, state=Job.State.QUEUED, arguments=arguments)
    job = waiting.select_for_update().first()
    return job or jobs.enqueue(kind=KIND, arguments=arguments, by=by, title=f"Пересчёт показателей: {period}")


def counts_by_scope(period: Period) -> dict[str, int]:
    """How many aggregates the period has by scope."""
    found = Aggregate.objects.filter(period=period).values_list("scope").annotate(Count("pk"))
    return dict(found.order_by("scope"))
