"""One cell: its value, its address, and the only number parser of the portal. No Django here."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class CellProblem:
    """A cell that has something in it that cannot be taken as a value.

    kind: `formula` (a formula without a stored result), `error` (#ДЕЛ/0! and the like), `number` (a number that no
    spreadsheet can hold), `date` (a date out of the calendar), `long` (a text above the limit).
    """

    kind: str
    found: str = ""

    @property
    def message(self) -> str:
        return _CELL_PROBLEMS[self.kind][0]

    @property
    def action(self) -> str:
        return _CELL_PROBLEMS[self.kind][1]


Cell = str | int | float | bool | date | datetime | CellProblem | None

_CELL_PROBLEMS = {
    "formula": (
        "формула без сохранённого результата.",
        "Откройте книгу в табличном редакторе и сохраните её ещё раз или впишите готовое число.",
    ),
    "error": ("формула дала ошибку.", "Исправьте формулу или впишите готовое число."),
    "number": ("число записано так, что его нельзя прочитать.", "Впишите число заново, например 12,5."),
    "date": ("дата вне календаря.", "Впишите дату заново в виде ДД.ММ.ГГГГ."),
    "long": ("слишком длинный текст.", "Сократите текст."),
}


# --- addresses


def column_letters(column: int) -> str:
    """Letters of a column counted from 1: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Column counted from 1 by its letters: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """Address of a cell as people see it; row and column are counted from 1."""
    return f"{column_letters(column)}{row}"


_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


