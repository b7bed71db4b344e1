"""The context of an organisation beside its figures: cluster, social index, staff, size. One reading for every page."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from apps.analysis.clusters.selectors import FEWEST_FOR_MEDIAN, Compared, Own, compare, own_cluster
from apps.analysis.context import inputs, methods, results
from apps.analysis.context.index import IndexYear, index_at
from apps.analysis.context.results import DECIMALS, Measure
from apps.analysis.context.selectors import INDEX, ExpectedRow, expected
from apps.analysis.context.weighing import Weighed
from apps.core import periods
from apps.core.figures import NO_DATA, figure, plural
from apps.core.models import Period
from apps.indicators.models import Aggregate
from apps.organizations.models import Kind, Organization
from apps.procedures.beside import Block, Fact
from apps.procedures.models import Procedure

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
    return bool(user.is_authority or (user.is_school and user.organization == organization))


def card_of(organization: Organization, period: Period, user: Any) -> Card | None:
    """None for a reader who may not see the organisation's own figures."""
    if not may_read(user, organization):
        return None
    year = index_at(period) if organization.kind == Kind.SCHOOL else None
    figures = _figures(organization, period) if organization.kind == Kind.SCHOOL else {}
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


def _figures(organization: Organization, period: Period) -> dict[str, Decimal]:
    """The newest known up to the year, at most a year older."""
    span = periods.self_examination_year(period.span)
    codes = [PUPILS, *STAFF]
    found = Aggregate.objects.filter(
        scope=Aggregate.Scope.ORGANIZATION,
        scope_key=str(organization.pk),
        version__indicator__code__in=codes,
        period__code__in=[span.code, periods.previous(span).code],
        value__isnull=False,
    ).order_by("period__starts_on")
    rows = found.values_list("version__indicator__code", "value")
    return {code: value for code, value in rows if value is not None}


# --- beside a result of a work


@dataclass(frozen=True)
class Beside:
    """A school's result beside its cluster and what was expected under its context."""

    own: Decimal | None
    n: int
    cluster: Decimal | None
    cluster_schools: int
    row: ExpectedRow | None
    off: str
    measure: Measure

    @property
    def decimals(self) -> int:
        return DECIMALS[self.measure]


def measure_for(procedure: Procedure) -> Measure:
    return Measure.COMPLETION if procedure.max_score else Measure.QUALITY


def beside(procedure: Procedure, organization: Organization, cluster: Own | None) -> Beside:
    """The cluster's figure is a sum over at least three organisations."""
    measure = measure_for(procedure)
    page = expected(procedure, measure, (INDEX,))
    sums, schools = results.cluster_sums(procedure, measure, cluster.ids) if cluster else (results.Sums(), 0)
    told = cluster is not None and schools >= FEWEST_IN_SUM and sums.n > 0
    own = page.row_of(organization.pk)
    return Beside(
        own=Decimal(str(round(own.result.value, 4))) if own else None,
        n=own.result.n if own else 0,
        cluster=Decimal(str(round(sums.mean, 4))) if told else None,
        cluster_schools=schools,
        row=own if own and own.verdict is not None else None,
        off=page.off,
        measure=measure,
    )


def blocks(user: Any, procedure: Procedure, organization: Organization) -> list[Block]:
    """The card as a block beside the school's result of a work."""
    found = card_of(organization, procedure.period, user)
    if found is None:
        return []
    near = beside(procedure, organization, found.cluster)
    facts = [
        Fact(f"Кластер «{found.cluster.cluster.name}»", *_cluster_words(found.cluster, near))
        if found.cluster
        else Fact("Кластер", "не определён", "кластеры ещё не подтверждены или школа в них не входит"),
        Fact("Социальный индекс", found.index_text, found.band_text or found.why_no_index),
        _expected_fact(near),
        *(Fact("Кадры", value, words) for words, value in found.staff),
    ]
    state = ""
    if found.index and found.own_index:
        state = f" Индекс: версия {found.index.index.version} за {found.index.period}, "
        state += found.index.index.get_source_state_display() + "."
    return [
        Block(
            title="Контекст",
            facts=facts,
            text="Результат читают рядом с условиями школы. Связь не есть причина." + state,
            url=found.url,
            link="Контекст школы",
        )
    ]


def _cluster_words(cluster: Own, near: Beside) -> tuple[str, str]:
    title = results.TITLES[near.measure]
    if near.cluster is None:
        return NO_DATA, f"{title}: в кластере писали меньше {FEWEST_IN_SUM} организаций"
    count = f"{near.cluster_schools} {plural(near.cluster_schools, 'организация', 'организации', 'организаций')}"
    since = f"с {cluster.since:%d.%m.%Y}" if cluster.since else ""
    return figure(near.cluster, near.decimals), f"{title} по кластеру, {count}; {since}"


def _expected_fact(near: Beside) -> Fact:
    if near.row is None:
        return Fact("Ожидаемо при таком контексте", NO_DATA, near.off or "участников мало или у школы нет индекса")
    row, digits = near.row, near.decimals
    note = f"{row.words}; 95 % от {figure(row.low, digits)} до {figure(row.high, digits)}"
    if methods.level() != 0.95:
        note = f"{row.words}; от {figure(row.low, digits)} до {figure(row.high, digits)}"
    return Fact("Ожидаемо при таком контексте", figure(row.expected, digits), note, row.tone)


# --- the page of an organisation


@dataclass(frozen=True)
class WorkLine:
    procedure: Procedure
    near: Beside


@dataclass(frozen=True)
class OrganizationPage:
    card: Card
    parts: list[Any]
    compared: list[Compared]
    works: list[WorkLine]


@dataclass(frozen=True)
class Part:
    """A part of the index: the figure, the mean of all, what it adds."""

    name: str
    unit: str
    weight: Decimal
    harder: bool
    value: Decimal | None
    mean: Decimal | None
    z: Decimal | None
    added: Decimal | None


def parts_of(year: IndexYear, organization: Organization) -> list[Part]:
    """All parts, those without a figure too."""
    row = year.rows.get(organization.pk)
    found = []
    for at, (one, weight) in enumerate(zip(year.parts, year.weights, strict=True)):
        known = list(one.values.values())
        share = row.parts[at] if row else None
        found.append(
            Part(
                name=one.name,
                unit=one.version.unit,
                weight=weight.weight,
                harder=weight.harder,
                value=one.values.get(organization.pk),
                mean=sum(known, Decimal(0)) / len(known) if len(known) >= FEWEST_FOR_MEDIAN else None,
                z=share.z if share else None,
                added=share.added if share else None,
            )
        )
    return found


COMPARED = (*inputs.OFFERED[2][1][:2], *STAFF, "social.1.5%", "so_oo.1.5%", "so_oo.1.19%")


def organization_page(organization: Organization, period: Period, user: Any) -> OrganizationPage | None:
    found = card_of(organization, period, user)
    if found is None:
        return None
    works = (
        Procedure.objects.visible_to(user)
        .filter(period=period, aggregates__school__organization=organization, aggregates__participants__gt=0)
        .select_related("subject", "period")
        .distinct()
        .order_by("kind", "grade", "subject__name")
    )
    return OrganizationPage(
        card=found,
        parts=parts_of(found.index, organization) if found.index and not found.index.off else [],
        compared=compare(organization, found.cluster, list(COMPARED), period, user) if found.cluster else [],
        works=[WorkLine(one, beside(one, organization, found.cluster)) for one in works],
    )
