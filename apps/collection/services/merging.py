"""Joining what one person typed with what others changed meanwhile: row by row, by what the person had seen.

The state that a person saw is worked out from the history of changes and never trusted to the browser or a file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from apps.collection.definition import Given
from apps.collection.models import Answer, AnswerChange, Submission

NOTHING = Given()


@dataclass(frozen=True)
class Difference:
    """One row before and after."""

    key: str
    before: Given
    after: Given


@dataclass(frozen=True)
class Seen:
    """A row as a person saw it, as it stands now, and who changed it last since then."""

    then: Given
    now: Given
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Conflict:
    """A row that two people changed differently: neither value is lost, a person decides."""

    key: str
    mine: Given
    theirs: Given
    who: str
    at: datetime | None

    @property
    def by_whom(self) -> str:
        """«Иванова А. А., 20.11.2026 14:05»"""
        return f"{self.who}, {timezone.localtime(self.at):%d.%m.%Y %H:%M}" if self.at else self.who


@dataclass(frozen=True)
class Merged:
    changes: list[Difference]
    conflicts: list[Conflict]


def differences(before: Mapping[str, Given], after: Mapping[str, Given], keys: Iterable[str]) -> list[Difference]:
    """Rows whose value, reason or explanation differ, in the order of `keys`."""
    pairs = ((key, before.get(key, NOTHING), after.get(key, NOTHING)) for key in keys)
    return [Difference(key, old, new) for key, old, new in pairs if not new.same_value(old)]


def as_seen(
    submission: Submission, current: Mapping[str, Given], seen: Mapping[str, int], *, author: Any = None
) -> dict[str, Seen]:
    """Each row of `seen` (key to revision) then and now. One query.

    What stood at a revision is what the first later change replaced; a row without later changes stands as it was.
    What `author` has written from a workbook before is known to the next workbook of the same person.
    """
    settled: set[str] = set()
    found = {key: Seen(current.get(key, NOTHING), current.get(key, NOTHING)) for key in seen}
    if not seen:
        return found
    later = submission.changes.filter(revision__gt=min(seen.values())).select_related(
        "field__version__indicator", "changed_by"
    )
    for change in later.order_by("-revision", "-pk"):  # the oldest of the later ones is met last and stays
        key = change.field.version.indicator.code
        if author is not None and change.changed_by == author and change.origin == Answer.Origin.WORKBOOK:
            settled.add(key)
        if key in seen and key not in settled and change.revision > seen[key]:
            last = found[key]
            found[key] = Seen(_before(change), last.now, last.who or _who(change), last.at or change.changed_at)
    return found


def _before(change: AnswerChange) -> Given:
    return Given(
        number=change.old_number,
        text=change.old_text,
        absence_reason=change.old_absence_reason,
        explanation=change.old_explanation,
    )


def _who(change: AnswerChange) -> str:
    return change.changed_by.get_short_name() if change.changed_by else "оператор портала"


def merge(*, mine: Mapping[str, Given], keys: Iterable[str], seen: Mapping[str, Seen]) -> Merged:
    """What of `mine` is written, and what two people changed differently. Rows left as they were seen stay as they are.

    A row that is not in `seen` is taken as seen empty.
    """
    changes, conflicts = [], []
    for key in keys:
        given, row = mine.get(key, NOTHING), seen.get(key, Seen(NOTHING, NOTHING))
        if given.same_value(row.then) or given.same_value(row.now):
            continue
        if row.now.same_value(row.then):
            changes.append(Difference(key, row.now, given))
        else:
            conflicts.append(Conflict(key, given, row.now, row.who, row.at))
    return Merged(changes, conflicts)
