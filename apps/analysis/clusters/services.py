"""Writes of clusterings: made by rules, by hand or by a worker, mended, confirmed by a person. Raises Refused."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.clusters import facts, rules
from apps.analysis.clusters.models import Cluster, Clustering, ClusterMember
from apps.analysis.clusters.partition import LEAST_ORGANIZATIONS, MOST_CLUSTERS, Method, Partition
from apps.analysis.clusters.reasons import reasons
from apps.analysis.clusters.rules import Criterion
from apps.analysis.context import inputs
from apps.core import events, jobs
from apps.core.findings import Finding, Refused, error
from apps.core.models import Period
from apps.indicators.models import Recount
from apps.indicators.services.aggregates import enqueue_aggregates
from apps.organizations.models import Group, Kind, Organization
from apps.organizations.services import assign_group

KIND = "analysis.cluster"
State, Way = Clustering.State, Clustering.Way
SAME_CLUSTER = 0.5  # a new cluster that shares more than half with a former one goes on as the same group


def _refuse(code: str, message: str, action: str = "") -> Refused:
    return Refused([error(code, message, action=action)])


def _require_department(by: User) -> None:
    if not by.is_department:
        raise _refuse("not_allowed", "Кластеры ведут сотрудники управления.")


def _record(clustering: Clustering, what: str, by: User | None, text: str) -> None:
    events.record(kind=f"analysis.clustering_{what}", subject=clustering, by=by, text=text)


def _cluster(clustering: Clustering, order: int, name: str, **fields: object) -> Cluster:
    return Cluster.objects.create(clustering=clustering, order=order, name=name[:120], **fields)


# --- by rules


@transaction.atomic
def make_by_rules(
    *, kind: str, period: Period, criteria: Sequence[str], bounds: Sequence[int], by: User, title: str = ""
) -> Clustering:
    """A draft: every combination of the criteria that occurs is a cluster."""
    _require_department(by)
    chosen = [one for one in Criterion if one in set(criteria)]
    if not chosen:
        raise _refuse("no_criteria", "Не выбрано ни одного правила.", "Отметьте хотя бы одно.")
    if Criterion.SIZE in chosen and not bounds:
        raise _refuse("no_bounds", "Не указаны границы размера.", "Впишите числа через запятую, например 100, 500.")
    organizations = facts.organizations_of(kind, period)
    if not organizations:
        raise _refuse("nobody", "Организаций этого вида нет.")
    made = Clustering.objects.create(
        way=Way.RULE,
        kind=kind,
        period=period,
        title=title.strip() or f"{Kind(kind).label.capitalize()}: по правилам, {timezone.localdate():%d.%m.%Y}",
        parameters={"criteria": chosen, "bounds": sorted(set(bounds))},
        created_by=by,
    )
    found = rules.grouped(facts.facts_of(organizations, period), chosen, bounds)
    members = []
    for order, one in enumerate(found, start=1):
        cluster = _cluster(made, order, one.name, reasons=[{"words": words} for words in one.words])
        members += [ClusterMember(clustering=made, cluster=cluster, organization_id=pk) for pk in one.members]
    ClusterMember.objects.bulk_create(members)
    _record(made, "made", by, f"Составлена по правилам: кластеров — {len(found)}.")
    return made


# --- by hand


@transaction.atomic
def make_by_hand(*, kind: str, title: str, names: Sequence[str], by: User) -> Clustering:
    """A draft with named clusters; every organisation waits to be placed."""
    _require_department(by)
    wanted = [name.strip() for name in names if name.strip()]
    if len(wanted) < 2 or len({name.casefold() for name in wanted}) < len(wanted):
        raise _refuse("names", "Нужно не меньше двух кластеров с разными названиями.", "По одному названию в строке.")
    made = Clustering.objects.create(
        way=Way.HAND,
        kind=kind,
        title=title.strip() or f"{Kind(kind).label.capitalize()}: вручную, {timezone.localdate():%d.%m.%Y}",
        created_by=by,
    )
    for order, name in enumerate(wanted, start=1):
        _cluster(made, order, name)
    organizations = facts.organizations_of(kind, None)
    ClusterMember.objects.bulk_create(ClusterMember(clustering=made, organization=one) for one in organizations)
    _record(made, "made", by, f"Составлена вручную: кластеров — {len(wanted)}.")
    return made


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
    _require_department(by)
    if findings := faults_of_input(kind=kind, period=period, codes=codes):
        raise Refused(findings)
    if clusters is not None and not 2 <= clusters <= MOST_CLUSTERS:
        raise _refuse("clusters", f"Кластеров может быть от 2 до {MOST_CLUSTERS}.")
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
    _record(made, "started", by, f"Начат расчёт по {len(codes)} показателям.")
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
        cluster = _cluster(
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
    _record(clustering, "computed", None, f"Расчёт окончен: кластеров — {split.chosen.clusters}.")


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


# --- drafts


def _draft(clustering: Clustering) -> Clustering:
    row = Clustering.objects.select_for_update().get(pk=clustering.pk)
    if row.state != State.DRAFT:
        raise _refuse("not_draft", f"Менять можно только черновик. Сейчас: {row.get_state_display()}.")
    return row


@transaction.atomic
def edit(*, clustering: Clustering, names: Mapping[int, str], places: Mapping[int, int | None], by: User) -> Clustering:
    """Rename clusters (order → name) and move organisations (id → order, or None to leave one out)."""
    _require_department(by)
    row = _draft(clustering)
    clusters = {one.order: one for one in row.clusters.all()}
    if faults := _name_faults([names.get(order, one.name) for order, one in clusters.items()]):
        raise Refused(faults)
    for order, one in clusters.items():
        wanted = names.get(order, one.name).strip()[:120]
        if wanted != one.name:
            one.name = wanted
            one.save(update_fields=["name"])
    moved = []
    for member in row.members.filter(organization__in=places):
        place = places[member.organization_id]
        target = clusters.get(place) if place is not None else None
        if member.cluster_id != (target.pk if target else None):
            member.cluster, member.is_moved = target, True
            moved.append(member)
    ClusterMember.objects.bulk_update(moved, ["cluster", "is_moved"])
    if moved and row.way != Way.HAND:
        row.is_edited = True
        row.save(update_fields=["is_edited"])
    _record(row, "edited", by, f"Черновик исправлен, перемещено организаций: {len(moved)}.")
    return row


def _name_faults(names: Iterable[str]) -> list[Finding]:
    cleaned = [name.strip().casefold() for name in names]
    if not all(cleaned):
        return [error("no_name", "У кластера нет названия.", action="Впишите название.")]
    if len(set(cleaned)) < len(cleaned):
        return [error("same_name", "Два кластера названы одинаково.", action="Дайте им разные названия.")]
    return []


@transaction.atomic
def drop(*, clustering: Clustering, by: User) -> Clustering:
    """Put a draft aside; it stays in the history."""
    _require_department(by)
    row = _draft(clustering)
    row.state = State.DROPPED
    row.save(update_fields=["state"])
    _record(row, "dropped", by, "Черновик отклонён.")
    return row


# --- confirmation


@transaction.atomic
def confirm(*, clustering: Clustering, basis: str, by: User) -> Clustering:
    """Put a draft in force: its clusters become groups of organisations, the former clustering of the kind ends.

    A cluster that keeps more than half of the organisations of a former one goes on as the same group, so that its
    figures and targets go on, too. Aggregates of all counted periods are counted anew by a worker.
    """
    _require_department(by)
    row = _draft(clustering)
    clusters = [one for one in row.clusters.prefetch_related("members__organization") if one.members.all()]
    if len(clusters) < 2:
        raise _refuse("no_clusters", "Распределите организации хотя бы по двум кластерам.")
    if not basis.strip():
        raise _refuse("no_basis", "Не указано основание.", "Напишите, чем утверждено или зачем нужно.")
    now = timezone.now()
    former = Clustering.objects.select_for_update().filter(kind=row.kind, state=State.CONFIRMED).first()
    groups = _groups_of(former)
    if former:
        former.state, former.ended_at = State.REPLACED, now
        former.save(update_fields=["state", "ended_at"])
        _record(former, "replaced", by, f"Заменена: «{row.title}».")
    for cluster in clusters:
        _as_group(row, cluster, groups, by)
    for group in groups:  # nothing goes on in them
        fields = {"name": group.name, "description": f"Кластер действовал до {timezone.localdate():%d.%m.%Y}"}
        assign_group(code=group.code, organizations=[], by=by, kind=Group.Kind.CLUSTER, **fields)
    row.state, row.basis = State.CONFIRMED, basis.strip()[:300]
    row.confirmed_by, row.confirmed_at = by, now
    row.save(update_fields=["state", "basis", "confirmed_by", "confirmed_at"])
    _record(row, "confirmed", by, f"Подтверждена: кластеров — {len(clusters)}. Основание: {row.basis}")
    for recount in Recount.objects.select_related("period"):
        enqueue_aggregates(period=recount.period, by=by)
    return row


def _groups_of(former: Clustering | None) -> list[Group]:
    if former is None:
        return []
    return list(Group.objects.filter(pk__in=former.clusters.values("group")).prefetch_related("organizations"))


def _as_group(clustering: Clustering, cluster: Cluster, former: list[Group], by: User) -> None:
    members = [member.organization for member in cluster.members.all()]
    group = _most_alike(members, former)
    if group:
        former.remove(group)
    cluster.group = assign_group(
        code=group.code if group else f"cluster-{clustering.pk}-{cluster.order}",
        name=cluster.name,
        organizations=members,
        by=by,
        description=f"«{clustering.title}», подтверждено {timezone.localdate():%d.%m.%Y}"[:300],
        kind=Group.Kind.CLUSTER,
    )
    cluster.save(update_fields=["group"])


def _most_alike(members: Sequence[Organization], former: Sequence[Group]) -> Group | None:
    own = {one.pk for one in members}

    def likeness(group: Group) -> float:
        theirs = {one.pk for one in group.organizations.all()}
        return len(own & theirs) / len(own | theirs)

    best = max(former, key=likeness, default=None)
    return best if best and likeness(best) > SAME_CLUSTER else None
