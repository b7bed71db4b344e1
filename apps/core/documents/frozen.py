"""Documents that are frozen as JSON: what may stand in them, and the digest that says they did not change."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

_CONTROL = {"Cc", "Cs", "Co", "Cn"}


def without_control_characters(value: Any) -> Any:
    """Without control characters: no font has them, XML forbids them, and a file's text may carry any."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(filter(_may_stand, value))
    if isinstance(value, dict):
        return {key: without_control_characters(each) for key, each in value.items()}
    return [without_control_characters(each) for each in value] if isinstance(value, list | tuple) else value


def _may_stand(letter: str) -> bool:
    """Most letters are printable, which is told quickly; spaces of other widths and joiners are not, and stay."""
    return letter.isprintable() or letter in "\n\t" or unicodedata.category(letter) not in _CONTROL


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document in one fixed spelling."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
