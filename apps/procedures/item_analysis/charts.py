"""Charts of items: the profile with intervals, groups by marks, items × schools."""

from decimal import Decimal

from apps.core.charts import Chart, HeatCell, HeatTable, Interval, ProfileChart, Series
from apps.core.figures import figure
from apps.procedures import statistics
from apps.procedures.item_analysis.selectors import Heat, ItemAnalysis
from apps.procedures.statistics import Estimate
from apps.procedures.statistics.corridors import INSUFFICIENT, SUFFICIENT, UNCERTAIN

_STEPS = {INSUFFICIENT: 0, UNCERTAIN: 1, SUFFICIENT: 2}


def interval(estimate: Estimate) -> Interval | None:
    if estimate.low is None or estimate.high is None:
        return None
    return Interval(estimate.low, estimate.high)


def series(name: str, estimates: list[Estimate]) -> Series:
    return Series(name, [one.value for one in estimates], [interval(one) for one in estimates])


def of_items(analysis: ItemAnalysis) -> dict[str, Chart | None]:
    """Charts of items by their names on the page and on paper; None where there is nothing to draw."""
    has_scores = any(line.own.value is not None for line in analysis.lines)
    return {
        "profile_chart": profile(analysis) if has_scores else None,
        "marks_chart": by_marks(analysis) if has_scores and analysis.is_detailed else None,
    }


def profile(analysis: ItemAnalysis) -> Chart:
    lines = analysis.lines
    shown = [series(f"{analysis.name} ({figure(analysis.n)})", [line.own for line in lines])]
    if analysis.whole_name:
        shown.append(series(f"{analysis.whole_name} ({figure(analysis.whole_n)})", [line.whole for line in lines]))
    bounds = [statistics.corridor(line.item.level) for line in lines]
    return ProfileChart(
        title="Выполнение заданий",
        description="Точка — набранные баллы в процентах от возможных, отрезок — интервал 95 %: чем меньше "
        "участников, тем он длиннее. В скобках — число участников.",
        labels=[line.item.number for line in lines],
        series=shown,
        corridors=[Interval(one.poor, one.enough) if one else None for one in bounds],
        corridor_name="граница уровня",
    )


def by_marks(analysis: ItemAnalysis) -> Chart | None:
    """Curves of the groups of at least ten; None with fewer than two of them."""
    groups = [group for group in analysis.groups if not group.is_few]
    if len(groups) < 2:
        return None
    return ProfileChart(
        title="Задания по группам отметок",
        description="Выполнение каждого задания теми, кто получил «2», «3», «4» и «5». Кривые обычно не пересекаются. "
        "Группы меньше 10 участников не показаны.",
        labels=[line.item.number for line in analysis.lines],
        series=[
            Series(f"«{group.mark}» ({figure(group.n)})", [one.value for one in group.completions]) for group in groups
        ],
        joined=True,
    )


def heat(found: Heat) -> Chart:
    def cell(value: Decimal | None, level: str) -> HeatCell | None:
        return None if value is None else HeatCell(value, _STEPS.get(statistics.verdict(level, value)))

    return HeatTable(
        title="Задания и школы",
        description="Выполнение заданий в процентах. Школы стоят в порядке реестра: это карта помощи, а не рейтинг.",
        rows=[row.organization.name for row in found.rows],
        columns=[item.number for item in found.items],
        cells=[
            [cell(value, item.level) for value, item in zip(row.completions, found.items, strict=True)]
            for row in found.rows
        ],
        steps=("недостаточно", "на границе", "достаточно") if any(item.level for item in found.items) else (),
        row_title="Школа",
    )
