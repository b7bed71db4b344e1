"""A profile: points with their intervals over items, the corridor of each item behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apps.core.charts import palette
from apps.core.charts.base import SIZE, Chart, Interval, Series, Table, clean, legend, no_data, tick_room, with_unit
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import shortened, width
from apps.core.charts.scale import Axis, Frame, axis
from apps.core.figures import figure

PLOT = 260
ROW = 15  # of one series in a lying profile
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class ProfileChart(Chart):
    """Values of items in one or more groups; whiskers are their intervals.

    `corridors` go with the labels: the stretch in which a value is uncertain; above it is enough, below it is poor.
    `corridor_name` stands in the legend. `joined` draws a line through the points of each series.
    """

    labels: Sequence[str]
    series: Sequence[Series]
    corridors: Sequence[Interval | None] = field(default_factory=tuple)
    corridor_name: str = "граница уровня"
    unit: str = "%"
    decimals: int = 0
    joined: bool = False
    label_title: str = "Задание"

    def table(self) -> Table:
        bounds = any(self.corridors)
        headers = [self.label_title, *(with_unit(clean(series.name), self.unit) for series in self.series)]
        rows = []
        for i, label in enumerate(self.labels):
            cells = [clean(label), *(series.written(i, self.decimals) for series in self.series)]
            zone = self._corridor(i)
            rows.append([*cells, zone.written(1) if zone else "—"] if bounds else cells)
        return Table([*headers, self.corridor_name.capitalize()] if bounds else headers, rows)

    def draw(self, drawing: Drawing) -> None:
        top = legend(drawing, [series.name for series in self.series], 0, lines=True)
        if not any(value is not None for series in self.series for value in series.values) or not self.labels:
            no_data(drawing, top)
            return
        if any(self.corridors):
            top = self._corridor_legend(drawing, top)
        scale = self._axis()
        band = (drawing.width - tick_room(scale) - 8) / len(self.labels)
        widest = max(width(clean(label), 13) for label in self.labels)
        if band >= max(18 if self.joined else 11 * len(self.series) + 6, widest + 4):
            self._upright(drawing, top, scale)
        else:
            self._lying(drawing, top, scale)

    def _corridor(self, index: int) -> Interval | None:
        return self.corridors[index] if index < len(self.corridors) else None

    def _axis(self) -> Axis:
        reach = [value for series in self.series for value in series.reach]
        if self.unit == "%" and max(reach) <= HUNDRED and min(reach) >= 0:
            return Axis(Decimal(0), HUNDRED, Decimal(20))
        return axis(reach)

    def _corridor_legend(self, drawing: Drawing, top: float) -> float:
        drawing.rect(1, top + 1, 20, 12, palette.ZONE)
        drawing.line(1, top + 1, 21, top + 1, palette.BREAK, thick=1.5, dash="4 2")
        drawing.text(26, top + 12, shortened(self.corridor_name, drawing.width - 30, SIZE))
        return top + 24

    def _hint(self, i: int, series: Series) -> str:
        return f"{clean(self.labels[i])}, {clean(series.name)}: {series.written(i, self.decimals, self.unit)}"

    # --- upright: items from left to right

    def _upright(self, drawing: Drawing, top: float, scale: Axis) -> None:
        frame = Frame(scale, tick_room(scale), drawing.width - 4, top + 22, top + 22 + PLOT)
        drawing.text(0, frame.top - 8, self.unit, size=13, colour=palette.SOFT)
        band = (frame.right - frame.left) / len(self.labels)
        zones_at = len(drawing.shapes)
        for tick in scale.ticks:
            y = frame.y(tick)
            drawing.line(frame.left, y, frame.right, y, palette.AXIS if tick == 0 else palette.GRID)
            text = figure(tick, scale.decimals)
            drawing.text(frame.left - 6, y + 4.5, text, size=13, anchor="end", colour=palette.SOFT)
        grid, drawing.shapes = drawing.shapes[zones_at:], drawing.shapes[:zones_at]
        for i in range(len(self.labels)):
            if zone := self._corridor(i):
                x, y = frame.left + band * i, frame.y(zone.high)
                drawing.rect(x + 1, y, band - 2, frame.y(zone.low) - y, palette.ZONE)
                drawing.line(x + 1, y, x + band - 1, y, palette.BREAK, thick=1.5, dash="4 2")
        drawing.shapes += grid
        step = 0.0 if self.joined else min(11.0, (band - 6) / len(self.series))  # joined points stand under each other
        for s in range(len(self.series)):
            shift = (s - (len(self.series) - 1) / 2) * step
            xs = [frame.left + band * (i + 0.5) + shift for i in range(len(self.labels))]
            self._points(drawing, s, [(i, x, None) for i, x in enumerate(xs)], frame)
        for i, label in enumerate(self.labels):
            x = frame.left + band * (i + 0.5)
            drawing.text(x, frame.bottom + 18, clean(label), size=13, anchor="middle")
        drawing.text(frame.right, frame.bottom + 38, self.label_title, size=13, anchor="end", colour=palette.SOFT)
        drawing.height = frame.bottom + 46

    # --- lying: items from top to bottom

    def _lying(self, drawing: Drawing, top: float, scale: Axis) -> None:
        longest = max(width(clean(label), SIZE) for label in self.labels)
        room = min(longest + 10, drawing.width * 0.42)
        height = 30 if self.joined else max(ROW * len(self.series) + 6, 22)
        bottom = top + 4 + height * len(self.labels)
        frame = Frame(scale, room, drawing.width - 12, top + 4, bottom)
        for i, label in enumerate(self.labels):
            y = frame.top + height * i
            if zone := self._corridor(i):
                left, right = frame.x(zone.low), frame.x(zone.high)
                drawing.rect(left, y + 1, right - left, height - 2, palette.ZONE)
                drawing.line(right, y + 1, right, y + height - 1, palette.BREAK, thick=1.5, dash="4 2")
            text = shortened(clean(label), room - 8, SIZE)
            drawing.text(room - 8, y + height / 2 + 5, text, anchor="end", hint=clean(label))
        for tick in scale.ticks:
            x = frame.x(tick)
            drawing.line(x, frame.top, x, frame.bottom, palette.AXIS if tick == 0 else palette.GRID)
            anchor = "end" if x > drawing.width - 14 else "middle"
            text = figure(tick, scale.decimals)
            drawing.text(x, frame.bottom + 16, text, size=13, anchor=anchor, colour=palette.SOFT)
        for s in range(len(self.series)):
            shift = (s - (len(self.series) - 1) / 2) * (0 if self.joined else ROW - 2)
            ys = [frame.top + height * (i + 0.5) + shift for i in range(len(self.labels))]
            self._points(drawing, s, [(i, None, y) for i, y in enumerate(ys)], frame)
        drawing.height = frame.bottom + 24

    # --- both ways

    def _points(
        self, drawing: Drawing, s: int, places: list[tuple[int, float | None, float | None]], frame: Frame
    ) -> None:
        """Points and whiskers of a series; of a place either x (upright) or y (lying) is given."""
        series, colour = self.series[s], palette.SERIES[s % len(palette.SERIES)]
        found: list[tuple[int, float, float]] = []
        for i, x, y in places:
            value, interval = series.value(i), series.interval(i)
            if value is None:
                continue
            at = (frame.x(value) if x is None else x, frame.y(value) if y is None else y)
            found.append((i, *at))
            if interval and x is not None:
                drawing.whisker((x, frame.y(interval.low)), (x, frame.y(interval.high)), colour)
            elif interval and y is not None:
                drawing.whisker((frame.x(interval.low), y), (frame.x(interval.high), y), colour)
        if self.joined and len(found) > 1:
            dash = palette.DASHES[s % len(palette.DASHES)]
            for one, two in zip(found, found[1:], strict=False):
                if two[0] == one[0] + 1:
                    drawing.polyline([one[1:], two[1:]], colour, dash=dash)
        for i, px, py in found:
            drawing.mark(px, py, s, hint=self._hint(i, series))
