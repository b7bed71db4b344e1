"""An organisation that joins another one takes its lines along; what it was stays readable."""

from typing import Any

from django.db import transaction

from apps.core import events
from apps.organizations.models import Organization
from apps.roadmaps.effect.models import Addressed


@transaction.atomic
def move_lines(sender: Any, *, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`: addressed lines of `old` become those of `new`.

    It stays out of the comparison: before and after are not of one school. What is measured already keeps its members.
    """
    lines = list(
        Addressed.objects.select_for_update(of=("self",))
        .filter(organization=old, expectation__withdrawn_at__isnull=True)
        .exclude(expectation__measurements__measured_at__isnull=False)
        .select_related("expectation")
    )
    there = set(
        Addressed.objects.filter(organization=new, expectation__in=[line.expectation_id for line in lines]).values_list(
            "expectation", flat=True
        )
    )
    for line in lines:
        if line.expectation_id in there:
            Addressed.objects.filter(expectation=line.expectation_id, organization=new).update(moved_from=old)
            line.delete()
        else:
            line.organization, line.moved_from = new, old
            line.save(update_fields=["organization", "moved_from"])
        text = f"«{old}» присоединена к «{new}»: её строка перенесена, в сравнении она не участвует"
        events.record(kind="roadmaps.effect_moved", subject=line.expectation, by=by, text=text[:500])
