"""Clusters by rules: organisations that are alike in every chosen criterion stand together. No Django here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Criterion(StrEnum):
    LOCALITY = "locality"
    SIZE = "size"
    LEVEL = "level"
    LOW_RESULTS = "low_results"
    BAND = "band"


TITLES = {
    Criterion.LOCALITY: "местность: город или село",
    Criterion.SIZE: "число обучающихся",
    Criterion.LEVEL: "уровень программ",
    Criterion.LOW_RESULTS: "отметка «школа с низкими результатами» (ШНОР)",
    Criterion.BAND: "группа по социальному индексу (ИСБШ)",
}
LOCALITIES = {"urban": "город", "rural": "село"}
LEVELS = ("secondary", "basic", "primary", "preschool", "additional")
LEVEL_WORDS = {
    "secondary": "до 11 класса",
    "basic": "до 9 класса",
    "primary": "до 4 класса",
    "preschool": "дошкольное",
    "additional": "дополнительное",
}
BANDS = {
    1: "условия наименее благоприятные",
    2: "условия ниже середины",
    3: "условия выше середины",
    4: "условия наиболее благоприятные",
}
UNKNOWN = 99


@dataclass(frozen=True)
class Facts:
    """What the rules look at; None is not known."""

    locality: str
    programmes: tuple[str, ...] = ()
    pupils: int | None = None
    low_results: bool | None = None
    band: int | None = None


@dataclass(frozen=True)
class Grouped:
    """A cluster of the rules: its words and its members."""

    words: tuple[str, ...]
    members: tuple[Any, ...]

    @property
    def name(self) -> str:
        return ", ".join(self.words).capitalize()


def grouped(facts: Mapping[Any, Facts], criteria: Sequence[Criterion], bounds: Sequence[int]) -> list[Grouped]:
    """Every combination that occurs, in the order of the criteria; members in the order given."""
    found: dict[tuple[int, ...], tuple[tuple[str, ...], list[Any]]] = {}
    for key, one in facts.items():
        marks = [_mark(one, criterion, bounds) for criterion in criteria]
        place, words = tuple(mark[0] for mark in marks), tuple(mark[1] for mark in marks)
        found.setdefault(place, (words, []))[1].append(key)
    return [Grouped(words, tuple(members)) for _, (words, members) in sorted(found.items())]


def _mark(facts: Facts, criterion: Criterion, bounds: Sequence[int]) -> tuple[int, str]:
    """An order and the words."""
    match criterion:
        case Criterion.LOCALITY:
            return list(LOCALITIES).index(facts.locality), LOCALITIES[facts.locality]
        case Criterion.SIZE:
            return _size(facts.pupils, sorted(bounds))
        case Criterion.LEVEL:
            level = next((one for one in LEVELS if one in facts.programmes), "")
            return (LEVELS.index(level), LEVEL_WORDS[level]) if level else (UNKNOWN, "программы не указаны")
        case Criterion.LOW_RESULTS:
            if facts.low_results is None:
                return UNKNOWN, "отметки ШНОР нет"
            return (0, "ШНОР") if facts.low_results else (1, "не ШНОР")
    return (facts.band, BANDS[facts.band]) if facts.band else (UNKNOWN, "индекса нет")


def _size(pupils: int | None, bounds: Sequence[int]) -> tuple[int, str]:
    """From the largest down."""
    if pupils is None:
        return UNKNOWN, "число обучающихся неизвестно"
    above = sum(pupils >= bound for bound in bounds)
    if above == len(bounds):
        words = f"{bounds[-1]} обучающихся и больше"
    elif above == 0:
        words = f"до {bounds[0] - 1} обучающихся"
    else:
        words = f"{bounds[above - 1]}–{bounds[above] - 1} обучающихся"
    return len(bounds) - above, words
