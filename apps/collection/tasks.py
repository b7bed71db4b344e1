"""Envelopes of the room's background work."""

from celery import shared_task

from apps.collection.services import reminders


@shared_task
def send_reminders() -> int:
    """Remind of forms; beat calls it every hour of the working day, each person gets one letter a day."""
    return reminders.send_reminders()
