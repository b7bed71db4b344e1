"""How wide a text is and where it breaks: a careful guess for PT Sans, enough to lay out labels. No Django here."""

from collections.abc import Sequence
from functools import lru_cache
from os.path import commonprefix

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


def _inner(text: str) -> str:
    """What stands inside the quotes of an organisation's name: «СОШ № 7» without its legal form."""
    start, end = text.find("«"), text.rfind("»")
    return text[start + 1 : end] if 0 <= start < end - 1 else text


def _ends(text: str, room: float, size: float) -> str:
    """The beginning and the end of a text, with «…» between, where it does not fit."""
    keep = len(text)
    while keep > 2 and width(f"{text[: keep // 2]}…{text[-(keep - keep // 2) :]}", size) > room:
        keep -= 1
    return text if keep == len(text) else f"{text[: keep // 2].rstrip()}…{text[-(keep - keep // 2) :].lstrip()}"


def _without_beginning(texts: Sequence[str]) -> list[str]:
    """Without the words that all begin with: «…№ 5 имени …»."""
    same = commonprefix(list(texts))
    cut = same.rfind(" ") + 1
    cut -= 2 if same[:cut].endswith("№ ") else 0  # a number without its sign says little
    return [f"…{text[cut:]}" for text in texts] if cut else list(texts)


def told_apart(texts: Sequence[str], room: float, size: float = 14) -> list[str]:
    """Labels shortened so that they stay different: names of schools begin alike and differ in their middle or end."""
    if all(width(text, size) <= room for text in texts):
        return list(texts)
    inner = [_inner(text) for text in texts]
    found = [shortened(text, room, size) for text in inner]
    for other in (_without_beginning, lambda alike: [_ends(text, room, size) for text in alike]):
        places = [place for place, text in enumerate(found) if found.count(text) > 1]
        if not places:
            break
        for place, text in zip(places, other([inner[place] for place in places]), strict=True):
            found[place] = shortened(text, room, size)
    return found


def lines_of(text: str, room: float, size: float = 14, *, lines: int = 2) -> list[str]:
    """A label in at most `lines` lines; a long name loses its legal form, then its middle, and keeps its end."""
    if fits(text, room, size, lines=lines):
        return wrapped(text, room, size, lines=lines)
    quoted = text[text.find("«") :] if "«" in text else text
    if not fits(quoted, room, size, lines=lines):
        quoted = _ends(quoted, room * lines * 0.8, size)  # lines break at words and are not full
    return wrapped(quoted, room, size, lines=lines)


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
