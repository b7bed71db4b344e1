"""Memberships of an organisation that joined another one go to the successor, with products and reports."""

from typing import Any

from apps.accounts.people import people_of
from apps.core import events, notices
from apps.organizations.models import Organization
from apps.roadmaps.projects.models import Member

OPEN = (Member.State.APPLIED, Member.State.ACCEPTED)


def move_members(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`. In projects that are over everything stays where it was done."""
    rows = Member.objects.select_for_update(of=("self",)).filter(organization=old, state__in=OPEN)
    standing = {row.project_id: row for row in Member.objects.filter(organization=new)}
    for row in rows.exclude(project__state__in=("done", "stopped")).select_related("project"):
        there = standing.get(row.project_id)
        if there is None:
            row.organization = new
            row.save(update_fields=["organization"])
            text = f"Участие перешло от «{old}» к «{new}»: организация присоединена."
            events.record(kind="roadmaps.project_member_moved", subject=row, by=by, text=text[:500], old=old.code)
            notices.tell(
                users=people_of([new.pk]),
                key=f"roadmaps.project_moved:{row.pk}",
                title=f"К вам перешло участие в проекте: {row.project}",
                url=row.get_absolute_url(),
                note=f"В нём участвовала организация «{old}», которая присоединена к вашей.",
            )
        else:
            _join(row, there, by)


def _join(row: Member, there: Member, by: Any) -> None:
    """The successor takes part already: products go to it, what both have stays with each."""
    products = row.products.update(member=there)
    known = set(there.level_results.values_list("level", flat=True))
    row.level_results.exclude(level__in=known).update(member=there)
    reported = set(there.reports.values_list("stage", flat=True))
    row.reports.exclude(stage__in=reported).update(member=there)
    old, new = row.organization, there.organization
    row.state = Member.State.LEFT
    row.reason = f"Организация присоединена к «{new}», которая уже участвует в проекте."[:1000]
    row.decided_at, row.decided_by = row.decided_at or row.applied_at, row.decided_by or by
    row.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    events.record(kind="roadmaps.project_member_moved", subject=row, by=by, text=row.reason[:500], into=new.code)
    text = f"Приняты продукты присоединённой организации «{old}»: {products}."
    events.record(kind="roadmaps.project_member_joined", subject=there, by=by, text=text[:500], old=old.code)
