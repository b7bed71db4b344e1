"""Results of a day and the work of the schedule that they belong to: found by kind, subject, grade, year and day.

One planned work that fits takes the results at once; where several fit, or the only one stands on another day, a person
says which it is, or that it is none of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from apps.procedures.models import Procedure
from apps.procedures.readers.neutral import Identity

OWN = 0  # the choice «none of the planned ones»


class Several(Exception):
    """Which planned work the results are of must be said by a person."""

    def __init__(self, identity: Identity, candidates: Sequence[Procedure]) -> None:
        self.identity = identity
        self.candidates = list(candidates)
        super().__init__(key_of(identity))


def key_of(identity: Identity) -> str:
    """What a choice is kept under: a file may hold several exams."""
    return f"{identity.kind}|{identity.subject}|{identity.grade}|{identity.session}"


def _is_on(procedure: Procedure, day: date) -> bool:
    if procedure.held_on == day:
        return True
    starts, ends = procedure.window_starts_on, procedure.window_ends_on
    return bool(starts and ends and starts <= day <= ends)


def find(identity: Identity, works: QuerySet[Procedure], choices: Mapping[str, int]) -> Procedure | None:
    """The work among those of the same kind, year, subject, grade and owner that results of a day belong to.

    None when they are of no planned work. Raises Several.
    """
    day = identity.held_on
    if not identity.session or day is None:
        return None
    listed = list(works.select_for_update(of=("self",)).filter(cancelled_on=None).order_by("held_on", "pk"))
    if (exact := next((work for work in listed if work.session == identity.session), None)) is not None:
        return exact
    key = key_of(identity)
    if key in choices:
        return next((work for work in listed if work.pk == choices[key]), None)
    if said := _said_before(listed, key):
        return said
    return _fitting(identity, day, listed)


def _said_before(listed: Sequence[Procedure], key: str) -> Procedure | None:
    """The work to which a person led an earlier file of the same day."""
    return next(
        (work for work in listed if work.files.filter(mapping__contains={"planned": {key: work.pk}}).exists()), None
    )


def _fitting(identity: Identity, day: date, listed: Sequence[Procedure]) -> Procedure | None:
    same_day = [work for work in listed if _is_on(work, day)]
    if len(same_day) == 1:
        return same_day[0]
    free = same_day or [work for work in listed if not work.files.exists() and not work.aggregates.exists()]
    if len(free) == 1 and free[0].held_on is None and free[0].window_starts_on is None:
        return free[0]
    if free:
        raise Several(identity, free)
    return None
