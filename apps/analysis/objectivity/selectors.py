"""What the pages of objectivity read. Schools stand in the order of the register: nobody is ranked."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Max

from apps.analysis.objectivity.models import Evidence, Explanation, ObjectivityRule, ObjectivityRun, PreventiveCase
from apps.analysis.objectivity.signs import OWN_SIGNS, REFUSALS, SIGNS, Sign
from apps.analysis.objectivity.words import probability
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, ResultFile

KINDS = ("vpr", "oge")
# These subjects every school writes; the others are drawn at random, so they compare those who wrote only.
COMPULSORY = frozenset({"Русский язык", "Математика"})
CHECK, FEDERAL, QUIET, FEW = "check", "federal", "quiet", "few"
VERDICTS = {
    CHECK: ("требует проверки", "warn"),
    FEDERAL: ("признак методики", "info"),
    QUIET: ("не отмечено", "neutral"),
    FEW: ("данных мало", "neutral"),
}


def periods_with_results() -> list[Period]:
    """School years that have results to look at, newest first."""
    works = Procedure.objects.with_results().filter(kind__in=KINDS)
    return list(Period.objects.filter(pk__in=works.values("period")).order_by("-starts_on"))


def works_of(period: Period) -> list[Procedure]:
    found = Procedure.objects.with_results().filter(period=period, kind__in=KINDS)
    return list(found.select_related("subject", "period").order_by("grade", "subject__name", "kind", "session"))


def runs_of(period: Period) -> list[ObjectivityRun]:
    """Finished runs of a year, newest first."""
    found = ObjectivityRun.objects.finished().filter(period=period)
    return list(found.select_related("rule", "procedure", "started_by", "period"))


def current(runs: Iterable[ObjectivityRun]) -> ObjectivityRun | None:
    """The newest run of the whole year; where there is none, the newest of a single work."""
    runs = list(runs)
    return next((run for run in runs if run.procedure_id is None), runs[0] if runs else None)


def running_now(period: Period) -> ObjectivityRun | None:
    waiting = ObjectivityRun.objects.filter(period=period, finished_at=None).select_related("job").first()
    return waiting if waiting and waiting.job and not waiting.job.is_over else None


def newest_results_at(period: Period) -> Any:
    """When results of the year were last stored."""
    files = ResultFile.objects.filter(state=ResultFile.State.DONE, procedures__period=period, procedures__kind="vpr")
    return files.aggregate(at=Max("finished_at"))["at"]


def is_stale(run: ObjectivityRun | None, period: Period) -> bool:
    """Whether results came after the run began."""
    at = newest_results_at(period)
    return bool(at and (run is None or at > run.started_at))


# --- evidence as pages show it


class Judged:
    """What was looked at: its verdict, in words and in colour, is said here and nowhere else."""

    def seen(self) -> tuple[bool, bool, bool]:
        """Whether an own test marks it, a federal sign does, anything could be said of it."""
        raise NotImplementedError

    @property
    def verdict(self) -> str:
        own, federal, told = self.seen()
        if own:
            return CHECK
        if federal:
            return FEDERAL
        return QUIET if told else FEW

    @property
    def verdict_text(self) -> str:
        return VERDICTS[self.verdict][0]

    @property
    def tone(self) -> str:
        return VERDICTS[self.verdict][1]


@dataclass(frozen=True)
class Finding(Judged):
    """One test of one school in one work."""

    sign: Sign
    evidence: Evidence | None
    refusal: str = ""

    def seen(self) -> tuple[bool, bool, bool]:
        marked = bool(self.evidence and self.evidence.marked)
        return marked and not self.sign.is_federal, marked and self.sign.is_federal, self.evidence is not None

    @property
    def verdict_text(self) -> str:
        return "отключено" if self.refusal else super().verdict_text

    @property
    def p_text(self) -> str:
        return probability(self.evidence.p) if self.evidence and self.evidence.p is not None else "—"

    @property
    def q_text(self) -> str:
        return probability(self.evidence.q) if self.evidence and self.evidence.q is not None else "—"

    @property
    def words(self) -> str:
        if self.evidence:
            return self.evidence.words
        if self.refusal:
            why = REFUSALS[self.refusal]
            return f"{why[0].upper()}{why[1:]}."
        return "Участников мало, или сравнить не с чем."


@dataclass(frozen=True)
class BoardRow(Judged):
    """One school on the board: what was marked, what it says, what is done."""

    organization: Organization
    marked: list[Finding]
    federal: list[Finding]
    works: int
    explanation: Explanation | None = None
    case: PreventiveCase | None = None

    def seen(self) -> tuple[bool, bool, bool]:
        return bool(self.marked), bool(self.federal), self.works > 0

    @property
    def tests(self) -> list[tuple[Sign, int]]:
        """Marked tests with the number of works."""
        counts: dict[str, int] = {}
        for finding in (*self.marked, *self.federal):
            counts[finding.sign.code] = counts.get(finding.sign.code, 0) + 1
        return [(SIGNS[code], count) for code, count in counts.items()]


@dataclass
class Board:
    """A run as the authority reads it."""

    run: ObjectivityRun
    rows: list[BoardRow] = field(default_factory=list)

    @property
    def checked(self) -> int:
        return len(self.rows)

    def count(self, verdict: str) -> int:
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def to_check(self) -> int:
        return self.count(CHECK)

    @property
    def only_federal(self) -> int:
        return self.count(FEDERAL)


def board(run: ObjectivityRun, *, work: int | None = None, test: str = "") -> Board:
    """Every school of the run in the order of the register; `work` and `test` narrow what is looked at."""
    rows = Evidence.objects.filter(run=run).select_related("organization", "procedure")
    if work:
        rows = rows.filter(procedure=work)
    if test:
        rows = rows.filter(test=test)
    explanations = _latest(Explanation.objects.filter(period=run.period).select_related("author"))
    cases = _latest(PreventiveCase.objects.filter(period=run.period).order_by("state", "-pk"))
    found = Board(run)
    ordered = rows.order_by("organization__number", "organization__name_key", "procedure__grade", "procedure__title")
    for organization, own in groupby(ordered, key=lambda each: each.organization):
        lines = list(own)
        findings = [Finding(each.sign, each) for each in lines if each.marked]
        found.rows.append(
            BoardRow(
                organization,
                [each for each in findings if not each.sign.is_federal],
                [each for each in findings if each.sign.is_federal],
                len({each.procedure_id for each in lines}),
                explanations.get(organization.pk),
                cases.get(organization.pk),
            )
        )
    return found


def _latest(rows: Iterable[Any]) -> dict[int, Any]:
    """The first row of each organisation."""
    found: dict[int, Any] = {}
    for row in rows:
        found.setdefault(row.organization_id, row)
    return found


def works_to_check(organization: Organization, year: str) -> set[int]:
    """Works of a school year whose results own tests mark in the current run."""
    run = current(ObjectivityRun.objects.finished().filter(period__code=year))
    rows = Evidence.objects.filter(run=run, organization=organization, marked=True, test__in=OWN_SIGNS)
    return set(rows.values_list("procedure", flat=True)) if run else set()


# --- the method page


@lru_cache
def measured() -> dict[str, Any]:
    """Shares measured by the bench, with the day and the command: facts written down by hand."""
    path = settings.BASE_DIR / "fixtures" / "objectivity" / "measured.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class MethodCard:
    """A sign as its open page shows it, with the limits in force."""

    sign: Sign
    least: str
    measured: list[tuple[str, float]]


def method_cards(rule: ObjectivityRule) -> list[MethodCard]:
    limits = {name: getattr(rule, name) for name in ("participants", "schools", "reference", "items")}
    tests = measured()["tests"]
    return [
        MethodCard(sign, sign.least.format(**limits), [(line["what"], line["percent"]) for line in tests.get(code, [])])
        for code, sign in SIGNS.items()
    ]
