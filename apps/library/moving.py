"""When an organisation joins another, what is still open at it goes along; what is finished keeps its name."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from apps.core import events
from apps.library.models import Inspection, Practice, PracticeAdvice, Receipt, Remark, Trial
from apps.organizations.models import Organization
from apps.organizations.signals import merged


@receiver(merged, dispatch_uid="library.moving")
def move(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Open remarks with their event, practices not decided, advice and materials not answered, running trials."""
    text = f"Перешло от «{old}» к «{new}»: организации объединены."[:500]

    def note(subject: Model) -> None:
        events.record(kind="library.moved", subject=subject, by=by, text=text, old=old.code, new=new.code)

    open_remarks = Remark.objects.exclude(state=Remark.State.CLOSED).values("inspection")
    undecided = [Practice.State.PROPOSED, Practice.State.RETURNED]
    for own in (
        Inspection.objects.filter(organization=old, pk__in=open_remarks),
        Practice.objects.filter(organization=old, state__in=undecided),
    ):
        for row in own.select_for_update(of=("self",)):
            row.organization = new
            row.save(update_fields=["organization"])
            note(row)
    _move_addressed(old, new, note)
    for trial in Trial.objects.filter(organizations=old, state=Trial.State.RUNNING):
        trial.organizations.remove(old)
        trial.organizations.add(new)
        note(trial)


def _move_addressed(old: Organization, new: Organization, note: Any) -> None:
    """What the successor has been told itself is left where it is."""
    told = PracticeAdvice.objects.filter(organization=new).values("practice")
    advice = PracticeAdvice.objects.filter(organization=old, answered_at__isnull=True).exclude(practice__in=told)
    for one in advice.select_related("practice"):
        one.organization = new
        one.save(update_fields=["organization"])
        note(one.practice)
    sent = Receipt.objects.filter(organization=new).values("dispatch")
    unread = Receipt.objects.filter(organization=old, read_at__isnull=True).exclude(dispatch__in=sent)
    for receipt in unread.select_related("dispatch"):
        receipt.organization = new
        receipt.save(update_fields=["organization"])
        note(receipt.dispatch)
