"""Words of headers and cells made comparable: case, «ё», spaces, look-alike letters."""

import re
from datetime import date, datetime
from typing import Any

Row = list[Any]

LATIN_TO_CYRILLIC = str.maketrans("ABCEHKMOPTXYabcekmoptxy", "АВСЕНКМОРТХУавсекмортху")
LOGIN = re.compile(r"\b(edu|sch|ksh|spo)\s*(\d{6})\b", re.IGNORECASE)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# «1», «9.1», «4К1», «13.2К3», «5(1)», «ГК1»: numbers of tasks and of criteria as works write them.
NUMBER = r"(?:[А-ЯЁA-Z]{1,3}\s*)?\d{1,3}(?:[.,]\d+)*\.?(?:\s*\(\d{1,2}\))?(?:\s*[КK]\s*\d+)?"
ITEM = re.compile(
    rf"^(?:задание\b|зад\.)?\s*№?\s*(?P<number>{NUMBER})\s*[.)]?\s*[(\[]\s*(?:макс\w*\.?\s*:?\s*)?(?P<maximum>\d+)\s*б\w*\.?\s*[)\]]$",
    re.IGNORECASE,
)
TASK = re.compile(rf"^(?P<number>{NUMBER})$", re.IGNORECASE)
_LEVELS = re.compile(r"^(?:([БПВ])|(базов|повыш|высок)\w*)\.?$", re.IGNORECASE)


def text(value: Any) -> str:
    """A cell as people see it: `9306.0` is «9306», a date is dd.mm.yyyy, no spaces at the ends."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d.%m.%Y")
    written = str(value)
    if not written.isprintable():
        written = "".join(letter if letter.isprintable() else " " for letter in written if letter not in _INVISIBLE)
    return " ".join(written.split())


def folded(value: Any) -> str:
    """A header or keyword for comparison: lower case, «ё» as «е», single spaces."""
    return text(value).lower().replace("ё", "е")


def whole(value: Any) -> int | None:
    """A whole number of a cell, also when stored as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    written = text(value).replace(",", ".")
    if re.fullmatch(r"\d{1,9}(?:\.0+)?", written, re.ASCII):
        return int(float(written))
    return None


def item_number(value: str) -> str:
    """A task number in one spelling: «1K1», «5 (1)», «9,1» and «9.1.» become «1К1», «5.1», «9.1» and «9.1»."""
    number = value.upper().translate(LATIN_TO_CYRILLIC).replace(",", ".").replace(" ", "")
    return re.sub(r"\((\d+)\)", r".\1", number).strip(".")


def level(value: Any) -> str:
    """The level of a task, «Б», «П» or «В», however it is written; empty for anything else."""
    match = _LEVELS.match(text(value).translate(LATIN_TO_CYRILLIC))
    return (match[1] or match[2][0]).upper() if match else ""


def code_of(value: Any) -> str:
    """A code of a school or a territory: `9306.0` and «9306.0» are «9306»."""
    return re.sub(r"(?<=\d)[.,]0+$", "", text(value))


def header_in(rows: list[Row], *words: str, within: int = 20) -> int | None:
    """Index of the first row that has all these heads, in any order and letter case."""
    wanted = set(words)
    return next((i for i, row in enumerate(rows[:within]) if wanted <= {folded(cell) for cell in row}), None)


def class_label(value: Any) -> str:
    """«4а», «А» and «A» are one class «А»; «нет» (the only class of the grade) is an empty label."""
    label = text(value).upper().translate(LATIN_TO_CYRILLIC).replace("\\", "/")
    if label in {"НЕТ", "-", "—", "0"}:
        return ""
    if match := re.fullmatch(r"\d{1,2}\s*[-«\"]?\s*([А-ЯЁ].*?)[»\"]?", label):
        label = match[1]
    return label[:40]
