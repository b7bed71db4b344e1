"""«Форма сбора результатов»: the protocol that a school fills in for ФИС ОКО. It does not name the school."""

from apps.core.findings import Refused
from apps.procedures.readers.assemble import Layout, assemble, blank_form, participants
from apps.procedures.readers.heads import items_between, journal_column
from apps.procedures.readers.neutral import Identity, Reading, School, SheetRows
from apps.procedures.readers.text import ITEM, Row, folded, header_in, text

_WORDS = ("код участника", "вариант", "итого баллов")


_SCHOOLS = ("оо", "код оо", "название оо", "школа", "логин", "логин школы", "код школы")


def header_row(rows: list[Row]) -> int | None:
    """Index of the header of a protocol: items carry their maxima and no column names a school."""
    header = header_in(rows, *_WORDS)
    if header is None or not any(ITEM.match(text(cell)) for cell in rows[header]):
        return None
    return None if any(folded(cell) in _SCHOOLS for cell in rows[header]) else header


def is_form(rows: list[Row]) -> bool:
    return header_row(rows) is not None


def read(sheet: SheetRows, *, digest: str) -> Reading:
    """Only titled columns and rows with a code count; helper numbers to the right of the table do not.

    `digest` (of the file's bytes) stands for the school until somebody says which one it is.
    """
    header = header_row(sheet.rows) or 0
    heads = [folded(cell) for cell in sheet.rows[header]]
    variant, total = heads.index("вариант"), heads.index("итого баллов")
    klass = next((i for i, head in enumerate(heads) if "класс" in head), None)
    head_items = items_between(sheet.rows, header, after=variant, before=min(klass or total, total), sheet=sheet.name)
    rows, numbers = participants(sheet.rows, first=header + 1, column=heads.index("код участника"))
    if not any(str(row[variant] or "").strip() for row in rows if variant < len(row)):
        raise Refused([blank_form("form", sheet.name)])
    school = School("form", digest[:12], "", "Школа не указана в файле")
    layout = Layout(
        "form", sheet.name, heads.index("код участника"), variant, klass, total, journal_column(heads, None),
        head_items.items, school=(variant,), school_of=lambda *_: school, identity=Identity(kind="vpr"),
    )  # fmt: skip
    results = assemble(layout, rows, numbers)
    results.findings += head_items.findings
    return Reading("form", results=[results])
