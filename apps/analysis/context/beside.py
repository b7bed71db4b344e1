"""A school's result of a work beside its cluster and what its context lets expect; the words are remembered."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import Max, Subquery, Sum

from apps.analysis.clusters.models import Cluster, Clustering, ClusterMember
from apps.analysis.clusters.selectors import Own
from apps.analysis.context import methods, results
from apps.analysis.context.card import FEWEST_IN_SUM, Card, may_read
from apps.analysis.context.models import MethodSettings, SocialIndex
from apps.analysis.context.results import DECIMALS, Measure
from apps.analysis.context.selectors import A_DAY, INDEX, Expected, ExpectedRow, Factors, expected, factors_of
from apps.core.figures import NO_DATA, figure, plural
from apps.indicators.models import Recount
from apps.organizations.models import Organization
from apps.procedures.beside import Block, Fact
from apps.procedures.context_facts import staff
from apps.procedures.models import Procedure, ResultAggregate


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


def beside(
    procedure: Procedure, organization: Organization, cluster: Own | None, factors: Factors | None = None
) -> Beside:
    """The cluster's figure is a sum over at least three organisations."""
    page = expected(procedure, measure_for(procedure), (INDEX,), factors=factors)
    sums, schools = results.cluster_sums(procedure, page.work.measure, cluster.ids) if cluster else (results.Sums(), 0)
    return _near(page, organization.pk, sums, schools)


def _near(page: Expected, organization: int, sums: results.Sums, schools: int) -> Beside:
    own = page.row_of(organization)
    told = schools >= FEWEST_IN_SUM and sums.n > 0
    return Beside(
        own=Decimal(str(round(own.result.value, 4))) if own else None,
        n=own.result.n if own else 0,
        cluster=Decimal(str(round(sums.mean, 4))) if told else None,
        cluster_schools=schools,
        row=own if own and own.verdict is not None else None,
        off=page.off,
        measure=page.work.measure,
    )


def blocks(user: Any, procedure: Procedure, organization: Organization) -> list[Block]:
    """The context as a block beside the school's result of a work: two statements once the work is remembered."""
    if not may_read(user, organization):
        return []
    card = Card(organization, procedure.period, None, None, None, may_see_all=user.is_authority)
    found = of_work(procedure).get(organization.pk)
    if found is None:
        return []
    block = Block(title="Контекст", facts=found.facts, text=found.text, url=card.url, link="Контекст школы")
    return [block, found.staff] if found.staff else [block]


MOST_HERE = 64  # works whose words a process keeps beside the shared cache
_here: dict[str, "dict[int, Told]"] = {}


@dataclass(frozen=True)
class Told:
    """What is told beside a school's result, as words."""

    facts: list[Fact]
    text: str
    staff: Block | None


def of_work(procedure: Procedure) -> dict[int, Told]:
    """By organisation; remembered until results, figures, clusters, the index or settings change."""
    key = "analysis.beside." + _stamp(procedure)
    told: dict[int, Told] | None = _here.get(key) or cache.get(key)
    if told is None:
        told = _tell(procedure)
        cache.set(key, told, A_DAY)
    if len(_here) >= MOST_HERE:
        _here.clear()
    _here[key] = told
    return told


def _stamp(procedure: Procedure) -> str:
    """Changes whenever something changes that the words rest on; one statement."""
    results_ = ResultAggregate.objects.filter(
        procedure__kind=procedure.kind, procedure__subject=procedure.subject_id, procedure__grade=procedure.grade
    )
    whole = (
        results_.order_by()
        .values("procedure__kind")
        .annotate(
            last=Max("pk"),
            points=Sum("score_sum"),
            people=Sum("participants"),
            low=Sum("marks__0"),
            high=Sum("marks__3"),
        )
    )
    row = Procedure.objects.filter(pk=procedure.pk).values_list(
        *(Subquery(whole.values(name)) for name in ("last", "points", "people", "low", "high")),
        Subquery(SocialIndex.objects.order_by("-version").values("version")[:1]),
        Subquery(MethodSettings.objects.order_by("-pk").values("pk")[:1]),
        Subquery(Clustering.objects.exclude(confirmed_at=None).order_by("-confirmed_at").values("confirmed_at")[:1]),
        Subquery(Recount.objects.order_by("-computed_at").values("computed_at")[:1]),
        "max_score",
    )
    digest = hashlib.sha256(repr(list(row)).encode()).hexdigest()
    return f"{procedure.pk}.{digest}"


