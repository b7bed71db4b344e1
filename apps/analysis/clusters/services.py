"""Writes of clusterings: made by rules, by hand or by a worker, mended, confirmed by a person. Raises Refused."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.clusters import facts, rules
from apps.analysis.clusters.models import Cluster, Clustering, ClusterMember
from apps.analysis.clusters.rules import Criterion
from apps.analysis.clusters.writing import State, Way, new_cluster, record, require_department
from apps.core.findings import Finding, Refused, error, refuse
from apps.core.models import Period
from apps.indicators.models import Recount
from apps.indicators.services.aggregates import enqueue_aggregates
from apps.organizations.models import Group, Kind, Organization
from apps.organizations.services import assign_group

SAME_CLUSTER = 0.5  # a new cluster that shares more than half with a former one goes on as the same group


# --- by rules


@transaction.atomic
def make_by_rules(
    *, kind: str, period: Period, criteria: Sequence[str], bounds: Sequence[int], by: User, title: str = ""
) -> Clustering:
    """A draft: every combination of the criteria that occurs is a cluster."""
    require_department(by)
    chosen = [one for one in Criterion if one in set(criteria)]
    if not chosen:
        raise refuse("no_criteria", "Не выбрано ни одного правила.", "Отметьте хотя бы одно.")
    if Criterion.SIZE in chosen and not bounds:
        raise refuse("no_bounds", "Не указаны границы размера.", "Впишите числа через запятую, например 100, 500.")
    organizations = facts.organizations_of(kind, period)
    if not organizations:
        raise refuse("nobody", "Организаций этого вида нет.")
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
        cluster = new_cluster(made, order, one.name, reasons=[{"words": words} for words in one.words])
        members += [ClusterMember(clustering=made, cluster=cluster, organization_id=pk) for pk in one.members]
    ClusterMember.objects.bulk_create(members)
    record(made, "made", by, f"Составлена по правилам: кластеров — {len(found)}.")
    return made


# --- by hand


@transaction.atomic
def make_by_hand(*, kind: str, title: str, names: Sequence[str], by: User) -> Clustering:
    """A draft with named clusters; every organisation waits to be placed."""
    require_department(by)
    wanted = [name.strip() for name in names if name.strip()]
    if len(wanted) < 2 or len({name.casefold() for name in wanted}) < len(wanted):
        raise refuse("names", "Нужно не меньше двух кластеров с разными названиями.", "По одному названию в строке.")
    made = Clustering.objects.create(
        way=Way.HAND,
        kind=kind,
        title=title.strip() or f"{Kind(kind).label.capitalize()}: вручную, {timezone.localdate():%d.%m.%Y}",
        created_by=by,
    )
    for order, name in enumerate(wanted, start=1):
        new_cluster(made, order, name)
    organizations = facts.organizations_of(kind, None)
    ClusterMember.objects.bulk_create(ClusterMember(clustering=made, organization=one) for one in organizations)
    record(made, "made", by, f"Составлена вручную: кластеров — {len(wanted)}.")
    return made


# --- drafts


def _draft(clustering: Clustering) -> Clustering:
    row = Clustering.objects.select_for_update().get(pk=clustering.pk)
    if row.state != State.DRAFT:
        raise refuse("not_draft", f"Менять можно только черновик. Сейчас: {row.get_state_display()}.")
    return row


@transaction.atomic
def edit(*, clustering: Clustering, names: Mapping[int, str], places: Mapping[int, int | None], by: User) -> Clustering:
    """Rename clusters (order → name) and move organisations (id → order, or None to leave one out)."""
    require_department(by)
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
    record(row, "edited", by, f"Черновик исправлен, перемещено организаций: {len(moved)}.")
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
    require_department(by)
    row = _draft(clustering)
    row.state = State.DROPPED
    row.save(update_fields=["state"])
    record(row, "dropped", by, "Черновик отклонён.")
    return row


# --- confirmation


@transaction.atomic
def confirm(*, clustering: Clustering, basis: str, by: User) -> Clustering:
    """Put a draft in force: its clusters become groups of organisations, the former clustering of the kind ends.

    A cluster that keeps more than half of the organisations of a former one goes on as the same group, so that its
    figures and targets go on, too. Aggregates of all counted periods are counted anew by a worker.
    """
    require_department(by)
    row = _draft(clustering)
    clusters = [one for one in row.clusters.prefetch_related("members__organization") if one.members.all()]
    if len(clusters) < 2:
        raise refuse("no_clusters", "Распределите организации хотя бы по двум кластерам.")
    if not basis.strip():
        raise refuse("no_basis", "Не указано основание.", "Напишите, чем утверждено или зачем нужно.")
    now = timezone.now()
    former = Clustering.objects.select_for_update().filter(kind=row.kind, state=State.CONFIRMED).first()
    groups = _groups_of(former)
    if former:
        former.state, former.ended_at = State.REPLACED, now
        former.save(update_fields=["state", "ended_at"])
        record(former, "replaced", by, f"Заменена: «{row.title}».")
    for cluster in clusters:
        _as_group(row, cluster, groups, by)
    for group in groups:  # nothing goes on in them
        fields = {"name": group.name, "description": f"Кластер действовал до {timezone.localdate():%d.%m.%Y}"}
        assign_group(code=group.code, organizations=[], by=by, kind=Group.Kind.CLUSTER, **fields)
    row.state, row.basis = State.CONFIRMED, basis.strip()[:300]
    row.confirmed_by, row.confirmed_at = by, now
    row.save(update_fields=["state", "basis", "confirmed_by", "confirmed_at"])
    record(row, "confirmed", by, f"Подтверждена: кластеров — {len(clusters)}. Основание: {row.basis}")
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
