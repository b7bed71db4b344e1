"""The history of objects: one call writes a line, one reads them."""

from typing import Any

from django.db.models import Model, QuerySet

from apps.core.models import Event


def record(*, kind: str, subject: Model, by: Any, text: str, **data: Any) -> Event:
    """Write a line of history of `subject`. `text` is what people read; `data` must be JSON."""
    return Event.objects.create(
        kind=kind, subject=subject._meta.label, subject_id=str(subject.pk), actor=by, text=text, data=data
    )


def history(subject: Model) -> QuerySet[Event]:
    events = Event.objects.filter(subject=subject._meta.label, subject_id=str(subject.pk))
    return events.select_related("actor")
