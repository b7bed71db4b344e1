"""A school joined another one: preventive work that is still open goes on at the one it joined."""

from typing import Any

from apps.analysis.objectivity.models import PreventiveCase
from apps.core import events
from apps.organizations.models import Organization


def move_cases(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Open cases move with an event; where the other school has one of the same year, it stays and says so.

    Evidence, explanations, lists of signs and conclusions are of the school that wrote the works: they keep its name.
    """
    for case in PreventiveCase.objects.filter(organization=old, state="open").select_for_update(of=("self",)):
        taken = PreventiveCase.objects.filter(organization=new, period=case.period, state="open").exists()
        if taken:
            text = f"«{old}» присоединена к «{new}», где за этот год уже есть открытый случай: завершите этот."
        else:
            case.organization = new
            case.save(update_fields=["organization"])
            text = f"Перешло от «{old}» к «{new}»: организации объединены."
        events.record(
            kind="analysis.preventive_moved", subject=case, by=by, text=text[:500], old=old.code, new=new.code
        )
