"""A heat table: numbers in a grid, each cell's field by its step; wide tables are cut into stripes of columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from apps.core.charts import palette
from apps.core.charts.base import Chart, Table, clean, no_data
from apps.core.charts.drawing import Drawing
from apps.core.charts.lettering import shortened, told_apart, width
from apps.core.figures import figure

ROW, HEAD, CELL = 24, 26, 28
HATCHED = 1  # the hatch that goes with the poorest step


@dataclass(frozen=True)
class HeatCell:
    """A value and its step (index into the steps of the table); no step leaves the field plain."""

    value: Decimal
    step: int | None = None


@dataclass(frozen=True)
class HeatTable(Chart):
    """Rows × columns of values. `steps` name the fields from poor to good (three at most); an empty
    name is a step that does not occur."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[HeatCell | None]]
    steps: Sequence[str] = ()
    unit: str = "%"
    decimals: int = 0
    row_title: str = ""

    def table(self) -> Table:
        headers = [self.row_title, *(clean(column) for column in self.columns)]
        rows = [
            [clean(row), *(self._text(self._cell(r, c)) for c in range(len(self.columns)))]
            for r, row in enumerate(self.rows)
        ]
        return Table(headers, rows)

    def _cell(self, row: int, column: int) -> HeatCell | None:
        cells = self.cells[row] if row < len(self.cells) else ()
        return cells[column] if column < len(cells) else None

    def _text(self, cell: HeatCell | None) -> str:
        return figure(cell.value, self.decimals) if cell else "—"

    def draw(self, drawing: Drawing) -> None:
        if not any(cell for cells in self.cells for cell in cells):
            no_data(drawing, 0)
            return
        top = self._legend(drawing)
        longest = max(width(clean(row), 13) for row in self.rows)
        room = min(longest + 10, drawing.width * 0.32)
        stripes = ceil(len(self.columns) / max(int((drawing.width - room) // CELL), 1))
        at_once = ceil(len(self.columns) / stripes)  # stripes of about the same width
        for first in range(0, len(self.columns), at_once):
            top = self._stripe(drawing, top, room, range(first, min(first + at_once, len(self.columns)))) + 14
        drawing.height = top

    def _legend(self, drawing: Drawing) -> float:
        x, y = 0.0, 12.0
        for step, name in enumerate(self.steps):
            if not name:
                continue
            room = 28 + width(clean(name), 13)
            if x and x + room > drawing.width:
                x, y = 0.0, y + 20
            self._field(drawing, (x + 1, y - 11, 20, 14), step, hint=clean(name))
            drawing.text(x + 26, y, shortened(clean(name), drawing.width - 30, 13), size=13)
            x += room + 14
        return y + 12 if self.steps else 0

    def _field(self, drawing: Drawing, box: tuple[float, float, float, float], step: int | None, *, hint: str) -> None:
        colour = palette.PAPER if step is None else palette.HEAT[step % len(palette.HEAT)]
        if step == 0:
            drawing.hatched(*box, index=HATCHED, fill=colour, hint=hint)
        else:
            drawing.rect(*box, colour, hint=hint, edge=palette.GRID)

    def _stripe(self, drawing: Drawing, top: float, room: float, columns: range) -> float:
        widest = max(width(clean(self.columns[c]), 12, bold=True) for c in columns) + 8
        cell_width = min((drawing.width - room) / len(columns), max(64, widest))
        for place, c in enumerate(columns):
            x = room + cell_width * (place + 0.5)
            label = shortened(clean(self.columns[c]), cell_width, 12)
            drawing.text(x, top + 17, label, size=12, anchor="middle", bold=True, hint=clean(self.columns[c]))
        labels = told_apart([clean(row) for row in self.rows], room - 8, 13)
        for r, (row, text) in enumerate(zip(self.rows, labels, strict=True)):
            y = top + HEAD + ROW * r
            drawing.text(room - 8, y + 16, text, size=13, anchor="end", hint=clean(row))
            for place, c in enumerate(columns):
                self._one(drawing, (room + cell_width * place, y, cell_width - 2, ROW - 2), r, c)
        return top + HEAD + ROW * len(self.rows)

    def _one(self, drawing: Drawing, box: tuple[float, float, float, float], r: int, c: int) -> None:
        cell, (x, y, w, h) = self._cell(r, c), box
        text = self._text(cell)
        hint = f"{clean(self.rows[r])}, {clean(self.columns[c])}: {text}"
        step = cell.step if cell else None
        if step is not None and step < len(self.steps):
            hint = f"{hint}, {clean(self.steps[step])}"
        self._field(drawing, box, step, hint=hint)
        if step == 0:
            drawing.label_on(x + w / 2, y + h / 2 + 4.5, text, palette.HEAT[0], size=12)
        else:
            ink = palette.INK if step is None else palette.ink_on(palette.HEAT[step % len(palette.HEAT)])
            drawing.text(x + w / 2, y + h / 2 + 4.5, text, size=12, anchor="middle", colour=ink)
