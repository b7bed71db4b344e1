"""Venues of procedures and who is sent there."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Refused, error, refuse
from apps.organizations.models import Organization, Site
from apps.procedures.models.works import Procedure
from apps.procedures.people.models import Act, Assignment, Capacity, Person, Venue
from apps.procedures.people.rules import objections, place_of
from apps.procedures.people.services import telling
from apps.procedures.people.services.register import PersonData, check_person, require_department, write_person


@transaction.atomic
def add_venues(
    *, procedure: Procedure, on: date, organizations: Iterable[Organization], by: User, site: Site | None = None
) -> int:
    """The places where a procedure is held on a day; those already known stay. Returns how many are new.

    A building is given for its own organisation only.
    """
    require_department(by)
    chosen = list(organizations)
    if site and [site.organization_id] != [each.pk for each in chosen]:
        message = "Здание указано, а организаций несколько или здание не этой организации."
        raise refuse("site", message, "Добавьте место с отдельным зданием отдельно.")
    made = 0
    for organization in chosen:
        _, created = Venue.objects.get_or_create(
            procedure=procedure, organization=organization, site=site, on=on, defaults={"created_by": by}
        )
        made += created
    text = f"Места проведения на {on:%d.%m.%Y}: добавлено {made}."
    events.record(kind="procedures.venues_added", subject=procedure, by=by, text=text)
    return made


@transaction.atomic
def remove_venue(*, venue: Venue, by: User) -> None:
    """A place entered by mistake; one with assignments stays."""
    require_department(by)
    if venue.assignments.exists():
        raise refuse("has_assignments", "Сюда уже назначали людей, место остаётся в истории.")
    text = f"Место проведения удалено: {venue.place}, {venue.on:%d.%m.%Y}."
    events.record(kind="procedures.venue_removed", subject=venue.procedure, by=by, text=text)
    venue.delete()


def _assign(venue: Venue, person: Person, capacity: str, by: User) -> Assignment:
    """The person is locked, so that two at once cannot send them to two places."""
    row = Person.objects.select_for_update(of=("self",)).select_related("invitation").get(pk=person.pk)
    against = objections(row, place_of(venue.organization, venue.on), capacity)
    if against:
        raise Refused(against)
    try:
        with transaction.atomic():
            made = Assignment.objects.create(venue=venue, person=row, on=venue.on, capacity=capacity, created_by=by)
    except IntegrityError:
        raise refuse("double_booking", f"{row.short_name} уже назначен(а) на этот день.") from None
    text = f"Назначение: {Capacity(capacity).label}, {venue}."
    events.record(kind="procedures.assigned", subject=row, by=by, text=text[:500], venue=venue.pk)
    telling.assigned(made)
    return made


@transaction.atomic
def assign(*, venue: Venue, person: Person, capacity: str, by: User) -> Assignment:
    """Send a person to a place. Refused with all objections: conflict of interest, double booking, accreditation."""
    require_department(by)
    return _assign(venue, person, capacity, by)


@transaction.atomic
def assign_many(*, pairs: Iterable[tuple[Venue, Person]], capacity: str, by: User) -> int:
    """Send people to several places; refused as a whole with all objections, each with its place."""
    require_department(by)
    found, made = [], 0
    for venue, person in pairs:
        try:
            with transaction.atomic():
                _assign(venue, person, capacity, by)
        except Refused as refusal:
            found += [error(one.code, f"{venue.place}: {one.message}", action=one.action) for one in refusal.findings]
        else:
            made += 1
    if found:
        raise Refused(found)
    return made


@transaction.atomic
def cancel_assignment(*, assignment: Assignment, reason: str, by: User) -> None:
    """Take an assignment back with a reason; one with a sent act stays."""
    if not by.is_department and not _registered_here(assignment, by):
        raise refuse("not_allowed", "Это назначение отменяет тот, кто его сделал.")
    row = Assignment.objects.select_for_update(of=("self",)).select_related("person", "venue").get(pk=assignment.pk)
    if not reason.strip():
        raise refuse("no_reason", "Не указана причина отмены.", "Её прочтёт назначенный человек.")
    if row.is_cancelled:
        return
    if Act.objects.filter(assignment=row, state=Act.State.SENT).exists():
        raise refuse("has_act", "По этому назначению уже отправлен акт.")
    release(row, reason, by)


def release(row: Assignment, reason: str, by: User) -> None:
    """End an assignment that was locked and may be ended; the person is told."""
    row.cancelled_at, row.cancel_reason = timezone.now(), reason.strip()[:300]
    row.save(update_fields=["cancelled_at", "cancel_reason"])
    text = f"Назначение отменено: {row.venue}. {row.cancel_reason}"
    events.record(kind="procedures.unassigned", subject=row.person, by=by, text=text[:500])
    telling.released(row)


def _registered_here(assignment: Assignment, by: User) -> bool:
    return by.is_school and assignment.person.registered_by == by.organization == assignment.venue.organization


@transaction.atomic
def register_participant(
    *, procedure: Procedure, on: date, by: User, person: Person | None = None, data: PersonData | None = None
) -> Assignment:
    """A school says who of the public takes part in a procedure at its place; the same refusals as for observers."""
    if not by.is_school or by.organization is None:
        raise refuse("not_allowed", "Участников от общественности вносит организация.")
    if procedure.organization_id not in {None, by.organization.pk}:
        raise refuse("foreign", "Это процедура другой организации.")
    if person is None:
        if data is None:
            raise Refused([error("nobody", "Не указано, кто участвует.", action="Выберите или внесите человека.")])
        check_person(data)
        person = write_person(Person(created_by=by, registered_by=by.organization), data)
        events.record(kind="procedures.person_added", subject=person, by=by, text="Внесён организацией.")
    elif person.registered_by_id != by.organization.pk:
        raise refuse("foreign", "Этого человека внесла другая организация.")
    venue, _ = Venue.objects.get_or_create(
        procedure=procedure, organization=by.organization, site=None, on=on, defaults={"created_by": by}
    )
    return _assign(venue, person, Capacity.PUBLIC, by)
