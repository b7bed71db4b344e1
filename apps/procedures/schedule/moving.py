"""An organisation is joined to another one: works that are still to come are those of the successor."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.core import events
from apps.organizations.models import Organization
from apps.procedures.models import Participation, Procedure, Sitting, StepMark


def move_works(sender: Any, *, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`. What was held, and its results, stay with the old one.

    Where the successor has said something of its own already, that stands.
    """
    today = timezone.localdate()
    coming = Procedure.objects.filter(
        Q(held_on__gte=today)
        | Q(held_on__isnull=True) & (Q(window_ends_on__gte=today) | Q(window_ends_on__isnull=True))
    )
    for work in coming.filter(organization=old):
        _take_over(work, old, new, by)
    for row in Participation.objects.filter(organization=old, procedure__in=coming):
        _one(row, Participation.objects.filter(organization=new, procedure=row.procedure), new, by)
        _marks(row.procedure, old, new)
    for sitting in Sitting.objects.filter(organization=old, procedure__in=coming, held_on__gte=today):
        same = Sitting.objects.filter(organization=new, procedure=sitting.procedure)
        _one(sitting, same.filter(Q(classes=sitting.classes) | Q(classes="")), new, by)


def _take_over(work: Procedure, old: Organization, new: Organization, by: Any) -> None:
    """A school's own work; a second one of the same subject and grade is told apart by where it comes from."""
    same = Procedure.objects.filter(
        kind=work.kind, period=work.period, subject=work.subject, grade=work.grade, session=work.session,
        organization=new,
    )  # fmt: skip
    if same.exists():
        work.session = f"{work.session} {old.code}".strip()[-20:]
    work.organization = new
    work.save(update_fields=["organization", "session"])
    _note(work, old, new, by)


def _one(row: Any, same: Any, new: Organization, by: Any) -> None:
    """Give the row to the successor, unless it has one."""
    old = row.organization
    if same.exists():
        row.delete()
        return
    row.organization = new
    row.save(update_fields=["organization"])
    _note(row.procedure, old, new, by)


def _marks(procedure: Procedure, old: Organization, new: Organization) -> None:
    """Steps the old one has done count for the successor where it has no mark of its own."""
    own = StepMark.objects.filter(step__procedure=procedure, organization=new).values("step")
    StepMark.objects.filter(step__procedure=procedure, organization=old).exclude(step__in=own).update(organization=new)


def _note(procedure: Procedure, old: Organization, new: Organization, by: Any) -> None:
    text = f"«{old}» присоединена к «{new}»: работа перешла к ней."
    events.record(kind="procedures.moved_to_successor", subject=procedure, by=by, text=text, old=old.code, new=new.code)
