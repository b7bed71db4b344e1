"""An organisation that joined another one: its places at meetings go to the successor."""

from typing import Any

from apps.core import events
from apps.organizations.models import Organization
from apps.roadmaps.meetings.models import Invitee, Meeting, QualityOfficer
from apps.roadmaps.meetings.telling import READ_IT, tell_invited


def move_invitees(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Inside the transaction of the merging. Where the successor is invited itself, the old line stays as history.

    A decision that waits to be read is then read by the successor; attendance and answers keep the name of before.
    """
    rows = Invitee.objects.filter(organization=old).select_related("meeting")
    taken = set(Invitee.objects.filter(organization=new).values_list("meeting", flat=True))
    for row in rows.select_for_update(of=("self",)):
        if row.meeting_id in taken:
            continue
        row.organization, row.invited_as = new, row.invited_as or old.name
        row.save(update_fields=["organization", "invited_as"])
        text = f"Вместо «{old}» участвует «{new}»"[:500]
        events.record(kind="roadmaps.invitee_moved", subject=row.meeting, by=by, text=text)
        _tell(row)
    for officer in QualityOfficer.objects.current().filter(organization=old):
        officer.until = old.closed_on or officer.since
        officer.save(update_fields=["until"])


def _tell(row: Invitee) -> None:
    """The people of the successor: of what they are invited to now, or of the decision that waits to be read."""
    meeting = row.meeting
    if meeting.state == Meeting.State.ANNOUNCED:
        tell_invited(meeting, key="invited", title=f"Приглашение: {meeting.theme}", only={row.pk})
    elif meeting.published_at and row.read_at is None:
        tell_invited(meeting, key="decision", title=f"Решение: {meeting.theme}", note=READ_IT, only={row.pk})
