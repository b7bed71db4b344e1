"""«Форма сбора результатов»: the protocol that a school fills in for ФИС ОКО. It does not name the school."""

from apps.core.findings import Refused
from apps.procedures.readers.assemble import Layout, assemble, blank_form, participants
from apps.procedures.readers.neutral import HeadItem, Identity, Reading, School, SheetRows
from apps.procedures.readers.text import ITEM, Row, folded, item_number, text


def is_form(rows: list[Row]) -> bool:
    heads = {folded(cell) for cell in rows[0]} if rows else set()
    return {"код участника", "вариант", "итого баллов"} <= heads and any("номер класса" in head for head in heads)


def read(sheet: SheetRows, *, digest: str) -> Reading:
    """Only titled columns and rows with a code count; helper numbers to the right of the table do not.

    `digest` (of the file's bytes) stands for the school until somebody says which one it is.
    """
    heads = [folded(cell) for cell in sheet.rows[0]]
    items = [
        (index, HeadItem(item_number(match["number"]), int(match["maximum"])))
        for index, cell in enumerate(sheet.rows[0])
        if (match := ITEM.match(text(cell)))
    ]
    rows, numbers = participants(sheet.rows, first=1, column=heads.index("код участника"))
    variant = heads.index("вариант")
    if not any(text(row[variant]) for row in rows if variant < len(row)):
        raise Refused([blank_form("form", sheet.name)])
    school = School("form", digest[:12], "", "Школа не указана в файле")
    layout = Layout(
        "form", sheet.name, heads.index("код участника"), variant,
        next((i for i, head in enumerate(heads) if "номер класса" in head), None),
        heads.index("итого баллов"),
        next((i for i, head in enumerate(heads) if head.startswith("отметк")), None),
        items, school=(variant,), school_of=lambda *_: school, identity=Identity(kind="vpr"),
    )  # fmt: skip
    return Reading("form", results=[assemble(layout, rows, numbers)])
