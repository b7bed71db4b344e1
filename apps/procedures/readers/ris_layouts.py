"""Where the columns of РИС protocols stand: by the words of the header, by known positions only when it is broken.

Source of the positions: layouts seen in a public importer of РИС protocols and its tests (secondary source).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.procedures.readers.text import Row, folded, text, whole

# What heads of the roles look like; each cell is of the first role that fits, each role takes its first cell.
HEADS = {
    "school": re.compile(r"^(код (оо|оу|школы|образовательн\w* организаци\w*)|schoolcode)$"),
    "municipality": re.compile(r"^(код (мсу|ате|муниципалитета)|governmentcell)$"),
    "klass": re.compile(r"^(класс|classcode)$"),
    "person": re.compile(r"^код (участника|регистрации)"),
    "variant": re.compile(r"^вариант$"),
    "short": re.compile(r"кратк\w* (ответ|форм)|^задания (типа|части) [bв]$|^testresultbcell$"),
    "long": re.compile(r"развернут\w* (ответ|форм)|^задания (типа|части) [cс]$|^testresultccell$"),
    "oral": re.compile(r"устн\w* (ответ|част|форм)|^testresultdcell$"),
    "practice": re.compile(r"^(задания|практич).*практич|^практич"),
    "primary": re.compile(r"^первичный балл|^primarymark$"),
    "mark": re.compile(r"^((итоговая )?(оценка|отметка)\b.*|mark5)$"),
    "test": re.compile(r"^(тестовый балл|итоговый балл|балл$|балл \(|mark100$)"),
}


@dataclass(frozen=True)
class Positions:
    """A layout by positions, counted from 0; `names` are columns of names and documents."""

    name: str
    grade: int
    at: dict[str, int]
    names: tuple[int, ...]


POSITIONS = (
    Positions(
        "ГИА-9, разреженная", 9,
        {"school": 1, "klass": 2, "municipality": 8, "short": 14, "long": 17, "primary": 18, "mark": 20},
        (10, 12, 13),
    ),
    Positions(
        "ГИА-9, плотная", 9,
        {"school": 1, "klass": 2, "short": 11, "long": 12, "primary": 13, "mark": 14},
        (6, 7, 8, 9, 10),
    ),
    Positions(
        "ГИА-9, прежняя", 9,
        {"school": 1, "klass": 2, "municipality": 8, "short": 18, "long": 21, "primary": 22, "mark": 24},
        (10, 12, 13, 14, 16),
    ),
    Positions(
        "ГИА-11, разреженная", 11,
        {"municipality": 2, "school": 4, "klass": 6, "short": 16, "long": 18, "primary": 20, "test": 22},
        (12, 13, 14),
    ),
    Positions(
        "ГИА-11, плотная", 11,
        {"municipality": 1, "school": 2, "klass": 3, "short": 11, "long": 12, "primary": 13, "test": 14},
        (6, 7, 8, 9, 10),
    ),
    Positions(
        "ГИА-11, компактная", 11,
        {"school": 2, "klass": 3, "variant": 9, "short": 12, "long": 13, "primary": 14, "test": 15},
        (6, 7, 8),
    ),
)  # fmt: skip
_LONGEST_HEAD = 80
_GRADE = re.compile(r"^(9|10|11|12)(?!\d)")
_SHORT = re.compile(r"^[+\-0-9]{2,}$")
_LONG = re.compile(r"^(\d+\(\d+\))*$")
_ENOUGH = 3  # rows that must agree before positions are believed


def columns_of(row: Row) -> dict[str, int]:
    """Columns by the words of a header; an empty or partial answer for any other row."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        head = folded(cell) if isinstance(cell, str) and len(cell) < _LONGEST_HEAD else ""
        role = next((role for role, pattern in HEADS.items() if head and pattern.search(head)), None)
        if role:
            found.setdefault(role, index)
    return found


def is_header(at: dict[str, int]) -> bool:
    return {"school", "primary"} <= set(at)


def grade_of(at: dict[str, int], classes: Sequence[Any] = ()) -> int:
    """9 or 11: what the classes of the participants say; else a test score is of ГИА-11, as is the municipality
    before the school."""
    told = Counter(int(match[1]) for value in classes if (match := _GRADE.match(text(value))))
    if told:
        return 9 if told[9] >= sum(told.values()) - told[9] else 11
    if "test" in at and "mark" not in at:
        return 11
    return 11 if "municipality" in at and at["municipality"] < at["school"] else 9


def _cell(row: Row, index: int) -> Any:
    return row[index] if index < len(row) else ""


def _fits(row: Row, layout: Positions) -> bool:
    at = layout.at
    short, long = (text(_cell(row, at[role])).replace(" ", "") for role in ("short", "long"))
    points = whole(_cell(row, at["primary"]))
    given = whole(_cell(row, at["mark"] if "mark" in at else at["test"]))
    most = 5 if "mark" in at else 100
    letters = all(not text(_cell(row, i)).isdigit() for i in layout.names[:2])  # names may have been removed already
    return (
        bool(_SHORT.match(short))
        and bool(_LONG.match(long))
        and whole(_cell(row, at["school"])) is not None
        and points is not None
        and given is not None
        and 0 <= given <= most
        and letters
    )


def by_position(rows: Sequence[Row]) -> Positions | None:
    """The only known layout that all numbered rows fit; None when none or several do, or rows are too few."""
    numbered = [row for row in rows if row and whole(row[0]) is not None and len(row) > 12]
    if len(numbered) < _ENOUGH:
        return None
    fitting = [layout for layout in POSITIONS if all(_fits(row, layout) for row in numbered[:200])]
    return fitting[0] if len(fitting) == 1 else None
