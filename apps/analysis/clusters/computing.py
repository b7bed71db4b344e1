"""Clusterings computed by a worker: what is asked, the job, the draft with its reasons. Raises Refused."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.clusters import facts
from apps.analysis.clusters.models import Clustering, ClusterMember
from apps.analysis.clusters.partition import LEAST_ORGANIZATIONS, MOST_CLUSTERS, Method, Partition
from apps.analysis.clusters.reasons import reasons
from apps.analysis.clusters.writing import State, Way, new_cluster, record, require_department
from apps.analysis.context import inputs
from apps.core import jobs
from apps.core.findings import Finding, Refused, error, refuse
from apps.core.models import Period
from apps.organizations.models import Kind

KIND = "analysis.cluster"

# --- by a worker


def faults_of_input(*, kind: str, period: Period, codes: Sequence[str]) -> list[Finding]:
    """Why clusters cannot be computed; empty where they can."""
    if len(codes) < 2:
        message = "Выбран один показатель или ни одного."
        return [error("few_indicators", message, action="Отметьте два показателя или больше.")]
    found = inputs.inputs(codes, period)
    organizations = facts.organizations_of(kind, period)
    complete, lacking = inputs.complete(found, organizations)
    if len(complete) < LEAST_ORGANIZATIONS:
        absent = f", ещё у {len(lacking)} показателей не хватает" if lacking else ""
        message = (
            f"Все показатели есть у {len(complete)} организаций{absent}. Расчёт предлагается от {LEAST_ORGANIZATIONS}: "
            "на меньшем числе разбиение случайно."
        )
        return [error("few_organizations", message, action="Составьте кластеры по правилам или вручную.")]
    flat = [one.name for at, one in enumerate(found) if len({row[at] for row in complete.values()}) == 1]
    action = "Уберите показатель из списка."
    return [error("no_spread", f"«{name}»: у всех организаций одно значение.", action=action) for name in flat]


@transaction.atomic
def start_computing(
    *, kind: str, period: Period, codes: Sequence[str], method: str, by: User, clusters: int | None = None,
    title: str = "",
) -> Clustering:  # fmt: skip
    """Have a worker compute a draft from standardised indicators. `clusters` None: their number by silhouette."""
    require_department(by)
    if findings := faults_of_input(kind=kind, period=period, codes=codes):
        raise Refused(findings)
    if clusters is not None and not 2 <= clusters <= MOST_CLUSTERS:
        raise refuse("clusters", f"Кластеров может быть от 2 до {MOST_CLUSTERS}.")
    made = Clustering.objects.create(
        way=Way.COMPUTED,
        kind=kind,
        period=period,
        state=State.COUNTING,
        title=title.strip() or f"{Kind(kind).label.capitalize()}: расчёт, {timezone.localdate():%d.%m.%Y}",
        parameters={"indicators": list(codes), "method": Method(method).value, "clusters": clusters},
        created_by=by,
    )
    made.job = jobs.enqueue(
        kind=KIND, arguments={"clustering_id": made.pk}, by=by, url=made.get_absolute_url(), title="Расчёт кластеров"
    )
    made.save(update_fields=["job"])
    record(made, "started", by, f"Начат расчёт по {len(codes)} показателям.")
    return made


def compute(*, clustering_id: int) -> dict[str, object]:
    """What the worker does. Safe to run twice: only a clustering that is still counted is written."""
    from apps.analysis.clusters.partition import partition

    clustering = Clustering.objects.select_related("period").get(pk=clustering_id)
    if clustering.state != State.COUNTING or clustering.period is None:
        return {"clusters": clustering.clusters.count()}
    codes, parameters = clustering.parameters["indicators"], clustering.parameters
    if findings := faults_of_input(kind=clustering.kind, period=clustering.period, codes=codes):
        _give_up(clustering, findings)
        raise Refused(findings)
    found = inputs.inputs(codes, clustering.period)
    organizations = facts.organizations_of(clustering.kind, clustering.period)
    complete, lacking = inputs.complete(found, organizations)
    by_code = {one.code: one.pk for one in organizations}
    rows = {code: [float(x) for x in complete[pk]] for code, pk in by_code.items() if pk in complete}
    split = partition(rows, method=Method(parameters["method"]), clusters=parameters["clusters"])
    _store(clustering=clustering, split=split, found=found, complete=complete, lacking=lacking, by_code=by_code)
    return {"clusters": split.chosen.clusters, "silhouette": round(split.chosen.silhouette, 3)}


@transaction.atomic
def _give_up(clustering: Clustering, findings: Sequence[Finding]) -> None:
    clustering.state = State.DROPPED
    clustering.basis = str(findings[0])[:300]
    clustering.save(update_fields=["state", "basis"])


def _exact(number: float) -> Decimal:
    return Decimal(str(round(number, 3)))


@transaction.atomic
def _store(
    *,
    clustering: Clustering,
    split: Partition,
    found: Sequence[inputs.Input],
    complete: Mapping[int, Sequence[Decimal]],
    lacking: Mapping[int, Sequence[str]],
    by_code: Mapping[str, int],
) -> None:
    clustering = Clustering.objects.select_for_update().get(pk=clustering.pk)
    if clustering.state != State.COUNTING:
        return
    members: dict[int, list[str]] = {}
    for code, label in split.labels.items():
        members.setdefault(label, []).append(code)
    rows = []
    for label in range(split.chosen.clusters):
        own = [complete[by_code[code]] for code in members[label]]
        cluster = new_cluster(
            clustering,
            label + 1,
            _name(label + 1, split.centres[label], found),
            stability=_exact(split.jaccard[label]),
            reasons=[_reason(one.indicator, one.distance, found, own) for one in reasons(split.centres[label])],
        )
        rows += [
            ClusterMember(
                clustering=clustering,
                cluster=cluster,
                organization_id=by_code[code],
                silhouette=_exact(split.silhouettes[code]),
            )
            for code in members[label]
        ]
    ClusterMember.objects.bulk_create(rows)
    clustering.result = {
        "n": len(split.labels),
        "silhouettes": [[one.clusters, round(one.silhouette, 3), one.least] for one in split.qualities],
        "silhouette": round(split.chosen.silhouette, 3),
        "agreement": round(split.agreement, 3),
        "agreement_low": round(split.agreement_low, 3),
        "lacking": [[organization, list(names)] for organization, names in sorted(lacking.items())],
    }
    clustering.state = State.DRAFT
    clustering.save(update_fields=["result", "state"])
    record(clustering, "computed", None, f"Расчёт окончен: кластеров — {split.chosen.clusters}.")


def _name(number: int, centre: Sequence[float], found: Sequence[inputs.Input]) -> str:
    """«Кластер 2: выше — доля педагогов с категорией»; the same input gives the same name."""
    far = reasons(centre)[:1]
    if not far:
        return f"Кластер {number}: близко к среднему"
    name = found[far[0].indicator].name
    side = "выше" if far[0].distance > 0 else "ниже"
    return f"Кластер {number}: {side} — {name[:1].lower()}{name[1:]}"


def _reason(
    at: int, distance: float, found: Sequence[inputs.Input], own: Sequence[Sequence[Decimal]]
) -> dict[str, str]:
    mean = sum((row[at] for row in own), Decimal(0)) / len(own)
    everybody = list(found[at].values.values())
    return {
        "code": found[at].code,
        "name": found[at].name,
        "unit": found[at].version.unit,
        "distance": str(_exact(distance)),
        "mean": str(round(mean, 4)),
        "mean_of_all": str(round(sum(everybody, Decimal(0)) / len(everybody), 4)),
    }
