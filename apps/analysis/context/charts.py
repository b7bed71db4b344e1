"""Charts of the context: funnel, expected result, factor."""

from decimal import Decimal

from apps.analysis.context.factors import FactorPage
from apps.analysis.context.results import TITLES
from apps.analysis.context.selectors import Expected, Funnel
from apps.core.charts import Curve, FunnelChart, Point, ScatterChart

STEPS = 40


def _d(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))


def _unit(title: str) -> tuple[str, str]:
    """«качество, %» → «качество», «%»."""
    name, _, unit = title.partition(", ")
    return (name.split(" (", maxsplit=1)[0].capitalize(), unit)


def funnel(page: Funnel) -> FunnelChart:
    name, unit = _unit(TITLES[page.work.measure])
    assert page.centre is not None
    sizes = [row.result.n for row in page.rows]
    first, last = min(sizes), max(sizes)
    grid = sorted({round(first * (last / first) ** (step / STEPS)) for step in range(STEPS + 1)})
    found = [(n, page.limits_of(n)) for n in grid]
    sides = [
        ("границы 95 %", "low"),
        ("границы 95 %", "high"),
        ("границы 99,8 %", "far_low"),
        ("границы 99,8 %", "far_high"),
    ]
    whose = "среднее региона" if page.is_regional else "общее по муниципалитету"
    curves = [Curve(whose, [(_d(first), _d(page.centre)), (_d(last), _d(page.centre))])]
    curves += [Curve(words, [(_d(n), _d(getattr(one, side))) for n, one in found]) for words, side in sides]
    return FunnelChart(
        title=f"{name} и число участников",
        description="Чем меньше участников, тем шире границы: у малых школ большие отклонения бывают случайно.",
        points=[
            Point(str(row.organization), _d(row.result.n), _d(row.result.value), row.verdict != 0) for row in page.rows
        ],
        x_title="Участников",
        y_title=name,
        curves=curves,
        y_unit=unit,
        y_decimals=page.decimals,
        point_name="внутри границ 95 %",
        highlight_name="за границей 95 %",
    )


def expected(page: Expected) -> ScatterChart | None:
    """Only over one factor: over several there is no plane to draw on."""
    if page.line is None or len(page.factors.titles) != 1:
        return None
    name, unit = _unit(TITLES[page.work.measure])
    rows = [row for row in page.rows if row.verdict is not None]
    xs = {row.organization.pk: page.factors.rows[row.organization.pk][0] for row in rows}
    intercept, slope = page.line.coefficients
    ends = (min(xs.values()), max(xs.values()))
    return ScatterChart(
        title=f"{name} и контекст",
        description="Каждая точка — школа. Линия показывает, какой результат обычен при таком контексте.",
        points=[
            Point(str(row.organization), _d(xs[row.organization.pk]), _d(row.result.value), row.verdict != 0)
            for row in rows
        ],
        x_title=page.factors.titles[0],
        y_title=name,
        curves=[Curve("линия ожидаемого", [(_d(x), _d(intercept + slope * x)) for x in ends])],
        x_decimals=0 if page.factors.is_index else 1,
        y_unit=unit,
        y_decimals=page.decimals,
        point_name="неотличимо от ожидаемого",
        highlight_name="отличается от ожидаемого",
    )


def factor(page: FactorPage) -> ScatterChart | None:
    if not page.rows:
        return None
    name, unit = _unit(TITLES[page.work.measure])
    curves = []
    if page.slope:
        intercept, slope = page.slope
        ends = (float(min(row.factor for row in page.rows)), float(max(row.factor for row in page.rows)))
        curves = [Curve("прямая по школам", [(_d(x), _d(intercept + slope * x)) for x in ends])]
    return ScatterChart(
        title=f"{name} и фактор",
        description="Каждая точка — школа. Связь не есть причина: за обоими числами может стоять третье.",
        points=[Point(str(row.organization), row.factor, _d(row.result.value)) for row in page.rows],
        x_title=page.title,
        y_title=name,
        curves=curves,
        x_decimals=1,
        y_unit=unit,
        y_decimals=page.decimals,
    )
