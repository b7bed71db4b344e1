"""Stretches of time under each other: a plan by months (Gantt). On a phone labels stand above their bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from apps.core.charts import palette
from apps.core.charts.base import LINE, SIZE, WIDE, Chart, Table, clean, no_data
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import width, wrapped

MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
STEPS = (1, 2, 3, 6, 12)  # months from one line of the grid to the next
BAR, GAP, HEAD = 16, 10, 26
LABEL = 44  # room for «янв 26»


@dataclass(frozen=True)
class Stretch:
    """One bar: its days, both included, and its state as an index of the chart's states. `group` is a heading that
    stands once above neighbours of the same group."""

    label: str
    first: date
    last: date
    state: int
    group: str = ""


@dataclass(frozen=True)
class Timeline(Chart):
    """Stretches by months; each state has a colour and a hatch of its own, and is a word in the table."""

    stretches: Sequence[Stretch]
    states: Sequence[str]
    today: date | None = None
    label_title: str = "Мероприятие"

    def table(self) -> Table:
        rows = [
            [clean(one.label), f"{one.first:%d.%m.%Y}", f"{one.last:%d.%m.%Y}", self.states[one.state]]
            for one in self.stretches
        ]
        return Table([self.label_title, "Начало", "Окончание", "Состояние"], rows)

    def draw(self, drawing: Drawing) -> None:
        top = self._legend(drawing)
        if not self.stretches:
            no_data(drawing, top)
            return
        wide = drawing.width >= WIDE
        grid = _Grid.of(self.stretches, left=drawing.width * 0.4 if wide else 4.0, right=drawing.width - 6)
        y, at, group = top + HEAD, len(drawing.shapes), ""
        for one in self.stretches:
            if one.group and one.group != group:
                y = self._heading(drawing, one.group, y)
            group = one.group
            y = self._row(drawing, one, grid, y, wide=wide)
        drawn, drawing.shapes = drawing.shapes[at:], drawing.shapes[:at]
        grid.draw(drawing, top + HEAD - 6, y, self.today)  # behind the bars
        drawing.shapes += drawn
        drawing.height = y + 12

    def _legend(self, drawing: Drawing) -> float:
        """Only states that are there."""
        x, y = 0.0, 12.0
        for index in sorted({one.state for one in self.stretches}):
            text = self.states[index]
            room = 30 + width(text, SIZE)
            if x and x + room > drawing.width:
                x, y = 0.0, y + LINE + 4
            drawing.field(x + 2, y - 12, 18, 14, index)
            drawing.text(x + 26, y, text)
            x += room + 16
        return y + 10 if self.stretches else 0

    def _heading(self, drawing: Drawing, text: str, y: float) -> float:
        lines = wrapped(clean(text), drawing.width - 8, SIZE, lines=2, bold=True)
        for line in lines:
            drawing.text(0, y + 14, line, bold=True, hint=clean(text))
            y += LINE
        return y + 4

    def _row(self, drawing: Drawing, one: Stretch, grid: "_Grid", y: float, *, wide: bool) -> float:
        hint = f"{clean(one.label)}: {one.first:%d.%m.%Y} – {one.last:%d.%m.%Y}, {self.states[one.state]}"
        room = grid.left - 12 if wide else drawing.width - 6
        lines = wrapped(clean(one.label), room, SIZE, lines=3 if wide else 2)
        for n, line in enumerate(lines):
            at = y + 13 + n * (LINE - 2)
            if not wide:  # the line of today does not run through the words
                drawing.rect(0, at - 12, width(line, SIZE), LINE - 2, palette.PAPER)
            drawing.text(0, at, line, hint=clean(one.label))
        text_height = len(lines) * (LINE - 2)
        bar_at = y + max(0, (text_height - BAR) / 2) if wide else y + text_height + 3
        first, last = grid.x(one.first), grid.x(one.last, after=True)
        drawing.field(first, bar_at, max(last - first, 4), BAR, one.state, hint=hint)
        return (max(y + text_height, bar_at + BAR) if wide else bar_at + BAR) + GAP


@dataclass(frozen=True)
class _Grid:
    """Months from left to right."""

    start: date
    months: int
    left: float
    right: float

    @classmethod
    def of(cls, stretches: Sequence[Stretch], *, left: float, right: float) -> "_Grid":
        first = min(one.first for one in stretches).replace(day=1)
        last = max(one.last for one in stretches)
        return cls(first, (last.year - first.year) * 12 + last.month - first.month + 1, left, right)

    def x(self, day: date, *, after: bool = False) -> float:
        """Where a day begins, or ends."""
        month = (day.year - self.start.year) * 12 + day.month - self.start.month
        part = (day.day - (0 if after else 1)) / 31
        return self.left + (month + min(part, 1)) * (self.right - self.left) / self.months

    def draw(self, drawing: Drawing, top: float, bottom: float, today: date | None) -> None:
        each = (self.right - self.left) / self.months
        step = next((one for one in STEPS if one * each >= LABEL), 12 * ceil(LABEL / (12 * each)))
        for month in range(0, self.months, step):
            number = self.start.month - 1 + month
            x = self.left + month * each
            drawing.line(x, top, x, bottom, palette.GRID)
            name = MONTHS[number % 12]
            if month == 0 or number % 12 < step:
                name = f"{name} {(self.start.year + number // 12) % 100:02d}"
            if x + width(name, 12) <= self.right + 6:
                drawing.text(x + 2, top - 5, name, size=12, colour=palette.SOFT)
        if today and self.start <= today and (x := self.x(today)) <= self.right:
            drawing.line(x, top, x, bottom, palette.BREAK, thick=1.5, dash="4 3")
            drawing.text(
                min(x, self.right - width("сегодня", 12)), bottom + 8, "сегодня", size=12, colour=palette.BREAK
            )
