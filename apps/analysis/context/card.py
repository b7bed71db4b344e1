"""The context of an organisation beside its figures: cluster, social index, staff, size. One reading for every page."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from apps.analysis.clusters.selectors import Own, own_cluster
from apps.analysis.context.index import IndexYear, index_at
from apps.analysis.context.weighing import Weighed
from apps.core import periods
from apps.core.figures import NO_DATA, figure, plural
from apps.core.models import Period
from apps.indicators.models import Aggregate, Recount
from apps.organizations.models import Kind, Organization

FEWEST_IN_SUM = 3
PUPILS = "so_oo.1.1"
STAFF = {
    "so_oo.1.25%": "педагогов с высшим образованием",
    "so_oo.1.29%": "педагогов с категорией",
    "so_oo.1.31%": "педагогов до 30 лет",
}


@dataclass(frozen=True)
class Card:
    """What `analysis/context/card.html` shows. Empty parts say why they are empty."""

    organization: Organization
    period: Period
    index: IndexYear | None
    own_index: Weighed | None
    cluster: Own | None
    staff: list[tuple[str, str]] = field(default_factory=list)
    pupils: Decimal | None = None
    may_see_all: bool = False

    @property
    def url(self) -> str:
        """The page of the organisation's context for this reader."""
        if self.may_see_all:
            return reverse("analysis:organization_context", args=[self.organization.code])
        return reverse("analysis:own_context")

    @property
    def index_text(self) -> str:
        return figure(self.own_index.index, 0) + " из 100" if self.own_index else NO_DATA

    @property
    def band_text(self) -> str:
        return self.index.band_of(self.organization.pk) if self.index else ""

    @property
    def lacking(self) -> list[str]:
        return self.index.lacking.get(self.organization.pk, []) if self.index else []

    @property
    def why_no_index(self) -> str:
        if self.own_index:
            return ""
        if self.index is None:
            return "индекс ещё не составлен"
        if self.index.off:
            return self.index.off
        return f"нет показателей: {'; '.join(self.lacking)}" if self.lacking else "школа не входит в расчёт"

    @property
    def cluster_size(self) -> str:
        if self.cluster is None:
            return ""
        count = len(self.cluster.members)
        return f"{count} {plural(count, 'организация', 'организации', 'организаций')}"

    @property
    def mean_index(self) -> Decimal | None:
        """Of the cluster, where at least three organisations have one."""
        if self.index is None or self.cluster is None:
            return None
        known = [self.index.rows[pk].index for pk in self.cluster.ids if pk in self.index.rows]
        return sum(known, Decimal(0)) / len(known) if len(known) >= FEWEST_IN_SUM else None


def may_read(user: Any, organization: Organization) -> bool:
    """The authority every context, a school its own."""
    if not user.is_authenticated:
        return False
    return bool(user.is_authority or (user.is_school and user.organization == organization))


def newest_year() -> Period | None:
    """The newest school year whose figures are counted."""
    counted = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR, pk__in=Recount.objects.values("period"))
    return counted.order_by("-starts_on").first()


def card_of(organization: Organization, period: Period, user: Any) -> Card | None:
    """None for a reader who may not see the organisation's own figures."""
    if not may_read(user, organization):
        return None
    year = index_at(period) if organization.kind == Kind.SCHOOL else None
    figures = _figures([organization.pk], period).get(organization.pk, {})
    return Card(
        organization=organization,
        period=period,
        index=year,
        own_index=year.rows.get(organization.pk) if year else None,
        cluster=own_cluster(organization),
        staff=[(words, f"{figure(figures[code], 1)}\u00a0%") for code, words in STAFF.items() if code in figures],
        pupils=figures.get(PUPILS),
        may_see_all=user.is_authority,
    )


def _figures(ids: list[int], period: Period) -> dict[int, dict[str, Decimal]]:
    """By organisation and code: the newest known up to the year, at most a year older."""
    span = periods.self_examination_year(period.span)
    rows = (
        Aggregate.objects.filter(
            scope=Aggregate.Scope.ORGANIZATION,
            scope_key__in=[str(pk) for pk in ids],
            version__indicator__code__in=[PUPILS, *STAFF],
            period__code__in=[span.code, periods.previous(span).code],
            value__isnull=False,
        )
        .order_by("period__starts_on")
        .values_list("scope_key", "version__indicator__code", "value")
    )
    found: dict[int, dict[str, Decimal]] = {}
    for key, code, value in rows:
        if value is not None:
            found.setdefault(int(key), {})[code] = value
    return found
