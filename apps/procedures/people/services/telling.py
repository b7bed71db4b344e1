"""What people of procedures are told: sent somewhere, moved, released, a sheet to fill, and a word before the day.

Only those who log in can be told by the portal; the pages say who has to be called.
"""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from apps.core import notices
from apps.core.notices import Line
from apps.procedures.people.models import Act, Assignment, ExpertSheet, Person
from apps.procedures.people.querysets import AssignmentQuerySet

BEFORE = timedelta(days=1)  # the word before a day of a procedure
SHEET_BEFORE = timedelta(days=2)
LATE = (1, 3, 7)  # days after a procedure on which an act that has not come is asked for


def _users(person: Person) -> list[int]:
    account = person.account
    return [account.pk] if account is not None and account.is_active else []


def _key(assignment: Assignment, what: str = "assigned") -> str:
    return f"procedures.{what}:{assignment.pk}"


def _place(assignment: Assignment) -> str:
    venue = assignment.venue
    address = venue.site.address if venue.site else venue.organization.address
    who = assignment.get_capacity_display().capitalize()
    return ". ".join(part for part in (f"{who}: {venue.procedure}", address) if part) + "."


def assigned(assignment: Assignment) -> None:
    venue = assignment.venue
    notices.tell(
        users=_users(assignment.person),
        key=_key(assignment),
        title=f"Вы назначены: {venue.place}, {assignment.on:%d.%m.%Y}",
        note=_place(assignment),
        url=reverse("procedures:own_assignments"),
        due_on=assignment.on,
    )


def moved(assignment: Assignment, before: date) -> None:
    """The place has another day: the old line is read, a new one stands instead."""
    notices.settle(_key(assignment), _key(assignment, "before"))
    notices.tell(
        users=_users(assignment.person),
        key=f"{_key(assignment, 'moved')}:{assignment.on:%Y%m%d}",
        title=f"Ваше назначение перенесено на {assignment.on:%d.%m.%Y}: {assignment.venue.place}",
        note=f"Было {before:%d.%m.%Y}. {_place(assignment)} Если день не подходит, сообщите в управление.",
        url=reverse("procedures:own_assignments"),
        due_on=assignment.on,
    )


def joined(assignment: Assignment) -> None:
    """The organisation was joined to another one: the same day, another name and perhaps another address."""
    notices.settle(_key(assignment))
    notices.tell(
        users=_users(assignment.person),
        key=_key(assignment, "joined"),
        title=f"Место вашего назначения теперь: {assignment.venue.place}, {assignment.on:%d.%m.%Y}",
        note=f"Организация присоединена к другой. {_place(assignment)}",
        url=reverse("procedures:own_assignments"),
        due_on=assignment.on,
    )


def released(assignment: Assignment) -> None:
    act_sent(assignment)  # nothing more is asked for
    notices.tell(
        users=_users(assignment.person),
        key=_key(assignment, "released"),
        title=f"Назначение отменено: {assignment.venue.place}, {assignment.on:%d.%m.%Y}",
        note=assignment.cancel_reason,
        url=reverse("procedures:own_assignments"),
    )


def act_sent(assignment: Assignment) -> None:
    notices.settle(_key(assignment), _key(assignment, "before"), _key(assignment, "act"))


def _sheet_key(sheet: ExpertSheet, what: str = "sheet") -> str:
    return f"procedures.{what}:{sheet.pk}"


def sheets_given(sheets: list[ExpertSheet]) -> None:
    notices.tell_all(
        _of_sheet(sheet, _sheet_key(sheet), f"Вам выдан экспертный лист: {sheet.task}") for sheet in sheets
    )


def _of_sheet(sheet: ExpertSheet, key: str, title: str) -> Line:
    return Line(
        users=_users(sheet.person),
        key=key,
        title=title,
        note=f"Заполнить до {sheet.task.due_on:%d.%m.%Y}.",
        url=sheet.get_absolute_url(),
        due_on=sheet.task.due_on,
    )


def sheet_done(sheet: ExpertSheet) -> None:
    notices.settle(_sheet_key(sheet), _sheet_key(sheet, "sheet_due"))


def sheet_taken_back(sheet: ExpertSheet, reason: str) -> None:
    sheet_done(sheet)
    notices.tell(
        users=_users(sheet.person),
        key=_sheet_key(sheet, "sheet_released"),
        title=f"Экспертный лист больше не нужен: {sheet.task}",
        note=reason,
        url=reverse("procedures:own_assignments"),
    )


def _without_act(**days: Any) -> AssignmentQuerySet:
    """Standing assignments of the days whose act has not come, with their people and places."""
    rows = Assignment.objects.current().filter(**days).exclude(act__state=Act.State.SENT)
    return rows.with_places().select_related("person__user", "person__invitation__accepted_by")


def _before(today: date) -> list[Line]:
    return [
        Line(
            users=_users(row.person),
            key=_key(row, "before"),
            title=f"{'Сегодня' if row.on == today else 'Завтра'} вы на процедуре: {row.venue.place}",
            note=f"{_place(row)} Акт заполняется с телефона, черновик можно открыть заранее.",
            url=reverse("procedures:own_act", args=[row.pk]),
            due_on=row.on,
        )
        for row in _without_act(on__gte=today, on__lte=today + BEFORE)
    ]


def _acts(today: date) -> list[Line]:
    return [
        Line(
            users=_users(row.person),
            key=_key(row, "act"),
            title=f"Отправьте акт наблюдения: {row.venue.place}, {row.on:%d.%m.%Y}",
            note=f"Процедура прошла, акт ещё не поступил. {_place(row)}",
            url=reverse("procedures:own_act", args=[row.pk]),
            due_on=row.on,
        )
        for row in _without_act(on__in=[today - timedelta(days=n) for n in LATE])
    ]


def _sheets(today: date) -> list[Line]:
    rows = ExpertSheet.objects.filter(
        state=ExpertSheet.State.DRAFT, task__due_on__gte=today, task__due_on__lte=today + SHEET_BEFORE
    )
    found = rows.select_related("task", "person__user", "person__invitation__accepted_by")
    return [
        _of_sheet(sheet, _sheet_key(sheet, "sheet_due"), f"Скоро срок экспертного листа: {sheet.task}")
        for sheet in found
    ]


def remind_people(today: date) -> int:
    """The word before a procedure, acts that have not come, sheets whose term is near; once a day.

    Returns how many lines are new or risen.
    """
    return notices.remind_all([*_before(today), *_acts(today), *_sheets(today)], today=today)
