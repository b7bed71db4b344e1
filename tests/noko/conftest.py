"""Primary figures of a school and a kindergarten, as an operator gives them."""

from typing import Any

import pytest

from tests.packs import packs_loaded


def yes(number: str, there: int, of: int) -> dict[str, str]:
    """A checklist: the first `there` conditions of `of` are met."""
    return {f"{number}.o{at}": "да" if at <= there else "нет" for at in range(1, of + 1)}


@pytest.fixture
def pack(db: None) -> None:
    packs_loaded()


@pytest.fixture
def of_school() -> dict[str, Any]:
    return {
        "N": 240,
        **{"1.1.1": 12, "1.1.1n": 14, "1.1.2": 44, "1.1.2n": 50},
        **yes("1.2", 3, 6),
        **{"1.3.1": 180, "1.3.1n": 200, "1.3.2": 150, "1.3.2n": 160},
        **yes("2.1", 4, 5),
        "2.3.u": 210,
        **yes("3.1", 2, 5),
        **yes("3.2", 5, 6),
        **{"3.3.u": 6, "3.3.n": 8},
        **{"4.1.u": 228, "4.2.u": 231, "4.3.u": 140, "4.3.n": 150},
        **{"5.1.u": 222, "5.2.u": 204, "5.3.u": 219},
    }


@pytest.fixture
def of_kindergarten() -> dict[str, Any]:
    """Nobody with a disability was asked; no ramp, no parking, nothing of 3.1."""
    return {
        "N": 90,
        **{"1.1.1": 9, "1.1.1n": 11, "1.1.2": 33, "1.1.2n": 38},
        **yes("1.2", 5, 6),
        **{"1.3.1": 70, "1.3.1n": 80, "1.3.2": 50, "1.3.2n": 60},
        **yes("2.1", 5, 5),
        "2.3.u": 85,
        **yes("3.1", 0, 5),
        **yes("3.2", 2, 6),
        **{"3.3.u": 0, "3.3.n": 0},
        **{"4.1.u": 88, "4.2.u": 89, "4.3.u": 30, "4.3.n": 36},
        **{"5.1.u": 84, "5.2.u": 80, "5.3.u": 86},
    }
