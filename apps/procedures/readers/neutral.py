"""What every reader returns: results of one procedure as columns, or a table of groups. No Django here.

Rows are participants, absent ones included. A score is a byte; the four highest values are no scores.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from apps.core.findings import Finding

SKIPPED = 255  # X: did not start; counts as 0
NOT_TAUGHT = 254  # «не пройд.»: 0 in the total, missing in statistics of the item
EMPTY = 253
UNREADABLE = 252  # neither a score nor a known word: the row is put aside
HIGHEST_SCORE = 200

NO_TOTAL = -1
NO_MARK = 0
IMPOSSIBLE_MARK = 99


@dataclass(frozen=True)
class Identity:
    """Which procedure: what the file says, or a hint of its name; unknown parts are empty."""

    kind: str = ""  # «vpr», «oge», «ege»…
    year: int | None = None  # as in «ВПР 2021»
    subject: str = ""
    grade: int | None = None
    held_on: date | None = None
    # Kinds held several times a year keep each day apart; ВПР is one procedure whatever day a school chose.
    session: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.kind and self.year and self.subject and self.grade)

    def filled_from(self, other: "Identity") -> "Identity":
        """This identity with its empty parts taken from another."""
        parts = ("kind", "year", "subject", "grade", "held_on", "session")
        return replace(self, **{part: getattr(other, part) for part in parts if not getattr(self, part)})


@dataclass(frozen=True)
class HeadItem:
    """A scored item as the header names it."""

    number: str
    maximum: int | None = None
    level: str = ""


@dataclass(frozen=True)
class School:
    """A school as a system calls it; the digits are the key, the prefix changed over the years."""

    system: str
    digits: str
    prefix: str = ""
    name: str = ""
    municipality_code: str = ""
    municipality: str = ""


@dataclass
class Results:
    """Participants of one procedure, column by column; all arrays have one length."""

    family: str
    identity: Identity
    sheet: str
    items: list[HeadItem]
    schools: list[School]
    row_numbers: np.ndarray  # int32, rows of the sheet as people count them
    school: np.ndarray  # int32, index in `schools`
    class_labels: list[str]
    klass: np.ndarray  # int32, index in `class_labels`
    codes: np.ndarray  # int64, 0 = none
    variants: np.ndarray  # uint8, 0 = none
    marked_absent: np.ndarray  # bool: the variant says «отсутствовал»
    scores: np.ndarray  # uint8, participants × items
    totals: np.ndarray  # int16, NO_TOTAL = none
    marks: np.ndarray | None  # uint8; None when the file has no column of marks
    journal: np.ndarray | None
    test_scores: np.ndarray | None = None  # int16, ЕГЭ only
    numbered_by_position: bool = False  # items are counted 1, 2, 3… and not by their numbers in the work
    maximum: int | None = None  # of the primary score, where the file says
    # What stood in cells that could not be read: (row index, column name) → text.
    unread: dict[tuple[int, str], str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.row_numbers)


def joined(found: list[Results]) -> list[Results]:
    """Results of one work that stood in several sheets as one, so that no part of a school replaces another."""
    kept: list[Results] = []
    for results in found:
        same = next((one for one in kept if _is_same_work(one, results)), None)
        if same is None:
            kept.append(results)
        else:
            kept[kept.index(same)] = _join(same, results)
    return kept


def _is_same_work(one: Results, other: Results) -> bool:
    numbers = [item.number for item in one.items] == [item.number for item in other.items]
    kinds = all((getattr(one, name) is None) == (getattr(other, name) is None) for name in ("marks", "test_scores"))
    return one.identity == other.identity and numbers and kinds and one.family == other.family


def _join(one: Results, other: Results) -> Results:
    schools = list(dict.fromkeys([*one.schools, *other.schools]))
    labels = list(dict.fromkeys([*one.class_labels, *other.class_labels]))
    place = np.asarray([schools.index(school) for school in other.schools], np.int32)
    label = np.asarray([labels.index(name) for name in other.class_labels], np.int32)
    items = [
        item if item.maximum is not None and (also.maximum or 0) <= item.maximum else also
        for item, also in zip(one.items, other.items, strict=True)
    ]

    def both(name: str) -> np.ndarray:
        return np.concatenate([getattr(one, name), getattr(other, name)])

    journal = [np.zeros(part.size, np.uint8) if part.journal is None else part.journal for part in (one, other)]
    return replace(
        one,
        sheet=", ".join(dict.fromkeys([one.sheet, other.sheet])),
        items=items,
        schools=schools,
        row_numbers=both("row_numbers"),
        school=np.concatenate([one.school, place[other.school]]),
        class_labels=labels,
        klass=np.concatenate([one.klass, label[other.klass]]),
        codes=both("codes"),
        variants=both("variants"),
        marked_absent=both("marked_absent"),
        scores=np.concatenate([one.scores, other.scores]),
        totals=both("totals"),
        marks=None if one.marks is None else both("marks"),
        journal=None if one.journal is None and other.journal is None else np.concatenate(journal),
        test_scores=None if one.test_scores is None else both("test_scores"),
        unread={**one.unread, **{(row + one.size, name): cell for (row, name), cell in other.unread.items()}},
        findings=[*one.findings, *other.findings],
    )


@dataclass(frozen=True)
class GroupRow:
    """One group of participants of an aggregate report."""

    level: str  # country, region, municipality, school
    name: str
    code: str
    schools: int | None
    participants: int | None
    values: dict[str, float]


@dataclass(frozen=True)
class Planned:
    """A planned result as a report words it."""

    number: str
    block: str
    maximum: int | None


@dataclass
class GroupTable:
    """An aggregate report of ФИС ОКО: kept as a benchmark, never mixed with participants.

    Keys of `values`: marks «2»…«5»; journal «lower_percent», «lower_count»…; items and achievement the number of the
    item (percent of its maximum); item_marks «mark|item» and «n|mark»; primary the score (percent of participants).
    """

    report: str  # marks, journal, items, item_marks, primary, achievement, other
    title: str
    identity: Identity
    sheet: str
    rows: list[GroupRow]
    findings: list[Finding] = field(default_factory=list)
    maxima: dict[str, int] = field(default_factory=dict)  # of items, where the report says
    planned: list[Planned] = field(default_factory=list)


@dataclass(frozen=True)
class Bridge:
    """Codes of one school in several systems, and plain counts that stand beside them."""

    row: int
    school: School
    ris_gia9: str = ""
    ris_gia11: str = ""
    pupils: int | None = None


@dataclass(frozen=True)
class OlympiadRow:
    """One participation; `person` is a code of the pupil, the same in all subjects of the file, if there is one."""

    row: int
    school: School
    subject: str
    grade: int  # 0 = not told
    status: str  # winner, prize, participant
    person: str = ""


@dataclass
class Reading:
    """All that a file holds."""

    family: str
    results: list[Results] = field(default_factory=list)
    tables: list[GroupTable] = field(default_factory=list)
    bridges: list[Bridge] = field(default_factory=list)
    olympiad: list[OlympiadRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class SheetRows:
    """A sheet as every reader takes it."""

    name: str
    rows: list[list[Any]]
