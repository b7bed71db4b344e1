"""Lists of tasks of a work (ALL.xlsx) with codes of content (KS.xlsx) and of requirements (KT.xlsx). No Django here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.core.findings import Finding, Refused, error, query
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.text import Row, folded, item_number, text, whole

SHORT = 200  # letters kept of an official wording
_HEADS = {
    "number": ("№ ким", "№ по ким"),
    "place": ("№",),
    "skill": ("умения",),
    "block": ("блоки пооп", "блоки"),
    "level": ("уровень сложности",),
    "content": ("код кэс",),
    "requirement": ("код кт",),
    "maximum": ("максимальный балл",),
}


@dataclass
class Task:
    number: str
    maximum: int | None
    level: str
    skill: str
    block: str
    content: list[str] = field(default_factory=list)
    requirement: list[str] = field(default_factory=list)


@dataclass
class TaskList:
    """Tasks in the order of columns of results, names of codes, and what in the file contradicts itself."""

    tasks: list[Task] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def doubts(self) -> list[str]:
        return [finding.message for finding in self.findings]


def short(value: Any, length: int = SHORT) -> str:
    """An official wording cut at a word, with an ellipsis."""
    written = text(value)
    written = re.sub(r"(\w)- (\w)", r"\1\2", written)  # words that a column of print had broken
    if len(written) <= length:
        return written
    return written[: length - 1].rsplit(" ", 1)[0] + "…"


def _columns(row: Row) -> dict[str, int]:
    heads = [folded(cell) for cell in row]
    found = {}
    for role, names in _HEADS.items():
        index = next(
            (
                i
                for i, head in enumerate(heads)
                for name in names
                if (head == name if name == "№" else head.startswith(name))
            ),
            None,
        )
        if index is not None:
            found[role] = index
    return found


def kind_of(rows: Sequence[Row]) -> str:
    """«tasks» for ALL, «content» for KS, «requirement» for KT; empty for anything else."""
    for row in rows[:5]:
        at = _columns(row)
        if {"number", "place", "maximum"} <= set(at):
            return "tasks"
        heads = [folded(cell) for cell in row if text(cell)]
        if len(heads) >= 2 and heads[0].startswith("код"):
            if "содержани" in heads[1]:
                return "content"
            if any(word in heads[1] for word in ("требовани", "умени", "способ", "подготовк", "результат")):
                return "requirement"
    return ""


def read_names(sheet: SheetRows) -> dict[str, str]:
    """Codes and their wordings."""
    names = {}
    for row in sheet.rows[1:]:
        if len(row) > 1 and text(row[0]) and text(row[1]):
            names[text(row[0])] = short(row[1], 120)
    return names


def _level(value: Any) -> str:
    letter = text(value).upper()[:1]
    return letter if letter in {"Б", "П", "В"} else ""


def read_tasks(sheet: SheetRows) -> TaskList:
    """Tasks of ALL.xlsx, one a running number; a number told in two ways is a doubt. Raises Refused."""
    header = next((i for i, row in enumerate(sheet.rows[:5]) if {"place", "maximum"} <= set(_columns(row))), None)
    if header is None:
        action = "Нужны столбцы «№ КИМ», «№», «Максимальный балл»."
        raise Refused([error("no_tasks", "В файле нет перечня заданий.", sheet=sheet.name, action=action)])
    at = _columns(sheet.rows[header])
    found: dict[int, Task] = {}
    result = TaskList()

    def cell(row: Row, role: str) -> Any:
        return row[at[role]] if role in at and at[role] < len(row) else ""

    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
        place = whole(cell(row, "place"))
        if place is None:
            continue
        own = item_number(text(cell(row, "number")) or str(place))
        most = whole(cell(row, "maximum"))
        task = found.get(place)
        if task is None:
            task = found[place] = Task(
                own, most, _level(cell(row, "level")), short(cell(row, "skill")), short(cell(row, "block"))
            )
        elif (task.number, task.maximum) != (own, most):
            told = f"Порядковый № {place}: «{task.number}» ({task.maximum} б.) и «{own}» ({most} б.)."
            result.findings.append(query("task_differs", told, sheet=sheet.name, row=number))
        for role, kept in (("content", task.content), ("requirement", task.requirement)):
            if (code := text(cell(row, role))) and code not in kept:
                kept.append(code)
    result.tasks = [found[place] for place in sorted(found)]
    if not result.tasks:
        raise Refused([error("no_tasks", "В перечне нет ни одного задания.", sheet=sheet.name)])
    return result
