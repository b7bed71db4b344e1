"""Envelopes of the room's background work."""

from celery import shared_task
from django.utils import timezone

from apps.roadmaps.decisions import reminding
from apps.roadmaps.effect import measuring


@shared_task
def measure_effects() -> int:
    """Measure what has its figures by now; beat calls it every night."""
    return measuring.start_due()


@shared_task
def remind_of_decisions() -> int:
    """Terms that come near, and the weekly summary of those who control; beat calls it every working morning."""
    today = timezone.localdate()
    return reminding.remind_terms(today) + reminding.summarise_control(today)
