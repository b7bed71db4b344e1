"""The head says who of the staff answers for what."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.roles import AUTHORITY, Role
from apps.core import events, notices
from apps.core.findings import refuse
from apps.indicators.models import Direction
from apps.procedures.models import Duty, Procedure

STAFF = AUTHORITY - {Role.ADMIN}


def staff() -> list[User]:
    """People of the operator who may be given a duty."""
    found = Membership.objects.current().filter(role__in=STAFF).select_related("user")
    return sorted({one.user for one in found}, key=lambda user: (user.last_name, user.first_name, user.pk))


def _require_head(by: User) -> None:
    if not by.has_role(Role.HEAD):
        raise refuse("not_allowed", "Сотрудников назначает руководитель управления.")


@transaction.atomic
def assign(
    *, user: User, by: User, part: str = Duty.Part.LEAD, direction: Direction | None = None,
    procedure: Procedure | None = None,
) -> Duty:  # fmt: skip
    """Give a duty for one direction or one procedure. The same person again changes the part."""
    _require_head(by)
    if user not in staff():
        raise refuse("not_staff", "Этот человек не работает в управлении.", "Выберите сотрудника из списка.")
    target = direction or procedure
    if target is None or (direction and procedure):
        raise refuse("no_target", "Не выбрано, за что назначается сотрудник.")
    duty, _ = Duty.objects.current().update_or_create(
        user=user, direction=direction, procedure=procedure, defaults={"part": part, "assigned_by": by}
    )
    text = f"{duty.get_part_display().capitalize()}: {user.get_short_name()}"
    events.record(kind="procedures.duty_assigned", subject=target, by=by, text=text, user=user.pk)
    notices.settle(*(_key(duty, other) for other in Duty.Part.values if other != part))
    notices.tell(
        users=[user],
        key=_key(duty, part),
        title=f"Вы {duty.get_part_display()}: {target}",
        note=f"Назначил(а) {by.get_short_name()}.",
        url=_page(duty),
    )
    return duty


def _key(duty: Duty, part: str) -> str:
    return f"procedures.duty:{duty.pk}:{part}"


def _page(duty: Duty) -> str:
    return duty.procedure.plan_url if duty.procedure else reverse("procedures:duties")


@transaction.atomic
def end_duty(*, duty: Duty, by: User) -> None:
    """Take a duty back; who had it before stays known."""
    _require_head(by)
    if duty.ended_at:
        return
    duty.ended_at, duty.ended_by = timezone.now(), by
    duty.save(update_fields=["ended_at", "ended_by"])
    target = duty.direction or duty.procedure
    assert target is not None  # the database holds a duty to one of them
    notices.settle(*(_key(duty, part) for part in Duty.Part.values))
    told = f"Вы больше не {duty.get_part_display()}: {target}"
    notices.tell(users=[duty.user], key=_key(duty, "ended"), title=told, url=_page(duty))
    text = f"Назначение снято: {duty.user.get_short_name()}"
    events.record(kind="procedures.duty_ended", subject=target, by=by, text=text, user=duty.user_id)
