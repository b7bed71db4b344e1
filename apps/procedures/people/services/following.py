"""Places and people follow the schedule: a day that moves takes them along, a procedure taken off releases them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import refuse
from apps.procedures.models.works import Procedure
from apps.procedures.people.models import Act, Assignment, Venue
from apps.procedures.people.rules import objections, place_of
from apps.procedures.people.services import telling
from apps.procedures.people.services.assigning import release
from apps.procedures.people.services.register import require_department
from apps.procedures.schedule.models import Sitting


@dataclass(frozen=True)
class Moved:
    """How many places have the new day, how many people go along, who cannot and was released."""

    venues: int
    people: int
    released: tuple[str, ...] = ()

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(self.venues + other.venues, self.people + other.people, (*self.released, *other.released))


def open_assignments(**where: object) -> list[Assignment]:
    """Current assignments without a sent act, locked."""
    found = Assignment.objects.current().filter(**where).exclude(act__state=Act.State.SENT)
    rows = Assignment.objects.select_for_update(of=("self",)).filter(pk__in=found.values("pk"))
    return list(rows.select_related("person__user", "person__invitation__accepted_by", "venue__procedure",
                                    "venue__organization", "venue__site").order_by("pk"))  # fmt: skip


@transaction.atomic
def move_venue(*, venue: Venue, on: date, by: User) -> Moved:
    """Give a place another day. Those who can go then go along; the others are released. All are told."""
    require_department(by)
    row = Venue.objects.select_for_update(of=("self",)).select_related("organization", "procedure").get(pk=venue.pk)
    if row.on == on:
        return Moved(0, 0)
    if on < timezone.localdate():
        raise refuse("past", f"{on:%d.%m.%Y} уже прошло.", "Выберите сегодняшний или более поздний день.")
    if Act.objects.filter(assignment__venue=row, state=Act.State.SENT).exists():
        raise refuse("has_act", f"{row.place}: по этому дню уже есть акт.", "Добавьте новое место на другой день.")
    same = Venue.objects.filter(procedure=row.procedure, organization=row.organization, site=row.site, on=on)
    if same.exists():
        raise refuse("same_venue", f"{row.place}: место на {on:%d.%m.%Y} уже есть.", "Отмените лишнее.")
    before, place, people, released = row.on, place_of(row.organization, on), 0, []
    row.on = on
    row.save(update_fields=["on"])
    for each in open_assignments(venue=row):
        against = objections(each.person, place, each.capacity)
        if against:
            release(each, f"День перенесён на {on:%d.%m.%Y}. {against[0].message}", by)
            released.append(each.person.short_name)
            continue
        each.on = on
        each.venue = row
        each.save(update_fields=["on"])
        telling.moved(each, before)
        people += 1
    text = f"Место перенесено: {row.place}, с {before:%d.%m.%Y} на {on:%d.%m.%Y}."
    events.record(kind="procedures.venue_moved", subject=row.procedure, by=by, text=text)
    return Moved(1, people, tuple(released))


@transaction.atomic
def move_venues(*, venues: Iterable[Venue], on: date, by: User) -> Moved:
    """Several places of a procedure at once; refused as a whole."""
    done = Moved(0, 0)
    for venue in venues:
        done += move_venue(venue=venue, on=on, by=by)
    return done


def release_all(*, procedure: Procedure, reason: str, by: User) -> int:
    """The procedure is taken off the schedule: nobody goes anywhere. Runs inside the transaction of its cause."""
    rows = open_assignments(venue__procedure=procedure, on__gte=timezone.localdate())
    for row in rows:
        release(row, f"Процедура снята с графика: {reason}", by)
    return len(rows)


@transaction.atomic
def venues_from_schedule(*, procedure: Procedure, by: User) -> tuple[int, Moved]:
    """Take the days that schools have chosen: new places, and places whose one day the school has changed.

    Returns how many are new and what was moved.
    """
    require_department(by)
    wanted: dict[int, set[date]] = defaultdict(set)
    for organization, on in Sitting.objects.filter(procedure=procedure).values_list("organization", "held_on"):
        wanted[organization].add(on)
    known: dict[int, dict[date, Venue]] = defaultdict(dict)
    for venue in Venue.objects.filter(procedure=procedure, site__isnull=True, organization__in=wanted):
        known[venue.organization_id][venue.on] = venue
    made, moved, today = 0, Moved(0, 0), timezone.localdate()
    for organization, days in wanted.items():
        lacking = sorted(days - set(known[organization]))
        stray = [venue for on, venue in known[organization].items() if on not in days and on >= today]
        if len(lacking) == len(stray) == 1 and lacking[0] >= today:
            moved += move_venue(venue=stray[0], on=lacking[0], by=by)
            continue
        for on in lacking:
            Venue.objects.create(procedure=procedure, organization_id=organization, on=on, created_by=by)
            made += 1
    text = f"Места проведения взяты из графика: добавлено {made}, перенесено {moved.venues}."
    events.record(kind="procedures.venues_added", subject=procedure, by=by, text=text)
    return made, moved
