"""What a comparison is made of: figures of both years, context, who is compared and who is not, and why."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field

from apps.analysis.clusters.models import Clustering, ClusterMember
from apps.analysis.context.index import index_at
from apps.core import periods
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.indicators import breaks
from apps.organizations.models import Kind, Organization, OrganizationEvent
from apps.roadmaps.effect import figures
from apps.roadmaps.effect.arithmetic.matching import Unit
from apps.roadmaps.effect.figures import Figure, Reading, Readings
from apps.roadmaps.effect.models import Addressed, Expectation

METHOD = 1  # a change of the arithmetic makes stored results old
MOST_WITHOUT_INDEX = 0.2  # share of organisations; with more the index is left out, not they


@dataclass(frozen=True)
class Plan:
    """Whom a measure addresses, in which figure, from which period to which. `own` is its expectation, if stored."""

    figure: Figure
    addressed: frozenset[int]
    before: PeriodSpan
    after: PeriodSpan
    own: int | None = None


@dataclass(frozen=True)
class Left:
    """An organisation that is not compared."""

    organization: int
    is_addressed: bool
    why: str


@dataclass
class Gathered:
    """Units of both groups. `broken` says why nothing may be compared; `context` in words what similarity rests on."""

    plan: Plan
    addressed: list[Unit] = field(default_factory=list)
    pool: list[Unit] = field(default_factory=list)
    changes: list[Unit] = field(default_factory=list)  # of the year before, for the least effect
    left: list[Left] = field(default_factory=list)
    context: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    broken: str = ""
    people: int = 0  # addressed organisations with figures after

    @property
    def digest(self) -> str:
        """Of everything the result depends on."""
        rows = [
            [(one.key, one.before, one.after, one.noise, one.context, one.block) for one in group]
            for group in (self.addressed, self.pool)
        ]
        left = sorted((one.organization, one.why) for one in self.left)
        text = json.dumps([METHOD, self.plan.figure.code, rows, left, self.broken], ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def plan_of(expectation: Expectation) -> Plan:
    return Plan(
        figures.of_expectation(expectation),
        frozenset(expectation.addressed.values_list("organization", flat=True)),
        expectation.baseline.span,
        expectation.follow_up.span,
        expectation.pk,
    )


def gather(plan: Plan, *, is_planned: bool = False) -> Gathered:
    """Read everything. Before the measure (`is_planned`) figures after are not asked for."""
    earlier = periods.previous(plan.before)
    read = figures.read(plan.figure, [earlier, plan.before, plan.after])
    found = Gathered(plan)
    before, after = read[plan.before.code], read[plan.after.code]
    found.broken = "" if is_planned else _break(plan, before, after)
    everybody = _everybody(plan)
    contexts, blocks, found.context = _context(plan, list(everybody.values()))
    reasons = _reasons(plan, everybody, is_planned)
    for key in everybody:
        is_addressed = key in plan.addressed
        why = reasons.get(key) or _lacking(key, before, after, plan, is_planned)
        if not why and contexts is not None and key not in contexts:
            why = "нет данных об условиях (социальный индекс)"
        if why:
            found.left.append(Left(key, is_addressed, why))
            continue
        one = before.values[key]
        value = 0.0 if is_planned else after.values[key].value
        unit = Unit(key, one.value, value, one.noise, contexts[key] if contexts else (), blocks[key])
        (found.addressed if is_addressed else found.pool).append(unit)
        if is_planned and key in read[earlier.code].values:
            past: Reading = read[earlier.code].values[key]
            found.changes.append(Unit(key, past.value, one.value, past.noise, unit.context, unit.block))
    if is_planned and _versions_differ(read[earlier.code], before):
        found.changes = []
    return found


def _everybody(plan: Plan) -> dict[int, Organization]:
    """The addressed and all others of their kinds; closed ones too: what became of them is said."""
    kinds = set(Organization.objects.filter(pk__in=plan.addressed).values_list("kind", flat=True))
    rows = Organization.objects.filter(kind__in=kinds).order_by("-kind", "number", "name_key")
    starts = plan.before.starts_on
    return {one.pk: one for one in rows if one.pk in plan.addressed or not one.closed_on or one.closed_on > starts}


def _break(plan: Plan, before: Readings, after: Readings) -> str:
    """Why figures before and after are not of one series; empty where they are."""
    if before.version and after.version and _versions_differ(before, after):
        changed = breaks.what_changed(before.version, after.version)
        return f"{changed}. Значения до и после посчитаны по-разному, их разница — не эффект."
    if plan.figure.indicator is not None:
        for one in breaks.told(plan.figure.indicator):
            if plan.before.starts_on < one.period.starts_on <= plan.after.starts_on:
                return f"{one.text}. С этого периода значения несопоставимы с прежними."
    return ""


def _versions_differ(one: Readings, other: Readings) -> bool:
    return one.version is not None and other.version is not None and one.version.pk != other.version.pk


def _lacking(key: int, before: Readings, after: Readings, plan: Plan, is_planned: bool) -> str:
    for readings, span in ((before, plan.before), *(() if is_planned else ((after, plan.after),))):
        if key in readings.few:
            return f"мало участников за {span.code}: {readings.few[key]}"
        if key not in readings.values:
            return f"нет значения за {span.code}"
    return ""


def _reasons(plan: Plan, everybody: Collection[int], is_planned: bool) -> dict[int, str]:
    """Organisations that changed themselves in between, and those that another measure addressed."""
    reasons: dict[int, str] = {}
    changed = OrganizationEvent.objects.filter(
        kind__in=[OrganizationEvent.Kind.MERGED, OrganizationEvent.Kind.SPLIT],
        on__gt=plan.before.starts_on,
        on__lte=plan.after.ends_on,
    )
    for event in changed:
        word = "объединение" if event.kind == OrganizationEvent.Kind.MERGED else "разделение"
        for key in (event.organization_id, event.other_id):
            if key:
                reasons[key] = f"{word} {event.on:%d.%m.%Y}: до и после это разные школы"
    moved = Addressed.objects.filter(expectation=plan.own, moved_from__isnull=False) if plan.own else []
    for one in moved:
        reasons.setdefault(one.organization_id, "объединение: до и после это разные школы")
    for key in _addressed_elsewhere(plan):
        if key in everybody and key not in plan.addressed:
            reasons.setdefault(key, "адресат другой меры с тем же показателем")
    return reasons


def _addressed_elsewhere(plan: Plan) -> set[int]:
    """By approved expectations of the same figure whose years meet these."""
    same = Expectation.objects.standing().filter(
        approved_at__isnull=False,
        baseline__starts_on__lt=plan.after.ends_on,
        follow_up__ends_on__gt=plan.before.starts_on,
    )
    if plan.figure.indicator is not None:
        same = same.filter(indicator=plan.figure.indicator)
    elif plan.figure.work:
        kind, subject, grade, _ = plan.figure.work
        same = same.filter(work_kind=kind, work_subject=subject, work_grade=grade)
    return set(Addressed.objects.filter(expectation__in=same).values_list("organization", flat=True))


def _context(
    plan: Plan, everybody: list[Organization]
) -> tuple[dict[int, tuple[float, ...]] | None, dict[int, str], list[str]]:
    """The social index where nearly all have one, the cluster in force, else the locality."""
    contexts: dict[int, tuple[float, ...]] | None = None
    words = []
    schools = [one.pk for one in everybody if one.kind == Kind.SCHOOL]
    period = Period.objects.filter(code=plan.before.code).first()
    if period and len(schools) == len(everybody):
        year = index_at(period)
        if year is not None and not year.off:
            known: dict[int, tuple[float, ...]] = {pk: (float(row.index),) for pk, row in year.rows.items()}
            if sum(pk not in known for pk in schools) <= MOST_WITHOUT_INDEX * len(schools):
                contexts = known
                words.append("социальный индекс школы")
    members = ClusterMember.objects.filter(
        clustering__state=Clustering.State.CONFIRMED, cluster__isnull=False, organization__in=everybody
    ).values_list("organization", "cluster__name")
    clusters = dict(members)
    if clusters:
        words.append("группа похожих организаций (кластер)")
    else:
        words.append("местность (город или село)")
    blocks = {one.pk: f"{one.kind}:{clusters.get(one.pk, one.locality if not clusters else '')}" for one in everybody}
    return contexts, blocks, words
