"""What the room's pages read: sums over stored additive parts, never the matrices."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from apps.core.figures import figure
from apps.organizations.models import Organization
from apps.procedures import statistics, stored
from apps.procedures.models import GroupResult, Item, Procedure, ResultAggregate, ResultFile
from apps.procedures.statistics import Parts
from apps.procedures.statistics.parts import total
from apps.procedures.weights import sou_weights

MUNICIPALITY = "Муниципалитет"
FEW = 10  # below that many participants shares of one school say little (own choice)
_LEVELS = {"country": "Вся выборка (Россия)", "region": "Регион", "municipality": "Муниципалитет", "school": "Школа"}
_LEVEL_ORDER = ("country", "region", "municipality", "school")


@dataclass(frozen=True)
class Figures:
    """A group of participants with its parts: what a column of a page shows."""

    name: str
    parts: Parts
    maximum: int | None

    @property
    def n(self) -> int:
        return self.parts.participants

    @property
    def is_few(self) -> bool:
        return self.parts.participants < FEW

    @property
    def absent_text(self) -> str:
        return figure(self.parts.absent)

    @property
    def shares(self) -> list[Decimal | None]:
        return statistics.mark_shares(self.parts)

    @property
    def attainment(self) -> Decimal | None:
        return statistics.attainment(self.parts)

    @property
    def quality(self) -> Decimal | None:
        return statistics.quality(self.parts)

    @property
    def training_level(self) -> Decimal | None:
        return statistics.training_level(self.parts, sou_weights())

    @property
    def mean_mark(self) -> Decimal | None:
        return statistics.mean_mark(self.parts)

    @property
    def mean_primary(self) -> Decimal | None:
        return statistics.mean_primary(self.parts)

    @property
    def mean_test(self) -> Decimal | None:
        return statistics.mean_test(self.parts)

    @property
    def median_primary(self) -> Decimal | None:
        return statistics.median_primary(self.parts)

    @property
    def deviation(self) -> Decimal | None:
        return statistics.deviation(self.parts)

    @property
    def spread_index(self) -> Decimal | None:
        return None if self.is_few else statistics.spread_index(self.parts)

    @property
    def completion(self) -> Decimal | None:
        return statistics.work_completion(self.parts, self.maximum)

    @property
    def journal(self) -> statistics.Journal:
        return statistics.journal(self.parts)

    @property
    def sure(self) -> statistics.Measured:
        """The same measures with their intervals."""
        return statistics.Measured(self.parts, self.maximum, sou_weights())


@dataclass(frozen=True)
class Completion:
    """Completion of an item in one group."""

    name: str
    completion: Decimal | None


@dataclass(frozen=True)
class ItemRow:
    """An item with its completion in each shown group."""

    item: Item
    values: list[Completion]
    shares: Any
    participants: int
    verdict: str


@dataclass(frozen=True)
class SchoolRow:
    """An organisation of ours in one procedure."""

    organization: Organization
    figures: Figures


@dataclass
class Analysis:
    """One procedure as a page shows it: the main group first, then what it is compared with."""

    procedure: Procedure
    groups: list[Figures]
    items: list[Item]
    schools: list[SchoolRow] = field(default_factory=list)
    reports: list[GroupResult] = field(default_factory=list)

    @property
    def main(self) -> Figures:
        return self.groups[0]

    @property
    def municipality(self) -> Figures | None:
        """The group of the municipality beside a school, where the reader may see it."""
        return next((group for group in self.groups[1:] if group.name == MUNICIPALITY), None)

    @property
    def item_rows(self) -> list[ItemRow]:
        rows = []
        for item in self.items:
            values = [
                Completion(group.name, statistics.item_completion(group.parts, item.position, item.maximum))
                for group in self.groups
            ]
            counts = self.main.parts.item_counts
            rows.append(
                ItemRow(
                    item,
                    values,
                    statistics.shares_of_item(self.main.parts, item.position),
                    counts[item.position] if item.position < len(counts) else 0,
                    statistics.verdict(item.level, values[0].completion),
                )
            )
        return rows

    @property
    def has_marks(self) -> bool:
        return any(group.parts.marked for group in self.groups)

    @property
    def has_corridors(self) -> bool:
        return any(item.level for item in self.items)


def _aggregates(procedure: Procedure) -> list[ResultAggregate]:
    return list(
        ResultAggregate.objects.filter(procedure=procedure)
        .select_related("school__organization")
        .defer("digest")
        .order_by("school__organization__number", "school__organization__name_key", "school__digits")
    )


def _group(name: str, rows: Iterable[ResultAggregate], procedure: Procedure) -> Figures:
    return Figures(name, total(Parts.of(row) for row in rows), procedure.max_score)


def _by_organization(rows: Iterable[ResultAggregate], procedure: Procedure) -> list[SchoolRow]:
    """Organisations of ours; two logins of one organisation are summed."""
    found: dict[int, list[ResultAggregate]] = {}
    for row in rows:
        if row.school.organization_id:
            found.setdefault(row.school.organization_id, []).append(row)
    return [
        SchoolRow(own[0].school.organization, _group(str(own[0].school.organization), own, procedure))
        for own in found.values()
        if own[0].school.organization
    ]


def reports_of(procedure: Procedure) -> list[GroupResult]:
    """Lines of aggregate reports above the level of schools, widest first."""
    lines = procedure.group_results.exclude(level="school").filter(report__in=("marks", "journal"))
    return sorted(lines, key=lambda line: (line.report, _LEVEL_ORDER.index(line.level), line.name))


def municipality_analysis(procedure: Procedure) -> Analysis:
    """Our organisations, and all schools of the files as a benchmark where there are others."""
    rows = _aggregates(procedure)
    ours = [row for row in rows if row.school.organization_id]
    whole = _group("Все школы файла", rows, procedure)
    groups = (
        [_group(MUNICIPALITY, ours, procedure), whole]
        if len(ours) < len(rows)
        else [_group(MUNICIPALITY, ours, procedure)]
    )
    if not ours:
        groups = [whole]
    return Analysis(
        procedure, groups, list(procedure.items.all()), _by_organization(ours, procedure), reports_of(procedure)
    )


def school_analysis(procedure: Procedure, organization: Organization, reader: Any) -> Analysis | None:
    """One organisation against schools like it, the municipality and the whole file; None when it took no part.

    A school reads sums of at least three organisations only.
    """
    own = stored.schools_of([procedure], school__organization=organization)
    if not own:
        return None
    rows = stored.schools_of([procedure], columns=stored.SPREAD)
    ours = stored.ours(rows)
    found = [(f"Похожие: {group}", [row for row in ours if row.organization in members])
             for group, members in stored.alike(organization)]  # fmt: skip
    found.append((MUNICIPALITY, ours))
    if len(ours) < len(rows):
        found.append(("Все школы файла", rows))
    groups = [Figures(stored.group_name(organization), stored.summed(own), procedure.max_score)]
    groups += [
        Figures(name, stored.summed(members), procedure.max_score)
        for name, members in found
        if len(members) > len(own) and stored.shows_sum(members, reader)
    ]
    return Analysis(procedure, groups, list(procedure.items.all()), [], reports_of(procedure))


# --- lists


def procedures_with_results(user: Any) -> QuerySet[Procedure]:
    """Procedures the user may read, with sums of ours (or of the user's school): no matrix, no row per school."""
    mine = Q(aggregates__school__organization__isnull=False)
    if user.is_school:
        mine = Q(aggregates__school__organization=user.organization)
    sums = {f"marks_{mark}": Sum(F(f"aggregates__marks__{mark - 2}"), filter=mine, default=0) for mark in (2, 3, 4, 5)}
    return (
        Procedure.objects.visible_to(user)
        .with_results()
        .select_related("subject", "period")
        .annotate(
            own_participants=Sum("aggregates__participants", filter=mine, default=0),
            own_schools=Count("aggregates", filter=mine & Q(aggregates__participants__gt=0)),
            all_participants=Sum("aggregates__participants", default=0),
            all_schools=Count("aggregates", filter=Q(aggregates__participants__gt=0)),
            **sums,
        )
        .order_by("-year", "grade", "subject__name", "session")
    )


def scheduled(*, after: date | None = None, before: date | None = None, public: bool = False) -> QuerySet[Procedure]:
    """Procedures with a day or a window of days: the schedule, earliest first; past school years on demand.

    Of a ВПР the window is shown, inside which a school chooses its own day. Works of single schools are not among
    them: those stand in the schedule of their school.
    """
    day = after or timezone.localdate().replace(month=1, day=1)
    found = Procedure.objects.planned().filter(organization__isnull=True).select_related("subject", "period")
    found = found.between(day, before or date.max)
    if public:
        found = found.filter(is_public=True)
    return found.order_by(F("held_on").asc(nulls_last=True), "window_starts_on", "grade", "subject__name")


def recent_batches(user: Any) -> Any:
    from apps.procedures.models import Batch

    held = Q(files__quarantined_rows__state="held")
    return (
        Batch.objects.visible_to(user)
        .select_related("created_by", "job")
        .annotate(
            file_count=Count("files", distinct=True),
            done_count=Count("files", filter=Q(files__state=ResultFile.State.DONE), distinct=True),
            held_count=Count("files__quarantined_rows", filter=held, distinct=True),
            unknown_count=Max("files__unknown_schools"),
        )
        .order_by("-created_at", "-pk")
    )


def unknown_schools(file: ResultFile) -> list[tuple[Any, int]]:
    """Schools of a file that stand for no organisation of ours, with their participants."""
    from apps.procedures import services

    found = services.unknown_schools_of(file)
    counts = (
        ResultAggregate.objects.filter(procedure__in=file.procedures.all(), school__in=found)
        .values("school")
        .annotate(n=Sum("participants"))
    )
    by_school = {row["school"]: row["n"] for row in counts}
    return [(school, by_school.get(school.pk, 0)) for school in found]


def level_name(level: str) -> str:
    return _LEVELS.get(level, level)
