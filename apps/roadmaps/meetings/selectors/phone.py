"""The cells of a task sheet as a phone shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.roadmaps.meetings.models import Sheet, SheetFill
from apps.roadmaps.meetings.services.sheets import Saved


@dataclass(frozen=True)
class Field:
    """One cell: what stands in it, what is wrong with it, what somebody wrote there meanwhile."""

    name: str
    title: str
    text: str
    version: int
    fault: str = ""
    theirs: str | None = None


@dataclass(frozen=True)
class Card:
    """A row of the sheet."""

    title: str
    fields: list[Field]


def cards_of(sheet: Sheet, fill: SheetFill, saved: Saved, typed: Mapping[tuple[int, int], str]) -> list[Card]:
    """Rows of cells; after a fault or a conflict what was typed stays in the cell."""
    known = {(cell.row, cell.column): cell for cell in fill.cells.all()}
    cards = []
    for row, title in enumerate(sheet.rows):
        fields = []
        for column, words in enumerate(sheet.columns):
            place = (row, column)
            cell = known.get(place)
            theirs = saved.conflicts.get(place)
            kept = cell.text if cell else ""
            unsaved = place in saved.faults or theirs is not None
            fields.append(
                Field(
                    f"{row}-{column}",
                    words,
                    typed[place] if unsaved else kept,
                    cell.version if cell else 0,
                    saved.faults.get(place, ""),
                    theirs.text if theirs else None,
                )
            )
        cards.append(Card(title, fields))
    return cards
