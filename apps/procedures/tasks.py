"""Envelopes of the room's background work."""

from celery import shared_task
from django.utils import timezone

from apps.procedures.people.services import telling


@shared_task
def remind_people() -> int:
    """Observers before their day, acts and sheets that are awaited; beat calls it every morning."""
    return telling.remind_people(timezone.localdate())
