"""What the signs page and a prefilled recommendation read: shares of «2» by organisation and work."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from apps.analysis.models import SignRule
from apps.analysis.signs.share import Counts, Interval, Outcome, Threshold, judge, wilson
from apps.core import periods
from apps.core.figures import percent
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, ResultAggregate

LAST = 10_000  # organisations without a number stand after those with one
WORDS = {
    Outcome.ATTENTION: ("требует внимания", "warn"),
    Outcome.PERHAPS: ("требует внимания", "warn"),
    Outcome.QUIET: ("ниже порога", "neutral"),
    Outcome.FEW: ("данных мало", "neutral"),
}


@dataclass(frozen=True)
class SignRow:
    """One organisation in one work: the counts behind the share and what they say."""

    organization: Organization
    procedure: Procedure
    counts: Counts
    rule: SignRule
    before: Counts | None = None  # the same subject and grade a year earlier

    @property
    def outcome(self) -> Outcome:
        return judge(self.counts, Threshold(self.rule.threshold, self.rule.minimum_participants))

    @property
    def is_marked(self) -> bool:
        return self.outcome in {Outcome.ATTENTION, Outcome.PERHAPS}

    @property
    def is_uncertain(self) -> bool:
        """The interval reaches below the threshold."""
        return self.outcome == Outcome.PERHAPS

    @property
    def is_few(self) -> bool:
        return self.outcome == Outcome.FEW

    @property
    def words(self) -> str:
        return WORDS[self.outcome][0]

    @property
    def tone(self) -> str:
        return WORDS[self.outcome][1]

    @property
    def share(self) -> Decimal | None:
        """Percent, or None where the participants are too few for a share."""
        return None if self.is_few else self.counts.share

    @property
    def interval(self) -> Interval | None:
        return None if self.is_few else wilson(self.counts)

    @property
    def share_before(self) -> Decimal | None:
        if self.before is None or self.before.marked < self.rule.minimum_participants:
            return None
        return self.before.share

    @property
    def change(self) -> Decimal | None:
        """In percentage points since a year ago."""
        if self.share is None or self.share_before is None:
            return None
        return self.share - self.share_before

    @property
    def interval_text(self) -> str:
        if self.interval is None:
            return ""
        return f"{percent(self.interval.lower)} – {percent(self.interval.upper)}"

    @property
    def sentence(self) -> str:
        """The figures for a letter: neutral, with base and interval."""
        before = f" Год назад — {percent(self.share_before)}." if self.share_before is not None else ""
        return (
            f"{self.procedure.title}: отметку «2» получили {self.counts.low} из {self.counts.marked} участников "
            f"({percent(self.counts.share)}; с учётом случайности — {self.interval_text}).{before}"
        )

    def as_basis(self) -> dict[str, Any]:
        """The figures as a recommendation keeps them."""
        return {
            "sign": self.rule.code,
            "rule_version": self.rule.version,
            "threshold": str(self.rule.threshold),
            "organization": self.organization.code,
            "procedure": self.procedure.pk,
            "title": self.procedure.title,
            "low": self.counts.low,
            "marked": self.counts.marked,
        }


Key = tuple[int, str, int, int]
ONLY_VPR = frozenset({Procedure.Kind.VPR})
WITH_MARKS = ONLY_VPR | {Procedure.Kind.OGE, Procedure.Kind.GVE}  # works in which «2» is a mark


def _counts_by_key(
    span: periods.PeriodSpan, organization: Organization | None, kinds: Collection[str]
) -> dict[Key, list[ResultAggregate]]:
    """Aggregates of works of a school year by organisation, kind, subject and grade; one query."""
    found = (
        ResultAggregate.objects.ours()  # type: ignore[attr-defined]
        .filter(procedure__period__code=span.code, procedure__kind__in=kinds)
        .select_related("procedure__subject", "school__organization")
        .only("marks", "procedure", "school__organization")
    )
    if organization:
        found = found.filter(school__organization=organization)
    rows: dict[Key, list[ResultAggregate]] = {}
    for row in found:
        procedure = row.procedure
        key = (row.school.organization_id, procedure.kind, procedure.subject_id, procedure.grade)
        rows.setdefault(key, []).append(row)
    return rows


def _total(rows: list[ResultAggregate]) -> Counts:
    """Merged schools may have brought several lots of results."""
    return Counts(sum(row.marks[0] for row in rows), sum(sum(row.marks) for row in rows))


def sign_rows(
    *,
    period: Period,
    rule: SignRule,
    organization: Organization | None = None,
    kinds: Collection[str] = WITH_MARKS,
) -> list[SignRow]:
    """Every organisation and work of the year, by name of organisation and work; never by the share: no rating."""
    now = _counts_by_key(period.span, organization, kinds)
    before = _counts_by_key(periods.previous(period.span), organization, kinds)
    rows = []
    for key, lots in now.items():
        earlier = _total(before[key]) if key in before else None
        owner = lots[0].school.organization
        assert owner is not None  # ours() has only schools of organisations
        rows.append(SignRow(owner, lots[0].procedure, _total(lots), rule, earlier))
    return sorted(rows, key=_by_name)


def _by_name(row: SignRow) -> tuple[int, str, int, str]:
    organization, procedure = row.organization, row.procedure
    return (organization.number or LAST, organization.name_key, procedure.grade, procedure.title)


@dataclass(frozen=True)
class SchoolSigns:
    """One organisation with the rows that the page shows of it."""

    organization: Organization
    rows: list[SignRow]

    @property
    def is_marked(self) -> bool:
        return any(row.is_marked for row in self.rows)


def by_school(rows: list[SignRow]) -> list[SchoolSigns]:
    """The rows, sorted as `sign_rows` gives them, under their organisations."""
    groups = groupby(rows, key=lambda row: row.organization)
    return [SchoolSigns(organization, list(own)) for organization, own in groups]


@dataclass(frozen=True)
class Summary:
    """How many schools and works the sign speaks of."""

    schools: int
    marked_schools: int
    marked: int
    few: int
    works: int

    @classmethod
    def of(cls, rows: list[SignRow]) -> "Summary":
        marked = [row for row in rows if row.is_marked]
        return cls(
            schools=len({row.organization.pk for row in rows}),
            marked_schools=len({row.organization.pk for row in marked}),
            marked=len(marked),
            few=sum(row.is_few for row in rows),
            works=len({row.procedure.pk for row in rows}),
        )


def periods_with_results() -> list[Period]:
    """School years that have results of works with marks, newest first."""
    with_results = Procedure.objects.with_results().filter(kind__in=WITH_MARKS)
    return list(Period.objects.filter(pk__in=with_results.values("period")).order_by("-starts_on"))
