"""Terms of decisions for the common calendar."""

from datetime import date
from typing import Any

from apps.core.deadlines import Deadline
from apps.roadmaps.decisions.models import Assignment, DecisionItem
from apps.roadmaps.decisions.querysets import OPEN, ExecutionQuerySet
from apps.roadmaps.decisions.services.executing import may_report

ROOM = "Решения и приказы"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """The authority sees each item once, others their own lines."""
    lines = Assignment.objects.visible_to(user).due_between(start, end)
    if user.is_authority:
        return _of_items(lines)
    return [_of_line(line, user) for line in lines.with_details().order_by("due_on", "pk")]


def _of_items(lines: ExecutionQuerySet) -> list[Deadline]:
    """Lines of an item with one term are one deadline with how many are done."""
    counted: dict[tuple[int, date], list[str]] = {}
    for key, due_on, state in lines.values_list("item", "due_on", "state"):
        counted.setdefault((key, due_on), []).append(state)
    items = DecisionItem.objects.select_related("decision").in_bulk({key for key, _ in counted})
    found = []
    for (key, due_on), states in sorted(counted.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        waiting, item = sum(state in OPEN for state in states), items[key]
        note = f"исполнено {len(states) - waiting} из {len(states)}"
        found.append(
            Deadline(
                title=title_of(item),
                on=due_on,
                url=item.get_absolute_url(),
                room=ROOM,
                is_done=not waiting,
                is_own=True,
                note=note,
                tone="good" if not waiting else "warn",
            )
        )
    return found


def title_of(item: DecisionItem) -> str:
    point = f"п. {item.number.rstrip('.')} " if item.number else ""
    text = item.text if len(item.text) <= 90 else f"{item.text[:88].rstrip()}…"
    return f"{point}{text} ({item.decision.short})"


def _of_line(line: Assignment, user: Any) -> Deadline:
    assert line.due_on is not None
    return Deadline(
        title=title_of(line.item),
        on=line.due_on,
        url=line.get_absolute_url(),
        room=ROOM,
        tone=line.tone if line.tone != "neutral" else "info",
        is_done=not line.is_open,
        is_own=may_report(user, line),
        note=line.state_text,
    )
