"""What the schedule asks of a person today; a fixed number of queries."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.figures import plural
from apps.core.todo import Todo
from apps.organizations.models import Kind
from apps.procedures.models import Duty, Participation, Procedure, StepMark
from apps.procedures.schedule import boards, reading
from apps.procedures.schedule.reading import days_of, days_text

AHEAD = timedelta(days=30)
SOON = timedelta(days=14)
PRESSING = 7  # days before the procedure


def todo_for(user: Any) -> list[Todo]:
    if user.is_school:
        return _for_school(user)
    if not user.is_authority:
        return []
    lines = _for_department(user) if user.is_department else []
    return lines + _own_duties(user, {line.url for line in lines})


def _own_duties(user: Any, said: set[str]) -> list[Todo]:
    """Procedures of the coming weeks that the person answers for, those not said above."""
    today = timezone.localdate()
    coming = Procedure.objects.planned().between(today, today + SOON)
    duties = Duty.objects.current().filter(user=user, procedure__in=coming).select_related("procedure")
    lines = []
    for duty in duties:
        work = duty.procedure
        if work is None or reverse("procedures:readiness", args=[work.pk]) in said:
            continue
        first, last = days_of(work) or (None, None)
        title, note = f"Ваша процедура: {work.title}", f"Вы {duty.get_part_display()}. {days_text(first, last)}."
        lines.append(Todo(title, work.plan_url, note, "info", first, order=48))
    return sorted(lines, key=lambda line: line.due_on or today)[:5]


def _coming() -> list[Procedure]:
    today = timezone.localdate()
    found = Procedure.objects.planned().between(today, today + AHEAD).filter(organization__isnull=True)
    return sorted(found, key=lambda one: days_of(one) or ())


def _for_department(user: Any) -> list[Todo]:
    coming, lines = _coming(), []
    lacking = [one for one in coming if not one.document]
    if lacking:
        first = (days_of(lacking[0]) or (None,))[0]
        title = "Приложить утверждающий документ"
        note = f"Ближайшая процедура без документа: {lacking[0].title}."
        page = reverse("procedures:register") + "?flag=document"
        lines.append(Todo(title, page, note, "bad", first, len(lacking), order=30))
    if user.has_role(Role.HEAD):
        led = set(Duty.objects.current().filter(procedure__in=coming).values_list("procedure", flat=True))
        alone = [one for one in coming if one.pk not in led]
        if alone:
            first = (days_of(alone[0]) or (None,))[0]
            title, note = "Назначить ответственных за процедуры", "Ближайший месяц."
            lines.append(Todo(title, reverse("procedures:duties"), note, "warn", first, len(alone), order=35))
    return lines + [line for board in boards.running() if (line := _of_board(board))]


def _of_board(board: boards.Board) -> Todo | None:
    """A procedure that comes within a week and is not ready, or has steps of the authority that are late."""
    late = [state for state in board.own if state.is_late]
    near = board.left is not None and 0 <= board.left <= PRESSING and board.lacking
    if not late and not near:
        return None
    count = len(board.lacking)
    parts = [f"не готовы: {count} {plural(count, 'школа', 'школы', 'школ')}"] if near else []
    parts += [f"просрочен шаг «{late[0].step.title}»"] if late else []
    first = board.days[0] if board.days else None
    page = reverse("procedures:readiness", args=[board.procedure.pk])
    title = f"Подготовка: {board.procedure.title}"
    due = first if near else late[0].step.due_on
    return Todo(title, page, "; ".join(parts).capitalize() + ".", "bad" if late else "warn", due, order=45)


def _for_school(user: Any) -> list[Todo]:
    organization = user.organization
    if organization is None or organization.kind != Kind.SCHOOL:
        return []
    today = timezone.localdate()
    rows = reading.entries(today, today + AHEAD, organizations=[organization])
    lines = []
    undated = [row for row in rows if row.needs_day]
    if undated:
        note = f"Ближайшая: {undated[0].procedure.title}, {undated[0].days}."
        lines.append(
            Todo(
                "Выбрать день работы", reverse("procedures:own_schedule"), note, "warn", undated[0].last, len(undated),
                order=40,
            )
        )  # fmt: skip
    return lines + _preparations(organization)


def _preparations(organization: Any) -> list[Todo]:
    """Procedures of the school that are in preparation: late steps, or readiness not said a week before."""
    today = timezone.localdate()
    parts = (
        Participation.objects.filter(organization=organization, state=Participation.State.PLANNED)
        .filter(procedure__cancelled_on__isnull=True, procedure__steps__isnull=False)
        .select_related("procedure")
        .distinct()
    )
    done = set(StepMark.objects.filter(organization=organization).values_list("step", flat=True))
    lines = []
    for row in parts.prefetch_related("procedure__steps"):
        days = days_of(row.procedure)
        if days is None or days[1] + boards.KEPT < today:
            continue
        open_steps = [step for step in row.procedure.steps.all() if step.by_school and step.pk not in done]
        late = [step for step in open_steps if step.due_on < today]
        soon = days[0] >= today and (days[0] - today).days <= PRESSING and row.readiness != "ready"
        if not late and not soon:
            continue
        note = f"Просрочен шаг «{late[0].title}»." if late else "Отметьте шаги и готовность."
        page = reverse("procedures:preparation", args=[row.procedure_id, organization.code])
        due = late[0].due_on if late else days[0]
        lines.append(Todo(f"Подготовка: {row.procedure.title}", page, note, "bad" if late else "warn", due, order=45))
    return lines[:5]
