"""Bars: side by side or stacked, upright or lying. Where upright labels do not fit the bars lie down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from apps.core.charts import palette
from apps.core.charts.base import (
    LINE,
    SIZE,
    WIDE,
    Chart,
    Series,
    Table,
    clean,
    legend,
    no_data,
    tick_room,
    value_grid,
    with_unit,
)
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import fits, lines_of, width, wrapped
from apps.core.charts.scale import Axis, Frame, axis
from apps.core.figures import NO_DATA, figure

PLOT = 230  # height of an upright plot
ZERO = Decimal(0)


@dataclass(frozen=True)
class BarChart(Chart):
    """Bars of one or several series over labels. `highlight` is the index of the label to stress (one series only)."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    decimals: int = 0
    stacked: bool = False
    horizontal: bool = False
    highlight: int | None = None
    label_title: str = ""  # what the labels are: the heading of their column in the table

    def table(self) -> Table:
        headers = [clean(self.label_title), *(with_unit(clean(series.name), self.unit) for series in self.series)]
        rows = [
            [clean(label), *(figure(self._value(series, i), self.decimals) for series in self.series)]
            for i, label in enumerate(self.labels)
        ]
        return Table(headers, rows)

    def draw(self, drawing: Drawing) -> None:
        top = legend(drawing, [series.name for series in self.series], 0)
        if not any(value is not None for series in self.series for value in series.values) or not self.labels:
            no_data(drawing, top)
        elif self.horizontal or not self._labels_fit(drawing):
            self._lying(drawing, top)
        else:
            self._upright(drawing, top)

    @staticmethod
    def _value(series: Series, index: int) -> Decimal | None:
        return series.values[index] if index < len(series.values) else None

    def _axis(self) -> Axis:
        if not self.stacked:
            ends = [value for series in self.series for value in series.values if value is not None]
        else:
            rows = [[self._value(series, i) or Decimal(0) for series in self.series] for i in range(len(self.labels))]
            ends = [sum((v for v in row if v > 0), Decimal(0)) for row in rows]
            ends += [sum((v for v in row if v < 0), Decimal(0)) for row in rows]
        if self.unit == "%" and ends and Decimal(50) < max(ends) <= Decimal("100.5"):
            ends = [*(min(value, Decimal(100)) for value in ends), Decimal(100)]  # shares are seen against the whole
        return axis(ends, whole=self.decimals == 0)

    def _labels_fit(self, drawing: Drawing) -> bool:
        band = (drawing.width - 40) / len(self.labels)
        enough = band >= 14 * (1 if self.stacked else len(self.series)) + 6
        return enough and all(fits(clean(label), band - 6, 13, lines=3) for label in self.labels)

    def _hint(self, label: str, series: Series, value: Decimal | None) -> str:
        name = f", {clean(series.name)}" if len(self.series) > 1 else ""
        return f"{clean(label)}{name}: {self._written(value)}"

    def _written(self, value: Decimal | None) -> str:
        text = figure(value, self.decimals)
        return f"{text}\u00a0{self.unit}" if self.unit and text != NO_DATA else text

    def _bar(self, drawing: Drawing, box: tuple[float, float, float, float], s: int, i: int, hint: str) -> None:
        """One bar; beside a stressed one the others step back."""
        if self.highlight is None or len(self.series) > 1 or i == self.highlight:
            drawing.field(*box, s, hint=hint)
        else:
            drawing.rect(*box, palette.QUIET, hint=hint)

    # --- upright

    def _upright(self, drawing: Drawing, top: float) -> None:
        scale = self._axis()
        frame = Frame(scale, tick_room(scale), drawing.width - 4, top + 22, top + 22 + PLOT)
        if self.unit:
            drawing.text(frame.left, frame.top - 8, self.unit, size=13, colour=palette.SOFT)
        value_grid(drawing, frame)
        band = (frame.right - frame.left) / len(self.labels)
        deepest = 1
        for i, label in enumerate(self.labels):
            middle = frame.left + band * (i + 0.5)
            if self.stacked:
                self._upright_stack(drawing, i, middle, min(band * 0.7, 64), frame)
            else:
                self._upright_group(drawing, i, middle, min(band * 0.82, 72 * len(self.series)), frame)
            lines = wrapped(clean(label), band - 6, 13, lines=3)
            deepest = max(deepest, len(lines))
            for n, line in enumerate(lines):
                bold = i == self.highlight
                y = frame.bottom + 18 + n * LINE
                drawing.text(middle, y, line, size=13, anchor="middle", bold=bold, hint=clean(label))
        drawing.height = frame.bottom + 8 + deepest * LINE

    def _upright_group(self, drawing: Drawing, i: int, middle: float, room: float, frame: Frame) -> None:
        thick, zero = room / len(self.series), frame.y(ZERO)
        for s, series in enumerate(self.series):
            value = self._value(series, i)
            x = middle - room / 2 + thick * s
            hint = self._hint(self.labels[i], series, value)
            if value is None:
                drawing.text(x + thick / 2, zero - 6, "–", size=13, anchor="middle", colour=palette.SOFT, hint=hint)
                continue
            end = frame.y(value)
            self._bar(drawing, (x + 1, min(zero, end), thick - 2, abs(zero - end)), s, i, hint)
            text = figure(value, self.decimals)
            if width(text, 13) <= thick + 8:
                y = end - 5 if value >= 0 else end + 15
                drawing.text(x + thick / 2, y, text, size=13, anchor="middle", bold=i == self.highlight)

    def _upright_stack(self, drawing: Drawing, i: int, middle: float, room: float, frame: Frame) -> None:
        zero = frame.y(ZERO)
        ends = {True: zero, False: zero}
        for s, series in enumerate(self.series):
            value = self._value(series, i)
            if not value:
                continue
            length = zero - frame.y(abs(value))
            up = value > 0
            y = ends[up] - length if up else ends[up]
            ends[up] += -length if up else length
            hint = self._hint(self.labels[i], series, value)
            drawing.field(middle - room / 2, y, room, length, s, hint=hint, edge=palette.PAPER)
            text = figure(value, self.decimals)
            if length >= LINE and width(text, 13) + 6 <= room:
                drawing.label_on(middle, y + length / 2 + 4.5, text, palette.SERIES[s % len(palette.SERIES)])
        if all(self._value(series, i) is None for series in self.series):
            drawing.text(middle, zero - 6, "–", size=13, anchor="middle", hint=f"{clean(self.labels[i])}: {NO_DATA}")

    # --- lying

    def _lying(self, drawing: Drawing, top: float) -> None:
        scale = self._axis()
        label_room = min(max(width(clean(label), SIZE) for label in self.labels) + 8, drawing.width * 0.42)
        value_room = 12.0 if self.stacked else self._value_room()
        left = label_room + (value_room if scale.low < 0 else 0)
        rows = 1 if self.stacked else len(self.series)
        thick = 18 if rows == 1 else 15
        frame = Frame(scale, left, drawing.width - value_room, top + 4, top + 4)
        y, grid_at = frame.top, len(drawing.shapes)
        for i, label in enumerate(self.labels):
            lines = lines_of(clean(label), label_room - 7, SIZE, lines=2 if drawing.width >= WIDE else 4)
            height = max(rows * thick, len(lines) * (LINE - 2))
            start = y + (height - len(lines) * (LINE - 2)) / 2 + 13
            for n, line in enumerate(lines):
                at, bold = start + n * (LINE - 2), i == self.highlight
                drawing.text(label_room - 8, at, line, anchor="end", bold=bold, hint=clean(label))
            bars_at = y + (height - rows * thick) / 2
            if self.stacked:
                self._lying_stack(drawing, i, bars_at, thick, frame)
            else:
                self._lying_group(drawing, i, bars_at, thick, frame)
            y += height + 9
        bars, drawing.shapes = drawing.shapes[grid_at:], drawing.shapes[:grid_at]
        self._lying_grid(drawing, replace(frame, bottom=y))
        drawing.shapes += bars
        drawing.height = y + 22

    def _value_room(self) -> float:
        """Room for the longest number beside a bar."""
        values = [self._value(series, i) for series in self.series for i in range(len(self.labels))]
        return max(width(self._written(value), 13, bold=True) for value in values) + 8

    def _lying_grid(self, drawing: Drawing, frame: Frame) -> None:
        """Upright grid lines, and below them as many numbers as there is room for."""
        ticks = frame.axis.ticks
        room = max(width(figure(tick, frame.axis.decimals), 13) for tick in ticks) + 10
        every = max(1, ceil(len(ticks) * room / (frame.right - frame.left)))
        for n, tick in enumerate(ticks):
            x = frame.x(tick)
            drawing.line(x, frame.top, x, frame.bottom, palette.AXIS if tick == 0 else palette.GRID)
            if n % every == 0:
                anchor = "end" if x > drawing.width - room / 2 else "middle"
                text = figure(tick, frame.axis.decimals)
                drawing.text(x, frame.bottom + 16, text, size=13, anchor=anchor, colour=palette.SOFT)

    def _lying_group(self, drawing: Drawing, i: int, y: float, thick: float, frame: Frame) -> None:
        zero = frame.x(ZERO)
        for s, series in enumerate(self.series):
            value = self._value(series, i)
            top = y + s * thick
            hint = self._hint(self.labels[i], series, value)
            if value is None:
                drawing.text(zero + 5, top + thick - 4, NO_DATA, size=13, colour=palette.SOFT, hint=hint)
                continue
            end = frame.x(value)
            self._bar(drawing, (min(zero, end), top + 1, abs(end - zero), thick - 2), s, i, hint)
            x, anchor = (end + 5, "start") if value >= 0 else (end - 5, "end")
            bold = i == self.highlight
            drawing.text(x, top + thick / 2 + 4.5, self._written(value), size=13, anchor=anchor, bold=bold)

    def _lying_stack(self, drawing: Drawing, i: int, y: float, thick: float, frame: Frame) -> None:
        zero = frame.x(ZERO)
        ends = {True: zero, False: zero}
        for s, series in enumerate(self.series):
            value = self._value(series, i)
            if not value:
                continue
            length = frame.x(abs(value)) - zero
            x = ends[True] if value > 0 else ends[False] - length
            ends[value > 0] += length if value > 0 else -length
            hint = self._hint(self.labels[i], series, value)
            drawing.field(x, y, length, thick, s, hint=hint, edge=palette.PAPER)
            text = figure(value, self.decimals)
            if width(text, 12) + 8 <= length:
                colour = palette.SERIES[s % len(palette.SERIES)]
                drawing.label_on(x + length / 2, y + thick / 2 + 4.5, text, colour, size=12)
        if all(self._value(series, i) is None for series in self.series):
            drawing.text(zero + 5, y + thick - 4, NO_DATA, size=13, colour=palette.SOFT)
