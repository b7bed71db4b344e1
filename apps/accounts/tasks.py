"""Envelopes of the room's background work."""

from celery import shared_task

from apps.accounts import digests


@shared_task
def send_digests() -> int:
    """Letters of the day; beat calls it every hour of the working day, each person gets one letter a day."""
    return digests.send_digests()
