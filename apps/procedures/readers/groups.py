"""Aggregate reports of ФИС ОКО (Ф3, сравнение с журналом and their kin): one tolerant reader of group rows."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from apps.core.findings import Refused, error, notice
from apps.procedures.readers.assemble import fis_login
from apps.procedures.readers.identity import of_frame
from apps.procedures.readers.neutral import GroupRow, GroupTable, Reading, SheetRows
from apps.procedures.readers.text import ITEM, TASK, Row, folded, item_number, text, whole

_MUNICIPALITY = re.compile(r"\((reg\d{2}_m\d{3})\)\s*$")
_JOURNAL_WORDS = {"понизили": "lower", "подтвердили": "equal", "повысили": "higher", "всего": "total"}
_COUNTRY = {"вся выборка", "рф", "россия", "российская федерация"}
_MARK = re.compile(r"^(?:группа|отметка)?\s*[«\"(]*([2-5])[»\")]*\s*,?\s*%?$")
_MAXIMUM = re.compile(r"^(?:макс\w*\s*)?(\d{1,2})\s*(?:б\w*\.?)?$")
_HEADER_WITHIN = 40
_HEADER_ROWS = 3  # a header may stand in so many rows under each other


def header_row(rows: list[Row]) -> int | None:
    within = rows[:_HEADER_WITHIN]
    return next((i for i, row in enumerate(within) if row and folded(row[0]) == "группы участников"), None)


def level_of(name: str) -> tuple[str, str, str]:
    """Level, name without the code, and the code of a group."""
    if folded(name) in _COUNTRY:
        return "country", name, ""
    if match := _MUNICIPALITY.search(name):
        return "municipality", name[: match.start()].strip(), match[1]
    if login := fis_login(name):
        return "school", re.sub(r"\s*\([a-zа-я]{3}\s*\d{6}\)\s*$", "", name, flags=re.IGNORECASE), "".join(login)
    return "region", name, ""


def number(value: Any) -> float | None:
    """A plain number of a cell, also with a comma, spaces or a percent sign; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    written = text(value).replace(",", ".").replace(" ", "").rstrip("%")
    return float(written) if re.fullmatch(r"\d{1,9}(\.\d+)?", written, re.ASCII) else None


def _count(value: Any) -> int | None:
    """A whole number of participants or organisations, «1 700 000» too."""
    found = number(value)
    return int(found) if found is not None and found.is_integer() else None


@dataclass
class _Table:
    """Where the columns of a report stand; `values` are (column, key), `maxima` by key."""

    schools: int | None = None
    n: int | None = None
    mark: int | None = None
    values: list[tuple[int, str]] = field(default_factory=list)
    maxima: dict[str, int] = field(default_factory=dict)


def _key(head: Any) -> tuple[str, int | None]:
    """What a column holds: «2», «4К1», «%», for a comparison «lower_percent»; and the maximum of an item."""
    word = next((key for start, key in _JOURNAL_WORDS.items() if folded(head).startswith(start)), "")
    if word:
        return f"{word}_{'percent' if folded(head).endswith('%') else 'count'}", None
    written = text(head)
    if match := ITEM.match(written):
        return item_number(match["number"]), int(match["maximum"])
    if match := _MARK.match(folded(head)):
        return match[1], None
    return (item_number(written), None) if TASK.match(written) else (written if written == "%" else "", None)


def _joined_header(rows: list[Row], header: int) -> tuple[Row, int, list[Row]]:
    """The header as one row, the index of the first row of data, and rows of maxima that stood among the header.

    A header may stand in two or three rows: «Понизили (…)» over «%» and «Кол-во участников», «Номера заданий» over
    the numbers. Rows of data have a name in the first column.
    """
    heads = list(rows[header])
    maxima = [rows[header - 1]] if header and any(folded(cell).startswith("макс") for cell in rows[header - 1]) else []
    at = header + 1
    while at < len(rows) and at <= header + _HEADER_ROWS and rows[at] and not text(rows[at][0]):
        below, known = rows[at], any(_key(cell)[0] for cell in heads[1:])
        at += 1
        if not any(text(cell) for cell in below):
            continue
        if any(folded(cell).startswith("макс") for cell in below) or (known and _are_maxima(below)):
            maxima.append(below)
            continue
        over = ""
        heads += [""] * (len(below) - len(heads))
        for index in range(1, len(heads)):
            over = text(heads[index]) or (over if index < len(below) and text(below[index]) else "")
            lower = text(below[index]) if index < len(below) else ""
            if lower:
                named = any(folded(over).startswith(word) for word in _JOURNAL_WORDS)
                heads[index] = f"{over} {lower}" if named else lower
    return heads, at, maxima


def _are_maxima(row: Row) -> bool:
    filled = [text(cell).lower() for cell in row if text(cell)]
    return bool(filled) and all(_MAXIMUM.match(cell) and "б" in cell for cell in filled)


