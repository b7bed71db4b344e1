"""The figures that fill a text for each organisation: of an indicator and period, or of a sign in a list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from apps.analysis.models import Sign, SignList
from apps.analysis.signs.kinds import BY_CODE
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Indicator
from apps.organizations.models import Group, Organization
from apps.roadmaps.texts import placeholders as names

Scopes = Aggregate.Scope


@dataclass(frozen=True)
class Source:
    """Where the figures come from: an indicator of a period, a sign of a list, or nowhere (only names are filled)."""

    period: Period | None = None
    indicator: Indicator | None = None
    sign_list: SignList | None = None
    sign: str = ""

    @property
    def title(self) -> str:
        if self.indicator:
            version = self.indicator.versions.order_by("-number").first()
            return f"{self.indicator.number} {version.name}" if version else str(self.indicator)
        return BY_CODE[self.sign].title if self.sign in BY_CODE else ""


@dataclass
class Figures:
    """Of one organisation: words by placeholder, and what is kept with the recommendation."""

    organization: Organization
    words: dict[str, str] = field(default_factory=dict)
    basis: list[dict[str, Any]] = field(default_factory=list)
    sign: Sign | None = None


def figures_of(
    organizations: Collection[Organization], *, source: Source, due_on: date | None = None
) -> dict[int, Figures]:
    """By organisation; a fixed number of statements. What is not known is left out, never written as zero."""
    clusters = _clusters(organizations)
    found = {one.pk: Figures(one, {names.ORGANIZATION: one.name}) for one in organizations}
    for key, mine in found.items():
        if key in clusters:
            mine.words[names.CLUSTER] = clusters[key].name
        if due_on:
            mine.words[names.TERM] = f"{due_on:%d.%m.%Y}"
    if source.indicator and source.period:
        _of_indicator(found, clusters, source.indicator, source.period)
    elif source.sign_list and source.sign:
        _of_sign(found, source.sign_list, source.sign)
    return found


def _clusters(organizations: Collection[Organization]) -> dict[int, Group]:
    """The group of similar organisations of each; where there are several, the first by name."""
    keys = [one.pk for one in organizations]
    through = Group.organizations.through.objects.filter(organization__in=keys, group__kind=Group.Kind.CLUSTER)
    rows = through.select_related("group").order_by("-group__name")
    return {row.organization_id: row.group for row in rows}


def _of_indicator(found: dict[int, Figures], clusters: dict[int, Group], indicator: Indicator, period: Period) -> None:
    groups = {str(group.pk) for group in clusters.values()}
    scopes = (
        Q(scope=Scopes.ORGANIZATION, scope_key__in=[str(key) for key in found])
        | Q(scope=Scopes.GROUP, scope_key__in=groups)
        | Q(scope=Scopes.MUNICIPALITY)
    )
    rows = Aggregate.objects.filter(scopes, version__indicator=indicator, period=period).select_related("version")
    newest = {(row.scope, row.scope_key): row for row in rows.order_by("version__number")}
    whole = display.average(newest.get((Scopes.MUNICIPALITY, "")))
    for key, mine in found.items():
        own = newest.get((Scopes.ORGANIZATION, str(key)))
        mine.words[names.PERIOD] = str(period)
        mine.words[names.AVERAGE] = whole
        if key in clusters:
            mine.words[names.CLUSTER_AVERAGE] = display.average(newest.get((Scopes.GROUP, str(clusters[key].pk))))
        if own is None or own.value is None:
            continue
        mine.words[names.INDICATOR] = own.version.name
        mine.words[names.VALUE] = display.written_figure(own)
        mine.basis = [
            {
                "indicator": indicator.code,
                "version": own.version_id,
                "period": period.code,
                "organization": mine.organization.code,
                "value": str(own.value),
                "written": mine.words[names.VALUE],
                "average": whole,
            }
        ]


def _of_sign(found: dict[int, Figures], sign_list: SignList, code: str) -> None:
    signs = Sign.objects.filter(sign_list=sign_list, code=code, organization__in=found).select_related("rule")
    for sign in signs:
        mine = found[sign.organization_id]
        mine.sign = sign
        mine.words |= sign_words(sign, sign_list.period)
        mine.basis = [sign_basis(sign, mine.organization)]


def sign_words(sign: Sign, period: Period) -> dict[str, str]:
    return {names.INDICATOR: sign.kind.title, names.VALUE: sign.written, names.PERIOD: str(period)}


def sign_basis(sign: Sign, organization: Organization) -> dict[str, Any]:
    """What is kept of a sign with a recommendation."""
    return {
        "sign": sign.code,
        "rule_version": sign.rule.version,
        "organization": organization.code,
        "list": sign.sign_list_id,
        "written": sign.written,
    }
