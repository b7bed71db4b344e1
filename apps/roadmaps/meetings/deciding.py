"""The decision of a meeting goes to the register of decisions."""

from django.db import transaction

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import refuse
from apps.organizations.models import Organization
from apps.roadmaps.decisions import services as decisions
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.decisions.parsing import parse_items
from apps.roadmaps.decisions.services import NewItem
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.meetings.services.ground import not_cancelled


@transaction.atomic
def decide(*, meeting: Meeting, items: str, reason: str, by: User) -> Decision:
    """A draft with the items as they were read out; the organisations of the meeting are its executors.

    Items that begin with a number that only unites others stay headings. The draft bears the directions of the agenda
    and rests on the meeting; number and date come from the protocol when it is signed.
    """
    row = not_cancelled(meeting, by)
    if row.decision_id:
        raise refuse("decided", "Решение уже подготовлено.", "Откройте его в реестре решений.")
    parsed = parse_items(items)
    places = row.invitees.filter(organization__isnull=False)
    invited = list(Organization.objects.filter(pk__in=places.values("organization")))
    asked = [
        NewItem(
            number=one.number,
            text=one.text,
            kind=one.kind,
            due_on=one.due_on,
            is_heading=one.is_heading,
            organizations=() if one.is_heading or not _is_to_invited(one.text) else invited,
        )
        for one in parsed
    ]
    new = decisions.NewDecision(
        title=row.theme,
        kind=Decision.Kind.PROTOCOL,
        number=row.protocol_number,
        signed_on=row.protocol_on,
        preamble=f"{row.title}. {row.place}.",
        signer=row.chairman_name,
        reason_without_analysis=reason,
        directions=list({one.pk: one for item in row.items.all() for one in item.directions.all()}.values()),
        items=asked,
    )
    made = decisions.create_decision(new=new, by=by)
    rest_on(subject=made, basis=row, by=by)
    row.decision = made
    row.save(update_fields=["decision"])
    events.record(kind="roadmaps.decided", subject=row, by=by, text=f"Подготовлен проект решения: {made}"[:500])
    return made


def _is_to_invited(text: str) -> bool:
    """Words that address an item to the heads who sat at the meeting."""
    lowered = text.lower()
    return "руководителям" in lowered or "организациям" in lowered
