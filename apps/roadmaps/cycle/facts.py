"""An object of the cycle as the reading and the search for broken chains see it. No Django here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Key = tuple[str, str]  # «app.Model» and the number of the row


class Stage(StrEnum):
    READY = "ready"
    DRAFT = "draft"  # not signed, not approved, not handed in: it proves nothing yet
    VOID = "void"  # cancelled, withdrawn, replaced


@dataclass(frozen=True)
class Item:
    """One object at its position.

    `organizations` is None where it is about all. `bases` are the keys of what it rests on; `excuse` says why it rests
    on nothing. `starts_on` … `ended_on` is when a standing object was in force; others have one `day`.
    """

    key: Key
    kind: str
    title: str
    position: int
    day: date | None
    directions: frozenset[str] = frozenset()
    organizations: frozenset[int] | None = None
    owner: int | None = None
    stage: Stage = Stage.READY
    is_standing: bool = False
    is_frame: bool = False  # holds others, as a roadmap its measures
    is_ground: bool = True  # a meeting is none: it is held on its own, a decision needs more
    ended_on: date | None = None
    due_on: date | None = None
    finished_on: date | None = None
    result: str = ""
    needs_result: bool = False
    bases: frozenset[Key] = frozenset()
    excuse: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    state: str = ""
    tone: str = "neutral"
    url: str = ""
    words: str = ""

    def is_in(self, first: date, last: date) -> bool:
        """Whether it belongs to these days: a standing object while it is in force, another by its date."""
        if self.day is None:
            return not self.is_standing
        if self.is_standing:
            return self.day <= last and (self.ended_on is None or self.ended_on >= first)
        return first <= self.day <= last

    @property
    def is_draft(self) -> bool:
        return self.stage == Stage.DRAFT

    @property
    def is_void(self) -> bool:
        return self.stage == Stage.VOID


@dataclass(frozen=True)
class Chain:
    """All objects by key, what of their bases is gone, and what is there but not shown to the reader."""

    items: Mapping[Key, Item]
    hidden: frozenset[Key] = frozenset()
    resting: Mapping[Key, Collection[Key]] = field(default_factory=dict)

    def bases(self, item: Item) -> list[Item]:
        return [self.items[key] for key in item.bases if key in self.items]

    def lost(self, item: Item) -> list[Key]:
        """What it names as its basis and what no longer exists."""
        return [key for key in sorted(item.bases) if key not in self.items and key not in self.hidden]

    def rests_on_hidden(self, item: Item) -> bool:
        return any(key in self.hidden for key in item.bases)

    def followers(self, item: Item) -> list[Item]:
        return [self.items[key] for key in self.resting.get(item.key, ()) if key in self.items]

    @classmethod
    def of(cls, items: Collection[Item], hidden: Collection[Key] = ()) -> "Chain":
        resting: dict[Key, list[Key]] = {}
        for item in items:
            for key in sorted(item.bases):
                resting.setdefault(key, []).append(item.key)
        return cls({item.key: item for item in items}, frozenset(hidden), resting)
