"""How wide a text is and where it breaks: a careful guess for PT Sans, enough to lay out labels. No Django here."""

from functools import lru_cache

_WIDTHS = (
    (frozenset("шщжмюыфШЩЖМЮЫФWMmw@%№—"), 0.82),
    (frozenset("АБВГДЕЁЗИЙКЛНОПРСТУХЦЧЪЬЭЯABCDEGHKNOPQRSTUVXYZ"), 0.66),
    (frozenset(" .,:;!|'()[]«»iIlj\u00a0\u202f-"), 0.33),
)


@lru_cache(maxsize=4096)
def width(text: str, size: float = 14, *, bold: bool = False) -> float:
    """The width of a line in the units of `size`; rather too wide than too narrow."""
    total = sum(next((w for letters, w in _WIDTHS if c in letters), 0.56) for c in text)
    return total * size * (1.06 if bold else 1)


def shortened(text: str, room: float, size: float = 14, *, bold: bool = False) -> str:
    """The text, or its beginning with «…» where it does not fit."""
    if width(text, size, bold=bold) <= room:
        return text
    while text and width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, room: float, size: float = 14, *, lines: int = 2, bold: bool = False) -> list[str]:
    """The text in at most `lines` lines; what does not fit ends with «…»."""
    result: list[str] = []
    words = text.split()
    while words and len(result) < lines - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        result.append(shortened(line, room, size, bold=bold))
    if words:
        result.append(shortened(" ".join(words), room, size, bold=bold))
    return result or [""]


def fits(text: str, room: float, size: float = 14, *, lines: int = 2) -> bool:
    """Whether the text can be shown whole in so many lines."""
    return not any(line.endswith("…") for line in wrapped(text, room, size, lines=lines)) or text.endswith("…")
