"""Aggregate reports of ФИС ОКО (Ф3, сравнение с журналом and their kin): one tolerant reader of group rows."""

import re
from typing import Any

from apps.core.findings import Refused, error, notice
from apps.procedures.readers.assemble import fis_login
from apps.procedures.readers.identity import of_frame
from apps.procedures.readers.neutral import GroupRow, GroupTable, Reading, SheetRows
from apps.procedures.readers.text import Row, folded, text, whole

_MUNICIPALITY = re.compile(r"\((reg\d{2}_m\d{3})\)\s*$")
_JOURNAL_WORDS = {"понизили": "lower", "подтвердили": "equal", "повысили": "higher", "всего": "total"}


def header_row(rows: list[Row]) -> int | None:
    return next((i for i, row in enumerate(rows[:20]) if row and folded(row[0]) == "группы участников"), None)


def _level(name: str) -> tuple[str, str, str]:
    """Level, name without the code, and the code of a group."""
    if folded(name) == "вся выборка":
        return "country", name, ""
    if match := _MUNICIPALITY.search(name):
        return "municipality", name[: match.start()].strip(), match[1]
    if login := fis_login(name):
        return "school", re.sub(r"\s*\([a-zа-я]{3}\s*\d{6}\)\s*$", "", name, flags=re.IGNORECASE), "".join(login)
    return "region", name, ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    written = text(value).replace(",", ".").rstrip("%").strip()
    return float(written) if re.fullmatch(r"\d{1,9}(\.\d+)?", written, re.ASCII) else None


def _key(head: str) -> str:
    """What a column holds: «2», «4К1», or for a comparison «lower_percent», «lower_count»."""
    word = next((key for start, key in _JOURNAL_WORDS.items() if head.startswith(start)), "")
    if not word:
        return head.upper()
    return f"{word}_{'percent' if head.endswith('%') else 'count'}"


def _report(title: str, keys: list[str]) -> str:
    if any(key.startswith("lower_") for key in keys) or "сравнение" in folded(title):
        return "journal"
    if set(keys) == {"2", "3", "4", "5"}:
        return "marks"
    if "распределение первичных" in folded(title):
        return "primary"
    return "items" if "выполнение заданий" in folded(title) else "other"


def _rows(rows: list[Row], header: int, plain: dict[str, int | None], values: list[tuple[int, str]]) -> list[GroupRow]:
    found: list[GroupRow] = []
    for row in rows[header + 1 :]:
        name = text(row[0]) if row else ""
        tall = _JOURNAL_WORDS.get(folded(name).split(" ")[0]) if name else None
        numbers = {key: number for i, key in values if i < len(row) and (number := _number(row[i])) is not None}
        count = whole(row[plain["n"]]) if plain["n"] is not None and plain["n"] < len(row) else None
        if tall and found:
            if count is not None:
                found[-1].values[f"{tall}_count"] = count
            found[-1].values.update({f"{tall}_percent": share for key, share in numbers.items() if key == "%"})
            continue
        if not name:
            continue
        level, label, code = _level(name)
        schools = whole(row[plain["schools"]]) if plain["schools"] is not None else None
        found.append(GroupRow(level, label[:300], code, schools, count, numbers))
    return found


def read(sheet: SheetRows) -> Reading:
    """One table of groups; raises Refused when it holds no group."""
    header = header_row(sheet.rows) or 0
    rows = sheet.rows
    heads = [folded(cell) for cell in rows[header]]
    plain: dict[str, int | None] = {
        "schools": next((i for i, head in enumerate(heads) if head.startswith("кол-во оо")), None),
        "n": next((i for i, head in enumerate(heads) if head.startswith("кол-во участников")), None),
    }
    values = [(i, _key(head)) for i, head in enumerate(heads) if i and head and i not in plain.values()]
    identity, _ = of_frame(rows)
    title = text(rows[0][0]) if rows and rows[0] else ""
    groups = _rows(rows, header, plain, values)
    if not groups:
        action = "Загрузите отчёт с данными."
        raise Refused([error("no_groups", "В отчёте нет ни одной строки групп.", sheet=sheet.name, action=action)])
    table = GroupTable(_report(title, [key for _, key in values]), title[:200], identity, sheet.name, groups)
    for group in groups if table.report == "marks" else []:
        total = sum(group.values.values())
        if group.participants and abs(total - 100) > 0.05:
            text_ = f"Проценты по отметкам группы «{group.name}» не составляют 100."
            table.findings.append(notice("percents_off", text_, sheet=sheet.name, found=f"{total:.2f}"))
    return Reading("groups", tables=[table])
