"""Terms of the registers, for the calendar: agreements with partners that end."""

from datetime import date
from typing import Any

from django.urls import reverse

from apps.core.deadlines import Deadline
from apps.registers.catalogue import KEEPERS
from apps.registers.models import Agreement

ROOM = "Реестры"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """Agreements in force that the person sees, on their last day. One query."""
    found = Agreement.objects.visible_to(user).current().filter(ends_on__range=(start, end)).order_by("ends_on", "pk")
    return [
        Deadline(
            f"Заканчивается соглашение: {row.partner}",
            row.ends_on,
            reverse("registers:entry", args=[row.register_code, row.pk]),
            ROOM,
            is_own=user.is_school or user.role in KEEPERS,
            note=row.subject,
            is_event=True,
        )
        for row in found
        if row.ends_on
    ]
