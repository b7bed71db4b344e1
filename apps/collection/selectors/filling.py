"""The browser form: its sections as a list of tasks, one section with its rows as they are typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from apps.collection.compiled import named
from apps.collection.definition import Row
from apps.collection.entries import BadEntry
from apps.collection.models import Submission
from apps.collection.selectors.page import PageRow, SubmissionPage
from apps.collection.services.merging import Conflict
from apps.collection.typed import Typed, said, shown, shown_note, shown_value
from apps.core.findings import Finding, Severity


@dataclass(frozen=True)
class SectionState:
    """A section in the list of tasks."""

    number: int
    title: str
    needed: int
    filled: int
    answered: int
    errors: int
    queries: int

    @property
    def text(self) -> str:
        if self.errors:
            return "есть ошибки"
        if not self.answered:
            return "не начат"
        if self.filled < self.needed:
            return "заполняется"
        return "нужны пояснения" if self.queries else "готов"

    @property
    def tone(self) -> str:
        return {"есть ошибки": "bad", "готов": "good", "нужны пояснения": "warn", "заполняется": "info"}.get(
            self.text, "neutral"
        )


def section_states(page: SubmissionPage) -> list[SectionState]:
    return [_state(page, number, title, rows) for number, (title, rows) in enumerate(page.definition.sections, 1)]


def _state(page: SubmissionPage, number: int, title: str, rows: list[Row]) -> SectionState:
    keys = {row.key for row in rows}
    required = [row for row in rows if row.is_required and not row.is_given]
    left = sum(1 for row in page.left if row.key in keys)
    found = [item.finding.severity for item in page.remarks if item.key in keys]
    return SectionState(
        number=number,
        title=title,
        needed=len(required),
        filled=len(required) - left,
        answered=sum(1 for key in keys if key in page.answers and page.answers[key].is_answered),
        errors=found.count(Severity.ERROR),
        queries=found.count(Severity.QUERY),
    )


@dataclass(frozen=True)
class FieldRow:
    """One row of a section: what is stored, what was typed over it, and what is to be said about it."""

    shown: PageRow
    value: str
    note: str
    seen: int
    source: str = ""  # the same number known from elsewhere, to be taken by one press
    source_words: str = ""  # where it came from
    problem: BadEntry | None = None
    conflict: Conflict | None = None
    is_saved: bool = False
    offered: str = ""  # last year's accepted explanation, while the row has an open question

    @property
    def row(self) -> Row:
        return self.shown.row

    @property
    def id(self) -> str:
        """For addresses inside the page; a text, so that no template puts spaces into it."""
        return str(self.row.field_id)

    @property
    def seen_text(self) -> str:
        return str(self.seen)

    @property
    def remarks(self) -> list[Finding]:
        """What the checks say; the row is not named again, the words stand at it."""
        label = f"{self.row.label}: "
        return [replace(item, message=item.message.removeprefix(label)) for item in self.shown.remarks]

    @property
    def is_long(self) -> bool:
        return self.row.is_text

    @property
    def opens_note(self) -> bool:
        """The note stands open where it says something or is asked for."""
        return bool(self.note) or self.shown.has_query or self.problem is not None

    @property
    def theirs(self) -> str:
        return said(self.row, self.conflict.theirs) if self.conflict else ""

    @property
    def mine(self) -> str:
        return said(self.row, self.conflict.mine) if self.conflict else ""


@dataclass
class SectionPage:
    """One section as a form. `typed`, `problems`, `conflicts` come from an attempt to save it."""

    page: SubmissionPage
    number: int
    typed: Mapping[str, Typed] = field(default_factory=dict)
    problems: Mapping[str, BadEntry] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)

    @property
    def submission(self) -> Submission:
        return self.page.submission

    @property
    def title(self) -> str:
        return self.page.definition.sections[self.number - 1][0]

    @property
    def rows(self) -> list[Row]:
        return self.page.definition.sections[self.number - 1][1]

    @cached_property
    def state(self) -> SectionState:
        return _state(self.page, self.number, self.title, self.rows)

    @property
    def total(self) -> int:
        return len(self.page.definition.sections)

    @property
    def next_number(self) -> int | None:
        return self.number + 1 if self.number < self.total else None

    @cached_property
    def fields(self) -> list[FieldRow]:
        return [self._field(item) for item in self.page.sections[self.number - 1][1]]

    @property
    def next_missing(self) -> Row | None:
        """The first required row of the section without an answer: where to go on in a long section."""
        keys = {row.key for row in self.rows}
        return next((row for row in self.page.left if row.key in keys), None)

    @property
    def faulty(self) -> list[FieldRow]:
        """Rows of the summary of errors, each a link to its field."""
        return [item for item in self.fields if item.problem or item.conflict or item.shown.errors]

    def _field(self, item: PageRow) -> FieldRow:
        key = item.row.key
        typed, conflict = self.typed.get(key), self.conflicts.get(key)
        problem = self.problems.get(key)
        source = self.page.sources.get(key)
        keeps = typed is not None and (problem is not None or conflict is not None)
        return FieldRow(
            shown=item,
            value=typed.value if typed and keeps else shown_value(item.row, item.given),
            note=typed.note if typed and keeps else shown_note(item.given),
            seen=typed.seen if typed and keeps else self.submission.revision,
            source=shown(item.row, source.number) if source and not (item.given and item.given.is_answered) else "",
            source_words=source.source if source else "",
            problem=problem,
            conflict=conflict,
            is_saved=typed is not None and not keeps,
            offered=self.page.offered.get(key, ""),
        )

    def kept(self, typed: Mapping[str, Typed]) -> "SectionPage":
        """The same section with everything as it was typed, where nothing could be written."""
        fields = [
            FieldRow(item.shown, typed[item.row.key].value, typed[item.row.key].note, typed[item.row.key].seen)
            if item.row.key in typed
            else item
            for item in self.fields
        ]
        self.fields = fields
        return self

    def touched(self, key: str) -> list[FieldRow]:
        """Rows whose remarks may change with this one: its own and those of the rules that name it."""
        places = {key}
        for rule in self.page.definition.rules:
            rows = named(rule.rule)
            if key in rows:
                places.update({rule.place, *rows})
        return [item for item in self.fields if item.row.key in places and not item.row.is_given]

    @property
    def derived(self) -> list[FieldRow]:
        return [item for item in self.fields if item.row.is_derived]


def sections_of_rows(page: SubmissionPage) -> dict[str, int]:
    """The number of the section of each row, for links."""
    return {row.key: number for number, (_, rows) in enumerate(page.definition.sections, 1) for row in rows}


@dataclass(frozen=True)
class Blocker:
    """What stands between the form and handing it in, with the address of its field."""

    row: Row
    section: int
    text: str = ""

    @property
    def id(self) -> str:
        return str(self.row.field_id)


def missing_rows(page: SubmissionPage) -> list[Blocker]:
    sections = sections_of_rows(page)
    return [Blocker(row, sections[row.key]) for row in page.left]


def erroneous_rows(page: SubmissionPage) -> list[Blocker]:
    sections, by_key = sections_of_rows(page), page.definition.by_key
    return [
        Blocker(by_key[item.key], sections[item.key], item.finding.message)
        for item in page.remarks
        if item.finding.severity == Severity.ERROR and item.key in by_key
    ]
