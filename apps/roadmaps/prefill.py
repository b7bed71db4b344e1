"""A new recommendation filled in from a sign of problems: figures are read again here, never taken from the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.analysis.models import SignRule
from apps.core import periods
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.roadmaps.forms import default_term


@dataclass(frozen=True)
class Start:
    """What the form begins with."""

    initial: dict[str, Any] = field(default_factory=dict)
    rule: SignRule | None = None
    organization: Organization | None = None

    def basis_for(self, organizations: Iterable[Organization]) -> list[dict[str, Any]]:
        """The figures to keep: only if their organisation is among those addressed."""
        return []


def _period(code: str) -> Period | None:
    try:
        span = periods.parse_period(code)
    except periods.PeriodError:
        return None
    return Period.objects.filter(code=span.code).first()


def from_address(query: Mapping[str, str]) -> Start:
    """`?organization=school-01&period=2025/26`; what names nothing is left out."""
    period = _period(query.get("period", ""))
    organization = Organization.objects.educational().filter(code=query.get("organization", "")).first()
    initial: dict[str, Any] = {"due_on": default_term(), "period": period}
    if organization:
        initial["organizations"] = [organization.pk]
    if not (period and organization):
        return Start({key: value for key, value in initial.items() if value})
    return Start(initial, organization=organization)
