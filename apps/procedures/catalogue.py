"""Shipped catalogues of works: scales and items by kind, year, subject and grade, each with source and state."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

OFFICIAL, UNCONFIRMED = "official", "unconfirmed"


@dataclass(frozen=True)
class CatalogueItem:
    number: str
    maximum: int
    level: str
    skill: str


@dataclass(frozen=True)
class Work:
    """What a catalogue says about one work."""

    kind: str
    year: int
    subject: str
    grade: int
    maximum: int
    bounds: tuple[int, ...]
    items: tuple[CatalogueItem, ...]
    source: str
    scale_state: str
    items_state: str
    doubts: tuple[str, ...] = ()

    @property
    def maxima_fit(self) -> bool:
        """Whether the maxima of the items add up to that of the work; if not, none of them is to be relied on."""
        return bool(self.items) and sum(item.maximum for item in self.items) == self.maximum


def _work(data: dict[str, Any], source: str, scale_state: str) -> Work:
    items = tuple(CatalogueItem(i["number"], i["max"], i["level"], i["skill"]) for i in data["items"])
    return Work(
        data["kind"], data["year"], data["subject"], data["grade"], data["max"], tuple(data["bounds"]), items,
        source, scale_state if data["bounds"] else "", data["items_state"], tuple(data.get("doubts", ())),
    )  # fmt: skip


@lru_cache
def works() -> dict[tuple[str, int, str, int], Work]:
    """All shipped works by (kind, year, subject, grade)."""
    found: dict[tuple[str, int, str, int], Work] = {}
    for path in sorted((settings.BASE_DIR / "fixtures" / "procedures").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for entry in data["works"]:
            work = _work(entry, data["source"], data["scale_state"])
            found[work.kind, work.year, work.subject, work.grade] = work
    return found


def find(kind: str, year: int, subject: str, grade: int) -> Work | None:
    """The catalogue of exactly this year."""
    return works().get((kind, year, subject, grade))


def nearest(kind: str, year: int, subject: str, grade: int) -> Work | None:
    """The catalogue of another year of the same work: an assumption, to be shown as not confirmed."""
    same = [work for work in works().values() if (work.kind, work.subject, work.grade) == (kind, subject, grade)]
    return min(same, key=lambda work: abs(work.year - year), default=None)
