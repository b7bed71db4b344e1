"""Pages of achievements: the grid of an organisation, the totals of the municipality."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from apps.collection.achievements.kinds import GRADES, AchievementKind, AchievementLevel, Counts
from apps.collection.models import AchievementCount, AchievementReport
from apps.collection.services.achievements import counts_of
from apps.core import periods
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.workbooks.writing import export_table


def current_year() -> Period:
    found: Period = Period.objects.named(periods.school_year_of(timezone.localdate()))
    return found


@dataclass(frozen=True)
class GridCell:
    name: str
    label: str
    value: str
    is_bad: bool


@dataclass
class Grid:
    """Counts as fields: a table a level, a row a class, a column a kind. `typed` is what could not be saved."""

    organization: Organization
    period: Period
    typed: Mapping[str, str] = field(default_factory=dict)
    bad: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        found = AchievementReport.objects.filter(organization=self.organization, period=self.period)
        self.report = found.select_related("changed_by", "stripped").first()
        self.counts: Counts = counts_of(self.report) if self.report else {}

    @property
    def revision(self) -> int:
        return self.report.revision if self.report else 0

    @property
    def kinds(self) -> list[str]:
        return [str(label) for label in AchievementKind.labels]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def levels(self) -> list[tuple[str, int, list[tuple[int, list[GridCell]]]]]:
        """Of each level: its name, its sum, its rows."""
        return [
            (
                str(level.label).capitalize(),
                sum(number for (_, _, at), number in self.counts.items() if at == level.value),
                [(grade, [self._cell(grade, kind, level) for kind in AchievementKind]) for grade in GRADES],
            )
            for level in AchievementLevel
        ]

    def _cell(self, grade: int, kind: AchievementKind, level: AchievementLevel) -> GridCell:
        name = f"n-{grade}-{kind.value}-{level.value}"
        stored = self.counts.get((grade, kind.value, level.value))
        value = self.typed.get(name, "" if stored is None else str(stored))
        return GridCell(name, f"{grade} класс, {kind.label}, {level.label}", value, name in self.bad)


@dataclass(frozen=True)
class BoardRow:
    organization: Organization
    report: AchievementReport | None
    by_kind: list[int]
    by_level: list[int]

    @property
    def total(self) -> int:
        return sum(self.by_kind)


def board(period: Period) -> list[BoardRow]:
    """Every school with its sums by kind and level; three queries."""
    reports = {row.organization_id: row for row in AchievementReport.objects.filter(period=period)}
    sums: dict[tuple[int, str], int] = {}
    counted = AchievementCount.objects.filter(report__period=period).values_list(
        "report__organization", "kind", "level"
    )
    for organization, kind, level, number in counted.annotate(sum=Sum("number")):
        sums[organization, kind] = sums.get((organization, kind), 0) + number
        sums[organization, level] = sums.get((organization, level), 0) + number
    schools = Organization.objects.filter(kind="school").active().order_by("number", "name_key")
    return [
        BoardRow(
            school,
            reports.get(school.pk),
            [sums.get((school.pk, kind.value), 0) for kind in AchievementKind],
            [sums.get((school.pk, level.value), 0) for level in AchievementLevel],
        )
        for school in schools
    ]


def board_heads() -> tuple[list[str], list[str]]:
    return [str(label) for label in AchievementKind.labels], [str(label) for label in AchievementLevel.labels]


def board_workbook(rows: list[BoardRow]) -> bytes:
    kinds, levels = board_heads()
    headers = ("Организация", "Код", *(kind.capitalize() for kind in kinds), *(f"Уровень: {level}" for level in levels))
    cells: list[tuple[Any, ...]] = [
        (row.organization.name, row.organization.code, *row.by_kind, *row.by_level) for row in rows if row.report
    ]
    return export_table(headers, cells, title="Достижения")
