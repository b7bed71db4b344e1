"""Preparation of a procedure: who takes part, the steps with their terms, means and readiness of each organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Refused, error, refuse
from apps.organizations.models import Organization
from apps.procedures.models import Participation, Procedure, Step, StepMark
from apps.procedures.schedule.reading import days_of, school_organizations, takes_part
from apps.procedures.schedule.services.procedures import require_department

# An offer of the portal, to be changed: days before the procedure, the step, whether each school does it.
OFFERED = (
    (21, "Утвердить приказ и график", False),
    (14, "Назначить ответственного и организаторов", True),
    (10, "Известить родителей и обучающихся о дне работы", True),
    (7, "Проверить аудитории и компьютеры", True),
    (3, "Получить материалы и проверить их целостность", True),
    (1, "Провести инструктаж организаторов", True),
    (-2, "Проверить работы и внести результаты", True),
    (-7, "Загрузить результаты на портал", False),
)


@transaction.atomic
def begin_preparation(*, procedure: Procedure, by: User) -> None:
    """Name those who take part by the grade and offer steps by the days of the procedure; what is there stays."""
    require_department(by)
    days = days_of(procedure)
    if days is None:
        raise refuse("no_window", "У процедуры нет дня или срока.", "Сначала укажите, когда она проводится.")
    places = takes_part([procedure], school_organizations())[procedure.pk]
    Participation.objects.bulk_create(
        [Participation(procedure=procedure, organization=place, updated_by=by) for place in places],
        ignore_conflicts=True,
    )
    if not procedure.steps.exists():
        Step.objects.bulk_create(
            Step(
                procedure=procedure,
                position=place,
                title=title,
                due_on=(days[0] - timedelta(days=ahead)) if ahead > 0 else days[1] - timedelta(days=ahead),
                by_school=by_school,
            )
            for place, (ahead, title, by_school) in enumerate(OFFERED)
        )
    text = f"Подготовка начата, организаций: {procedure.participations.count()}."
    events.record(kind="procedures.preparation_begun", subject=procedure, by=by, text=text)


@dataclass(frozen=True)
class NewStep:
    title: str
    due_on: date
    by_school: bool = True


@transaction.atomic
def set_steps(*, procedure: Procedure, steps: Sequence[tuple[Step | None, NewStep | None]], by: User) -> None:
    """Rewrite the list of steps: pairs of what stands (or nothing) and what is wanted (nothing takes it off)."""
    require_department(by)
    for place, (old, new) in enumerate(steps):
        if new is None:
            if old is not None:
                old.delete()
            continue
        row = old or Step(procedure=procedure)
        row.title, row.due_on, row.by_school, row.position = new.title, new.due_on, new.by_school, place
        row.save()
    text = f"Шаги подготовки: {procedure.steps.count()}."
    events.record(kind="procedures.steps_set", subject=procedure, by=by, text=text)


def _require_own(organization: Organization | None, by: User) -> None:
    if by.is_department:
        return
    if organization is None or not by.is_school or organization != by.organization:
        raise refuse("not_allowed", "Отметку ставит тот, кто выполняет шаг.")


@transaction.atomic
def mark_steps(*, procedure: Procedure, organization: Organization | None, done: Iterable[Step], by: User) -> int:
    """Say which steps are done; the marks of the others are taken back. Without an organisation: the authority's own.

    A mark keeps the day on which it was set. Returns how many changed.
    """
    _require_own(organization, by)
    steps = {step.pk: step for step in procedure.steps.filter(by_school=organization is not None)}
    wanted = {step.pk for step in done} & set(steps)
    marks = StepMark.objects.filter(step__in=steps, organization=organization)
    known = set(marks.values_list("step", flat=True))
    marks.exclude(step__in=wanted).delete()
    StepMark.objects.bulk_create(
        [StepMark(step=steps[pk], organization=organization, by=by) for pk in sorted(wanted - known)]
    )
    changed = len(known - wanted) + len(wanted - known)
    if changed:
        who = str(organization or "Управление")
        text = f"{who}: выполнено шагов {len(wanted)} из {len(steps)}."
        events.record(kind="procedures.steps_marked", subject=procedure, by=by, text=text)
    return changed


@dataclass(frozen=True)
class Means:
    """What an organisation holds the procedure with."""

    readiness: str
    problem: str = ""
    site: Any = None
    rooms: int | None = None
    organizers: int | None = None
    technicians: int | None = None
    computers: int | None = None
    participants: int | None = None
    responsible: str = ""
    equipment: str = ""


@transaction.atomic
def save_means(*, participation: Participation, means: Means, by: User) -> Participation:
    """Sites, people, equipment and the state of readiness of one organisation."""
    row = Participation.objects.select_for_update(of=("self",)).select_related("organization").get(pk=participation.pk)
    _require_own(row.organization, by)
    found = []
    if means.readiness == Participation.Readiness.PROBLEM and not means.problem.strip():
        found.append(
            error("no_problem", "Не указано, в чём трудность.", action="Опишите её: управление сможет помочь.")
        )
    if means.site is not None and means.site.organization_id != row.organization_id:
        found.append(error("other_site", "Площадка другой организации.", action="Выберите свою площадку."))
    if found:
        raise Refused(found)
    said = dict(vars(means))
    if means.readiness != Participation.Readiness.PROBLEM:
        said["problem"] = ""
    for name, value in said.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.updated_by, row.updated_at = by, timezone.now()
    row.save()
    problem = f" ({row.problem})" if row.problem else ""
    text = f"{row.organization}: готовность — {row.get_readiness_display()}{problem}."
    events.record(kind="procedures.readiness", subject=row.procedure, by=by, text=text)
    return row


@transaction.atomic
def set_participation(
    *, procedure: Procedure, rows: Iterable[tuple[Organization, str, int | None, str]], by: User
) -> int:
    """Who takes part in a study: (organisation, state, participants, sample); an empty state takes the row away.

    A row in which an organisation has written of its readiness is not taken away: it may be said to decline.
    """
    require_department(by)
    kept = 0
    rows = list(rows)
    emptied = [organization for organization, state, *_ in rows if not state]
    prepared = procedure.participations.filter(organization__in=emptied).exclude(readiness=Participation.Readiness.NONE)
    if found := [
        error(
            "has_readiness",
            f"{row.organization}: уже внесены сведения о готовности.",
            action="Отметьте «не участвует».",
        )
        for row in prepared.select_related("organization")
    ]:
        raise Refused(found)
    for organization, state, participants, sample in rows:
        if not state:
            Participation.objects.filter(procedure=procedure, organization=organization).delete()
            continue
        said = {"state": state, "participants": participants, "sample": sample.strip()[:200], "updated_by": by}
        Participation.objects.update_or_create(procedure=procedure, organization=organization, defaults=said)
        kept += 1
    text = f"Участие организаций: {kept}."
    events.record(kind="procedures.participation_set", subject=procedure, by=by, text=text)
    return kept
