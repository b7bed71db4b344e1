"""How far the preparation is: of all procedures, of one by organisation, of one organisation; who takes part."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.core.figures import plural
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization
from apps.procedures.models import Participation, Procedure, Step, StepMark
from apps.procedures.schedule.reading import days_of, school_organizations

KEPT = timedelta(days=21)  # a procedure stays on the board that long after its last day
STUDY_LEVELS = (Procedure.Level.FEDERAL, Procedure.Level.REGIONAL, Procedure.Level.WORLD)
NOT_STUDIES = ("oge", "ege", "gve", "vpr", "vsosh", "vsoko")  # all schools hold these, nobody is chosen
Ready = Participation.Readiness


@dataclass(frozen=True)
class StepState:
    """A step of one organisation (or of the authority): done, late, or to be done."""

    step: Step
    mark: StepMark | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.mark is None and self.step.due_on < self.today

    @property
    def text(self) -> str:
        if self.mark:
            return f"выполнено {self.mark.done_on:%d.%m.%Y}"
        return f"срок прошёл {self.step.due_on:%d.%m.%Y}" if self.is_late else f"до {self.step.due_on:%d.%m.%Y}"

    @property
    def tone(self) -> str:
        return "good" if self.mark else "bad" if self.is_late else "neutral"


@dataclass
class Line:
    """An organisation in a procedure with its steps."""

    row: Participation
    states: list[StepState] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(state.mark is not None for state in self.states)

    @property
    def late(self) -> list[StepState]:
        return [state for state in self.states if state.is_late]

    @property
    def is_ready(self) -> bool:
        """Said to be ready, and no step is late."""
        return self.row.readiness == Ready.READY and not self.late

    @property
    def people(self) -> str:
        parts = ((self.row.organizers, "организаторов"), (self.row.technicians, "технических специалистов"))
        return ", ".join(f"{words} — {count}" for count, words in parts if count is not None)

    @property
    def places(self) -> str:
        parts = [str(self.row.site)] if self.row.site else []
        parts += [f"аудиторий — {self.row.rooms}"] if self.row.rooms is not None else []
        return ", ".join(parts)

    @property
    def means(self) -> str:
        parts = [f"компьютеров — {self.row.computers}"] if self.row.computers is not None else []
        parts += [self.row.equipment] if self.row.equipment else []
        return ", ".join(parts)


@dataclass
class Board:
    """A procedure in preparation."""

    procedure: Procedure
    today: date
    lines: list[Line] = field(default_factory=list)
    own: list[StepState] = field(default_factory=list)

    @property
    def days(self) -> tuple[date, date] | None:
        return days_of(self.procedure)

    @property
    def left(self) -> int | None:
        return (self.days[0] - self.today).days if self.days else None

    @property
    def left_text(self) -> str:
        left = self.left
        if left is None:
            return "день не назначен"
        if left > 0:
            return f"до начала {left} {plural(left, 'день', 'дня', 'дней')}"
        assert self.days
        if left == 0:
            return "начинается сегодня"
        return "идёт" if self.days[1] >= self.today else "прошла"

    @property
    def ready(self) -> int:
        return sum(line.is_ready for line in self.lines)

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if not line.is_ready]

    @property
    def problems(self) -> int:
        return sum(line.row.readiness == Ready.PROBLEM for line in self.lines)

    @property
    def late(self) -> int:
        return sum(len(line.late) for line in self.lines) + sum(state.is_late for state in self.own)

    @property
    def tone(self) -> str:
        if self.lines and not self.lacking:
            return "good"
        left = self.left
        return "bad" if left is not None and left <= 3 and self.lacking else "warn"


def _boards(procedures: list[Procedure]) -> list[Board]:
    """Boards in four queries, however many procedures."""
    today = timezone.localdate()
    found = {one.pk: Board(one, today) for one in procedures}
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(procedure__in=found):
        steps[step.procedure_id].append(step)
    marks: dict[tuple[int, int | None], StepMark] = {}
    for mark in StepMark.objects.filter(step__procedure__in=found):
        marks[mark.step_id, mark.organization_id] = mark
    rows = Participation.objects.filter(procedure__in=found).exclude(state=Participation.State.DECLINED)
    for row in rows.select_related("organization", "site").order_by("organization__number", "organization__name_key"):
        states = [
            StepState(step, marks.get((step.pk, row.organization_id)), today)
            for step in steps[row.procedure_id]
            if step.by_school
        ]
        found[row.procedure_id].lines.append(Line(row, states))
    for pk, board in found.items():
        board.own = [StepState(step, marks.get((step.pk, None)), today) for step in steps[pk] if not step.by_school]
    return list(found.values())


def board_of(procedure: Procedure) -> Board:
    return _boards([procedure])[0]


def line_of(row: Participation) -> Line:
    """One organisation in one procedure."""
    today = timezone.localdate()
    marks = {
        mark.step_id: mark
        for mark in StepMark.objects.filter(step__procedure=row.procedure_id, organization=row.organization_id)
    }
    steps = Step.objects.filter(procedure=row.procedure_id, by_school=True)
    return Line(row, [StepState(step, marks.get(step.pk), today) for step in steps])


def running() -> list[Board]:
    """Procedures whose preparation is begun and that are not long over; the nearest first."""
    since = timezone.localdate() - KEPT
    found = (
        Procedure.objects.planned()
        .filter(Q(steps__isnull=False) | Q(participations__isnull=False))
        .filter(Q(held_on__gte=since) | Q(held_on__isnull=True, window_ends_on__gte=since))
        .select_related("subject", "period")
        .distinct()
    )
    return sorted(_boards(list(found)), key=lambda board: (board.days or (date.max, date.max), board.procedure.title))


# --- who takes part in studies


@dataclass
class StudyRow:
    """A study of a year: how many organisations take part, in words by state."""

    procedure: Procedure
    rows: list[Participation]

    def _count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def planned(self) -> int:
        return self._count(Participation.State.PLANNED)

    @property
    def done(self) -> int:
        return self._count(Participation.State.DONE)

    @property
    def participants(self) -> int | None:
        known = [row.participants for row in self.rows if row.participants is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class ParticipationTable:
    """Studies of a year, and organisations by studies."""

    studies: list[StudyRow]
    lines: list[tuple[Organization, list[Participation | None]]]


def participation_table(span: PeriodSpan) -> ParticipationTable:
    found = (
        Procedure.objects.planned()
        .filter(period__code=span.code, organization__isnull=True, level__in=STUDY_LEVELS)
        .exclude(kind__in=NOT_STUDIES)
        .select_related("subject", "period")
        .order_by("level", "held_on", "window_starts_on", "title")
    )
    studies = [StudyRow(one, []) for one in found]
    cells: dict[tuple[int, int], Participation] = {}
    rows = Participation.objects.filter(procedure__in=[one.procedure.pk for one in studies])
    organizations: dict[int, Organization] = {}
    for row in rows.select_related("organization"):
        cells[row.organization_id, row.procedure_id] = row
        organizations[row.organization_id] = row.organization
    for study in studies:
        study.rows = [row for (_, pk), row in cells.items() if pk == study.procedure.pk]
    ordered = sorted(organizations.values(), key=lambda one: (one.number or 10**6, one.name_key))
    lines = [(one, [cells.get((one.pk, study.procedure.pk)) for study in studies]) for one in ordered]
    return ParticipationTable(studies, lines)


@dataclass
class ParticipationLine:
    """An organisation on the page where participation is edited, as it stands or as it was typed."""

    organization: Organization
    state: str = ""
    participants: str = ""
    sample: str = ""


def participation_lines(procedure: Procedure) -> list[ParticipationLine]:
    known: dict[int, Any] = {row.organization_id: row for row in procedure.participations.all()}
    places = school_organizations().order_by("number", "name_key")
    lines = []
    for place in places:
        row = known.get(place.pk)
        count = "" if row is None or row.participants is None else str(row.participants)
        lines.append(ParticipationLine(place, row.state if row else "", count, row.sample if row else ""))
    return lines
