"""Which organisations are to be assessed in which year."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import refuse
from apps.noko.models import Assessment, PlanEntry
from apps.noko.services.access import require_department
from apps.organizations.models import Organization

AHEAD = 5


@transaction.atomic
def plan_year(*, year: int, organizations: Iterable[Organization], by: User) -> int:
    """Put organisations into the plan of a year. Returns how many were new; those in it stay."""
    require_department(by)
    this_year = timezone.localdate().year
    if not this_year - 3 <= year <= this_year + AHEAD:
        raise refuse("bad_year", f"Укажите год от {this_year - 3} до {this_year + AHEAD}.")
    chosen = list(organizations)
    if not chosen:
        raise refuse("nobody", "Не выбрано ни одной организации.", "Отметьте хотя бы одну.")
    there = set(PlanEntry.objects.filter(year=year).values_list("organization_id", flat=True))
    new = [PlanEntry(organization=each, year=year, created_by=by) for each in chosen if each.pk not in there]
    PlanEntry.objects.bulk_create(new)
    for entry in new:
        events.record(kind="noko.planned", subject=entry, by=by, text=f"Внесена в план независимой оценки {year} года.")
    return len(new)


@transaction.atomic
def unplan(*, entry: PlanEntry, by: User) -> None:
    """Take an organisation out of a year's plan, unless it was assessed in it."""
    require_department(by)
    row = PlanEntry.objects.select_for_update().select_related("organization").get(pk=entry.pk)
    if Assessment.objects.filter(organization=row.organization, period__code=str(row.year)).exists():
        raise refuse("assessed", "Оценка за этот год уже принята, из плана организацию не убрать.")
    text = f"Убрана из плана независимой оценки {row.year} года."
    events.record(kind="noko.unplanned", subject=row.organization, by=by, text=text)
    row.delete()
