"""What is known of works: scales and items by kind, year, subject and grade, each with source and state.

Shipped catalogues stand in `fixtures/procedures`; what the municipality wrote (`WorkDescription`) takes their place.
Each year is a version of its own.
"""

import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings

OFFICIAL, UNCONFIRMED = "official", "unconfirmed"
Key = tuple[str, int, str, int]  # kind, year, subject, grade


@dataclass(frozen=True)
class CatalogueItem:
    """A task: `content` and `requirement` are codes through «, »."""

    number: str
    maximum: int | None
    level: str = ""
    skill: str = ""
    content: str = ""
    requirement: str = ""
    block: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "CatalogueItem":
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**{"maximum": data.get("max"), **known})

    @property
    def details(self) -> dict[str, Any]:
        """What a task of a procedure takes over besides its number and maximum."""
        return {name: getattr(self, name) for name in ("level", "skill", "content", "requirement", "block")}


@dataclass(frozen=True)
class Work:
    """What is known about one work; it is a scale too (`bounds`, `conditions`)."""

    kind: str
    year: int
    subject: str
    grade: int
    maximum: int | None
    bounds: tuple[int, ...]
    items: tuple[CatalogueItem, ...]
    source: str
    scale_state: str
    items_state: str
    doubts: tuple[str, ...] = ()
    conditions: tuple[dict[str, Any], ...] = ()
    pass_score: int | None = None
    items_source: str = ""
    is_own: bool = False  # written by the municipality
    contents: dict[str, str] = field(default_factory=dict)  # codes of content elements and their names
    requirements: dict[str, str] = field(default_factory=dict)  # codes of requirements and their names

    @property
    def key(self) -> Key:
        return self.kind, self.year, self.subject, self.grade

    @property
    def maxima_fit(self) -> bool:
        """Whether the maxima of the items add up to that of the work; if not, none of them is to be relied on."""
        return bool(self.items) and sum(item.maximum or 0 for item in self.items) == self.maximum


def _work(data: dict[str, Any], source: str, scale_state: str) -> Work:
    has_scale = bool(data["bounds"]) or data.get("pass_score") is not None
    own_source = data.get("source", source)
    return Work(
        data["kind"], data["year"], data["subject"], data["grade"], data["max"], tuple(data["bounds"]),
        tuple(CatalogueItem.from_json(item) for item in data["items"]), own_source,
        data.get("scale_state", scale_state) if has_scale else "", data["items_state"], tuple(data.get("doubts", ())),
        tuple(data.get("conditions", ())), data.get("pass_score"), own_source, contents=data.get("contents", {}),
        requirements=data.get("requirements", {}),
    )  # fmt: skip


@lru_cache
def shipped() -> dict[Key, Work]:
    """All shipped works by (kind, year, subject, grade)."""
    found: dict[Key, Work] = {}
    for path in sorted((settings.BASE_DIR / "fixtures" / "procedures").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for entry in data["works"]:
            work = _work(entry, data["source"], data["scale_state"])
            found[work.key] = work
    return found


def of_row(row: Any) -> Work:
    known = shipped().get((row.kind, row.year, row.subject.name, row.grade))
    return Work(
        row.kind, row.year, row.subject.name, row.grade, row.max_score, tuple(row.bounds),
        tuple(CatalogueItem.from_json(item) for item in row.items), row.scale_source, row.scale_state, row.items_state,
        tuple(row.doubts), tuple(row.conditions), row.pass_score, row.items_source, True,
        known.contents if known else {}, known.requirements if known else {},
    )  # fmt: skip


def works() -> dict[Key, Work]:
    """Every known work: the municipality's own in place of the shipped ones."""
    from apps.procedures.models import WorkDescription

    own = {work.key: work for work in map(of_row, WorkDescription.objects.select_related("subject"))}
    return shipped() | own


def find(kind: str, year: int, subject: str, grade: int) -> Work | None:
    """The catalogue of exactly this year."""
    from apps.procedures.models import WorkDescription

    rows = WorkDescription.objects.select_related("subject")
    row = rows.filter(kind=kind, year=year, subject__name=subject, grade=grade).first()
    return of_row(row) if row else shipped().get((kind, year, subject, grade))


def nearest(kind: str, year: int, subject: str, grade: int) -> Work | None:
    """The catalogue of another year of the same work: an assumption, to be shown as not confirmed.

    Of several the nearest year that has items or a scale.
    """
    same = [
        work
        for work in works().values()
        if (work.kind, work.subject, work.grade) == (kind, subject, grade) and (work.items or work.bounds)
    ]
    return min(same, key=lambda work: (abs(work.year - year), work.year), default=None)


def code_names(kind: str, year: int, subject: str, grade: int) -> tuple[dict[str, str], dict[str, str]]:
    """Names of codes of content and of requirements: of the year itself, else of the nearest shipped one."""
    same = [work for key, work in shipped().items() if (key[0], *key[2:]) == (kind, subject, grade)]
    named = [work for work in same if work.contents or work.requirements]
    work = min(named, key=lambda one: (abs(one.year - year), one.year), default=None)
    return (work.contents, work.requirements) if work else ({}, {})
