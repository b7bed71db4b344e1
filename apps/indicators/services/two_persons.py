"""What one person asks for and another one decides: the same steps for proposals and comparisons."""

from typing import Any, TypeVar

from django.utils import timezone

from apps.core.findings import Refused, error
from apps.indicators.models.review import TwoPersons

Row = TypeVar("Row", bound=TwoPersons)


def locked(row: Row) -> Row:
    """The row, open and held until the end of the transaction. Raises Refused when it was decided meanwhile."""
    found: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if not found.is_open:
        text = f"это уже решено: {found.get_state_display()}"
        raise Refused([error("decided", text, action="Обновите страницу.")])
    return found


def decide(row: Row, state: str, by: Any, note: str) -> Row:
    """The second person's word. Nobody decides what is their own, and a refusal has a reason."""
    found = locked(row)
    if by == found.author:
        text = "своё предложение принять или отклонить нельзя: нужен второй человек"
        raise Refused([error("own", text, action="Попросите руководителя или другого специалиста.")])
    if state == TwoPersons.State.DECLINED and not note.strip():
        raise Refused([error("no_note", "не указано, почему отклонено", action="Напишите автору, что исправить.")])
    found.state, found.decided_by, found.decided_at = state, by, timezone.now()
    found.decision_note = note.strip()
    found.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    return found


def take_back(row: Row, by: Any) -> Row:
    """The author's own way back."""
    found = locked(row)
    if by != found.author:
        raise Refused([error("not_author", "отозвать может только автор")])
    found.state = TwoPersons.State.WITHDRAWN
    found.save(update_fields=["state"])
    return found
