"""How typed texts are taken: cleaned, never cut in silence."""

import re

from apps.core.findings import Finding, error
from apps.workbooks.cells import clean_text

_PERSON = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? [А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?")


def cleaned(text: str) -> str:
    return clean_text(text or "").strip()


def too_long(label: str, text: str, most: int) -> list[Finding]:
    """A fault when a text is longer than its place. The page has asked before; services are called by others too."""
    if len(text) <= most:
        return []
    message = f"{label}: {len(text)} знаков, помещается {most}."
    return [error("too_long", message, action="Сократите или приложите файлом.")]


def names_several(responsible: str) -> bool:
    """«Иванова И. И., Петров П. П.»: two people do not answer for one thing."""
    return ";" in responsible or "\n" in responsible or len(_PERSON.findall(responsible)) > 1
