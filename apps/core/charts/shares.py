"""Parts of a whole as stacked bars of 100 %: marks by school, answers by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.core.charts.bars import BarChart
from apps.core.charts.base import Chart, Series, Table, clean
from apps.core.charts.drawing import Drawing
from apps.core.figures import figure


@dataclass(frozen=True)
class ShareChart(Chart):
    """`counts[row][part]` people of each row; every bar is the row's whole. A row of nobody is «нет данных»."""

    labels: Sequence[str]
    parts: Sequence[str]
    counts: Sequence[Sequence[int]]
    label_title: str = "Группа"
    decimals: int = 1

    def _share(self, row: int, part: int) -> Decimal | None:
        whole = sum(self.counts[row])
        return Decimal(100) * self.counts[row][part] / whole if whole else None

    def table(self) -> Table:
        headers = [self.label_title, "Всего", *(f"{clean(part)}, %" for part in self.parts)]
        rows = [
            [
                clean(label),
                figure(sum(self.counts[row])),
                *(figure(self._share(row, part), self.decimals) for part in range(len(self.parts))),
            ]
            for row, label in enumerate(self.labels)
        ]
        return Table(headers, rows)

    def draw(self, drawing: Drawing) -> None:
        rows = range(len(self.labels))
        names = [f"{clean(label)} ({figure(sum(self.counts[row]))})" for row, label in enumerate(self.labels)]
        series = [Series(part, [self._share(row, place) for row in rows]) for place, part in enumerate(self.parts)]
        bars = BarChart(self.title, self.description, names, series, unit="%", stacked=True, horizontal=True)
        bars.draw(drawing)
