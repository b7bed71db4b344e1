"""What all charts share: series, the table under the chart, the legend, the words for an absent value."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.safestring import SafeString

from apps.core.charts import palette
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import shortened, width
from apps.core.charts.scale import Axis, Frame
from apps.core.figures import figure

WIDE = 720
NARROW = 320
SIZE = 14  # of letters
_ACROSS = 16  # places of a table that lies on paper
LINE = 18  # from one line of text to the next
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(text: object) -> str:
    """Text without the characters that XML does not allow."""
    return _FORBIDDEN.sub("", str(text))


@dataclass(frozen=True)
class Interval:
    """What a value may be, given how few it is taken from: usually the bounds of 95 %."""

    low: Decimal
    high: Decimal

    def written(self, decimals: int) -> str:
        return f"{figure(self.low, decimals)}–{figure(self.high, decimals)}"


@dataclass(frozen=True)
class Series:
    """A named row of values; None is «нет данных», never zero. `intervals` go with the values, or are left out."""

    name: str
    values: Sequence[Decimal | None]
    intervals: Sequence[Interval | None] = ()

    def value(self, index: int) -> Decimal | None:
        return self.values[index] if index < len(self.values) else None

    def interval(self, index: int) -> Interval | None:
        return self.intervals[index] if index < len(self.intervals) else None

    def written(self, index: int, decimals: int, unit: str = "") -> str:
        """The value in words, with its interval in brackets."""
        text = figure(self.value(index), decimals)
        if unit and self.value(index) is not None:
            text = f"{text}\u00a0{unit}"
        interval = self.interval(index)
        return f"{text} ({interval.written(decimals)})" if interval else text

    @property
    def reach(self) -> list[Decimal]:
        """Everything an axis has to hold."""
        known = [value for value in self.values if value is not None]
        return known + [end for interval in self.intervals if interval for end in (interval.low, interval.high)]


@dataclass(frozen=True)
class Table:
    """The same data as text: what stands under the chart."""

    headers: list[str]
    rows: list[list[str]]
    is_folded: bool = False

    def folded(self) -> list["Table"]:
        """For paper: a long table of two columns lies down, so many places at once; others stay as they are."""
        if len(self.headers) != 2 or len(self.rows) <= _ACROSS:
            return [self]
        first, second = self.headers
        size = ceil(len(self.rows) / ceil(len(self.rows) / _ACROSS))  # parts of about the same width
        cuts = [self.rows[at : at + size] for at in range(0, len(self.rows), size)]
        return [Table([first, *(row[0] for row in cut)], [[second, *(row[1] for row in cut)]], True) for cut in cuts]


@dataclass(frozen=True)
class Chart:
    """A chart draws itself as SVG of two widths and as a table. Values are Decimal or None; None leaves a gap."""

    title: str
    description: str

    def table(self) -> Table:
        raise NotImplementedError

    def draw(self, drawing: Drawing) -> None:
        """Put the shapes on the drawing and set its height."""
        raise NotImplementedError

    def key(self) -> str:
        """A name for the ids inside the SVG: equal for equal charts, so that equal pages are equal to the byte."""
        return "c" + hashlib.sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:10]

    def svg(self, *, narrow: bool = False, key: str = "") -> SafeString:
        """The chart as an SVG element: for a wide page and paper, or for a phone."""
        drawing = Drawing(width=NARROW if narrow else WIDE, key=(key or self.key()) + ("n" if narrow else "w"))
        self.draw(drawing)
        return drawing.render(title=clean(self.title), description=clean(self.description))


def legend(drawing: Drawing, names: Sequence[str], top: float, *, lines: bool = False) -> float:
    """Draw the legend from `top` down; returns where it ends. One series needs none."""
    if len(names) < 2:
        return top
    x, y = 0.0, top + 12
    for index, name in enumerate(names):
        text = shortened(clean(name), drawing.width - 30, SIZE)
        room = 30 + width(text, SIZE)
        if x and x + room > drawing.width:
            x, y = 0.0, y + LINE + 4
        if lines:
            colour = palette.SERIES[index % len(palette.SERIES)]
            drawing.line(x, y - 5, x + 22, y - 5, colour, thick=2.5, dash=palette.DASHES[index % len(palette.DASHES)])
            drawing.mark(x + 11, y - 5, index)
        else:
            drawing.field(x + 2, y - 12, 18, 14, index)
        drawing.text(x + 26, y, text, hint=clean(name))
        x += room + 16
    return y + 14


def no_data(drawing: Drawing, top: float) -> None:
    """Instead of an empty grid: the words."""
    drawing.height = top + 90
    drawing.rect(0.5, top, drawing.width - 1, 80, "#f3f6f9", edge=palette.GRID)
    drawing.text(drawing.width / 2, top + 46, "Нет данных", size=16, anchor="middle", colour=palette.SOFT)


def value_grid(drawing: Drawing, frame: Frame) -> None:
    """Horizontal lines with their numbers on the left."""
    for tick in frame.axis.ticks:
        y = frame.y(tick)
        drawing.line(frame.left, y, frame.right, y, palette.AXIS if tick == 0 else palette.GRID)
        text = figure(tick, frame.axis.decimals)
        drawing.text(frame.left - 6, y + 4.5, text, size=13, anchor="end", colour=palette.SOFT)


def tick_room(axis: Axis) -> float:
    return max(width(figure(tick, axis.decimals), 13) for tick in axis.ticks) + 10


def with_unit(text: str, unit: str) -> str:
    return f"{text}, {unit}" if unit else text
