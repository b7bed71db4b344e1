"""What the paper of a school's work says: everything its four pages show, for the same reader, and D of items.

For workers: D is counted from the matrices.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.charts import Chart
from apps.core.figures import figure
from apps.organizations.models import Organization
from apps.procedures import beside, charts, matrices, own_methods, selectors, storing
from apps.procedures.item_analysis import charts as item_charts
from apps.procedures.item_analysis import selectors as items
from apps.procedures.item_analysis.rows import Row, table_rows
from apps.procedures.matrices import Participants
from apps.procedures.methods import Method
from apps.procedures.models import Procedure, ResultBlock
from apps.procedures.printed.points import main_points
from apps.procedures.statistics.estimates import LEAST_FOR_CORRELATION
from apps.procedures.years import charts as year_charts
from apps.procedures.years import selectors as years

# Rows of the table of methods that only state exams need.
_EXAM_ONLY = "Полосы тестового балла ЕГЭ"


@dataclass(frozen=True)
class Paper:
    """One school in one work."""

    procedure: Procedure
    organization: Organization
    analysis: selectors.Analysis
    items: items.ItemAnalysis
    item_rows: list[Row]
    years: years.Years
    blocks: list[beside.Block]
    methods: list[Method]
    extremes: dict[str, str]  # D of items by number, of those whose discrimination is shown
    marks_chart: Chart | None
    primary_chart: Chart | None
    journal_chart: Chart | None
    profile_chart: Chart | None
    groups_chart: Chart | None
    years_chart: Chart | None

    @property
    def title(self) -> str:
        return f"Результаты работы: {self.procedure}"

    @property
    def rows(self) -> list[tuple[Row, str]]:
        """Items with their D, or a dash."""
        return [(row, self.extremes.get(row.number, "—")) for row in self.item_rows]

    @property
    def has_items(self) -> bool:
        return self.profile_chart is not None

    @property
    def main_points(self) -> list[str]:
        return main_points(self.analysis, self.items)

    @property
    def few(self) -> int:
        return selectors.FEW


def paper_of(*, procedure: Procedure, organization: Organization, reader: Any) -> Paper | None:
    """None when the school took no part."""
    analysis = selectors.school_analysis(procedure, organization, reader)
    by_items = items.of_school(procedure=procedure, organization=organization, reader=reader)
    if analysis is None or by_items is None:
        return None
    over_years = years.years_of(procedure=procedure, organization=organization, reader=reader)
    drawn = charts.of_work(analysis)
    whose = organization if by_items.is_own_power else None
    by_item = item_charts.of_items(by_items)
    return Paper(
        procedure=procedure,
        organization=organization,
        analysis=analysis,
        items=by_items,
        item_rows=table_rows(by_items),
        years=over_years,
        blocks=beside.blocks(user=reader, procedure=procedure, organization=organization),
        methods=_methods(procedure, analysis, has_items=by_item["profile_chart"] is not None),
        extremes=_extremes(procedure, whose),
        years_chart=year_charts.over_years(over_years) if len(over_years.years) > 1 else None,
        marks_chart=drawn["marks_chart"],
        primary_chart=drawn["primary_chart"],
        journal_chart=drawn["journal_chart"],
        profile_chart=by_item["profile_chart"],
        groups_chart=by_item["marks_chart"],
    )


def _methods(procedure: Procedure, analysis: selectors.Analysis, *, has_items: bool) -> list[Method]:
    """The methods of what stands on the paper, in the words of the public page."""
    off = set()
    if not analysis.has_marks:
        off.add(own_methods.MARKS)
    if not has_items:
        off.add(own_methods.ITEMS)
    found = [method for method in own_methods.own_methods() if method.section not in off]
    if procedure.kind == Procedure.Kind.EGE:
        return found
    return [method for method in found if method.name != _EXAM_ONLY]


def _extremes(procedure: Procedure, organization: Organization | None) -> dict[str, str]:
    """Needs every participant, so it is counted from the matrices, by a worker only."""
    work = list(procedure.items.all())
    found = ResultBlock.objects.filter(procedure=procedure, school__organization__isnull=False)
    if organization:
        found = found.filter(school__organization=organization)
    people = [storing.stored_people(block, len(work)) for block in found]
    if not work or sum(one.size for one in people) < LEAST_FOR_CORRELATION:
        return {}
    values = matrices.extremes(Participants.joined(people), [item.maximum for item in work])
    return {
        item.number: figure(Decimal(repr(round(value, 6))), 2)
        for item, value in zip(work, values, strict=True)
        if value is not None
    }
