"""What the pages of effects read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch, Q
from django.utils import timezone

from apps.analysis.interpretation.services import WRITERS
from apps.indicators.models import Aggregate
from apps.procedures.models import Procedure
from apps.roadmaps.effect import figures, words
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.models import Expectation, Measurement

DRAFT, WAITING, DUE, COUNTING, MEASURED, WITHDRAWN = "draft", "waiting", "due", "counting", "measured", "withdrawn"
STATES = {
    DRAFT: ("не утверждено", "warn"),
    WAITING: ("ждём данных", "info"),
    DUE: ("пора измерить", "warn"),
    COUNTING: ("измеряется", "info"),
    WITHDRAWN: ("снято", "neutral"),
}


def may_write(user: Any) -> bool:
    return bool(user.is_authenticated and user.role in WRITERS)


@dataclass(frozen=True)
class Row:
    """An expectation as lists show it."""

    expectation: Expectation
    figure: Figure
    state: str
    measurement: Measurement | None = None

    @property
    def state_text(self) -> str:
        return self.measurement.get_verdict_display() if self.measurement else STATES[self.state][0]

    @property
    def tone(self) -> str:
        return self.measurement.tone if self.measurement else STATES[self.state][1]

    @property
    def sentence(self) -> str:
        if self.measurement:
            return words.sentence(self.measurement, self.figure)
        one = self.expectation
        if self.state == WITHDRAWN:
            return f"Снято: {one.withdraw_reason}"
        if self.state == DRAFT:
            return "Посмотрите, какой эффект можно увидеть, и утвердите ожидание."
        if self.state == WAITING:
            return f"Измерим, когда появятся данные за {one.follow_up}."
        return f"Данные за {one.follow_up} есть."

    @property
    def expected(self) -> str:
        return self.figure.changed(self.expectation.expected_change)

    @property
    def least(self) -> str:
        return words.least_words(self.expectation.least, self.figure) if self.expectation.least else ""


def _read(rows: Any) -> Any:
    done = Measurement.objects.select_related("job").order_by("-number")
    return rows.with_details().prefetch_related(Prefetch("measurements", done))


def rows_of(found: Model, *, user: Any) -> list[Row]:
    """Expectations of an object, the newest first."""
    if found.pk is None:
        return []
    mine = Expectation.objects.visible_to(user).filter(subject=found._meta.label, subject_id=str(found.pk))
    return rows(_read(mine))


def rows_by_key(found: Sequence[Model], *, user: Any) -> dict[str, list[Row]]:
    """Expectations of several objects of one model, by the object's key."""
    if not found:
        return {}
    keys = [str(one.pk) for one in found]
    mine = Expectation.objects.visible_to(user).filter(subject=found[0]._meta.label, subject_id__in=keys)
    by_key: dict[str, list[Row]] = {}
    for row in rows(_read(mine)):
        by_key.setdefault(row.expectation.subject_id, []).append(row)
    return by_key


def rows(expectations: Iterable[Expectation]) -> list[Row]:
    """With their states; three statements more, whatever their number."""
    found = list(expectations)
    ready = _with_data([one for one in found if one.approved_at and not one.withdrawn_at])
    return [_row(one, one.pk in ready) for one in found]


def _row(one: Expectation, has_data: bool) -> Row:
    known = list(one.measurements.all())
    last = next((row for row in known if row.measured_at), None)
    figure = figures.of_expectation(one)
    if one.withdrawn_at:
        return Row(one, figure, WITHDRAWN)
    if one.approved_at is None:
        return Row(one, figure, DRAFT)
    if last:
        return Row(one, figure, MEASURED, last)
    if any(row.is_under_way for row in known):
        return Row(one, figure, COUNTING)
    return Row(one, figure, DUE if has_data else WAITING)


def _with_data(found: Sequence[Expectation]) -> set[int]:
    """Those whose period after has figures of any organisation."""
    wanted = Q(pk__in=[])
    for one in found:
        if one.indicator_id:
            wanted |= Q(version__indicator=one.indicator_id, period=one.follow_up_id)
    scope = Aggregate.Scope.ORGANIZATION
    known = Aggregate.objects.filter(wanted, scope=scope, value__isnull=False).order_by()
    indicators = set(known.values_list("version__indicator", "period").distinct())
    works: set[tuple[Any, ...]] = set()
    if any(one.is_work for one in found):
        rows = Procedure.objects.filter(organization__isnull=True, period__in=[one.follow_up_id for one in found])
        works = set(rows.with_results().order_by().values_list("kind", "subject", "grade", "period"))
    return {
        one.pk
        for one in found
        if (one.indicator_id, one.follow_up_id) in indicators
        or (one.work_kind, one.work_subject_id, one.work_grade, one.follow_up_id) in works
    }


@dataclass(frozen=True)
class Board:
    """The list of all effects, by what is to be done."""

    drafts: list[Row] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    measured: list[Row] = field(default_factory=list)
    withdrawn: list[Row] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.due or self.waiting or self.measured or self.withdrawn)

    @property
    def sections(self) -> list[tuple[str, str, list[Row]]]:
        named = [
            ("due", "Пора измерить", self.due),
            ("drafts", "Ждут утверждения", self.drafts),
            ("measured", "Измерено", self.measured),
            ("waiting", "Ждут данных", self.waiting),
            ("withdrawn", "Снято", self.withdrawn),
        ]
        return [one for one in named if one[2]]


def board(user: Any) -> Board:
    found: dict[str, list[Row]] = {}
    for row in rows(_read(Expectation.objects.visible_to(user))):
        found.setdefault(row.state, []).append(row)
    get = found.get
    waiting = sorted(get(WAITING, []), key=lambda row: row.expectation.follow_up.ends_on)
    return Board(get(DRAFT, []), [*get(COUNTING, []), *get(DUE, [])], waiting, get(MEASURED, []), get(WITHDRAWN, []))


def overdue(row: Row) -> bool:
    """Its period is over, and no figures have come."""
    return row.state == WAITING and row.expectation.follow_up.ends_on < timezone.localdate()
