"""Sending materials and marking them read."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events, notices
from apps.library import people
from apps.library.access import WRITERS
from apps.library.dispatches.models import Dispatch, Receipt
from apps.library.documents import services as documents
from apps.library.documents.models import DocumentVersion
from apps.library.texts import Texts, require
from apps.organizations.models import Organization


def key_of(dispatch: Dispatch) -> str:
    return f"library.dispatch:{dispatch.pk}"


@transaction.atomic
def send(*, version: DocumentVersion, organizations: Iterable[Organization], letter: str, by: User) -> Dispatch:
    """Put the document into the inbox of the people of each organisation, once.

    Delivered is where there was somebody to put it to; an organisation without accounts stays undelivered and is seen.
    """
    require(by, WRITERS, "Материалы направляют сотрудники управления и методисты.")
    texts = Texts()
    letter = texts.take(letter, "Сопроводительное письмо", 5000, required=False)
    row = DocumentVersion.objects.select_related("document").get(pk=version.pk)
    if row.state != DocumentVersion.State.APPROVED:
        texts.add("not_approved", f"Направить можно действующую версию, а эта — {row.state_text}.")
    addressees = sorted({each.pk: each for each in organizations}.values(), key=lambda each: each.pk)
    if not addressees:
        texts.add("nobody", "Не выбрано ни одной организации.")
    texts.raise_if_any()
    dispatch = Dispatch.objects.create(version=row, letter=letter, sender=by)
    found = people.of_organizations(addressees)
    now = timezone.now()
    Receipt.objects.bulk_create(
        Receipt(dispatch=dispatch, organization=each, delivered_at=now if each.pk in found else None)
        for each in addressees
    )
    _tell(dispatch, set().union(*found.values()))
    text = f"Направлено организациям: {len(addressees)}."
    codes = [each.code for each in addressees]
    events.record(kind="library.sent", subject=dispatch, by=by, text=text, addressees=codes)
    return dispatch


def _tell(dispatch: Dispatch, users: Iterable[int]) -> None:
    notices.tell(
        users=users,
        key=key_of(dispatch),
        title=f"Материалы: {dispatch.version.document.title}",
        url=reverse("library:received_one", args=[dispatch.pk]),
        note=dispatch.letter,
    )


@transaction.atomic
def deliver(*, receipt: Receipt) -> None:
    """Tell the people of the organisation that has the line now: it came to it from another one."""
    people_there = people.of_organizations([receipt.organization]).get(receipt.organization_id, set())
    receipt.delivered_at = timezone.now() if people_there else None
    receipt.save(update_fields=["delivered_at"])
    _tell(receipt.dispatch, people_there)


@transaction.atomic
def open_receipt(*, receipt: Receipt, by: User) -> Receipt:
    """A person of the organisation has opened the materials: the first time counts."""
    row = Receipt.objects.select_for_update(of=("self",)).select_related("dispatch__version").get(pk=receipt.pk)
    if by.is_school and by.organization == row.organization:
        documents.note_reading(version=row.dispatch.version, by=by)
        if row.read_at is None:
            row.read_at, row.read_by = timezone.now(), by
            row.delivered_at = row.delivered_at or row.read_at
            row.save(update_fields=["read_at", "read_by", "delivered_at"])
            text = f"{row.organization}: прочитано."
            events.record(kind="library.read", subject=row.dispatch, by=by, text=text)
    return row
