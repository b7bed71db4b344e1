"""Who may not be sent where. All objections at once; the services refuse by the same list that the page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from apps.accounts.models import Membership
from apps.core.findings import Finding, error
from apps.organizations.models import Organization
from apps.procedures.people.models import Assignment, Capacity, Person


@dataclass(frozen=True)
class Place:
    """An organisation on a day: who is taken elsewhere then (person: where), which accounts have a role in it."""

    organization: Organization
    on: date
    taken: Mapping[int, str]
    insiders: frozenset[int]
    former: frozenset[int] = frozenset()  # organisations that were joined to it

    @property
    def same(self) -> frozenset[int]:
        """The organisation with those it has taken in: to have worked there is to work here."""
        return self.former | {self.organization.pk}

    def without(self, taken: Mapping[int, str]) -> "Place":
        return replace(self, taken=taken)


def place_of(organization: Organization, on: date) -> Place:
    """A few queries, however many people are asked about."""
    busy = Assignment.objects.current().filter(on=on).select_related("venue__organization")
    taken = {each.person_id: str(each.venue.organization) for each in busy}
    former = _joined_to(organization)
    insiders = Membership.objects.current().filter(organization__in={*former, organization.pk})
    return Place(organization, on, taken, frozenset(insiders.values_list("user", flat=True)), former)


def _joined_to(organization: Organization) -> frozenset[int]:
    """Those that were joined to it, and to those before."""
    found: set[int] = set()
    step = {organization.pk}
    while step := set(Organization.objects.filter(successor__in=step).values_list("pk", flat=True)) - found:
        found |= step
    return frozenset(found)


def objections(person: Person, place: Place, capacity: str) -> list[Finding]:
    """Everything that forbids sending the person there in this capacity; reads prefetched relations."""
    found = [*_standing(person, capacity), *_accreditation(person, place.on, capacity), *_conflict(person, place)]
    if person.pk in place.taken:
        message = f"{person.short_name} уже назначен(а) на {place.on:%d.%m.%Y}: {place.taken[person.pk]}."
        found.append(error("double_booking", message, action="Выберите другого человека или отмените то назначение."))
    return found


def _standing(person: Person, capacity: str) -> list[Finding]:
    if person.state != Person.State.ACTIVE:
        return [error("not_active", f"{person.short_name}: в реестре с пометкой «{person.get_state_display()}».")]
    if capacity not in person.capacities:
        label = Capacity(capacity).label
        message = f"{person.short_name} не числится в реестре как «{label}»."
        return [error("other_capacity", message, action="Добавьте это качество в карточке.")]
    return []


def _accreditation(person: Person, on: date, capacity: str) -> list[Finding]:
    """An observer needs one that is valid on the day; an expired one stops anybody."""
    state = person.accreditation_state(on)
    if state == "expired":
        message = f"На {on:%d.%m.%Y} нет действующей аккредитации: {person.short_name}."
        return [error("expired", message, action="Внесите новую аккредитацию, когда её выдадут.")]
    if state == "none" and capacity == Capacity.OBSERVER:
        message = f"{person.short_name}: аккредитация не внесена."
        return [error("not_accredited", message, action="Наблюдателя назначают только с аккредитацией.")]
    return []


def _conflict(person: Person, place: Place) -> list[Finding]:
    """Own workplace, an organisation to avoid, or a role there on the portal."""
    organization, account = place.organization, person.account
    if person.workplace_id in place.same:
        message = f"{person.short_name} работает в этой организации: {organization}."
    elif any(avoided.pk in place.same for avoided in person.avoids.all()):
        message = f"{person.short_name}: организация указана среди тех, куда не назначать ({organization})."
    elif account is not None and account.pk in place.insiders:
        message = f"{person.short_name} имеет роль на портале от этой организации: {organization}."
    else:
        return []
    return [error("conflict", message, action="Конфликт интересов: выберите другого человека.")]
