"""Names of pupils: found by their headers, blanked before anything is kept, matched to appeals in memory only."""

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from apps.procedures.readers import ris
from apps.procedures.readers.identity import as_date
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.subjects import canonical
from apps.procedures.readers.text import Row, class_label, folded, text

NAME_HEADS = frozenset({"фамилия", "имя", "отчество", "surnamecell", "namecell", "secondnamecell"})
FULL_NAME_HEADS = frozenset({"фио", "ф.и.о.", "ф.и.о", "фио участника", "фио обучающегося"})
DOCUMENT_HEADS = frozenset(
    {"серия", "номер", "документ", "серия документа", "номер документа", "documentseriescode", "documentnumbercode"}
)
_APPEALED = re.compile(r"^(.+?)\s*\((\d{4}\.\d{2}\.\d{2})\)$")


def name_columns(row: Row) -> set[int]:
    """Columns of names and documents, if the row is a header that has them."""
    heads = [folded(cell) for cell in row]
    named = {i for i, head in enumerate(heads) if head in NAME_HEADS or head in FULL_NAME_HEADS}
    if len(named) < 2 and not any(heads[i] in FULL_NAME_HEADS for i in named):
        return set()
    return named | {i for i, head in enumerate(heads) if head in DOCUMENT_HEADS}


def has_names(sheets: list[SheetRows]) -> bool:
    """Whether any row of the sheets is a header over names."""
    return any(_says_name(sheet) and any(map(name_columns, sheet.rows)) for sheet in sheets)


def _says_name(sheet: SheetRows) -> bool:
    """A quick no for the many sheets without such a word: each distinct text is looked at once."""
    cells = set(chain.from_iterable(sheet.rows))
    return any(folded(cell) in NAME_HEADS | FULL_NAME_HEADS for cell in cells if isinstance(cell, str))


def without_names(sheets: list[SheetRows]) -> list[SheetRows]:
    """The same sheets with every cell of a name or document column empty; headers stay where they are."""
    stripped = []
    for sheet in sheets:
        hidden: set[int] = set()
        rows = []
        for row in sheet.rows:
            if found := name_columns(row):
                hidden = found
                rows.append(row)
            else:
                rows.append([None if index in hidden else cell for index, cell in enumerate(row)] if hidden else row)
        stripped.append(SheetRows(sheet.name, rows))
    return stripped


@dataclass
class Appeals:
    """What came of matching: rows of the appeals file, and which of them found their participant."""

    rows: int = 0
    matched: int = 0
    schools: set[str] = field(default_factory=set)
    unmatched: list[int] = field(default_factory=list)


Person = tuple[str, ...]


def _people(sheets: list[SheetRows]) -> dict[Person, tuple[Row, dict[str, int]]]:
    """Participants of protocols by school, class, exam, day and name; lives in memory for one upload only."""
    found: dict[Person, tuple[Row, dict[str, int]]] = {}
    for sheet in sheets:
        exam: tuple[str, Any] | None = None
        at: dict[str, int] = {}
        names: list[int] = []
        for row in sheet.rows:
            titles = [m for cell in row if isinstance(cell, str) and (m := ris.EXAM.match(text(cell)))]
            if titles:
                exam = (canonical(titles[0][2]), as_date(titles[0][3]))
            elif columns := name_columns(row):
                at, names = ris.columns_of(row), sorted(columns)
            elif exam and at and text(row[0] if row else "").isdigit():
                person = (text(row[at["school"]]), class_label(row[at["klass"]]), exam[0], str(exam[1]))
                found[(*person, *(folded(row[i]) for i in names))] = (row, at)
    return found


@dataclass
class _Head:
    """Where the columns of an appeals sheet stand."""

    heads: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)

    def cell(self, row: Row, head: str) -> Any:
        return row[self.heads.index(head)]


def apply_appeals(appeals: list[SheetRows], protocols: list[SheetRows]) -> Appeals:
    """Write the appealed points and marks into the protocols' rows (in place)."""
    people = _people(protocols)
    outcome = Appeals()
    for sheet in appeals:
        head = _Head()
        for number, row in enumerate(sheet.rows, start=1):
            if columns := name_columns(row):
                head = _Head([folded(cell) for cell in row], sorted(columns))
            elif "первичный балл" in (below := [folded(cell) for cell in row]):
                head.heads = [lower or upper for upper, lower in zip(head.heads, below, strict=False)]
            elif head.heads and text(row[0] if row else "").isdigit():
                outcome.rows += 1
                outcome.schools.add(text(head.cell(row, "код оо")))
                if _apply(row, head, people):
                    outcome.matched += 1
                else:
                    outcome.unmatched.append(number)
    return outcome


def _apply(row: Row, head: _Head, people: dict[Person, tuple[Row, dict[str, int]]]) -> bool:
    """Find the participant of an appeal and write what it changed; False when there is no such participant."""
    exam = _APPEALED.match(text(head.cell(row, "экзамен")))
    if exam is None:
        return False
    place = (text(head.cell(row, "код оо")), class_label(head.cell(row, "класс")))
    person = (*place, canonical(exam[1]), str(as_date(exam[2])), *(folded(row[i]) for i in head.names))
    target = people.get(person)
    if target is None:
        return False
    protocol, at = target
    for role, name in (("primary", "первичный балл"), ("mark", "оценка"), ("test", "тестовый балл")):
        if role in at and name in head.heads:
            protocol[at[role]] = head.cell(row, name)
    return True
