"""Conditions of a direction that people name and take back."""

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.core import events
from apps.core.findings import refuse
from apps.indicators.models import Direction
from apps.procedures.models import Condition

DENIED = "Условия направления ведут сотрудники управления."


@transaction.atomic
def add_condition(*, direction: Direction, kind: str, title: str, by: User, url: str = "") -> Condition:
    require_department(by, DENIED)
    title = " ".join(title.split())[:300]
    if not title:
        raise refuse("no_title", "Название пусто.", "Напишите, что это.")
    made, is_new = Condition.objects.get_or_create(
        direction=direction, kind=Condition.Kind(kind), title=title, defaults={"url": url, "added_by": by}
    )
    if not is_new:
        raise refuse("same_condition", "Это условие уже внесено.")
    text = f"Внесено условие ({made.get_kind_display()}): {title}"
    events.record(kind="procedures.condition_added", subject=direction, by=by, text=text)
    return made


@transaction.atomic
def remove_condition(*, condition: Condition, by: User) -> None:
    require_department(by, DENIED)
    text = f"Убрано условие ({condition.get_kind_display()}): {condition.title}"
    events.record(kind="procedures.condition_removed", subject=condition.direction, by=by, text=text)
    condition.delete()
