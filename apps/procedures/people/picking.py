"""Observers for all places of a procedure at once: who may go where, and whom the portal proposes."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from apps.procedures.models import Procedure
from apps.procedures.people import rules
from apps.procedures.people.models import Assignment, Capacity, Person, Venue
from apps.procedures.people.selectors import register


@dataclass
class Pick:
    """A place without an observer: those who may go, the one proposed or chosen."""

    venue: Venue
    free: list[Person]
    chosen: int | None = None

    @property
    def name(self) -> str:
        return f"person-{self.venue.pk}"


def picks(procedure: Procedure) -> list[Pick]:
    """Coming places without an observer, by day. Places with the smallest choice are served first; of those who may go
    the one with the fewest assignments is proposed, nobody twice on a day."""
    people = list(register().active().with_capacity(Capacity.OBSERVER).prefetch_related("avoids"))
    venues = Venue.objects.uncovered().coming().filter(procedure=procedure)
    found = []
    for venue in venues.select_related("organization", "site").order_by("on", "organization__number", "pk"):
        place = rules.place_of(venue.organization, venue.on)
        found.append(Pick(venue, [one for one in people if not rules.objections(one, place, Capacity.OBSERVER)]))
    load = Counter(Assignment.objects.current().filter(person__in=people).values_list("person", flat=True))
    sent: dict[date, set[int]] = defaultdict(set)
    for pick in sorted(found, key=lambda one: len(one.free)):
        able = [one for one in pick.free if one.pk not in sent[pick.venue.on]]
        if able:
            best = min(able, key=lambda one: (load[one.pk], str(one), one.pk))
            pick.chosen = best.pk
            load[best.pk] += 1
            sent[pick.venue.on].add(best.pk)
    return found
