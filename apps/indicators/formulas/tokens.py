"""From text to tokens. Everything that is not in the language stops here, with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.indicators.formulas.errors import FormulaError

MAX_LENGTH = 4000
CODE_LENGTH = 40

# A code of an indicator: letters (Russian ones too), digits and «. _ % -»; it stands in brackets.
CODE = re.compile(r"[A-Za-zА-ЯЁа-яё0-9][A-Za-zА-ЯЁа-яё0-9._%-]*\Z")
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n\u00a0\u202f]+)
      | (?P<number>[0-9]{1,20}(?:\.[0-9]{1,12})?)
      | \[(?P<code>[^\[\]]{1,200})\]
      | (?P<word>[A-Za-z]+)
      | (?P<sign><=|>=|<>|!=|==|[-+*/<>=(),:−×·÷≤≥≠])
    """,
    re.VERBOSE,
)
_SAME = {"−": "-", "×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "==": "="}


@dataclass(frozen=True)
class Token:
    kind: str  # number, code, word, sign, end
    text: str
    position: int  # of its first character, from 1


def tokenize(text: str) -> Iterator[Token]:
    """Tokens of the text, then one of kind `end`. Raises FormulaError."""
    if len(text) > MAX_LENGTH:
        raise FormulaError("too_long", f"Формула длиннее {MAX_LENGTH} знаков. Разбейте её на несколько показателей.")
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _unknown(text, place)
        kind = match.lastgroup or ""
        if kind != "space":
            yield _token(kind, match[kind], place + 1)
        place = match.end()
        if kind == "number" and text[place : place + 1] in {".", "_"}:
            raise FormulaError("bad_number", "Число записано неверно. Пример: 12.5", place + 1)
    yield Token("end", "", len(text) + 1)


def _token(kind: str, found: str, position: int) -> Token:
    if kind == "code":
        code = found.strip()
        if len(code) > CODE_LENGTH or not CODE.match(code):
            raise FormulaError("bad_code", "В скобках должен стоять код показателя, например [so_oo.1.10].", position)
        return Token(kind, code, position)
    if kind == "word":
        return Token(kind, found.lower(), position)
    return Token(kind, _SAME.get(found, found), position)


def _unknown(text: str, place: int) -> FormulaError:
    sign = text[place]
    if sign == "[":
        return FormulaError("bad_code", "Код показателя не закрыт скобкой «]» или слишком длинный.", place + 1)
    if sign.isalpha():
        return FormulaError("unknown_word", "Слова пишутся латиницей: sum, if, and. Код показателя — в [ ].", place + 1)
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    return FormulaError("unknown_sign", f"Знак «{shown}» в формулах не используется.", place + 1)
