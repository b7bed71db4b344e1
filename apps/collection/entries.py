"""What was entered for a row: a cell of a workbook and a field of a page are read by the same rules. No Django here.

Numbers are read by the portal's one number parser; here a row's own demands are added: whole, yes or no, bounds of the
database. What cannot be read is refused with words: what was found, what was expected, what to do.
"""

from dataclasses import dataclass
from decimal import Decimal

from apps.workbooks.cells import Cell, CellProblem, NumberProblem, clean_text, parse_number, show

MAX_WHOLE_DIGITS = 14  # the database keeps 20 digits, 6 of them after the point
MAX_DECIMALS = 6
YES = frozenset({"да", "yes", "true", "истина", "1", "+"})
NO = frozenset({"нет", "no", "false", "ложь", "0"})
NO_REASON = "Если данных нет, оставьте значение пустым и напишите причину в примечании."


@dataclass(frozen=True)
class Entry:
    """What a cell said. `says_absent`: «н/д» or a dash stands where the number would be."""

    number: Decimal | None = None
    text: str = ""
    says_absent: bool = False
    changed_from: str = ""  # the text as it stood, where it was read as something else

    @property
    def is_empty(self) -> bool:
        return self.number is None and not self.text and not self.says_absent


EMPTY = Entry()


class BadEntry(ValueError):
    """The cell cannot be read; the parts are for people."""

    def __init__(self, code: str, message: str, *, found: str, expected: str, action: str) -> None:
        self.code, self.message = code, message
        self.found, self.expected, self.action = found, expected, action
        super().__init__(message)


def plain(number: Decimal) -> str:
    """The number as people write it: decimal comma, no needless zeros."""
    return f"{number.normalize():f}".replace(".", ",") if number else "0"


def _quoted(value: Cell) -> str:
    return f"«{show(value)}»"


def _stored_problem(value: CellProblem, expected: str) -> BadEntry:
    return BadEntry(value.kind, value.message, found=_quoted(value), expected=expected, action=value.action)


def read_yes_no(value: Cell) -> Entry:
    if isinstance(value, CellProblem):
        raise _stored_problem(value, "«да» или «нет»")
    if isinstance(value, bool):
        return Entry(Decimal(int(value)), changed_from=_quoted(value))
    if isinstance(value, int | float) and value in (0, 1):
        return Entry(Decimal(int(value)), changed_from=_quoted(value))
    text = clean_text(value).casefold() if isinstance(value, str) else ""
    if value is None or (isinstance(value, str) and not text):
        return EMPTY
    if text in YES or text in NO:
        return Entry(Decimal(int(text in YES)), changed_from="" if text in {"да", "нет"} else _quoted(value))
    if (
        isinstance(value, str)
        and isinstance(problem := parse_number(value), NumberProblem)
        and problem.kind == "no_data"
    ):
        return Entry(says_absent=True)
    action = "Выберите ответ из списка."
    raise BadEntry(
        "not_yes_no", "нужен ответ «да» или «нет».", found=_quoted(value), expected="«да» или «нет»", action=action
    )


def read_text(value: Cell, *, limit: int = 4000) -> Entry:
    if isinstance(value, CellProblem):
        raise _stored_problem(value, "текст")
    return EMPTY if value is None else Entry(text=clean_text(show(value, 40_000))[:limit])


def read_number(value: Cell, *, whole: bool = False) -> Entry:
    """The number of a cell or of a typed text. Raises BadEntry; empty is empty and never zero."""
    expected = "целое число" if whole else "число"
    if isinstance(value, CellProblem):
        raise _stored_problem(value, expected)
    number = parse_number(value)
    if isinstance(number, NumberProblem):
        if number.kind == "blank":
            return EMPTY
        if number.kind == "no_data":
            return Entry(says_absent=True)
        action = f"{number.action} {NO_REASON}" if number.kind == "text" else number.action
        raise BadEntry(number.kind, number.message, found=_quoted(value), expected=expected, action=action)
    if whole and number != number.to_integral_value():
        action = "Округлять не нужно: проверьте, сколько их на самом деле."
        raise BadEntry("not_whole", "нужно целое число.", found=_quoted(value), expected=expected, action=action)
    _require_room(number, value)
    return Entry(number, changed_from=_quoted(value) if isinstance(value, str) else "")


def _require_room(number: Decimal, value: Cell) -> None:
    """The database would round or refuse it: say so before."""
    if number and number.adjusted() >= MAX_WHOLE_DIGITS:
        expected = f"не больше {MAX_WHOLE_DIGITS} цифр до запятой"
        action = "Проверьте, не вставлено ли туда постороннее."
        raise BadEntry("size", "такое число невозможно.", found=_quoted(value), expected=expected, action=action)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MAX_DECIMALS:
        expected = f"не больше {MAX_DECIMALS} знаков после запятой"
        raise BadEntry(
            "decimals", "слишком много знаков после запятой.", found=_quoted(value), expected=expected,
            action="Округлите число.",
        )  # fmt: skip
