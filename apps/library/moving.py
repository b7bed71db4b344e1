"""When an organisation joins another, what is still open at it goes along; what is finished keeps its name."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from apps.core import events
from apps.library.dispatches import services as dispatches
from apps.library.inspections import services as inspections
from apps.library.models import Inspection, Practice, PracticeAdvice, Receipt, Remark, Trial
from apps.library.practices import services as practices
from apps.organizations.models import Organization
from apps.organizations.signals import merged


@receiver(merged, dispatch_uid="library.moving")
def move(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Open remarks with their event, practices not decided, advice and materials not answered, running trials."""
    text = f"Перешло от «{old}» к «{new}»: организации объединены."[:500]

    def note(subject: Model) -> None:
        events.record(kind="library.moved", subject=subject, by=by, text=text, old=old.code, new=new.code)

    waiting = Remark.objects.awaiting_school().filter(inspection__organization=old)
    asked = list(waiting.values_list("pk", flat=True))
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
    for remark in Remark.objects.awaiting_school().filter(pk__in=asked).select_related("inspection__organization"):
        inspections.tell_of(remark)
    _move_addressed(old, new, by, note)
    for trial in Trial.objects.filter(organizations=old, state=Trial.State.RUNNING):
        trial.organizations.remove(old)
        trial.organizations.add(new)
        note(trial)


def _move_addressed(old: Organization, new: Organization, by: Any, note: Any) -> None:
    """What the successor has been told itself is left where it is, and the history says so."""
    text = f"«{old}» присоединена к «{new}», которой это направлено и так: строка «{old}» осталась в истории."[:500]

    def doubled(subject: Model) -> None:
        events.record(kind="library.doubled", subject=subject, by=by, text=text, old=old.code, new=new.code)

    told = set(PracticeAdvice.objects.filter(organization=new).values_list("practice", flat=True))
    advice = PracticeAdvice.objects.filter(organization=old, answered_at__isnull=True)
    for one in advice.select_related("practice").select_for_update(of=("self",)):
        if one.practice_id in told:
            doubled(one.practice)
            continue
        one.organization = new
        one.save(update_fields=["organization"])
        note(one.practice)
        practices.tell_advised(one)
    sent = set(Receipt.objects.filter(organization=new).values_list("dispatch", flat=True))
    unread = Receipt.objects.filter(organization=old, read_at__isnull=True)
    for receipt in unread.select_related("dispatch__version__document").select_for_update(of=("self",)):
        if receipt.dispatch_id in sent:
            doubled(receipt.dispatch)
            continue
        receipt.organization = new
        receipt.save(update_fields=["organization"])
        note(receipt.dispatch)
        dispatches.deliver(receipt=receipt)