def parse_address(text: str) -> tuple[int, int]:
    """(row, column) from 1 of an address such as B7. Raises ValueError on anything else."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        raise ValueError(text)
    return int(match[2]), column_number(match[1])


# --- text

# Zero-width and direction marks, soft hyphen, byte order mark: invisible, so never meant.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_PILE = re.compile(f"({_ACCENT}{{2}}){_ACCENT}+")
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Text fit for the database and for a page: NFC, no control, invisible or direction marks, no piles of accents."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    return _PILE.sub(r"\1", unicodedata.normalize("NFC", text)).strip()


def normalise_header(text: object) -> str:
    """Words of a header for comparison: lower case, ё as е, one space between words, no trailing punctuation."""
    words = _SPACES.sub(" ", clean_text(str(text or ""))).casefold().replace("ё", "е")
    return words.strip(" .:;*")


# Letters and digits that look alike; codes are compared in the right-hand form.
_LOOK_ALIKES = str.maketrans("АВЕЁКМНОРСТУХІЈЅԚԜҮ–—−‐", "ABEEKMHOPCTYXIJSQWY----")


def fold_code(code: object) -> str:
    """A code for comparison: upper case, Cyrillic look-alikes as Latin, full-width as plain, no spaces."""
    text = unicodedata.normalize("NFKC", clean_text(str(code if code is not None else "")))
    return _SPACES.sub("", text).upper().translate(_LOOK_ALIKES)


def match_code(code: object, known: Iterable[str]) -> str | None:
    """The one known code that looks like `code`; None if there is none or more than one."""
    known = list(known)
    if code in known:
        return str(code)
    folded = fold_code(code)
    matches = [candidate for candidate in known if fold_code(candidate) == folded]
    return matches[0] if len(matches) == 1 else None


# --- numbers


@dataclass(frozen=True)
class NumberProblem:
    """Why a cell is not a number. `kind` is for code and tests, the sentences are for people.

    `blank` and `no_data` mean that there is no number at all: the caller decides whether that may be; it is never 0.
    """

    kind: str
    found: str = ""

    @property
    def message(self) -> str:
        return _NUMBER_PROBLEMS[self.kind][0]

    @property
    def action(self) -> str:
        return _NUMBER_PROBLEMS[self.kind][1]


_WRITE_NUMBER = "Введите одно число цифрами, например 12 или 12,5."
_NUMBER_PROBLEMS = {
    "blank": ("ячейка пуста.", _WRITE_NUMBER),
    "no_data": ("вместо числа указано, что данных нет.", "Введите число или выберите причину, по которой данных нет."),
    "text": ("это не число.", _WRITE_NUMBER),
    "percent": ("число записано со знаком процента.", "Уберите знак % и оставьте число, например 85."),
    "unit": ("рядом с числом есть слова.", "Оставьте только число, единица измерения уже указана в форме."),
    "range": ("указан промежуток, а не одно число.", _WRITE_NUMBER),
    "date": (
        "это дата, а нужно число: редактор мог сам превратить запись вроде 12.5 в 12 мая.",
        "Задайте ячейке числовой формат и введите число через запятую, например 12,5.",
    ),
    "boolean": ("это «да/нет», а нужно число.", _WRITE_NUMBER),
    "size": ("число слишком велико или слишком длинно.", "Проверьте число: допустимо до 15 знаков до запятой."),
    "digits": ("число записано необычными цифрами.", "Введите число обычными цифрами 0–9."),
    "cell": ("значение нельзя прочитать.", _WRITE_NUMBER),
}
_NO_DATA = {"-", "–", "—", "н/д", "нд", "н.д", "нет", "нет данных", "не указано", "х", "x", "n/a", "б/д", "...", "…"}
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]*)?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]{1,4}")
_RANGE = re.compile(r"[0-9.,]+ ?(?:-|\.\.|до) ?[0-9.,]+")
_DATE_TEXT = re.compile(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}(?: .*)?"
    r"|[0-9]{1,2}[./ -](?:янв|фев|мар|апр|ма[йя]|ию[нл]|авг|сен|окт|ноя|дек).*"
)
_DASHES = dict.fromkeys(map(ord, "−–—‐‑‒"), "-")
_LARGEST = Decimal(10) ** 15


def parse_number(value: Cell) -> Decimal | NumberProblem:
    """The number in a cell as a finite Decimal below 10**15, or why there is none.

    Takes what people write: decimal comma, spaces of any width between thousands, a text that holds a number.
    Refuses what can be meant in two ways: percent signs, units, ranges, dates, `1_0`, foreign digits, NaN, infinity.
    Numbers stored by a spreadsheet are taken at the 15 digits that it shows.
    """
    match value:
        case None:
            return NumberProblem("blank")
        case bool():
            return NumberProblem("boolean", "ИСТИНА" if value else "ЛОЖЬ")
        case int() | float():
            return _stored_number(value)
        case date():
            return NumberProblem("date", show(value))
        case CellProblem():
            return NumberProblem("cell", value.found)
    return _written_number(value)


def _stored_number(value: float) -> Decimal | NumberProblem:
    if not abs(value) < float(_LARGEST):  # NaN is not below anything either
        return NumberProblem("size", f"{value:.6g}")
    if isinstance(value, int):
        return Decimal(value)
    number = Decimal(format(value, ".15g"))
    return number if number else Decimal(0)


def _written_number(value: str) -> Decimal | NumberProblem:
    text = _SPACES.sub(" ", clean_text(value)).strip()
    found = text[:60]
    if not text:
        return NumberProblem("blank")
    if text.casefold().rstrip(".") in _NO_DATA or text in _NO_DATA:
        return NumberProblem("no_data", found)
    text = text.translate(_DASHES)
    if len(text) > 40:
        return NumberProblem("size" if text.strip("+-0123456789., eE") == "" else "text", found)
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text) or _EXPONENT.fullmatch(text):
        return _decimal(text.replace(" ", "").replace(",", "."), found)
    return NumberProblem(_kind_of_text(text), found)


def _decimal(text: str, found: str) -> Decimal | NumberProblem:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return NumberProblem("size", found)
    if not number.is_finite() or abs(number) >= _LARGEST or (number and number.adjusted() < -15):
        return NumberProblem("size", found)
    return Decimal(format(number, "f")) if number else Decimal(0)


def _kind_of_text(text: str) -> str:
    lowered = text.casefold()
    if any(c.isdigit() and not ("0" <= c <= "9") for c in text):
        return "digits"
    if lowered.endswith("%"):
        return "percent"
    if _DATE_TEXT.fullmatch(lowered):
        return "date"
    if _RANGE.fullmatch(lowered):
        return "range"
    if re.match(r"[+-]?[0-9][0-9 .,]* ?[^\W\d_]", lowered):
        return "unit"
    return "text"


# --- showing


def show(value: Cell, length: int = 60) -> str:
    """A cell's value as a finding quotes it: short, in Russian notation."""
    match value:
        case None:
            return "пусто"
        case bool():
            text = "ИСТИНА" if value else "ЛОЖЬ"
        case float():
            text = format(value, ".15g").replace(".", ",")
        case datetime():
            text = value.strftime("%d.%m.%Y %H:%M")
        case date():
            text = value.strftime("%d.%m.%Y")
        case CellProblem():
            text = value.found
        case _:
            text = str(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"
