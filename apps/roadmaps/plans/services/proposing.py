"""A new roadmap filled with what the portal proposes for the parts that the Concept names."""

from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.core import events
from apps.roadmaps.plans.models import Measure, Part, Roadmap
from apps.roadmaps.plans.proposals import proposals_for
from apps.roadmaps.plans.services.measures import name_of
from apps.roadmaps.plans.services.roadmaps import NewRoadmap, create_roadmap

FEATURES = {"сельских": ["rural", "small"], "городских": ["urban"]}


@transaction.atomic
def create_with_proposals(*, new: NewRoadmap, person: User | None, by: Any) -> Roadmap:
    """A draft with proposed measures; `person` answers for all until others are named. Raises Refused."""
    roadmap = create_roadmap(new=new, by=by)
    code = roadmap.direction.code if roadmap.direction else ""
    for one in proposals_for(roadmap.kind, code):
        first, last = one.days(roadmap.starts_on, roadmap.ends_on)
        narrowed = [names for word, names in FEATURES.items() if word in one.title and one.part == Part.SPECIFICS]
        Measure.objects.create(
            roadmap=roadmap,
            direction=roadmap.direction,
            part=one.part,
            title=one.title,
            expected=one.expected,
            starts_on=first,
            due_on=last,
            person=person,
            responsible=name_of(person) if person else "",
            features=narrowed[0] if narrowed else [],
            author=by,
        )
    text = f"Предложены мероприятия по частям плана из Концепции: {roadmap.measures.count()}."
    events.record(kind="roadmaps.roadmap_proposed", subject=roadmap, by=by, text=text)
    return roadmap
