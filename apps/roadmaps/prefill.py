"""A new recommendation filled in from a sign of problems: figures are read again here, never taken from the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.analysis import selectors
from apps.analysis.models import Conclusion, SignRule
from apps.core import periods
from apps.core.addresses import number_in
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.roadmaps.forms import default_term

TITLE = "Снижение доли отметок «2» по итогам ВПР и ОГЭ"
TEXT = (
    "Проанализируйте выполнение заданий участниками, получившими отметку «2», и определите дефицитные умения. "
    "Спланируйте адресную помощь этим ученикам и методическую поддержку. "
    "Сообщите, что сделано и как изменились результаты."
)


@dataclass(frozen=True)
class Start:
    """What the form begins with; `rows` are the figures of the sign for the organisation."""

    initial: dict[str, Any] = field(default_factory=dict)
    rule: SignRule | None = None
    organization: Organization | None = None
    rows: list[selectors.SignRow] = field(default_factory=list)
    conclusion: Conclusion | None = None

    def basis_for(self, organizations: Iterable[Organization]) -> list[dict[str, Any]]:
        """The figures to keep: only if their organisation is among those addressed."""
        if self.conclusion:
            return [
                {"conclusion": self.conclusion.pk, "about": self.conclusion.about, "figure": self.conclusion.figure}
            ]
        return [row.as_basis() for row in self.rows] if self.organization in set(organizations) else []


def _period(code: str) -> Period | None:
    try:
        span = periods.parse_period(code)
    except periods.PeriodError:
        return None
    return Period.objects.filter(code=span.code).first()


def from_conclusion(number: str) -> Start | None:
    """A recommendation that follows from a conclusion: its figure and words are the basis."""
    standing = Conclusion.objects.standing().with_details()
    found = standing.filter(pk=number_in(number) or 0).first()
    if found is None:
        return None
    period: Period | None = found.period
    if found.period.kind != Period.Kind.SCHOOL_YEAR:
        period = Period.objects.filter(
            kind=Period.Kind.SCHOOL_YEAR, starts_on__year=found.period.starts_on.year
        ).first()
    basis = f"{found.about}, {found.period}: {found.figure}. {found.get_kind_display().capitalize()}: {found.text}"
    initial = {
        "due_on": default_term(),
        "period": period,
        "title": found.about[:200],
        "basis_text": basis[:2000],
        "organizations": [found.organization_id] if found.organization_id else None,
        "indicators": [found.indicator.code] if found.indicator else None,
    }
    given = {key: value for key, value in initial.items() if value}
    return Start(given, organization=found.organization, conclusion=found)


def from_address(query: Mapping[str, str]) -> Start:
    """`?organization=school-01&period=2025/26` or `?conclusion=7`; what names nothing is left out."""
    if start := from_conclusion(query.get("conclusion", "")):
        return start
    period = _period(query.get("period", ""))
    organization = Organization.objects.educational().filter(code=query.get("organization", "")).first()
    initial: dict[str, Any] = {"due_on": default_term(), "period": period}
    if organization:
        initial["organizations"] = [organization.pk]
    if not (period and organization):
        return Start({key: value for key, value in initial.items() if value})
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    rows = [row for row in selectors.sign_rows(period=period, rule=rule, organization=organization) if row.is_marked]
    if not rows:
        return Start(initial, organization=organization)
    basis_text = " ".join(row.sentence for row in rows)
    initial |= {"title": TITLE, "text": TEXT, "basis_text": basis_text[:2000]}
    return Start(initial, rule, organization, rows)
