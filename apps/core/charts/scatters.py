"""Points on a field: a scatter with lines, and a funnel whose limits narrow as the groups grow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apps.core.charts import palette
from apps.core.charts.base import LINE, Chart, Table, clean, no_data, tick_room, value_grid, with_unit
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import shortened, width
from apps.core.charts.scale import Axis, Frame, axis
from apps.core.figures import figure

PLOT = 300


@dataclass(frozen=True)
class Point:
    """One organisation or group; a stressed one is drawn in another shape and named on the chart."""

    label: str
    x: Decimal
    y: Decimal
    highlight: bool = False


@dataclass(frozen=True)
class Curve:
    """A line over the field: a fitted line, a mean, a limit. `name` stands in the legend; equal names once."""

    name: str
    points: Sequence[tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class ScatterChart(Chart):
    """Points by two numbers, with lines over them. Names stand at the stressed points as far as there is room; the
    table has all."""

    points: Sequence[Point]
    x_title: str
    y_title: str
    curves: Sequence[Curve] = field(default_factory=tuple)
    x_unit: str = ""
    y_unit: str = ""
    x_decimals: int = 0
    y_decimals: int = 1
    label_title: str = "Организация"
    point_name: str = ""  # what a plain point is, for the legend
    highlight_name: str = ""  # what a stressed point is

    def table(self) -> Table:
        headers = [self.label_title, with_unit(self.x_title, self.x_unit), with_unit(self.y_title, self.y_unit)]
        rows = [
            [clean(point.label), figure(point.x, self.x_decimals), figure(point.y, self.y_decimals)]
            for point in self.points
        ]
        if self.highlight_name:
            headers.append("Отметка")
            for row, point in zip(rows, self.points, strict=True):
                row.append(self.highlight_name if point.highlight else "—")
        return Table(headers, rows)

    def draw(self, drawing: Drawing) -> None:
        if not self.points:
            no_data(drawing, 0)
            return
        top = self._legend(drawing)
        across, up = self._across(), self._up()
        left = tick_room(up)
        frame = Frame(up, left, drawing.width - 14, top + 32, top + 32 + PLOT)
        drawing.text(0, frame.top - 10, with_unit(self.y_title, self.y_unit), size=13, colour=palette.SOFT)
        value_grid(drawing, frame)
        self._floor(drawing, frame, across)
        self._curves(drawing, frame, across)
        places = [(point, *self._place(frame, across, point.x, point.y)) for point in self.points]
        for point, x, y in sorted(places, key=lambda place: place[0].highlight):
            drawing.mark(x, y, 2 if point.highlight else 1, hint=self._hint(point))
        self._names(drawing, places, frame)
        title = with_unit(self.x_title, self.x_unit)
        drawing.text(frame.right, frame.bottom + 38, title, size=13, anchor="end", colour=palette.SOFT)
        drawing.height = frame.bottom + 48

    def _across(self) -> Axis:
        return axis([point.x for point in self.points], from_zero=False, whole=self.x_decimals == 0)

    def _up(self) -> Axis:
        return axis([point.y for point in self.points], from_zero=False)

    def _place(self, frame: Frame, across: Axis, x: Decimal, y: Decimal) -> tuple[float, float]:
        return frame.left + across.share(x) * (frame.right - frame.left), frame.y(y)

    def _hint(self, point: Point) -> str:
        x = f"{self.x_title}: {figure(point.x, self.x_decimals)} {self.x_unit}".rstrip()
        y = f"{self.y_title}: {figure(point.y, self.y_decimals)} {self.y_unit}".rstrip()
        return f"{clean(point.label)}; {x}; {y}"

    def _legend(self, drawing: Drawing) -> float:
        """What points and lines are; one line under the other, as the names are long."""
        y = 0.0
        shapes = [(1, self.point_name), (2, self.highlight_name if any(p.highlight for p in self.points) else "")]
        for index, name in shapes:
            if name:
                y += LINE + 2
                drawing.mark(11, y - 5, index)
                drawing.text(26, y, shortened(clean(name), drawing.width - 28, 13), size=13, hint=clean(name))
        for number, name in enumerate(self._curve_names()):
            y += LINE + 2
            drawing.line(1, y - 5, 21, y - 5, palette.INK, thick=1.6, dash=palette.DASHES[number % len(palette.DASHES)])
            drawing.text(26, y, shortened(clean(name), drawing.width - 28, 13), size=13, hint=clean(name))
        return y

    def _curve_names(self) -> list[str]:
        return list(dict.fromkeys(curve.name for curve in self.curves))

    def _floor(self, drawing: Drawing, frame: Frame, across: Axis) -> None:
        room = max(width(figure(tick, across.decimals), 13) for tick in across.ticks) + 12
        every = max(1, int(-(-room * len(across.ticks) // (frame.right - frame.left))))
        drawing.line(frame.left, frame.bottom, frame.right, frame.bottom, palette.AXIS)
        for n, tick in enumerate(across.ticks):
            x = frame.left + across.share(tick) * (frame.right - frame.left)
            drawing.line(x, frame.bottom, x, frame.bottom + 4, palette.AXIS)
            if n % every == 0:
                text = figure(tick, across.decimals)
                half = width(text, 13) / 2
                at = min(x, drawing.width - half)
                drawing.text(at, frame.bottom + 18, text, size=13, anchor="middle", colour=palette.SOFT)

    def _curves(self, drawing: Drawing, frame: Frame, across: Axis) -> None:
        """Lines inside the field only; what leaves it is cut."""
        names = self._curve_names()
        low, high = frame.axis.low, frame.axis.high
        for curve in self.curves:
            dash = palette.DASHES[names.index(curve.name) % len(palette.DASHES)]
            run: list[tuple[float, float]] = []
            for x, y in [*curve.points, (across.high + 1, low)]:
                if across.low <= x <= across.high and low <= y <= high:
                    run.append(self._place(frame, across, x, y))
                    continue
                if len(run) > 1:
                    drawing.polyline(run, palette.INK, dash=dash, thick=1.6)
                run = []

    def _names(self, drawing: Drawing, places: list[tuple[Point, float, float]], frame: Frame) -> None:
        """Names of stressed points beside them, clear of other names and, where it can be, of other points."""
        dots = [_box(x - 5, y - 5, 10, 10) for _, x, y in places]
        taken: list[Box] = []
        for place, (point, x, y) in enumerate(places):
            if not point.highlight:
                continue
            text = shortened(clean(point.label), 190, 13)
            room = width(text, 13, bold=True)
            spots = [(x + 9, y + 4.5), (x - 9 - room, y + 4.5), (x - room / 2, y - 10), (x - room / 2, y + 20)]
            boxes = [_box(left, base - 11, room, 14) for left, base in spots]
            free = [box for box in boxes if _inside(box, frame) and not any(_touch(box, other) for other in taken)]
            others = [*dots[:place], *dots[place + 1 :]]
            clear = [box for box in free if not any(_touch(box, dot) for dot in others)]
            if chosen := (clear or free):
                taken.append(chosen[0])
                left, top = chosen[0][:2]
                drawing.text(left, top + 11, text, size=13, bold=True, hint=clean(point.label))


Box = tuple[float, float, float, float]  # left, top, right, bottom


def _box(left: float, top: float, wide: float, high: float) -> Box:
    return (left, top, left + wide, top + high)


def _inside(box: Box, frame: Frame) -> bool:
    return frame.left <= box[0] and box[2] <= frame.right + 12 and frame.top - 6 <= box[1] and box[3] <= frame.bottom


def _touch(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


@dataclass(frozen=True)
class FunnelChart(ScatterChart):
    """A value against the size of the group. Curves are the common value and the limits inside which chance alone
    keeps most groups; a stressed point lies outside."""

    def _across(self) -> Axis:
        return axis([point.x for point in self.points], whole=True)

    def _up(self) -> Axis:
        ends = [point.y for point in self.points]
        scale = axis(ends, from_zero=False)
        if self.y_unit == "%" and scale.high > Decimal(100) >= max(ends):
            return Axis(scale.low, Decimal(100), scale.step) if (100 - scale.low) % scale.step == 0 else scale
        return scale
