"""Reminders in advance, and the summary of whoever controls."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events, notices
from apps.core.findings import Refused, error
from apps.roadmaps.decisions import notifying
from apps.roadmaps.decisions.control import may_control, overseers_of
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem
from apps.roadmaps.decisions.querysets import OPEN

IN_ADVANCE = (7, 1)  # days before a term


def _title(item: DecisionItem, due_on: date, today: date) -> str:
    days = (due_on - today).days
    when = "завтра" if days == 1 else "сегодня" if days == 0 else f"{due_on:%d.%m.%Y}"
    point = f"пункт {item.number.rstrip('.')}" if item.number else "пункт решения"
    return (
        f"Срок {when}: {point}, {item.decision.short}" if days >= 0 else f"Срок прошёл: {point}, {item.decision.short}"
    )


def remind_terms(today: date) -> int:
    """Tell executors of terms that come near. Each nearness is told once, however often this runs.

    A morning on which nothing ran is made up for on the next one. Who was given an item when its term was near already
    was told then.
    """
    last = today + timedelta(days=max(IN_ADVANCE))
    lines = Assignment.objects.waiting().filter(due_on__range=(today, last)).with_details()
    together: dict[tuple[int, date, int], list[Assignment]] = defaultdict(list)
    for line in lines.select_related("association"):
        assert line.due_on is not None
        nearness = min(days for days in IN_ADVANCE if (line.due_on - today).days <= days)
        signed_at = line.item.decision.signed_at
        if signed_at and timezone.localdate(signed_at) <= line.due_on - timedelta(days=nearness):
            together[line.item_id, line.due_on, nearness].append(line)
    told = 0
    for (key, due_on, nearness), group in together.items():
        told += notices.tell(
            users=notifying.audience(group),
            key=f"roadmaps.item_soon:{key}:{due_on:%Y%m%d}:{nearness}",
            title=_title(group[0].item, due_on, today),
            url=group[0].item.decision.get_absolute_url(),
            due_on=due_on,
        )
    return told


def remind_item(*, item: DecisionItem, by: User, today: date) -> int:
    """Remind all who have not reported, at the wish of whoever controls. Once a day."""
    if not may_control(by, item.decision):
        raise Refused([error("not_allowed", "Напоминает тот, кто контролирует решение.")])
    lines = Assignment.objects.waiting().filter(item=item).with_details().select_related("association")
    group = list(lines)
    if not group:
        raise Refused([error("nobody", "Напоминать некому: по пункту все отчитались.")])
    due_on = item.due_on
    told = notices.remind(
        users=notifying.audience(group),
        key=f"roadmaps.item_reminder:{item.pk}:{today:%Y%m%d}",
        title=_title(item, due_on, today) if due_on else f"Напоминание: пункт {item.number}, {item.decision.short}",
        url=item.decision.get_absolute_url(),
        due_on=due_on,
        today=today,
    )
    text = f"Пункт {item.number}: напоминание, получателей — {told}."
    events.record(kind="roadmaps.item_reminded", subject=item.decision, by=by, text=text)
    return told


def summarise_control(today: date) -> int:
    """Once a week: how much under a person's control is overdue and what waits to be looked at.

    Where nobody can control, all who keep the register are told.
    """
    late = Q(items__lines__state__in=OPEN, items__lines__due_on__lt=today)
    decisions = (
        Decision.objects.in_force()
        .with_control()
        .select_related("controller", "organization")
        .annotate(
            late=Count("items__lines", filter=late),
            reported=Count("items__lines", filter=Q(items__lines__state="reported")),
        )
    )
    sums: dict[User, list[int]] = defaultdict(lambda: [0, 0])
    for decision in decisions:
        if decision.late or decision.reported:
            for person in overseers_of(decision):
                sums[person][0] += decision.late
                sums[person][1] += decision.reported
    year, week, _ = today.isocalendar()
    told = 0
    for controller, (overdue, reported) in sums.items():
        told += notices.tell(
            users=[controller],
            key=f"roadmaps.control:{year}-{week}",
            title=f"Решения под вашим контролем: просрочено — {overdue}, отчётов на проверке — {reported}",
            url=reverse("roadmaps:decision_control"),
        )
    return told
