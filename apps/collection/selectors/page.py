"""One submission as its pages show it: rows with value, last year, change and remarks; progress; what stands open."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from apps.collection.checks import Remark, check, derived_values
from apps.collection.definition import FormDefinition, Given, Known, Row, definition_of, remaining, with_taken
from apps.collection.models import Submission
from apps.collection.selectors.values import known_elsewhere, previous_explanations, previous_numbers
from apps.collection.services.answers import current_answers
from apps.collection.typed import shown
from apps.core import figures
from apps.core.findings import Finding, Severity
from apps.indicators.formulas import Outcome


@dataclass(frozen=True)
class PageRow:
    row: Row
    given: Given | None
    value: str
    previous: str
    change: str
    is_missing: bool
    remarks: list[Finding] = field(default_factory=list)

    @property
    def note(self) -> str:
        return (self.given.absence_reason or self.given.explanation) if self.given else ""

    @property
    def has_query(self) -> bool:
        return any(item.severity == Severity.QUERY for item in self.remarks)

    @property
    def errors(self) -> list[Finding]:
        return [item for item in self.remarks if item.severity == Severity.ERROR]

    @property
    def id(self) -> str:
        """For addresses inside a page; a text, so that no template puts spaces into it."""
        return str(self.row.field_id)


@dataclass
class SubmissionPage:
    """Everything a page of a submission reads; six queries whatever the form's length."""

    submission: Submission

    @cached_property
    def definition(self) -> FormDefinition:
        return with_taken(self.asked, self.sources)

    @cached_property
    def asked(self) -> FormDefinition:
        return definition_of(self.submission.form, self.submission.organization)

    @cached_property
    def answers(self) -> dict[str, Given]:
        return current_answers(self.submission)

    @cached_property
    def previous(self) -> dict[str, Decimal]:
        return previous_numbers(self.submission)

    @cached_property
    def sources(self) -> dict[str, Known]:
        """What other forms and sources of the portal say for this period."""
        return known_elsewhere(self.submission, self.asked)

    @cached_property
    def offered(self) -> dict[str, str]:
        """Last year's accepted explanations of the rows that have an open question now."""
        asked = {item.key for item in self.remarks if item.is_query}
        if not asked:
            return {}
        return {key: text for key, text in previous_explanations(self.submission).items() if key in asked}

    @cached_property
    def remarks(self) -> list[Remark]:
        return check(self.definition, self.answers, self.previous, self.sources)

    @cached_property
    def findings(self) -> list[Finding]:
        order = {Severity.ERROR: 0, Severity.QUERY: 1, Severity.NOTICE: 2}
        return sorted((remark.finding for remark in self.remarks), key=lambda item: order[item.severity])

    @cached_property
    def queries(self) -> list[tuple[Row, Finding, str]]:
        """Open questions: the row whose explanation answers it, the finding, last year's accepted explanation."""
        by_key = self.definition.by_key
        found = [(by_key[item.key], item.finding) for item in self.remarks if item.is_query and item.key in by_key]
        return [(row, finding, self.offered.get(row.key, "")) for row, finding in found]

    @cached_property
    def errors(self) -> list[Finding]:
        return [remark.finding for remark in self.remarks if remark.finding.severity == Severity.ERROR]

    @property
    def explained(self) -> int:
        """Answers that carry an explanation."""
        return sum(1 for given in self.answers.values() if given.explanation)

    @property
    def needed(self) -> int:
        return len(self.definition.required)

    @property
    def progress_text(self) -> str:
        return f"{self.filled} из {self.needed}"

    @cached_property
    def left(self) -> list[Row]:
        return remaining(self.definition, self.answers)

    @property
    def filled(self) -> int:
        return self.needed - len(self.left)

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.needed if self.needed else 100

    @property
    def is_ready(self) -> bool:
        """Whether the director could hand it in."""
        return bool(self.answers) and not self.left and not self.errors and not self.queries

    @cached_property
    def sections(self) -> list[tuple[str, list[PageRow]]]:
        return [(section, self._rows(rows)) for section, rows in self.definition.sections]

    @cached_property
    def _derived(self) -> tuple[dict[str, Outcome], dict[str, Outcome]]:
        """Computed rows of this year and of last year."""
        last = {key: Given(number) for key, number in self.previous.items()}
        return derived_values(self.definition, self.answers), derived_values(self.definition, last)

    @cached_property
    def _missing(self) -> set[str]:
        return {row.key for row in self.left}

    def _rows(self, rows: list[Row]) -> list[PageRow]:
        outcomes, before = self._derived
        made = []
        for row in rows:
            given = self.answers.get(row.key)
            if row.is_derived:
                number = outcomes[row.key].number
            else:
                number = row.taken.number if row.taken else given.number if given else None
            earlier = before[row.key].number if row.is_derived else self.previous.get(row.key)
            remarks = [item.finding for item in self.remarks if item.key == row.key]
            text = shown(row, number) or (given.text if given else "")
            made.append(
                PageRow(
                    row=row,
                    given=given,
                    value=text,
                    previous=shown(row, earlier),
                    change=_change(row, earlier, number),
                    is_missing=row.key in self._missing,
                    remarks=remarks,
                )
            )
        return made


def _change(row: Row, before: Decimal | None, now: Decimal | None) -> str:
    if before is None or now is None or row.is_text:
        return ""
    if row.is_yes_no:
        return "" if before == now else "изменилось"
    difference = now - before
    if row.unit == "%":
        return figures.points(difference)
    places = max(1, row.decimals) if row.is_derived else 0 if difference == difference.to_integral_value() else 2
    text = figures.figure(difference, places)
    return f"+{text}" if difference > 0 else text
