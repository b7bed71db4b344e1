"""Lines of an organisation that joined another one go to the successor; what is done stays where it was done."""

from typing import Any

from apps.accounts.models import Membership
from apps.core import events
from apps.organizations.models import Organization
from apps.roadmaps.decisions import notifying
from apps.roadmaps.decisions.models import Assignment, DecisionItem
from apps.roadmaps.decisions.querysets import ACTIVE


def move_lines(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`."""
    mine = Assignment.objects.select_for_update(of=("self",)).filter(organization=old, state__in=ACTIVE)
    lines = list(mine.filter(item__decision__state="in_force").select_related("person", "item__decision"))
    standing = set(
        Assignment.objects.filter(organization=new, item__in=[line.item_id for line in lines]).values_list(
            "item", flat=True
        )
    )
    moved: list[Assignment] = []
    for line in lines:
        if line.item_id in standing:
            line.state = Assignment.State.WITHDRAWN
            line.review_text = f"Организация присоединена к «{new}», у которой этот пункт уже есть."
            text = f"Снято: {line.review_text}"
        else:
            line.organization = new
            moved.append(line)
            standing.add(line.item_id)
            if line.person and not Membership.objects.current().filter(user=line.person, organization=new).exists():
                line.person = None
            text = f"Строка перешла от «{old}» к «{new}»: организация присоединена."
        line.save()
        events.record(
            kind="roadmaps.assignment_moved", subject=line, by=by, text=text[:500], old=old.code, new=new.code
        )
    for decision in {line.item.decision_id: line.item.decision for line in moved}.values():
        notifying.about_moved(decision, [line for line in moved if line.item.decision_id == decision.pk], old)
    drafts = DecisionItem.objects.filter(organizations=old, decision__state__in=("draft", "on_approval"))
    for item in drafts.select_related("decision"):
        item.organizations.remove(old)
        item.organizations.add(new)
        text = f"Пункт {item.number}: вместо «{old}» — «{new}», организация присоединена."
        events.record(
            kind="roadmaps.item_moved", subject=item.decision, by=by, text=text[:500], old=old.code, new=new.code
        )
