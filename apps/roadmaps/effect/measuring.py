"""Measuring: asked for by a person or by the day's job, done by a worker, stored with the digest of its inputs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events, jobs, notices
from apps.core.findings import Refused, error
from apps.roadmaps.effect import figures, words
from apps.roadmaps.effect.arithmetic.estimate import Comparison, Design, compared, designed, is_enough
from apps.roadmaps.effect.arithmetic.intervals import DRAWS, Bounds, bounds
from apps.roadmaps.effect.gathering import METHOD, Gathered, gather, plan_of
from apps.roadmaps.effect.models import Expectation, Measurement
from apps.roadmaps.effect.planning import few_words
from apps.roadmaps.effect.services import require_writer

KIND = "roadmaps.measure_effect"
ENOUGH = 0.8  # share of the addressed with a figure after, for the day's job
PLACES = Decimal("0.000001")
Verdict = Measurement.Verdict


@transaction.atomic
def start(*, expectation: Expectation, by: Any) -> Measurement:
    """Have a worker measure it. One at a time; `by` is None for the day's job."""
    if by is not None:
        require_writer(by)
    row = Expectation.objects.select_for_update().get(pk=expectation.pk)
    if row.approved_at is None or row.withdrawn_at:
        raise Refused([error("not_approved", "Измеряется только утверждённое ожидание, которое не снято.")])
    if by is not None and not _any_after(row):
        message = f"Данных за {row.follow_up} ещё нет."
        raise Refused([error("no_figures", message, action="Портал измерит эффект сам, когда они появятся.")])
    under_way = row.measurements.filter(measured_at__isnull=True).first()
    if under_way is not None and under_way.is_under_way:
        return under_way
    if under_way is not None:
        under_way.delete()  # its job failed or was refused: nothing was measured
    last = row.measurements.first()
    made = Measurement.objects.create(expectation=row, number=(last.number + 1 if last else 1), started_by=by)
    made.job = jobs.enqueue(
        kind=KIND,
        arguments={"measurement_id": made.pk},
        by=by,
        url=reverse("roadmaps:effect", args=[row.pk]),
        title=f"Измерение эффекта: {row.subject_title}"[:200],
    )
    made.save(update_fields=["job"])
    return made


@dataclass(frozen=True)
class Measured:
    """A comparison as it is stored. Without `bounds` there is no interval, and the verdict says why."""

    gathered: Gathered
    verdict: Verdict
    design: Design | None = None
    comparison: Comparison | None = None
    bounds: Bounds | None = None
    why: str = ""


def measured(gathered: Gathered, *, expected: float, draws: int = DRAWS) -> Measured:
    """The arithmetic over what was gathered; nothing is written."""
    plan = gathered.plan
    if gathered.broken:
        return Measured(gathered, Verdict.BROKEN, why=gathered.broken)
    if not gathered.addressed or not gathered.pool:
        return Measured(gathered, Verdict.FEW, why=few_words(len(gathered.addressed), 0, len(plan.addressed)))
    design = designed(gathered.addressed, gathered.pool)
    if not is_enough(design):
        why = few_words(design.size, design.similar, len(plan.addressed))
        return Measured(gathered, Verdict.FEW, design, why=why)
    comparison = compared(design)
    found = bounds(comparison, draws=draws)
    good = plan.figure.better or (1 if expected > 0 else -1)
    low, high = sorted((good * found.low, good * found.high))
    verdict = Verdict.VISIBLE if low > 0 else Verdict.WORSE if high < 0 else Verdict.UNSEEN
    return Measured(gathered, verdict, design, comparison, found)


@transaction.atomic
def measure(*, measurement: Measurement, draws: int = DRAWS) -> Measurement:
    """Count and store. A measurement that is stored already is left alone."""
    row = Measurement.objects.select_for_update(of=("self",)).select_related("expectation").get(pk=measurement.pk)
    if row.measured_at:
        return row
    expectation = Expectation.objects.with_details().get(pk=row.expectation_id)
    gathered = gather(plan_of(expectation))
    found = measured(gathered, expected=float(expectation.expected_change), draws=draws)
    row.verdict, row.digest, row.method = found.verdict, gathered.digest, METHOD
    row.result = as_json(found)
    if found.comparison and found.bounds:
        row.estimate, row.low, row.high = map(_decimal, (found.comparison.effect, found.bounds.low, found.bounds.high))
    row.measured_at = timezone.now()
    row.save()
    sentence = words.sentence(row, gathered.plan.figure)
    events.record(kind="roadmaps.effect_measured", subject=expectation, by=row.started_by, text=sentence[:500])
    people = [key for key in (expectation.author_id, expectation.approved_by_id) if key]
    notices.tell(
        users=User.objects.filter(pk__in=people, is_active=True),
        key=f"roadmaps.effect:{expectation.pk}:{row.number}",
        title=f"Измерен эффект: {expectation.subject_title}",
        url=expectation.get_absolute_url(),
        note=sentence,
    )
    return row


def _decimal(value: float) -> Decimal:
    return Decimal(str(value)).quantize(PLACES)


def as_json(found: Measured) -> dict[str, Any]:
    """Groups, members with their matches, who was left out and why; numbers rounded as they are read."""
    gathered, design = found.gathered, found.design
    left = [[one.organization, one.is_addressed, one.why] for one in gathered.left]
    stored: dict[str, Any] = {"why": found.why, "left": left, "context": gathered.context}
    stored["named"] = len(gathered.plan.addressed)
    stored["alone"] = [[one.key, round(one.before, 4), round(one.after, 4)] for one in gathered.addressed]
    if design is None:
        return stored
    stored["lonely"] = [[one.key, round(min(one.nearest, 99.0), 2)] for one in design.lonely]
    stored["matches"] = [[one.key, [[key, round(far, 2)] for key, far in one.similar]] for one in design.matches]
    stored["addressed"] = [_row(one) for one in design.addressed]
    pairs = zip(design.others, design.weights, strict=True)
    stored["others"] = [[*_row(one), round(float(weight), 5)] for one, weight in pairs]
    if found.comparison and found.bounds:
        stored["held"] = found.comparison.held
        stored["draws"] = found.bounds.draws
        stored["error"] = round(found.comparison.error, 4)
        stored["degrees"] = round(found.comparison.degrees, 1)
    return stored


def _row(one: Any) -> list[Any]:
    return [one.key, round(one.before, 4), round(one.after, 4)]


def start_due() -> int:
    """Have everything measured that is not yet and whose figures have come. Returns how many were started.

    What failed on the way is tried again; what somebody takes away meanwhile stops nobody else.
    """
    waiting = Expectation.objects.unmeasured().filter(approved_at__isnull=False)
    started = 0
    for expectation in waiting.with_details().prefetch_related("measurements__job"):
        if any(one.is_under_way for one in expectation.measurements.all()) or not has_come(expectation):
            continue
        try:
            start(expectation=expectation, by=None)
        except Refused:
            continue
        started += 1
    return started


def _any_after(expectation: Expectation) -> bool:
    plan = plan_of(expectation)
    return bool(figures.read(plan.figure, [plan.after])[plan.after.code].values)


def has_come(expectation: Expectation) -> bool:
    """Whether nearly all of the addressed that had a figure before have one after."""
    plan = plan_of(expectation)
    read = figures.read(plan.figure, [plan.before, plan.after])
    before, after = read[plan.before.code].values, read[plan.after.code].values
    had = [key for key in plan.addressed if key in before]
    if had:
        return sum(key in after for key in had) >= ENOUGH * len(had)
    return bool(after)
