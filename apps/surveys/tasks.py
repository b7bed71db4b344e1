"""Tasks of the room: envelopes around services."""

from celery import shared_task

from apps.surveys import services


@shared_task
def forget_devices() -> None:
    """Every night: what told devices and networks apart is deleted as soon as it is not needed."""
    services.forget_devices()
