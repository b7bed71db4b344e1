"""A drawing: shapes with their coordinates already written as text, and the SVG template that prints them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core.charts import palette
from apps.core.charts.lettering import width

FONT = "PT Sans, Segoe UI, Arial, sans-serif"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@cache
def _svg_name(name: str) -> str:
    """`stroke_width` is the attribute stroke-width."""
    return name.rstrip("_").replace("_", "-")


@dataclass(frozen=True)
class Shape:
    """One SVG element. Everything is a presentation attribute: neither page nor PDF needs a style sheet for it."""

    kind: str  # rect, line, path, text
    attributes: tuple[tuple[str, str], ...]
    text: str = ""
    hint: str = ""  # shown when the pointer rests on it, read as its title

    def markup(self) -> str:
        """The element as text; attributes, text and hint are escaped here. Not by a template, which takes ten times
        as long: a page may have thousands of shapes."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes)
        hint = f"<title>{escape(self.hint)}</title>" if self.hint else ""
        text = escape(self.text)
        inside = text + hint if self.kind == "text" else hint + text
        return f"<{self.kind}{attributes}>{inside}</{self.kind}>"


@dataclass
class Drawing:
    """A canvas in user units; the page scales it."""

    width: float
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    hatches: set[int] = field(default_factory=set)
    key: str = "chart"

    def _add(self, kind: str, text: str = "", hint: str = "", **attributes: str) -> None:
        pairs = tuple((_svg_name(name), value) for name, value in attributes.items() if value)
        self.shapes.append(Shape(kind, pairs, text, hint))

    def rect(self, x: float, y: float, w: float, h: float, fill: str, *, hint: str = "", edge: str = "") -> None:
        place = {"x": _n(x), "y": _n(y), "width": _n(max(w, 0)), "height": _n(max(h, 0))}
        self._add("rect", hint=hint, **place, fill=fill, stroke=edge)

    def field(self, x: float, y: float, w: float, h: float, series: int, *, hint: str = "", edge: str = "") -> None:
        """A field of a series: its colour, and its hatch as a layer of its own, so that a viewer that leaves seams
        between tiles shows the colour through them."""
        index = series % len(palette.SERIES)
        self.rect(x, y, w, h, palette.SERIES[index], hint="" if palette.HATCHES[index] else hint, edge=edge)
        if palette.HATCHES[index]:
            self.hatches.add(index)
            self.rect(x, y, w, h, f"url(#{self.key}-h{index})", hint=hint)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, *, thick: float = 1, dash: str = ""
    ) -> None:
        self._add(
            "line",
            x1=_n(x1),
            y1=_n(y1),
            x2=_n(x2),
            y2=_n(y2),
            stroke=colour,
            stroke_width=_n(thick),
            stroke_dasharray=dash,
        )

    def polyline(
        self, points: Sequence[tuple[float, float]], colour: str, *, dash: str = "", thick: float = 2.5
    ) -> None:
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        self._add(
            "path",
            d=path,
            fill="none",
            stroke=colour,
            stroke_width=_n(thick),
            stroke_dasharray=dash,
            stroke_linejoin="round",
        )

    def area(self, points: Sequence[tuple[float, float]], colour: str, *, opacity: float = 0.16) -> None:
        """A closed field under lines, seen through."""
        path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "z"
        self._add("path", d=path, fill=colour, fill_opacity=f"{opacity:.2f}")

    def hatched(self, x: float, y: float, w: float, h: float, *, index: int, fill: str, hint: str = "") -> None:
        """A pale field with the hatch of a series over it."""
        self.hatches.add(index)
        self.rect(x, y, w, h, fill)
        self.rect(x, y, w, h, f"url(#{self.key}-h{index})", hint=hint)

    def whisker(self, low: tuple[float, float], high: tuple[float, float], colour: str, *, cap: float = 4) -> None:
        """A line between the bounds of an interval with a stroke across at either end."""
        self.line(*low, *high, colour, thick=1.6)
        along = (cap, 0.0) if low[0] == high[0] else (0.0, cap)
        for x, y in (low, high):
            self.line(x - along[0], y - along[1], x + along[0], y + along[1], colour, thick=1.6)

    def mark(self, x: float, y: float, index: int, *, hint: str = "") -> None:
        """A point of a line: circle, square, diamond or triangle by series, so that lines differ without colour."""
        r = 4.5
        shapes = (
            f"M{_n(x - r)} {_n(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z",
            f"M{_n(x - r)} {_n(y - r)}h{2 * r}v{2 * r}h{-2 * r}z",
            f"M{_n(x)} {_n(y - r - 1)}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}z",
            f"M{_n(x)} {_n(y - r - 1)}l{r + 1} {2 * r}h{-2 * r - 2}z",
        )
        colour = palette.SERIES[index % len(palette.SERIES)]
        self._add("path", hint=hint, d=shapes[index % len(shapes)], fill=colour, stroke=palette.PAPER)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        anchor: str = "start",
        colour: str = palette.INK,
        bold: bool = False,
        hint: str = "",
    ) -> None:
        """A line of text; `y` is its baseline."""
        self._add(
            "text",
            text=text,
            hint=hint if hint != text else "",
            x=_n(x),
            y=_n(y),
            font_family=FONT,
            font_size=_n(size),
            fill=colour,
            text_anchor="" if anchor == "start" else anchor,
            font_weight="700" if bold else "",
        )

    def label_on(self, x: float, y: float, text: str, colour: str, *, size: float = 13) -> None:
        """A value in the middle of a coloured field, on a plain plate so that a hatch does not run through it."""
        room = width(text, size) + 6
        self.rect(x - room / 2, y - size * 0.85, room, size * 1.2, colour)
        self.text(x, y, text, size=size, anchor="middle", colour=palette.ink_on(colour))

    def render(self, *, title: str, description: str) -> SafeString:
        hatches = [{"id": f"{self.key}-h{i}", "path": palette.HATCHES[i]} for i in sorted(self.hatches)]
        context = {
            "drawing": self,
            "shapes": SafeString("".join(shape.markup() for shape in self.shapes)),  # escaped shape by shape
            "view_box": f"0 0 {_n(self.width)} {_n(self.height)}",
            "width": _n(self.width),
            "height": _n(self.height),
            "hatches": hatches,
            "title": title,
            "description": description,
        }
        return render_to_string("components/charts/drawing.svg", context)
