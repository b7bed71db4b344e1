"""What we ship as data is clean text: a stray control character would be printed on pages and in the report."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

FIXTURES = sorted((settings.BASE_DIR / "fixtures").rglob("*.json"))
UNWANTED = {"Cc", "Cf", "Co", "Cn", "Cs"}  # controls, soft hyphens and marks of direction, private use, unassigned


def texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


def unclean(text: str) -> list[str]:
    return [f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in UNWANTED]


def test_there_are_fixtures() -> None:
    assert len(FIXTURES) >= 5


def test_the_check_sees_what_it_is_for() -> None:
    assert unclean("деятель\u0002ности, де\u00adло") == ["U+0002", "U+00AD"]
    assert unclean("«Деятельность» — 5 %, № 1") == []


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_holds_no_control_characters(path: Path) -> None:
    found = {text: signs for text in texts(json.loads(path.read_text("utf-8"))) if (signs := unclean(text))}
    assert found == {}


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_is_composed_text(path: Path) -> None:
    found = [text for text in texts(json.loads(path.read_text("utf-8"))) if not unicodedata.is_normalized("NFC", text)]
    assert found == []
