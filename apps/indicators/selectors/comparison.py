"""A figure beside others: target, municipality, own kind, similar organisations, region, country. Never added up."""

from dataclasses import dataclass
from decimal import Decimal

from apps.accounts.models import User
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate
from apps.indicators.selectors.scopes import KIND_NAMES, MUNICIPALITY, Scope, of_group
from apps.indicators.selectors.trend import Trend, Year
from apps.organizations.models import Group, Organization


@dataclass(frozen=True)
class Line:
    """Something to compare with, and how far the figure is from it."""

    name: str
    value: Decimal
    written: str
    difference: str
    note: str = ""


def comparison_of(*, trend: Trend, period: Period, user: User) -> list[Line]:
    """What the figure of the trend's scope in the period stands beside; empty where there is no figure."""
    year = next((one for one in trend.years if one.period == period), None)
    if year is None or year.value is None:
        return []
    lines = []
    if year.target:
        lines.append(_line(trend, year, "цель", year.target.number, year.target.get_basis_display()))
    for scope, name in _beside(trend.scope, user):
        figure = (
            Aggregate.objects.visible_to(user)
            .filter(version=trend.version, period=period, scope=scope.kind, scope_key=scope.key)
            .filter(value__isnull=False)
            .first()
        )
        if figure is not None:
            note = f"сообщили {figure.reported} из {figure.expected}"
            lines.append(_line(trend, year, name, figure.value, note))
    lines += [
        _line(trend, year, name, year.references[key], "ряд сравнения, в сумму не входит")
        for key, name in trend.lines.items()
        if key in year.references
    ]
    return lines


def _line(trend: Trend, year: Year, name: str, value: Decimal, note: str) -> Line:
    version = trend.version
    if display.is_total(version) and name != "цель":
        difference = display.NOT_COMPARED  # a sum grows with the number of pupils
    else:
        difference = display.changed(version, year.value - value)  # type: ignore[operator]
    return Line(name, value, trend.written(value), difference, note)


def _beside(scope: Scope, user: User) -> list[tuple[Scope, str]]:
    """Scopes to compare with: of an organisation its clusters, its kind and the municipality; of others the latter."""
    found = []
    if scope.organization:
        for group in clusters_of(scope.organization):
            found.append((of_group(group), f"похожие: {group.name}"))
        kind = scope.organization.kind
        if kind in KIND_NAMES:
            found.append((Scope("kind", kind, f"kind-{kind}", KIND_NAMES[kind]), KIND_NAMES[kind]))
    if scope.kind != MUNICIPALITY.kind:
        found.append((MUNICIPALITY, MUNICIPALITY.name))
    return found


def clusters_of(organization: Organization) -> list[Group]:
    """The clusters that the organisation belongs to."""
    return list(organization.groups.filter(kind=Group.Kind.CLUSTER))
