"""Which procedure a file is about: the title inside it, or the hint of its name and folders."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from apps.procedures.readers.neutral import Identity
from apps.procedures.readers.subjects import canonical, subject_in
from apps.procedures.readers.text import Row, folded, text, whole

# «ВПР 2026 Русский язык 4 класс», «ВПР. Математика (базовый уровень) 8 класс», «Всероссийские проверочные работы 2025».
_TITLE = re.compile(
    r"(?:\bвпр\b|всероссийск\w+\s+проверочн\w+\s+работ\w*)[\s.,:;«»\"(–-]*(?:весна|осень)?\s*"
    r"(?P<year>20\d\d)?(?:\s*(?:года|год|г\.))?[\s.,:;)–-]*"
    r"(?P<subject>[^\d]+?)[\s.,:;–-]*(?P<grade>\d{1,2})\s*[-–]?\s*(?:й|го|х)?\s*кл(?:асс\w*|\.|\b)(?P<rest>.*)",
    re.IGNORECASE,
)
_FRAME_ROWS = 15
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
    """The procedure and the maximum primary score that the frame of a ФИС ОКО report names in its first rows.

    The frame may stand lower or to the right; a title without a year takes that of the day.
    """
    identity, maximum, told = Identity(), None, ""
    for row in rows[:_FRAME_ROWS]:
        filled = [cell for cell in row if text(cell)]
        first = text(filled[0]) if filled else ""
        second = filled[1] if len(filled) > 1 else ""
        label = folded(first)
        if not identity.kind and (match := _TITLE.search(first)):
            subject = canonical(match["subject"] + match["rest"]) if "уров" in match["rest"] else match["subject"]
            year = int(match["year"]) if match["year"] else identity.year
            identity = replace(identity, kind="vpr", year=year, subject=canonical(subject), grade=int(match["grade"]))
        elif label.startswith("максимальный первичный балл"):
            maximum = whole(second)
        elif label.startswith("предмет:"):
            told = canonical(text(second) or first.partition(":")[2])
        elif label.startswith("дата") and (day := as_date(second or first.partition(":")[2])):
            identity = replace(identity, held_on=day)
    if identity.held_on and not identity.year:
        identity = replace(identity, year=identity.held_on.year)
    if told and not identity.subject:
        identity = replace(identity, kind="vpr", subject=told)
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
