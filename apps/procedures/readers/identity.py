"""Which procedure a file is about: the title inside it, or the hint of its name and folders."""

import re
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from apps.procedures.readers.neutral import Identity
from apps.procedures.readers.subjects import canonical, subject_in
from apps.procedures.readers.text import Row, folded, text, whole

_TITLE = re.compile(r"^впр\s+(\d{4})\s+(.+?)\s+(\d{1,2})\s*класс", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_GRADE = re.compile(r"(?<!\d)(\d{1,2})\s*[-–]?\s*(?:й\s+)?кл(?:асс|\.|\b)", re.IGNORECASE)


def as_date(value: Any) -> date | None:
    """A day of a cell: a date, `20.04.2026` or `2026.06.02`, with or without a time after it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = text(value)[:10]
    for pattern in ("%d.%m.%Y", "%Y.%m.%d", "%Y-%m-%d"):
        try:
            return datetime.strptime(written, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def of_frame(rows: list[Row]) -> tuple[Identity, int | None]:
    """The procedure and the maximum primary score that the frame of a ФИС ОКО report names in its first rows."""
    identity, maximum = Identity(), None
    for row in rows[:12]:
        first = text(row[0]) if row else ""
        second = row[1] if len(row) > 1 else ""
        if match := _TITLE.match(first):
            year, subject, grade = int(match[1]), canonical(match[2]), int(match[3])
            identity = Identity("vpr", year, subject, grade, identity.held_on)
        elif folded(first).startswith("максимальный первичный балл"):
            maximum = whole(second)
        elif folded(first).startswith("дата:"):
            identity = Identity(identity.kind, identity.year, identity.subject, identity.grade, as_date(second))
    return identity, maximum


def of_name(name: str) -> Identity:
    """A hint only: year, subject and grade that a file name and its folders name.

    `2021/4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx`, `2022/5/Биология.xlsx`.
    """
    path = PurePath(name.replace("\\", "/"))
    stem, folders = path.stem, list(path.parts[:-1])[-3:]
    years = _YEAR.findall(stem) or [part for part in folders if re.fullmatch(r"20[12]\d", part)]
    grade = _GRADE.search(stem)
    grades = [grade[1]] if grade else [part for part in folders if re.fullmatch(r"[1-9]|1[01]", part)]
    subject = subject_in(stem)
    return Identity(
        kind="vpr" if subject else "",
        year=int(years[-1]) if years else None,
        subject=subject,
        grade=int(grades[-1]) if grades else None,
    )