def _tell(procedure: Procedure) -> dict[int, Told]:
    factors = factors_of(procedure, (INDEX,))
    page = expected(procedure, measure_for(procedure), (INDEX,), factors=factors)
    ids = [*page.work.schools, *page.work.few]
    members = ClusterMember.objects.filter(
        organization__in=ids, clustering__state=Clustering.State.CONFIRMED, cluster__isnull=False
    ).select_related("cluster__clustering")
    clusters = {one.organization_id: one.cluster for one in members if one.cluster}
    sums = _sums_by_cluster(procedure, page.work.measure)
    people = staff(procedure, ids)
    state = _state_of(factors)
    told = {}
    for pk in ids:
        cluster = clusters.get(pk)
        near = _near(page, pk, *(sums.get(cluster.pk, (results.Sums(), 0)) if cluster else (results.Sums(), 0)))
        facts = [_cluster_fact(cluster, near), _index_fact(factors, pk), _expected_fact(near)]
        text = "Результат читают рядом с условиями школы. Связь не есть причина." + state
        told[pk] = Told(facts, text, people.get(pk))
    return told


def _sums_by_cluster(procedure: Procedure, measure: Measure) -> dict[int, tuple[results.Sums, int]]:
    members: dict[int, list[int]] = {}
    found = ClusterMember.objects.filter(clustering__state=Clustering.State.CONFIRMED, cluster__isnull=False)
    for cluster, organization in found.values_list("cluster_id", "organization_id"):
        if cluster is not None:
            members.setdefault(cluster, []).append(organization)
    own = results.sums_by_organization(procedure, measure)
    told = {}
    for cluster, ids in members.items():
        parts = [own[pk] for pk in ids if pk in own]
        told[cluster] = (sum(parts, results.Sums()), len(parts))
    return told


def _state_of(factors: Factors) -> str:
    year = factors.index
    if year is None or factors.off:
        return ""
    return f" Индекс: версия {year.index.version} за {year.period}, {year.index.get_source_state_display()}."


def _index_fact(factors: Factors, organization: int) -> Fact:
    year = factors.index
    row = year.rows.get(organization) if year else None
    if year is None or row is None:
        missing = factors.lacking.get(organization)
        why = f"нет показателей: {'; '.join(missing)}" if missing else factors.off or "школа не входит в расчёт"
        return Fact("Социальный индекс", NO_DATA, why)
    return Fact("Социальный индекс", f"{figure(row.index, 0)} из 100", year.band_of(organization))


def _cluster_fact(cluster: Cluster | None, near: Beside) -> Fact:
    if cluster is None:
        return Fact("Кластер", "не определён", "кластеры ещё не подтверждены или школа в них не входит")
    label, title = f"Кластер «{cluster.name}»", results.TITLES[near.measure]
    if near.cluster is None:
        return Fact(label, NO_DATA, f"{title}: в кластере писали меньше {FEWEST_IN_SUM} организаций")
    count = f"{near.cluster_schools} {plural(near.cluster_schools, 'организация', 'организации', 'организаций')}"
    since = cluster.clustering.confirmed_at
    return Fact(
        label, figure(near.cluster, near.decimals), f"{title} по кластеру, {count}; с {since:%d.%m.%Y}" if since else ""
    )


def _expected_fact(near: Beside) -> Fact:
    if near.row is None:
        return Fact("Ожидаемо при таком контексте", NO_DATA, near.off or "участников мало или у школы нет индекса")
    row, digits = near.row, near.decimals
    note = f"{row.words}; 95 % от {figure(row.low, digits)} до {figure(row.high, digits)}"
    if methods.level() != 0.95:
        note = f"{row.words}; от {figure(row.low, digits)} до {figure(row.high, digits)}"
    return Fact("Ожидаемо при таком контексте", figure(row.expected, digits), note, row.tone)
