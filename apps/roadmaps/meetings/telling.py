"""Telling those who are invited, by a line in the inbox of each."""

from collections.abc import Collection

from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.core import notices
from apps.roadmaps.meetings.models import Invitee, Meeting

READ_IT = "Откройте решение и подтвердите, что прочли его."


def people_of(invitees: list[Invitee]) -> list[User]:
    """The person who is asked to come; where nobody is named or they have left, the head of the organisation.

    Of an association its leader of today.
    """
    places = [one.organization_id for one in invitees if one.organization_id]
    members = Membership.objects.current().filter(organization__in=places).select_related("user")
    working = {(one.organization_id, one.user_id): one.user for one in members}
    heads = {one.organization_id: one.user for one in members if one.role == Role.DIRECTOR}
    people = {}
    for invitee in invitees:
        if invitee.association:
            leader = invitee.association.leader
            person = leader if leader and leader.is_active else None
        else:
            place = invitee.organization_id or 0
            person = working.get((place, invitee.user_id or 0)) or heads.get(place)
        if person:
            people[person.pk] = person
    return list(people.values())


def tell_invited(
    meeting: Meeting, *, key: str, title: str, note: str = "", only: Collection[int] | None = None
) -> None:
    """A line for each with the hour of their own subgroup; the same key again changes nothing.

    `only` narrows it to these invitees, by key.
    """
    words = meeting.get_kind_display().capitalize()
    for group in meeting.subgroups.all():
        found = group.invitees.select_related("user", "association__leader")
        invitees = [one for one in found if only is None or one.pk in only]
        at = timezone.localtime(group.starts_at)
        when = f"{words} {at:%d.%m.%Y в %H:%M}, {group.place or meeting.place}"
        notices.tell(
            users=people_of(invitees),
            key=f"roadmaps.meeting.{meeting.pk}.{key}",
            title=title,
            url=meeting.get_absolute_url(),
            note=note or when,
            due_on=at.date() if key == "invited" else None,
        )


def settle_invitations(meeting: Meeting) -> None:
    """The meeting will not be: its invitations ask nothing any more."""
    notices.settle(f"roadmaps.meeting.{meeting.pk}.invited")
