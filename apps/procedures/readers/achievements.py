"""ФИС ОКО, «Достижение планируемых результатов»: items in rows, groups in columns. Only the frame is confirmed."""

import re
from typing import Any

from apps.core.findings import Refused, error
from apps.procedures.readers.groups import level_of, number
from apps.procedures.readers.identity import of_frame
from apps.procedures.readers.neutral import GroupRow, GroupTable, Planned, Reading, SheetRows
from apps.procedures.readers.text import NUMBER, TASK, Row, folded, item_number, text, whole

_SHOWN_BLOCK = 300
# «1. Умение …», «4К1. …»: copies without a column of numbers write the number before the words.
_WORDED = re.compile(rf"^({NUMBER})[.)]?\s+(?=\D)", re.IGNORECASE)


def header_row(rows: list[Row]) -> int | None:
    """Index of the row that names «Блоки ПООП…» and «Макс балл»."""
    for index, row in enumerate(rows[:25]):
        heads = [folded(cell) for cell in row]
        if any(head.startswith("блоки пооп") for head in heads) and any(head.startswith("макс") for head in heads):
            return index
    return None


def _cell(row: Row, index: int) -> Any:
    return row[index] if index < len(row) else ""


def _participants(row: Row, columns: list[int]) -> list[int | None]:
    """«120 уч.» under the names of groups."""
    found = [re.match(r"(\d[\d ]*)\s*уч", folded(_cell(row, index))) for index in columns]
    return [int(match[1].replace(" ", "")) if match else None for match in found]


def read(sheet: SheetRows) -> Reading:
    """One table; raises Refused when it has no item."""
    header = header_row(sheet.rows) or 0
    heads = [folded(cell) for cell in sheet.rows[header]]
    block = next(i for i, head in enumerate(heads) if head.startswith("блоки пооп"))
    most = next(i for i, head in enumerate(heads) if head.startswith("макс"))
    at = next((i for i, head in enumerate(heads) if head in {"№", "номер", "n", "номер задания"}), 0)
    columns = [i for i, head in enumerate(heads) if head and i > most]
    counts: list[int | None] = [None] * len(columns)
    planned, values = [], [dict[str, float]() for _ in columns]
    for row in sheet.rows[header + 1 :]:
        if any(told := _participants(row, columns)):
            counts = told
            continue
        item, words = text(_cell(row, at)), text(_cell(row, block))
        if not TASK.match(item) and (worded := _WORDED.match(words)):
            item, words = worded[1], words[worded.end() :]
        if not TASK.match(item):
            continue
        named = item_number(item)
        planned.append(Planned(named, words[:_SHOWN_BLOCK], whole(_cell(row, most))))
        for place, index in enumerate(columns):
            if (value := number(_cell(row, index))) is not None:
                values[place][named] = value
    if not planned or not columns:
        action = "Загрузите отчёт с данными."
        raise Refused(
            [error("no_groups", "В отчёте нет ни одного задания или группы.", sheet=sheet.name, action=action)]
        )
    groups = []
    for place, index in enumerate(columns):
        level, name, code = level_of(text(sheet.rows[header][index]))
        groups.append(GroupRow(level, name[:300], code, None, counts[place], values[place]))
    identity, _ = of_frame(sheet.rows[:header])
    title = next(
        (text(row[0]) for row in sheet.rows[:header] if row and text(row[0])), "Достижение планируемых результатов"
    )
    maxima = {one.number: one.maximum for one in planned if one.maximum is not None}
    table = GroupTable("achievement", title[:200], identity, sheet.name, groups, maxima=maxima, planned=planned)
    return Reading("achievements", tables=[table])
