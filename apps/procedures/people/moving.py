"""An organisation is joined to another one: its people work there now, and places to come are there."""

from typing import Any

from django.utils import timezone

from apps.core import events
from apps.organizations.models import Organization
from apps.procedures.people.models import Person, Venue
from apps.procedures.people.rules import objections, place_of
from apps.procedures.people.services import telling
from apps.procedures.people.services.assigning import release
from apps.procedures.people.services.following import open_assignments


def move_people(sender: Any, *, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`. What was held at the old one stays there.

    Who may not be sent to the old one may not be sent to the new one. An assignment that has become a conflict of
    interest ends, the others go on at the new organisation; people are told.
    """
    Person.objects.filter(registered_by=old).update(registered_by=new)
    for person in Person.objects.filter(workplace=old):
        person.workplace = new
        person.save(update_fields=["workplace"])
        text = f"Место работы: «{old}» присоединена к «{new}»."
        events.record(kind="procedures.person_moved", subject=person, by=by, text=text)
    for person in Person.objects.filter(avoids=old):
        person.avoids.add(new)
    for venue in Venue.objects.filter(organization=old, on__gte=timezone.localdate()).select_related("procedure"):
        _move_venue(venue, new, by)


def _move_venue(venue: Venue, new: Organization, by: Any) -> None:
    rows = open_assignments(venue=venue)
    same = Venue.objects.filter(procedure=venue.procedure, organization=new, site=venue.site, on=venue.on).first()
    there = same or venue
    if same is None:
        there.organization = new
        there.save(update_fields=["organization"])
    place = place_of(new, there.on)
    for row in rows:
        row.venue = there
        row.save(update_fields=["venue"])
        taken = {key: where for key, where in place.taken.items() if key != row.person_id}
        against = objections(row.person, place.without(taken), row.capacity)
        if against:
            release(row, f"Организация присоединена к другой. {against[0].message}", by)
        else:
            telling.joined(row)
    if same is not None and not venue.assignments.exists():
        venue.delete()
