"""What the page of one school reads: all tests of its works beside each other, markers from outside."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from apps.analysis.objectivity.models import Evidence, Explanation, ObjectivityRun, PreventiveCase
from apps.analysis.objectivity.selectors import CHECK, COMPULSORY, FEDERAL, Finding, Judged
from apps.analysis.objectivity.signs import SIGNS
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.markers.models import ExternalMarker
from apps.procedures.models import Procedure

# --- one school


@dataclass(frozen=True)
class SchoolWork(Judged):
    """One work of a school with all tests beside each other."""

    procedure: Procedure
    findings: list[Finding]
    about: dict[str, Any]

    @property
    def marked(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict == CHECK]

    @property
    def federal(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict == FEDERAL]

    @property
    def told(self) -> int:
        return sum(finding.evidence is not None for finding in self.findings)

    def seen(self) -> tuple[bool, bool, bool]:
        return bool(self.marked), bool(self.federal), self.told > 0

    @property
    def names(self) -> str:
        return ", ".join(finding.sign.title for finding in (*self.marked, *self.federal))

    @property
    def is_compulsory(self) -> bool:
        return self.procedure.subject.name in COMPULSORY


@dataclass(frozen=True)
class SchoolPage:
    """Everything about one school in one year that stands beside its evidence."""

    organization: Organization
    period: Period
    run: ObjectivityRun | None
    works: list[SchoolWork]
    explanations: list[Explanation]
    cases: list[PreventiveCase]
    external: list[ExternalMarker]

    @property
    def marked(self) -> list[SchoolWork]:
        return [work for work in self.works if work.marked]

    @property
    def federal(self) -> list[SchoolWork]:
        return [work for work in self.works if work.federal]

    @property
    def open_case(self) -> PreventiveCase | None:
        return next((case for case in self.cases if case.is_open), None)


def school_page(*, organization: Organization, run: ObjectivityRun | None, period: Period, user: Any) -> SchoolPage:
    evidence: list[Evidence] = []
    if run is not None:
        own = Evidence.objects.visible_to(user).filter(run=run, organization=organization)
        evidence = list(own.select_related("procedure__subject", "procedure__period", "organization"))
    about = {work["procedure"]: work for work in (run.summary.get("works", []) if run else [])}
    explanations = Explanation.objects.visible_to(user).filter(organization=organization, period=period)
    cases = PreventiveCase.objects.visible_to(user).filter(organization=organization, period=period)
    return SchoolPage(
        organization,
        period,
        run,
        _works(evidence, about),
        list(explanations.select_related("author", "procedure")),
        list(cases.select_related("opened_by", "closed_by", "organization", "period")),
        external_of(organization),
    )


def _works(evidence: list[Evidence], about: dict[int, dict[str, Any]]) -> list[SchoolWork]:
    by_work: dict[int, list[Evidence]] = {}
    for each in evidence:
        by_work.setdefault(each.procedure_id, []).append(each)
    works = []
    for number, own in by_work.items():
        told = about.get(number, {})
        off = told.get("off", {})
        have = {each.test: each for each in own}
        asked = [code for code in SIGNS if code in have or code in off or code in _asked_of(own[0].procedure)]
        findings = [Finding(SIGNS[code], have.get(code), off.get(code, "")) for code in asked]
        works.append(SchoolWork(own[0].procedure, findings, told))
    return sorted(works, key=lambda work: (work.procedure.grade, work.procedure.title))


def _asked_of(procedure: Procedure) -> tuple[str, ...]:
    """Tests that every ВПР is put to: where one is missing, the school is too small for it."""
    return ("spike", "hard", "journal", "rows") if procedure.kind == "vpr" else ()


def external_of(organization: Organization) -> list[ExternalMarker]:
    """Published markers of the school, newest year first, by the digits of its logins."""
    digits = set(organization.external_ids.filter(system="fis_oko").values_list("value", flat=True))
    digits |= set(organization.participations.filter(system="fis_oko").values_list("digits", flat=True))
    return list(ExternalMarker.objects.filter(digits__in=digits).select_related("source")) if digits else []


def external_years() -> list[tuple[int, int, int, str]]:
    """Published lists by year: year, schools of ours in it, all schools in it, source."""
    ours = set(
        Organization.objects.filter(external_ids__system="fis_oko").values_list("external_ids__value", flat=True)
    )
    rows = ExternalMarker.objects.select_related("source").order_by("-year")
    found = []
    for year, lines in groupby(rows, key=lambda row: row.year):
        every = list(lines)
        found.append((year, sum(row.digits in ours for row in every), len(every), str(every[0].source)))
    return found
