"""Indicators of the system itself: counted from campaigns and recommendations, recorded as the authority's values."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.collection.models import Submission
from apps.core.findings import Refused, error
from apps.core.models import Event, Period
from apps.core.periods import PeriodKind
from apps.indicators.models import Value
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from apps.organizations.models import Kind, Organization
from apps.roadmaps.models import RecommendationAddressee


@transaction.atomic
def measure_system(*, period: Period, by: Any) -> int:
    """Count how the system worked in a school year, record it and recount the period. Returns how many numbers changed.

    A form counts by its term (the organisation's own where it has one), when that is over; sent later or not at all
    is not on time. Raises Refused: not a school year, no authority, `by` is not of the department.
    """
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "Показатели системы считает управление образования.")])
    if period.kind != PeriodKind.SCHOOL_YEAR:
        raise Refused([error("not_a_school_year", "Показатели системы считаются за учебный год, например 2025/26.")])
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    if authority is None:
        raise Refused([error("no_authority", "В реестре нет органа управления: показатели некому приписать.")])
    values = [NewValue(authority.pk, f"system.{number}", Decimal(count)) for number, count in _counts(period)]
    origin = Origin("core.Period", period.code)
    changed = record_values(period=period, source=Value.Source.MANUAL, values=values, by=by, origin=origin)
    compute_aggregates(period=period)
    return changed


def _counts(period: Period) -> Iterator[tuple[str, int]]:
    last = min(period.ends_on, timezone.localdate())
    due = Submission.objects.with_due().filter(due__gte=period.starts_on, due__lte=last)
    sent = due.filter(submitted_at__isnull=False)
    returned = Event.objects.filter(kind="submission.returned", subject=Submission._meta.label).values("subject_id")
    ids = {int(row["subject_id"]) for row in returned}
    yield "1.1", due.count()
    yield "1.2", sent.filter(submitted_late=False).count()
    ever_sent = due.filter(Q(submitted_at__isnull=False) | Q(pk__in=ids))
    yield "1.3", ever_sent.count()
    yield "1.4", ever_sent.filter(pk__in=ids).count()
    decisions = RecommendationAddressee.objects.filter(
        recommendation__due_on__gte=period.starts_on, recommendation__due_on__lte=period.ends_on
    )
    yield "2.1", decisions.count()
    yield "2.2", decisions.filter(state=RecommendationAddressee.State.DONE).count()
