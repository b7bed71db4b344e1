"""Charts of results: distribution of marks, primary scores, completion of items."""

from decimal import Decimal

from apps.core.charts import BarChart, Chart, Histogram, Series
from apps.core.figures import figure
from apps.procedures.selectors import Analysis, Figures

MARKS = ("«2»", "«3»", "«4»", "«5»")


def _named(group: Figures) -> str:
    return f"{group.name} ({figure(group.parts.participants)})"


def marks(analysis: Analysis) -> Chart:
    """Shares of marks in every group."""
    series = [Series(_named(group), group.shares) for group in analysis.groups if group.parts.marked]
    sizes = " В скобках — число участников." if len(series) > 1 else ""  # one series has no legend
    return BarChart(
        title="Распределение отметок",
        description=f"Доля участников, получивших каждую отметку, в процентах.{sizes}",
        labels=MARKS,
        series=series,
        unit="%",
        decimals=1,
    )


def primary(analysis: Analysis) -> Chart:
    """How many have each primary score, with the bounds of marks."""
    main, procedure = analysis.main, analysis.procedure
    bounds = [(bound, f"«{mark}»") for mark, bound in enumerate(procedure.bounds, start=3)]
    advice = " Линии — с каких баллов начинается отметка." if bounds else ""
    size = "" if main.n >= 50 else " Участников меньше 50: форма распределения условна."
    return Histogram(
        title=f"Первичные баллы: {main.name}",
        description=f"Сколько участников набрали каждый балл.{advice}{size}",
        values=list(main.parts.histogram),
        bounds=bounds,
        x_title="Первичный балл",
        y_title="Участников",
    )


def items(analysis: Analysis) -> Chart:
    """Completion of items in every group."""
    rows = analysis.item_rows
    series = []
    for index, group in enumerate(analysis.groups):
        values: list[Decimal | None] = [row.values[index].completion for row in rows]
        series.append(Series(_named(group), values))
    return BarChart(
        title="По заданиям",
        description="Набранные баллы в процентах от возможных, по каждому заданию.",
        labels=[row.item.number for row in rows],
        series=series,
        unit="%",
        decimals=0,
    )
