"""Placeholders in texts of recommendations: `{организация}`, `{значение}`. No Django here.

A text is checked when it is saved. Filled it never has an empty hole: what has no figure is named, and the text is
not sent to that organisation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from apps.core.findings import Finding, error

ORGANIZATION = "организация"
INDICATOR = "показатель"
VALUE = "значение"
AVERAGE = "среднее по муниципалитету"
CLUSTER = "кластер"
CLUSTER_AVERAGE = "среднее по кластеру"
PERIOD = "период"
TERM = "срок"

KNOWN: Mapping[str, str] = {
    ORGANIZATION: "краткое название организации",
    INDICATOR: "название показателя или признака",
    VALUE: "значение этой организации",
    AVERAGE: "среднее значение по муниципалитету",
    CLUSTER: "группа похожих организаций, в которой она состоит",
    CLUSTER_AVERAGE: "среднее значение по этой группе",
    PERIOD: "период, за который взято значение",
    TERM: "срок исполнения",
}
_HOLE = "[нет: {}]"
_TOKEN = re.compile(r"\{([^{}]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def _name(raw: str) -> str:
    """As people may type it: any case, «е» for «ё», any spaces."""
    return " ".join(raw.casefold().replace("ё", "е").split())


_BY_NAME = {_name(name): name for name in KNOWN}


def used(text: str) -> set[str]:
    """The known placeholders that stand in the text."""
    return {_BY_NAME[name] for raw in _TOKEN.findall(text) if (name := _name(raw)) in _BY_NAME}


def check(text: str, field: str = "") -> list[Finding]:
    """What a text must not have: unknown placeholders and braces without a pair. All at once."""
    return list(_faults(text, field))


def _faults(text: str, field: str) -> Iterator[Finding]:
    where = f"«{field}»: " if field else ""
    seen = set()
    for raw in _TOKEN.findall(text):
        name = _name(raw)
        if name in _BY_NAME or name in seen:
            continue
        seen.add(name)
        close = get_close_matches(name, _BY_NAME, n=1)
        hint = f"Возможно, {{{_BY_NAME[close[0]]}}}." if close else f"Есть {said()}."
        yield error("unknown_placeholder", f"{where}Неизвестная подстановка {{{raw.strip()[:60]}}}.", action=hint)
    rest = _TOKEN.sub("", text)
    if "{" in rest or "}" in rest:
        message = f"{where}В тексте есть фигурная скобка без пары."
        yield error("lone_brace", message, action="Закройте подстановку или уберите скобку.")


def said() -> str:
    """All placeholders in one line, as people type them."""
    return ", ".join(f"{{{name}}}" for name in KNOWN)


@dataclass(frozen=True)
class Filled:
    """A text with its figures. `missing` names what there is no figure for; then `text` must not be sent."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, figures: Mapping[str, str]) -> Filled:
    """Put the figures in. What is absent or empty stays in words «нет: …» and is named in `missing`."""
    missing: list[str] = []

    def put(found: re.Match[str]) -> str:
        name = _BY_NAME.get(_name(found.group(1)))
        if name and figures.get(name):
            return figures[name]
        lacking = name or found.group(1).strip()
        if lacking not in missing:
            missing.append(lacking)
        return _HOLE.format(lacking)

    return Filled(_TOKEN.sub(put, text), tuple(missing))


def common(text: str) -> str:
    """What all addressees read alike: sentences with a placeholder are left out, and it is said that they differ."""
    if not used(text):
        return text
    kept = [part for part in _SENTENCE.split(text) if not _TOKEN.search(part)]
    return " ".join(["У каждого адресата свои числа.", *kept])


def has_hole(text: str) -> bool:
    """Whether a filled text still says that a figure is missing."""
    return _HOLE.partition("{")[0] in text
