"""What awaits a person: the lines of «Сегодня». Every room has `todo.todo_for(user)`, the desk joins them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Todo:
    """One thing to do, with the page where it is done."""

    title: str
    url: str
    note: str = ""
    tone: str = "info"  # bad, warn, info, good: shown in words too
    due_on: date | None = None
    count: int | None = None
    order: int = 100  # less is higher; then the earlier term
