"""The first page of each person: what waits for them, how the year stands, what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis import todo as analysis_todo
from apps.analysis.objectivity import todo as objectivity_todo
from apps.collection import todo as collection_todo
from apps.core.figures import plural
from apps.core.models import PrivateFile
from apps.core.todo import Todo
from apps.desk import blocks
from apps.desk.blocks import Block, Fact
from apps.desk.demo import example
from apps.indicators import todo as indicators_todo
from apps.library import todo as library_todo
from apps.noko import todo as noko_todo
from apps.organizations.models import Kind
from apps.procedures import todo as procedures_todo
from apps.procedures.instruments import todo as instruments_todo
from apps.procedures.people import todo as people_todo
from apps.procedures.schedule import todo as schedule_todo
from apps.procedures.studies import todo as studies_todo
from apps.registers import todo as registers_todo
from apps.reports import todo as reports_todo
from apps.roadmaps import todo as roadmaps_todo
from apps.surveys import todo as surveys_todo

# Every room that may ask something of a person; each asks the database a fixed number of times.
ROOMS: tuple[Callable[[User], list[Todo]], ...] = (
    collection_todo.todo_for,
    indicators_todo.todo_for,
    surveys_todo.todo_for,
    noko_todo.todo_for,
    registers_todo.todo_for,
    procedures_todo.todo_for,
    schedule_todo.todo_for,
    studies_todo.todo_for,
    people_todo.todo_for,
    instruments_todo.todo_for,
    roadmaps_todo.todo_for,
    library_todo.todo_for,
    analysis_todo.todo_for,
    objectivity_todo.todo_for,
    reports_todo.todo_for,
)
URGENCY = {"bad": 0, "warn": 1, "info": 2, "good": 3}
TONES = {"bad": "срочно", "warn": "пора сделать", "good": "в порядке"}  # others are done in their turn: no word


@dataclass(frozen=True)
class Line:
    """A thing to do as the page shows it: the term in words beside the date."""

    todo: Todo
    term: str
    tone: str

    @property
    def tone_text(self) -> str:
        return TONES.get(self.tone, "")


@dataclass(frozen=True)
class Today:
    """What the page shows."""

    greeting: str
    role: str
    organization: str
    lines: list[Line] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    own: list[Block] = field(default_factory=list)
    around: list[Block] = field(default_factory=list)
    example: PrivateFile | None = None


def term_of(due_on: date | None, today: date) -> str:
    """How far the day is: «срок сегодня», «осталось 3 дня», «просрочено на 5 дней»."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days == 0:
        return "срок сегодня"
    counted = f"{abs(days)} {plural(days, 'день', 'дня', 'дней')}"
    verb = plural(days, "остался", "осталось", "осталось")
    return f"{verb} {counted}" if days > 0 else f"просрочено на {counted}"


def lines_for(user: User, today: date) -> list[Line]:
    """What all rooms ask of the person: the most pressing first."""
    todos = [todo for room in ROOMS for todo in room(user)]
    todos.sort(key=lambda todo: (URGENCY.get(todo.tone, 2), todo.order, todo.due_on or date.max, todo.title))
    return [Line(todo, term_of(todo.due_on, today), todo.tone) for todo in todos]


def facts_for(user: User, today: date) -> list[Fact]:
    """How the municipality stands; for the authority only."""
    if not user.is_authority:
        return []
    return [*blocks.campaigns(today), blocks.signs(), blocks.recommendations(user), blocks.report()]


def own_blocks(user: User) -> list[Block]:
    """What is the person's own: a school's recommendations and results; for others what is published."""
    if user.is_school:
        results = blocks.own_results(user)
        return [blocks.own_recommendations(user), *([results] if results.rows else [])]
    return [] if user.is_authority else [blocks.published()]


def _is_beyond_works(user: User) -> bool:
    """ВПР, ОГЭ and other works are of schools: a kindergarten has none to wait for."""
    return user.is_school and user.organization is not None and user.organization.kind != Kind.SCHOOL


def today_for(user: User) -> Today:
    """Everything the page reads; the number of queries does not depend on how much there is."""
    today = timezone.localdate()
    acting = user.acting
    name = " ".join(part for part in (user.first_name, user.patronymic) if part)
    return Today(
        greeting=f"Здравствуйте, {name}!" if name else "Здравствуйте!",
        role=acting.get_role_display() if acting else "роль не назначена",
        organization=str(acting.organization) if acting else "",
        lines=lines_for(user, today),
        facts=facts_for(user, today),
        own=own_blocks(user),
        around=[] if _is_beyond_works(user) else [blocks.schedule(today)],
        example=example.waiting_example() if settings.DEMO and user.is_department else None,
    )
