"""A distribution by points, with the bounds of marks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apps.core.charts import palette
from apps.core.charts.base import Chart, Table, clean, no_data, tick_room, value_grid
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import width
from apps.core.charts.scale import Frame, axis
from apps.core.figures import figure

PLOT = 220


@dataclass(frozen=True)
class Histogram(Chart):
    """How many at each point: `values[k]` at k points. `bounds`: pairs (position, label); a line stands where the
    mark of that label begins."""

    values: Sequence[int]
    bounds: Sequence[tuple[int, str]] = field(default_factory=tuple)
    x_title: str = "Баллы"
    y_title: str = "Число участников"

    def table(self) -> Table:
        rows = [[str(point), figure(value)] for point, value in enumerate(self.values)]
        return Table([self.x_title, self.y_title], rows)

    def draw(self, drawing: Drawing) -> None:
        if not any(self.values):
            no_data(drawing, 0)
            return
        scale = axis([Decimal(value) for value in self.values], whole=True)
        frame = Frame(scale, tick_room(scale), drawing.width - 4, 44, 44 + PLOT)
        drawing.text(0, 13, self.y_title, size=13, colour=palette.SOFT)
        value_grid(drawing, frame)
        band = (frame.right - frame.left) / len(self.values)
        gap = min(1.5, band * 0.12)
        for point, value in enumerate(self.values):
            hint = f"{self.x_title}: {point}; {self.y_title.lower()}: {figure(value)}"
            x, y = frame.left + band * point + gap, frame.y(Decimal(value))
            drawing.rect(x, y, band - 2 * gap, frame.bottom - y, palette.SERIES[0], hint=hint)
        self._numbers(drawing, band, frame)
        self._bounds(drawing, band, frame)
        drawing.text(frame.right, frame.bottom + 40, self.x_title, size=13, anchor="end", colour=palette.SOFT)
        drawing.height = frame.bottom + 48

    def _numbers(self, drawing: Drawing, band: float, frame: Frame) -> None:
        room = width(str(len(self.values)), 13) + 8
        every = next((step for step in (1, 2, 5, 10, 20, 50) if band * step >= room), 100)
        for point in range(0, len(self.values), every):
            x = frame.left + band * (point + 0.5)
            drawing.text(x, frame.bottom + 18, str(point), size=13, anchor="middle", colour=palette.SOFT)

    def _bounds(self, drawing: Drawing, band: float, frame: Frame) -> None:
        for position, label in self.bounds:
            if not 0 <= position <= len(self.values):
                continue
            x = frame.left + band * position
            drawing.line(x, frame.top - 8, x, frame.bottom, palette.BREAK, thick=1.5, dash="5 3")
            text = clean(label)
            anchor = "end" if x + width(text, 13) + 4 > drawing.width else "start"
            drawing.text(x + (4 if anchor == "start" else -4), frame.top - 4, text, size=13, anchor=anchor, bold=True)