def _table(row: Row) -> _Table:
    table = _Table()
    for index, cell in enumerate(row):
        head = folded(cell)
        if head.startswith("кол-во оо"):
            table.schools = index
        elif head.startswith("кол-во участников"):
            table.n = index if table.n is None else table.n
        elif index and "отметк" in head and not _key(cell)[0]:
            table.mark = index
        elif index and (found := _key(cell))[0]:
            table.values.append((index, found[0]))
            if found[1] is not None:
                table.maxima[found[0]] = found[1]
    first = min((index for index, _ in table.values), default=1)
    blank = [i for i in range(1, first) if i not in {table.schools, table.n} and not folded(row[i])]
    if table.mark is None and blank:
        table.mark = blank[0]  # the column of marks has no title in some copies
    return table


def _take_maxima(table: _Table, row: Row) -> None:
    for index, key in table.values:
        if match := _MAXIMUM.match(folded(_cell(row, index))):
            table.maxima[key] = int(match[1])


def _report(title: str, table: _Table, has_marks: bool) -> str:
    keys = [key for _, key in table.values]
    if "%" in keys or any(key.startswith("lower_") for key in keys) or "сравнение" in folded(title):
        return "journal"
    if "группами" in folded(title) or has_marks:
        return "item_marks"
    if "распределение первичных" in folded(title) or "0" in keys:
        return "primary"
    if keys == ["2", "3", "4", "5"]:
        return "marks"
    return "items" if keys else "other"


def _cell(row: Row, index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else ""


def _mark_of(row: Row, table: _Table) -> int | None:
    """The mark of a row about the pupils who got it: in a column of its own, or as the name of the group."""
    given = whole(_cell(row, table.mark)) if table.mark is not None else None
    if given is None and (match := _MARK.match(folded(row[0]) if row else "")):
        given = int(match[1])
    return given if given in {2, 3, 4, 5} else None


def _rows(rows: list[Row], table: _Table) -> tuple[list[GroupRow], bool]:
    """Groups in order; lines of a tall comparison and of groups by mark belong to the group above them."""
    found: list[GroupRow] = []
    has_marks = False
    for row in rows:
        name = text(row[0]) if row else ""
        if any(folded(cell).startswith("макс") for cell in row[: (table.n or 0) + 2]):
            _take_maxima(table, row)
            continue
        numbers = {key: value for i, key in table.values if (value := number(_cell(row, i))) is not None}
        tall = next((key for word, key in _JOURNAL_WORDS.items() if folded(name).startswith(word)), None)
        count = _count(_cell(row, table.n))
        if tall and found:
            if count is not None:
                found[-1].values[f"{tall}_count"] = count
            found[-1].values.update({f"{tall}_percent": share for key, share in numbers.items() if key == "%"})
            continue
        mark = _mark_of(row, table)
        own = name and not _MARK.match(folded(name))
        if own and not (mark and found and found[-1].name == level_of(name)[1][:300]):
            level, label, code = level_of(name)
            values = {} if mark else numbers
            found.append(GroupRow(level, label[:300], code, _count(_cell(row, table.schools)), count, values))
        if mark and found:
            has_marks = True
            found[-1].values.update({f"{mark}|{key}": value for key, value in numbers.items()})
            if count is not None:
                found[-1].values[f"n|{mark}"] = count
    return [_with_total(group) for group in found if group.values], has_marks


def _with_total(group: GroupRow) -> GroupRow:
    """A tall comparison tells the number of participants in its line «Всего»."""
    total = group.values.get("total_count")
    return group if group.participants is not None or total is None else replace(group, participants=int(total))


def read(sheet: SheetRows) -> Reading:
    """One table of groups; raises Refused when it holds no group."""
    header = header_row(sheet.rows) or 0
    rows = sheet.rows
    heads, start, maxima = _joined_header(rows, header)
    table = _table(heads)
    for row in maxima:
        _take_maxima(table, row)
    identity, _ = of_frame(rows[:header])
    title = next((text(row[0]) for row in rows[:header] if row and text(row[0])), "")
    groups, has_marks = _rows(rows[start:], table)
    if not groups:
        message = "В отчёте нет ни одной группы участников с числами."
        action = "Загрузите отчёт с данными в том виде, в каком его выдала ФИС ОКО."
        found_heads = ", ".join(f"«{text(cell)[:40]}»" for cell in heads[:8] if text(cell))
        raise Refused([error("no_groups", message, sheet=sheet.name, found=found_heads, action=action)])
    report = _report(title, table, has_marks)
    found = GroupTable(report, title[:200] or sheet.name, identity, sheet.name, groups, maxima=table.maxima)
    for group in groups if report in {"marks", "primary"} else []:
        total = sum(group.values.values())
        if group.participants and abs(total - 100) > (0.05 if report == "marks" else 0.5):
            what = "отметкам" if report == "marks" else "баллам"
            text_ = f"Проценты по {what} группы «{group.name}» не составляют 100."
            found.findings.append(notice("percents_off", text_, sheet=sheet.name, found=f"{total:.2f}"))
    return Reading("groups", tables=[found])
