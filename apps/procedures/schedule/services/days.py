"""What a school says: its day of a procedure, its own works, the hours of its curriculum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Refused, error, refuse
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, Sitting, Subject, SubjectHours
from apps.procedures.schedule import rules
from apps.procedures.schedule.reading import days_of, days_text
from apps.procedures.schedule.services.procedures import Plan, change_procedure, create_procedures


@dataclass(frozen=True)
class Day:
    """A day and a lesson; without a lesson the rule about first and last lessons is not checked."""

    held_on: date
    lesson: int | None = None
    lessons_in_day: int | None = None
    length: int = 1
    classes: str = ""


def _require_own(organization: Organization, by: User) -> None:
    if not by.is_department and (not by.is_school or organization != by.organization):
        raise refuse("not_allowed", "Дни своих работ выбирает сама школа.")


def _faults(procedure: Procedure, day: Day) -> list[Any]:
    found = []
    days = days_of(procedure)
    if days is None:
        found.append(error("no_window", "У процедуры ещё нет срока.", action="Дождитесь, когда его назначат."))
    elif not days[0] <= day.held_on <= days[1]:
        found.append(
            error(
                "outside_window",
                f"{day.held_on:%d.%m.%Y} — вне срока процедуры.",
                expected=days_text(*days),
                action="Выберите день внутри срока.",
            )
        )
    if why := rules.day_off(day.held_on):
        found.append(error("day_off", f"{day.held_on:%d.%m.%Y} — {why}.", action="Выберите учебный день."))
    if day.lesson and day.lessons_in_day and day.lesson + day.length - 1 > day.lessons_in_day:
        found.append(error("lesson", "Работа выходит за последний урок дня.", action="Проверьте номер и число уроков."))
    return found


def _classes(procedure: Procedure, organization: Organization, text: str) -> tuple[str, list[Any]]:
    """The classes in one spelling, and what is wrong with them: another grade, or a class that has its day already."""
    names = rules.class_names(text, procedure.grade)
    found = []
    foreign = sorted(name for name in names if name.lstrip("0123456789") == name or _grade(name) != procedure.grade)
    if foreign:
        message = f"Не {procedure.grade} класс: {', '.join(foreign)}."
        found.append(error("other_grade", message, action=f"Например: {procedure.grade}А, {procedure.grade}Б."))
    canonical = ", ".join(sorted(names))
    for other in Sitting.objects.filter(procedure=procedure, organization=organization):
        taken = rules.class_names(other.classes, procedure.grade)
        if taken == names:
            canonical = other.classes  # the row that this choice replaces, as it was spelt
            continue
        if not names or not taken or names & taken:
            whose = ", ".join(sorted(names & taken)) or other.classes or "вся параллель"
            message = f"День уже выбран: {whose} — {other.held_on:%d.%m.%Y}."
            found.append(error("class_taken", message, action="Сначала отмените тот день или укажите другие классы."))
    return canonical, found


def _grade(name: str) -> int:
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return int(digits) if digits else 0


@transaction.atomic
def choose_day(*, procedure: Procedure, organization: Organization, day: Day, by: User) -> Sitting:
    """The school's day inside the window; the same classes have one day, a second choice replaces the first."""
    _require_own(organization, by)
    if procedure.cancelled_on or procedure.organization_id not in (None, organization.pk):
        raise refuse("not_planned", "Этой процедуры нет в графике школы.")
    classes, found = _classes(procedure, organization, day.classes)
    found = _faults(procedure, day) + found
    if len(classes) > 60:
        found.append(error("long_classes", "Классов слишком много для одной записи.", action="Разделите на две."))
    if found:
        raise Refused(found)
    sitting, _ = Sitting.objects.update_or_create(
        procedure=procedure,
        organization=organization,
        classes=classes,
        defaults={
            "held_on": day.held_on,
            "lesson": day.lesson,
            "lessons_in_day": day.lessons_in_day,
            "length": day.length,
            "chosen_by": by,
            "chosen_at": timezone.now(),
        },
    )
    whom = f" ({sitting.classes})" if sitting.classes else ""
    text = f"{organization}{whom}: день {day.held_on:%d.%m.%Y}."
    events.record(kind="procedures.day_chosen", subject=procedure, by=by, text=text, organization=organization.pk)
    return sitting


@transaction.atomic
def drop_day(*, sitting: Sitting, by: User) -> None:
    """Take a chosen day back; the window stands again."""
    _require_own(sitting.organization, by)
    text = f"{sitting.organization}: день {sitting.held_on:%d.%m.%Y} отменён."
    events.record(kind="procedures.day_dropped", subject=sitting.procedure, by=by, text=text)
    sitting.delete()


@dataclass(frozen=True)
class OwnWork:
    """A work of a school's own system of assessment."""

    span: PeriodSpan
    subject: str
    grade: int
    day: Day
    session: str = ""
    document: str = ""
    is_public: bool = True

    @property
    def plan(self) -> Plan:
        return Plan(
            kind=Procedure.Kind.VSOKO,
            level=Procedure.Level.SCHOOL,
            span=self.span,
            subject=self.subject,
            held_on=self.day.held_on,
            session=self.session,
            document=self.document,
            is_public=self.is_public,
        )


@transaction.atomic
def save_own_work(
    *, work: OwnWork, organization: Organization, by: User, procedure: Procedure | None = None
) -> Procedure:
    """Enter or change a school's own work; it joins the single schedule at once."""
    _require_own(organization, by)
    if procedure is None:
        row = create_procedures(plan=work.plan, grades=[work.grade], by=by, organization=organization)[0]
    else:
        row = change_procedure(procedure=procedure, plan=work.plan, grade=work.grade, by=by)
        row.sittings.all().delete()
    choose_day(procedure=row, organization=organization, day=work.day, by=by)
    return row


@transaction.atomic
def set_hours(
    *, span: PeriodSpan, hours: Mapping[tuple[Subject, int], int | None], by: User, organization: Organization | None
) -> None:
    """Hours of subjects in a year by (subject, grade); None takes a figure back. Without a school: the usual ones."""
    if organization is not None:
        _require_own(organization, by)
    elif not by.is_department:
        raise refuse("not_allowed", "Обычные часы указывает управление.")
    period = Period.objects.named(span)
    for (subject, grade), figure in hours.items():
        key = {"organization": organization, "period": period, "subject": subject, "grade": grade}
        if figure is None:
            SubjectHours.objects.filter(**key).delete()
        else:
            SubjectHours.objects.update_or_create(**key, defaults={"hours": figure, "set_by": by})
    events.record(
        kind="procedures.hours_set",
        subject=organization or period,
        by=by,
        text=f"Часы предметов за {span.code} указаны: {sum(figure is not None for figure in hours.values())}.",
    )
