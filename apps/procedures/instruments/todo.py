"""What awaits leaders, methodologists and schools about instruments and marking, for «Сегодня»."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.todo import Todo
from apps.organizations.models import Kind
from apps.procedures.instruments import selectors
from apps.procedures.instruments.models import (
    ExplanatoryEvent,
    Instrument,
    InternalCriteria,
    MarkingRequirement,
    RequirementReceipt,
    WorkAnalysis,
)
from apps.procedures.models import Procedure

APPROVERS = (Role.METHODOLOGIST, Role.SPECIALIST, Role.HEAD)


def todo_for(user: Any) -> list[Todo]:
    """Instruments to approve, events to close; returned instruments and works to analyse; receipts and criteria."""
    if not user.is_authenticated:
        return []
    if user.role in APPROVERS:
        return [*_to_approve(), *_to_close()]
    if user.role == Role.ASSOCIATION_LEADER:
        return [*_returned(user), *_to_analyse(user)]
    return _of_school(user) if user.is_school and user.organization.kind == Kind.SCHOOL else []


def _to_approve() -> list[Todo]:
    n = Instrument.objects.filter(state=Instrument.State.PROPOSED).count()
    url = reverse("procedures:instruments")
    return [Todo("Согласовать материалы банка КИМ", url, "", "warn", count=n, order=50)] if n else []


def _to_close() -> list[Todo]:
    over = ExplanatoryEvent.objects.filter(on__lt=timezone.localdate(), held_at__isnull=True).order_by("on")
    return [
        Todo(f"Отметить итог: {each}", each.get_absolute_url(), "Мероприятие прошло?", "info", each.on, order=70)
        for each in over[:3]
    ]


def _returned(user: Any) -> list[Todo]:
    found = Instrument.objects.filter(created_by=user, state=Instrument.State.RETURNED)
    return [
        Todo(f"Исправить материал: {each}", each.get_absolute_url(), each.answer[:150], "bad", order=20)
        for each in found[:5]
    ]


def _to_analyse(user: Any) -> list[Todo]:
    done = WorkAnalysis.objects.filter(procedure=OuterRef("pk"))
    works = Procedure.objects.with_results().filter(
        year__gte=timezone.localdate().year - 1, subject__in=selectors.subjects_for(user)
    )
    n = works.exclude(Exists(done)).count()
    url = reverse("procedures:analyses")
    return [Todo("Приложить разборы работ", url, "По вашим предметам.", "info", count=n, order=60)] if n else []


def _of_school(user: Any) -> list[Todo]:
    own = RequirementReceipt.objects.filter(requirement=OuterRef("pk"), organization=user.organization)
    waiting = MarkingRequirement.objects.current().exclude(Exists(own)).order_by("confirm_by")
    lines = [
        Todo(
            f"Подтвердить получение: {each}",
            each.get_absolute_url(),
            "Единые требования к оцениванию.",
            "bad" if each.confirm_by < timezone.localdate() else "warn",
            each.confirm_by,
            order=60,
        )
        for each in waiting[:3]
    ]
    period = selectors.this_year()
    if not InternalCriteria.objects.filter(organization=user.organization, period=period).exists():
        url = reverse("procedures:own_criteria")
        lines.append(Todo("Внести критерии оценивания", url, f"{period}.", "info", order=85))
    return lines
