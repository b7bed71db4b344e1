"""What the numbers in cells of an xlsx stand for: shared texts and number formats. No Django here."""

import re
from dataclasses import dataclass

from apps.workbooks import markup
from apps.workbooks.book import Book
from apps.workbooks.cells import clean_text
from apps.workbooks.limits import Limits
from apps.workbooks.wire import Values

_TEXT_ITEM, _TEXT, _PHONETIC = (f"{markup.MAIN}}}{local}" for local in ("si", "t", "rPh"))


class _Texts:
    """Handlers that put together the shared texts, phonetic readings left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = self._phonetic = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == _TEXT_ITEM:
            self._pieces.clear()
        elif tag == _TEXT:
            self._inside = not self._phonetic
        elif tag == _PHONETIC:
            self._phonetic = True

    def end(self, tag: str) -> None:
        if tag == _TEXT_ITEM:
            self.texts.append(decode_escapes("".join(self._pieces)))
        elif tag == _TEXT:
            self._inside = False
        elif tag == _PHONETIC:
            self._phonetic = False

    def text(self, data: str) -> None:
        if self._inside:
            self._pieces.append(data)


def read_texts(book: Book, values: Values, limits: Limits) -> list[int]:
    """Value numbers of the shared texts, in their order."""
    collected = _Texts()
    if book.texts_part:
        part = book.parts[book.texts_part]
        markup.parse(
            book.texts_part, part, start=collected.start, end=collected.end, text=collected.text, depth=limits.depth
        )
    return [values.number(clean_text(text) or None) for text in collected.texts]


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def decode_escapes(text: str) -> str:
    """Characters that XML cannot hold, written as _xHHHH_."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@dataclass(frozen=True)
class Styles:
    """Cell formats (by their number) that change what a stored number means."""

    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_BUILT_IN_PERCENTS = {9, 10}
_NOT_PATTERN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_CODE, _FORMATS, _FORMAT = (f"{markup.MAIN}}}{local}" for local in ("numFmt", "cellXfs", "xf"))
_OTHER_FORMATS = frozenset(f"{markup.MAIN}}}{local}" for local in ("cellStyleXfs", "cellStyles", "dxfs"))


def read_styles(book: Book, limits: Limits) -> Styles:
    """Which cell formats are dates and which are percents."""
    if book.styles_part not in book.parts:
        return Styles()
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside = False
    wanted = _OTHER_FORMATS | {_CODE, _FORMATS, _FORMAT}
    for tag, attributes in markup.elements(book.styles_part, book.parts[book.styles_part], wanted, limits.depth):
        if tag == _CODE:
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == _FORMAT and inside:
            formats.append(int(attributes.get("numFmtId", "0")))
        elif tag != _FORMAT:
            inside = tag == _FORMATS
    patterns = {number: _NOT_PATTERN.sub("", code).lower() for number, code in codes.items()}
    dates = {n for n, p in patterns.items() if p != "general" and re.search("[dmyhsдмгчс]", p)} | _BUILT_IN_DATES
    percents = {n for n, p in patterns.items() if "%" in p} | _BUILT_IN_PERCENTS
    return Styles(
        frozenset(index for index, number in enumerate(formats) if number in dates),
        frozenset(index for index, number in enumerate(formats) if number in percents),
    )
