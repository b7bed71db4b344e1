"""Writes of the inbox: what is read."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.models import Notice


@transaction.atomic
def read(*, notice: Notice, by: Any) -> Notice:
    """The person has opened it. A second opening keeps the first time."""
    row = Notice.objects.visible_to(by).select_for_update().get(pk=notice.pk)
    if row.read_at is None:
        row.read_at = timezone.now()
        row.save(update_fields=["read_at"])
    return row


def read_all(*, by: Any) -> int:
    """Everything that stands in the inbox now counts as read. Returns how many lines."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())
