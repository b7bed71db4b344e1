"""Lines over time. A gap where there is no value; where the way of counting changed the line breaks and says why."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from apps.core.charts import palette
from apps.core.charts.base import LINE, Chart, Series, Table, clean, legend, no_data, tick_room, value_grid, with_unit
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import width, wrapped
from apps.core.charts.scale import Axis, Frame, axis
from apps.core.figures import NO_DATA, figure

PLOT = 230


def _with_room_below(scale: Axis, lowest: Decimal) -> Axis:
    """One step more under a point that lies on the floor of a cut axis, for its number."""
    if scale.low >= scale.step and scale.share(lowest) < 0.12:
        return replace(scale, low=scale.low - scale.step)
    return scale


@dataclass(frozen=True)
class LineChart(Chart):
    """Series over labels (periods). `breaks`: pairs (index, text); the line is cut before that label and the text
    stands under the chart. Series with intervals get a band, single points whiskers. `zero` keeps the axis whole."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    decimals: int = 0
    breaks: Sequence[tuple[int, str]] = field(default_factory=tuple)
    zero: bool = False
    label_title: str = "Период"

    def table(self) -> Table:
        notes = dict(self.breaks)
        headers = [self.label_title, *(with_unit(clean(series.name), self.unit) for series in self.series)]
        if notes:
            headers.append("Примечание")
        rows = []
        for i, label in enumerate(self.labels):
            values = [series.written(i, self.decimals) for series in self.series]
            rows.append([clean(label), *values, *([clean(notes.get(i, ""))] if notes else [])])
        return Table(headers, rows)

    def draw(self, drawing: Drawing) -> None:
        top = legend(drawing, [series.name for series in self.series], 0, lines=True)
        known = [value for series in self.series for value in series.reach]
        if not known or not self.labels:
            no_data(drawing, top)
            return
        scale = _with_room_below(axis(known, from_zero=self.zero), min(known))
        frame = Frame(scale, tick_room(scale), drawing.width - 18, top + 26, top + 26 + PLOT)
        if self.unit:
            drawing.text(0, frame.top - 12, self.unit, size=13, colour=palette.SOFT)
        value_grid(drawing, frame)
        xs = self._positions(frame.left, frame.right)
        self._breaks(drawing, xs, frame)
        for s, series in enumerate(self.series):
            self._band(drawing, s, series, xs, frame)
        for s, series in enumerate(self.series):
            self._line(drawing, s, series, xs, frame)
        deepest = self._labels(drawing, xs, frame.bottom)
        drawing.height = self._notes(drawing, frame.bottom + 12 + deepest * LINE, cut=scale.low > 0)

    def _positions(self, left: float, right: float) -> list[float]:
        if len(self.labels) == 1:
            return [(left + right) / 2]
        first, last = left + 24, right - 14
        return [first + (last - first) * i / (len(self.labels) - 1) for i in range(len(self.labels))]

    def _labels(self, drawing: Drawing, xs: list[float], bottom: float) -> int:
        """Names of periods, as many as there is room for, the last one always; returns how many lines they take."""
        band = xs[1] - xs[0] if len(xs) > 1 else drawing.width
        longest = max(min(width(clean(label), 13), 90) for label in self.labels)
        every = max(1, int(-(-(longest + 8) // band)))
        deepest = 1
        for i, label in enumerate(self.labels):
            if (len(self.labels) - 1 - i) % every:
                continue
            lines = wrapped(clean(label), max(band * every - 6, 40), 13, lines=2)
            deepest = max(deepest, len(lines))
            for n, line in enumerate(lines):
                half = width(line, 13) / 2
                x = min(max(xs[i], half), drawing.width - half)
                drawing.text(x, bottom + 20 + n * LINE, line, size=13, anchor="middle", hint=clean(label))
        return deepest

    def _stretches(self, series: Series) -> list[list[int]]:
        """Runs of labels with an interval that no gap and no break parts."""
        cuts = {index for index, _ in self.breaks}
        runs: list[list[int]] = []
        for i in range(len(self.labels)):
            if series.value(i) is None or series.interval(i) is None:
                continue
            if runs and runs[-1][-1] == i - 1 and i not in cuts:
                runs[-1].append(i)
            else:
                runs.append([i])
        return runs

    def _band(self, drawing: Drawing, s: int, series: Series, xs: list[float], frame: Frame) -> None:
        colour = palette.SERIES[s % len(palette.SERIES)]
        for run in self._stretches(series):
            found = [(xs[i], interval) for i in run if (interval := series.interval(i))]
            above = [(x, frame.y(interval.high)) for x, interval in found]
            below = [(x, frame.y(interval.low)) for x, interval in found]
            if len(run) > 1:
                drawing.area([*above, *reversed(below)], colour)
            for low, high in zip(below, above, strict=True):
                drawing.whisker(low, high, colour)

    def _line(self, drawing: Drawing, s: int, series: Series, xs: list[float], frame: Frame) -> None:
        colour = palette.SERIES[s % len(palette.SERIES)]
        cuts = {index for index, _ in self.breaks}
        stretch: list[tuple[float, float]] = []
        marks: list[tuple[float, float, int, Decimal]] = []
        for i, x in enumerate(xs):
            value = series.value(i)
            if value is None or i in cuts:
                self._stroke(drawing, stretch, colour, s)
                stretch = []
            if value is not None:
                y = frame.y(value)
                stretch.append((x, y))
                marks.append((x, y, i, value))
        self._stroke(drawing, stretch, colour, s)
        for x, y, i, _ in marks:
            name = f", {clean(series.name)}" if len(self.series) > 1 else ""
            written = series.written(i, self.decimals, self.unit)
            drawing.mark(x, y, s, hint=f"{clean(self.labels[i])}{name}: {written}")
        self._values(drawing, marks, xs)

    @staticmethod
    def _stroke(drawing: Drawing, points: list[tuple[float, float]], colour: str, s: int) -> None:
        if len(points) > 1:
            drawing.polyline(points, colour, dash=palette.DASHES[s % len(palette.DASHES)])

    def _values(self, drawing: Drawing, marks: list[tuple[float, float, int, Decimal]], xs: list[float]) -> None:
        """Numbers at the points: all of a single line where they fit, else none (the table has them)."""
        if len(self.series) > 1:
            return
        band = xs[1] - xs[0] if len(xs) > 1 else drawing.width
        for place, (x, y, place_of, value) in enumerate(marks):
            text = figure(value, self.decimals)
            if width(text, 13) + 4 > band:
                continue
            beside = [mark[3] for mark in marks[max(place - 1, 0) : place + 2] if mark[3] != value]
            in_a_valley = bool(beside) and all(other > value for other in beside)
            if self.series[0].interval(place_of):
                end = x + 10 + width(text, 13, bold=True) > drawing.width
                drawing.text(x - 8 if end else x + 8, y - 6, text, size=13, bold=True, anchor="end" if end else "start")
            else:
                drawing.text(x, y + (20 if in_a_valley else -10), text, size=13, anchor="middle", bold=True)

    def _breaks(self, drawing: Drawing, xs: list[float], frame: Frame) -> None:
        for number, (index, text) in enumerate(self.breaks, start=1):
            if not 0 <= index < len(xs):
                continue
            x = (xs[index - 1] + xs[index]) / 2 if index else xs[0] - 14
            drawing.line(x, frame.top - 4, x, frame.bottom, palette.BREAK, thick=1.5, dash="4 3")
            drawing.text(
                x,
                frame.top - 9,
                str(number),
                size=13,
                anchor="middle",
                colour=palette.BREAK,
                bold=True,
                hint=clean(text),
            )

    def _notes(self, drawing: Drawing, y: float, *, cut: bool) -> float:
        """The reasons of the breaks, numbered as on the chart; returns where the drawing ends."""
        for number, (_, text) in enumerate(self.breaks, start=1):
            for n, line in enumerate(wrapped(clean(text), drawing.width - 24, 13, lines=3)):
                y += LINE
                if n == 0:
                    drawing.text(0, y, str(number), size=13, colour=palette.BREAK, bold=True)
                drawing.text(16, y, line, size=13, colour=palette.SOFT)
        gaps = any(series.value(i) is None for series in self.series for i in range(len(self.labels)))
        if gaps:
            y += LINE
            drawing.text(0, y, f"Разрыв линии: {NO_DATA}.", size=13, colour=palette.SOFT)
        if cut:
            y += LINE
            drawing.text(0, y, "Шкала начинается не с нуля.", size=13, colour=palette.SOFT)
        return y + 8
