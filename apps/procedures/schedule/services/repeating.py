"""Carrying procedures over to the next school year: new days, the same people and steps, no document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from apps.accounts.models import User
from apps.core import periods
from apps.core.findings import Finding, Refused, error, refuse
from apps.core.periods import PeriodSpan
from apps.procedures.models import Duty, Procedure, Step
from apps.procedures.schedule.services.procedures import (
    Plan,
    auto_title,
    create_procedures,
    faults_of,
    may_change,
)

WEEKS = (52, 53)  # the same day of the week; a later week where holidays or the order of the year ask for it
_KEY = ("kind", "subject_id", "grade", "session", "organization_id")
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True)
class Days:
    """When a procedure is held: a day, a window, or not known yet."""

    held_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def first(self) -> date | None:
        return self.held_on or self.starts_on


@dataclass(frozen=True)
class Carried:
    """What came of it."""

    made: list[Procedure]
    kept: list[Procedure]  # of the old year, with a successor already


def following(old: Procedure) -> PeriodSpan:
    return periods.school_year(old.period.span.starts_on.year + 1)


def _first(old: Procedure) -> date | None:
    """The first day of a window, else the day: results of a work with a window bring a day too."""
    return old.window_starts_on if old.window_starts_on and old.window_ends_on else old.held_on


def proposed(old: Procedure, weeks: int = WEEKS[0]) -> Days:
    """The same day of the week so many weeks later; a week more where that would still be the old year."""
    first = _first(old)
    if first is None:
        return Days()
    shift = timedelta(weeks=weeks)
    if first + shift < following(old).starts_on:
        shift += timedelta(weeks=1)
    if not (old.window_starts_on and old.window_ends_on):
        return Days(held_on=first + shift)
    return Days(starts_on=first + shift, ends_on=min(old.window_ends_on + shift, following(old).ends_on))


def plan_of(old: Procedure, days: Days) -> Plan:
    """The plan of the new year. A title that people gave stays, with its years moved on by one."""
    plan = Plan(
        kind=old.kind, level=old.level, span=following(old), subject=old.subject.name, held_on=days.held_on,
        window_starts_on=days.starts_on, window_ends_on=days.ends_on, session=old.session, note=old.note,
        is_public=old.is_public,
    )  # fmt: skip
    before = Plan(old.kind, old.level, old.period.span, old.subject.name, session=old.session)
    if old.title in {auto_title(before, old.grade), ""}:
        return plan
    title = _YEAR.sub(lambda found: str(int(found.group()) + 1), old.title)
    return Plan(**{**vars(plan), "title": title})


def succeeded(rows: Iterable[Procedure]) -> set[int]:
    """Which of the procedures of one year have their successor in the next; one query."""
    old = list(rows)
    if not old:
        return set()
    taken = set(Procedure.objects.filter(period__code=following(old[0]).code).values_list(*_KEY))
    return {row.pk for row in old if tuple(getattr(row, name) for name in _KEY) in taken}


def _people(old: Procedure, new: Procedure, by: User) -> None:
    rows = old.duties.current().filter(user__is_active=True)
    Duty.objects.bulk_create([Duty(user=row.user, procedure=new, part=row.part, assigned_by=by) for row in rows])


def _steps(old: Procedure, new: Procedure, shift: timedelta) -> None:
    Step.objects.bulk_create(
        Step(
            procedure=new, position=step.position, title=step.title, due_on=step.due_on + shift,
            by_school=step.by_school,
        )
        for step in old.steps.all()
    )  # fmt: skip


def _faults(old: Procedure, plan: Plan) -> list[Finding]:
    return [error(found.code, f"{old.title}: {found.message}", action=found.action) for found in faults_of(plan)]


@transaction.atomic
def repeat_procedures(
    *, procedures: Iterable[Procedure], by: User, days: Mapping[int, Days] | None = None,
    with_people: bool = True, with_steps: bool = True,
) -> Carried:  # fmt: skip
    """Carry procedures over, on the days given by number of the old one, else 52 weeks later.

    All faults at once. Documents, results and chosen days of schools stay in their year; lists of items and scales are
    those of the new year. People in charge and steps of preparation come along if wanted.
    """
    chosen: Sequence[Procedure] = list(procedures)
    if not all(may_change(by, old) for old in chosen):
        raise refuse("not_allowed", "Перенести можно процедуры управления или работы своей школы.")
    done = succeeded(chosen)
    kept = [old for old in chosen if old.pk in done]
    plans = {old: plan_of(old, (days or {}).get(old.pk) or proposed(old)) for old in chosen if old not in kept}
    if found := [fault for old, plan in plans.items() for fault in _faults(old, plan)]:
        raise Refused(found)
    made = []
    for old, plan in plans.items():
        new = create_procedures(plan=plan, grades=[old.grade], by=by, organization=old.organization)[0]
        before, after = _first(old), plan.held_on or plan.window_starts_on
        if with_people and by.is_department:
            _people(old, new, by)
        if with_steps and before and after:
            _steps(old, new, after - before)
        made.append(new)
    return Carried(made, kept)
