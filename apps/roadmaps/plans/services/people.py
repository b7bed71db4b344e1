"""Who answers: one person for each measure, handed over when somebody leaves."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.accounts.models import Membership, User
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import events
from apps.core.findings import Refused, error
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.services.measures import name_of, works_here
from apps.roadmaps.plans.telling import tell_of_measure


@transaction.atomic
def assign_people(*, roadmap: Roadmap, people: Mapping[int, User], by: Any) -> int:
    """Give measures of a roadmap (by key) the one person who answers for each. Returns how many changed.

    Finished measures keep whoever answered. Raises Refused, and then nothing has changed.
    """
    row = rights.locked(roadmap, by)
    gone = sorted({person.get_short_name() for person in set(people.values()) if not works_here(person)})
    if gone:
        raise Refused([error("gone", f"{name} больше не работает на портале.") for name in gone])
    changed = 0
    open_ones = row.measures.select_for_update(of=("self",)).filter(pk__in=people, done_on=None, dropped_on=None)
    for measure in open_ones.select_related("roadmap"):
        person = people[measure.pk]
        if measure.person_id == person.pk:
            continue
        was = measure.responsible
        measure.person, measure.responsible = person, name_of(person)
        measure.save(update_fields=["person", "responsible"])
        text = f"Ответственный: {was} → {measure.responsible}"
        events.record(kind="roadmaps.measure_assigned", subject=measure, by=by, text=text[:500])
        tell_of_measure(measure, by)
        changed += 1
    return changed


def candidates(roadmap: Roadmap) -> Any:
    """People who may answer: the authority's, heads and deputies, leaders of associations; of a school its own."""
    working = Membership.objects.current()
    if roadmap.kind == Roadmap.Kind.SCHOOL:
        working = working.filter(organization=roadmap.organization_id, role__in=SCHOOL)
    else:
        working = working.filter(role__in=AUTHORITY | SCHOOL | {Role.ASSOCIATION_LEADER}).exclude(role=Role.ADMIN)
    return User.objects.filter(pk__in=working.values("user"))
