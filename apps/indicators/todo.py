"""What awaits the department: requests for information, periods whose figures lag behind the accepted values."""

from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Period
from apps.core.todo import Todo
from apps.indicators.models import Confirmation, InformationRequest, Proposal, Recount, Value


def todo_for(user: Any) -> list[Todo]:
    if not user.is_department:
        return []
    return [*_decisions(user), *_requests(), *_recounts()]


def _requests() -> list[Todo]:
    """Requests of external users that wait for an answer; late ones are urgent."""
    waiting = InformationRequest.objects.filter(state=InformationRequest.State.OPEN)
    counts = waiting.aggregate(count=Count("pk"), due_on=Min("due_on"))
    if not counts["count"]:
        return []
    late = counts["due_on"] < timezone.localdate()
    page = reverse("indicators:requests") + "?state=open"
    return [
        Todo(
            "Ответить на запросы информации", page, tone="bad" if late else "info", due_on=counts["due_on"],
            count=counts["count"], order=50,
        )
    ]  # fmt: skip


def _recounts() -> list[Todo]:
    return [
        Todo(
            title=f"Пересчитать показатели: {period}",
            note="Приняты новые значения, сводные показатели их ещё не учитывают.",
            url=reverse("indicators:list") + f"?period={period.slug}" if counted else reverse("indicators:list"),
            tone="warn",
            order=60,
        )
        for period, counted in stale_periods()
    ]


def _decisions(user: Any) -> list[Todo]:
    """What waits for a second person, other than the author."""
    proposals = Proposal.objects.filter(state=Proposal.State.OPEN).exclude(author=user).count()
    rows = Confirmation.objects.filter(state=Confirmation.State.OPEN).exclude(author=user).count()
    found = []
    if proposals:
        found.append(
            Todo(
                title="Решить по предложениям показателей",
                note="Нужен второй человек: примите предложение или отклоните с причиной.",
                url=reverse("indicators:proposals"),
                tone="info",
                count=proposals,
                order=62,
            )
        )
    if rows:
        found.append(
            Todo(
                title="Подтвердить строки, сверенные с актом",
                note="Нужен второй человек: пока он не подтвердил, строки остаются неподтверждёнными.",
                url=reverse("indicators:comparisons"),
                tone="info",
                count=rows,
                order=63,
            )
        )
    return found


def stale_periods() -> list[tuple[Period, bool]]:
    """Periods with values that came after the last recount, and whether they were ever counted."""
    recounts = Recount.objects.filter(period=OuterRef("pk"))
    newer = Value.objects.filter(period=OuterRef("pk"), recorded_at__gt=OuterRef("counted_at"))
    found = (
        Period.objects.exclude(kind=Period.Kind.DATE)  # numbers of a day are not added up
        .annotate(counted_at=recounts.values("computed_at"))
        .annotate(has_values=Exists(Value.objects.filter(period=OuterRef("pk"))), has_newer=Exists(newer))
        .filter(Q(counted_at__isnull=True, has_values=True) | Q(has_newer=True))
    )
    return [(period, period.counted_at is not None) for period in found]
