"""An organisation is joined to another one: what is planned for it moves, with history."""

from typing import Any

from apps.core import events
from apps.organizations.models import Organization
from apps.roadmaps.plans.models import Measure, MeasureResource, Roadmap


def move_lines(sender: Any, *, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`: unfinished measures, their means, open roadmaps of the old one.

    What was done stays where it was done. Frozen versions and proofs are not touched.
    """
    for measure in Measure.objects.filter(organizations=old, done_on=None, dropped_on=None):
        measure.organizations.remove(old)
        measure.organizations.add(new)
        _note(measure, old, new, by)
    resources = MeasureResource.objects.filter(
        organization=old, measure__done_on=None, measure__dropped_on=None
    ).select_related("measure")
    for resource in resources:
        resource.organization = new
        resource.save(update_fields=["organization"])
        _note(resource.measure, old, new, by)
    open_ones = Roadmap.objects.filter(organization=old, state__in=(Roadmap.State.DRAFT, Roadmap.State.IN_FORCE))
    for roadmap in open_ones:
        roadmap.organization = new
        roadmap.save(update_fields=["organization"])
        _note(roadmap, old, new, by)


def _note(subject: Any, old: Organization, new: Organization, by: Any) -> None:
    text = f"«{old}» присоединена к «{new}»: план перешёл к ней."
    events.record(kind="roadmaps.moved_to_successor", subject=subject, by=by, text=text, old=old.code, new=new.code)
