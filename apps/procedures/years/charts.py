"""Charts over years and of cohorts."""

from decimal import Decimal

from apps.core.charts import Chart, Curve, LineChart, Point, ScatterChart
from apps.procedures.item_analysis.charts import series
from apps.procedures.statistics import ABSENT
from apps.procedures.years.selectors import SchoolPair, Years

LEAST_FOR_LINE = 8  # schools, for a fitted line


def over_years(found: Years) -> Chart | None:
    """Quality (or the mean test score) with its interval; the line is cut where the work is another one."""
    if not found.years:
        return None
    is_test = any(year.own.parts.test_count for year in found.years)
    own = [year.own.mean_test if is_test else year.own.quality for year in found.years]
    shown = [series(found.name, own)]
    if any(year.whole for year in found.years):
        wholes = [year.whole for year in found.years]
        values = [(one.mean_test if is_test else one.quality) if one else ABSENT for one in wholes]
        shown.append(series("Муниципалитет", values))
    breaks = [(i, f"{year.procedure.year}: другая работа, сравнивать с прежней нельзя")
              for i, year in enumerate(found.years) if year.is_new_work]  # fmt: skip
    return LineChart(
        title="Средний тестовый балл по годам" if is_test else "Качество по годам",
        description="Полоса и отрезки — интервал 95 %. "
        + ("Больше — лучше." if is_test else "Доля «4» и «5»; больше — лучше."),
        labels=[str(year.procedure.year) for year in found.years],
        series=shown,
        unit="" if is_test else "%",
        decimals=1,
        breaks=breaks,
        zero=not is_test,
    )


def cohort_scatter(pairs: list[SchoolPair]) -> Chart | None:
    """Quality of the two works by school, with the fitted line; schools that fell much are named."""
    known = [
        (pair, pair.cohort.own_before.quality.value, pair.cohort.own_after.quality.value)
        for pair in pairs
        if not pair.cohort.has_changed
    ]
    points = [
        Point(pair.organization.name, one, two, pair.cohort.calls_for_a_look)
        for pair, one, two in known
        if one is not None and two is not None
    ]
    if len(points) < 3:
        return None
    before, after = pairs[0].cohort.before, pairs[0].cohort.after
    line = fitted(points)
    return ScatterChart(
        title=f"{before.get_kind_display()} {before.grade} ({before.year}) и "
        f"{after.get_kind_display()} {after.grade} ({after.year})",
        description="Каждая точка — школа, где число участников почти не изменилось. Это повод посмотреть, а не вывод.",
        points=points,
        x_title=f"Качество, {before.year}",
        y_title=f"Качество, {after.year}",
        curves=[Curve("линия наименьших квадратов", line)] if line else [],
        x_unit="%",
        y_unit="%",
        x_decimals=1,
        point_name="школа",
        highlight_name="качество ниже прежнего больше чем на 20 п. п.",
        label_title="Школа",
    )


def fitted(points: list[Point]) -> list[tuple[Decimal, Decimal]]:
    """Ends of the least-squares line over the points; none for few points or a single x."""
    n = len(points)
    mean_x = sum((p.x for p in points), Decimal(0)) / n
    mean_y = sum((p.y for p in points), Decimal(0)) / n
    spread = sum(((p.x - mean_x) ** 2 for p in points), Decimal(0))
    if n < LEAST_FOR_LINE or not spread:
        return []
    slope = sum(((p.x - mean_x) * (p.y - mean_y) for p in points), Decimal(0)) / spread
    low, high = min(p.x for p in points), max(p.x for p in points)
    steps = [low + (high - low) * i / 20 for i in range(21)]
    return [(x, mean_y + slope * (x - mean_x)) for x in steps]
