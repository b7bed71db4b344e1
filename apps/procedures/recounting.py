"""Summing the additive parts again from stored matrices: after a change of what is counted."""

from collections.abc import Callable

from django.db import transaction

from apps.core import events
from apps.procedures import storing
from apps.procedures.models import ParticipatingSchool, Procedure, ResultBlock

Say = Callable[[int, int, str], None]


def procedures_to_recount(*, only_missing: bool = True) -> list[Procedure]:
    """Procedures with matrices; by default those of which some school has no finer parts yet."""
    found = Procedure.objects.filter(pk__in=ResultBlock.objects.values("procedure"))
    if only_missing:
        found = found.filter(aggregates__item_details=b"", items__isnull=False).distinct()
    return list(found.order_by("pk"))


@transaction.atomic
def recount_procedure(*, procedure: Procedure, by: object = None) -> int:
    """Sum all schools of a procedure again; returns how many. What files brought stays as it is."""
    keys = ResultBlock.objects.filter(procedure=procedure).values("school")
    schools = list(ParticipatingSchool.objects.filter(pk__in=keys))
    for school in schools:
        storing.recount(procedure=procedure, school=school)
    text = f"Итоги пересчитаны по сохранённым баллам: школ {len(schools)}"
    events.record(kind="procedures.recounted", subject=procedure, by=by, text=text)
    return len(schools)


def recount(*, only_missing: bool = True, say: Say | None = None, by: object = None) -> tuple[int, int]:
    """Sum procedures again, each in a transaction of its own; returns procedures and schools."""
    procedures, schools = procedures_to_recount(only_missing=only_missing), 0
    for number, procedure in enumerate(procedures):
        if say:
            say(number, len(procedures), str(procedure))
        schools += recount_procedure(procedure=procedure, by=by)
    return len(procedures), schools
