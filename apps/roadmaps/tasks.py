"""Envelopes of the room's background work."""

from celery import shared_task

from apps.roadmaps.effect import measuring


@shared_task
def measure_effects() -> int:
    """Measure what has its figures by now; beat calls it every night."""
    return measuring.start_due()
