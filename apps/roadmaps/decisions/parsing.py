"""Items of an act as they are pasted from a text editor. No Django here.

One item a line; its number stands first and is kept as it is, repeated ones too. A line without a number continues the
one above it. A number that others stand under, with a text that ends in a colon, only unites them. A term «в срок до
28 марта 2022 года» or «до 20.12.2022» is read; words «рекомендовать» or «принять к сведению» say the kind.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6, "июля": 7, "августа": 8,
    "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
}  # fmt: skip
_NUMBER = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})*\.?|\d{1,3}(?:\.\d{1,3})*[а-яa-z]?\))\s+(.*)$", re.IGNORECASE)
_DOTTED = re.compile(r"\bдо\s+(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WORDED = re.compile(r"\bдо\s+(\d{1,2})\s+(" + "|".join(MONTHS) + r")\s+(\d{4})", re.IGNORECASE)


@dataclass(frozen=True)
class ParsedItem:
    """An item as it was written."""

    number: str
    text: str
    kind: str = "oblige"
    due_on: date | None = None
    is_heading: bool = False


def parse_items(text: str) -> list[ParsedItem]:
    """The items in their order; nothing for an empty text."""
    pieces: list[tuple[str, str]] = []
    for line in text.replace("\r\n", "\n").replace("\x00", "").split("\n"):
        if not line.strip():
            continue
        found = _NUMBER.match(line)
        if found:
            pieces.append((found[1], found[2].strip()))
        elif pieces:
            number, before = pieces[-1]
            pieces[-1] = (number, f"{before}\n{line.strip()}")
        else:
            pieces.append(("", line.strip()))
    return [_item(pieces, place) for place in range(len(pieces))]


def _item(pieces: list[tuple[str, str]], place: int) -> ParsedItem:
    number, text = pieces[place]
    following = pieces[place + 1][0] if place + 1 < len(pieces) else ""
    unites = bool(number) and following.startswith(f"{number.rstrip('.')}.") and text.rstrip().endswith(":")
    if unites:
        return ParsedItem(number, text, is_heading=True)
    return ParsedItem(number, text, kind=kind_of(text), due_on=term_of(text))


def kind_of(text: str) -> str:
    """By the words of the item."""
    lowered = text.lower()
    if "к сведению" in lowered and "принять" in lowered:
        return "note"
    return "recommend" if "рекоменд" in lowered[:80] else "oblige"


def term_of(text: str) -> date | None:
    """The first day that the text names as a term; None when it names none or no such day is in the calendar."""
    dotted, worded = _DOTTED.search(text), _WORDED.search(text)
    first = min((found for found in (dotted, worded) if found), key=lambda found: found.start(), default=None)
    if first is None:
        return None
    day, month, year = first.groups()
    try:
        return date(int(year), MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
