"""The set of a direction is approved by an act; what changes later is compared with it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused, error
from apps.indicators.models import ApprovedSet, Direction, IndicatorVersion


@transaction.atomic
def approve_set(*, direction: Direction, act: str, approved_on: date | None, by: Any) -> ApprovedSet:
    """Keep which versions an act approved. Raises Refused."""
    versions = list(
        IndicatorVersion.objects.current().filter(
            indicator__direction=direction, indicator__is_active=True, indicator__is_group=False
        )
    )
    findings = []
    if not act.strip():
        action = "Укажите приказ, его дату и номер."
        findings.append(error("no_act", "не указано, чем утверждён набор", action=action))
    if approved_on is None or approved_on > timezone.localdate():
        findings.append(error("no_day", "не указан день утверждения или он ещё не наступил"))
    if not versions:
        findings.append(error("empty", "в направлении нет показателей"))
    if findings or approved_on is None:
        raise Refused(findings)
    fields = {"act": act.strip()[:300], "approved_on": approved_on}
    found = ApprovedSet.objects.create(direction=direction, created_by=by, **fields)
    found.versions.set(versions)
    text = f"Утверждён набор показателей: {len(versions)}. {found.act}"
    events.record(kind="indicators.set_approved", subject=direction, by=by, text=text[:500])
    return found
