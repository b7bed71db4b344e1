"""Official results of a year, and of one organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.charts import BarChart, Series
from apps.core.models import Period
from apps.indicators.models import Value
from apps.noko.calculation import CRITERIA, TOTALS, Row, method
from apps.noko.models import Assessment
from apps.noko.reading import agrees

LEAST = 3  # organisations: a mean of two gives the other one away to a school


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@dataclass(frozen=True)
class YearRow:
    assessment: Assessment

    @property
    def totals(self) -> list[Decimal | None]:
        return [number(self.assessment.figures.get(code)) for code in TOTALS]


@dataclass(frozen=True)
class Summary:
    """A criterion over organisations; a missing figure enters nothing."""

    code: str
    name: str
    count: int
    lowest: Decimal | None
    mean: Decimal | None
    highest: Decimal | None


@dataclass(frozen=True)
class Year:
    period: Period
    rows: tuple[YearRow, ...]
    summaries: tuple[Summary, ...]

    @property
    def chart(self) -> BarChart:
        return BarChart(
            "Средние баллы по критериям",
            "Среднее по организациям, у которых критерий посчитан.",
            [summary.name for summary in self.summaries[:-1]],
            [Series("средний балл", [summary.mean for summary in self.summaries[:-1]])],
            unit="баллов",
            decimals=1,
            horizontal=True,
        )


NAMES = {
    "K1": "Открытость и доступность информации",
    "K2": "Комфортность условий",
    "K3": "Доступность для инвалидов",
    "K4": "Доброжелательность, вежливость",
    "K5": "Удовлетворённость условиями",
    "S": "Итог",
}


def year(period: Period) -> Year:
    """Organisations in the order of the register, not of their points."""
    found = Assessment.objects.filter(period=period).select_related("organization", "period")
    rows = tuple(YearRow(each) for each in found)
    return Year(period, rows, tuple(_summaries([row.assessment for row in rows])))


def _summaries(rows: Sequence[Assessment]) -> list[Summary]:
    summaries = []
    for code in TOTALS:
        values = [value for row in rows if (value := number(row.figures.get(code))) is not None]
        mean = sum(values, Decimal(0)) / len(values) if values else None
        summaries.append(
            Summary(code, NAMES[code], len(values), min(values, default=None), mean, max(values, default=None))
        )
    return summaries


@dataclass(frozen=True)
class Line:
    """An indicator of one organisation: counted or given by the operator."""

    row: Row
    value: Decimal | None
    is_counted: bool
    depth: int

    @property
    def is_yes_no(self) -> bool:
        return self.row.is_yes_no


@dataclass(frozen=True)
class Total:
    code: str
    name: str
    counted: Decimal | None
    stated: Decimal | None
    mean: Decimal | None

    @property
    def differs(self) -> bool:
        if self.stated is None:
            return False
        return self.counted is None or not agrees(self.stated, self.counted)


@dataclass(frozen=True)
class Card:
    assessment: Assessment
    totals: tuple[Total, ...]
    lines: tuple[Line, ...]
    shortcomings: list[Any]

    @property
    def chart(self) -> BarChart:
        criteria = [total for total in self.totals if total.code in CRITERIA]
        series = [Series("организация", [total.counted for total in criteria])]
        if any(total.mean is not None for total in criteria):
            series.append(Series("среднее по муниципалитету", [total.mean for total in criteria]))
        labels = [total.name for total in criteria]
        description = "Официальные баллы по первичным данным оператора."
        return BarChart("Баллы по критериям", description, labels, series, "баллов", 1, horizontal=True)


def card(assessment: Assessment, user: Any) -> Card:
    """Everything official about one organisation; means of too few organisations are left out for a school."""
    ways = method(assessment.period.ends_on)
    given = dict(
        Value.objects.filter(
            origin="noko.OperatorReport",
            origin_id=str(assessment.report_id),
            organization=assessment.organization_id,
        ).values_list("version__indicator__number", "number")
    )
    summaries = {each.code: each for each in year(assessment.period).summaries}
    totals = tuple(
        Total(
            code,
            NAMES[code],
            number(assessment.figures.get(code)),
            number(assessment.stated.get(code)),
            summaries[code].mean if user.is_authority or summaries[code].count >= LEAST else None,
        )
        for code in TOTALS
    )
    lines = []
    for row in ways.rows:
        counted = row.code in ways.formulas
        value = number(assessment.figures.get(row.number)) if counted else given.get(row.number)
        if row.number not in TOTALS and row.number != "2.2":
            lines.append(Line(row, value, counted, 0 if counted else 1))
    shortcomings = assessment.shortcomings.prefetch_related("measures")
    return Card(assessment, totals, tuple(lines), list(shortcomings))
