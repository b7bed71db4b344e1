"""The tree of a pack with the figures of a scope, last year's beside them, a school's own in front."""

from dataclasses import dataclass, field

from apps.accounts.models import User
from apps.core import periods
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Direction, Indicator, IndicatorVersion, Pack, Recount
from apps.indicators.selectors.scopes import Scope, of_organization


@dataclass
class Row:
    """An indicator of the tree."""

    version: IndicatorVersion
    depth: int
    figure: Aggregate | None = None
    change: display.Change | None = None
    own: Aggregate | None = None

    @property
    def is_own_share(self) -> bool:
        """«1.5%» stands under «1.5» and need not repeat its long name."""
        return self.version.name.startswith("Удельный вес: ")

    @property
    def value(self) -> str:
        return display.written_figure(self.figure)

    @property
    def own_value(self) -> str:
        return display.written_figure(self.own)

    @property
    def unit(self) -> str:
        return display.unit_of(self.version)

    @property
    def source_tone(self) -> str:
        return display.source_tone(self.version)


@dataclass
class Section:
    """A heading of the first level with all the rows under it; deeper headings are rows without figures."""

    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Tree:
    sections: list[Section]
    has_figures: bool
    not_compared: bool
    unconfirmed: int
    computed_at: object


def periods_of(pack: Pack) -> list[Period]:
    """Periods of the pack's kind that have figures, the latest first."""
    counted = Recount.objects.values("period")
    return list(Period.objects.filter(pk__in=counted, kind=pack.period_kind))


def own_organization_scope(user: User) -> Scope | None:
    return of_organization(user.organization) if user.is_school and user.organization else None


def directions_of(pack: Pack) -> list[Direction]:
    """Directions switched on that indicators of the pack belong to; nothing to choose where there is one."""
    named = Indicator.objects.filter(pack=pack.code, is_active=True).values("direction")
    found = list(Direction.objects.filter(pk__in=named, is_active=True))
    return found if len(found) > 1 else []


def tree_of(*, pack: Pack, period: Period, scope: Scope, user: User, direction: Direction | None = None) -> Tree:
    """The whole pack, or one direction of it, for a period: four statements whatever its size."""
    before = periods.previous(period.span).code
    versions = (
        IndicatorVersion.objects.in_force(period.ends_on)
        .counted(period.ends_on)  # what was switched off later keeps its figures of the years before
        .filter(indicator__pack=pack.code)
        .exclude(indicator__direction__is_active=False)
        .select_related("indicator")
        .order_by("indicator__order")
    )
    if direction:
        versions = versions.filter(indicator__direction=direction)
    own = own_organization_scope(user)
    found: dict[tuple[int, str, str], Aggregate] = {}
    wanted = {(scope.kind, scope.key)} | ({(own.kind, own.key)} if own else set())
    aggregates = (
        Aggregate.objects.visible_to(user)
        .filter(version__indicator__pack=pack.code, period__code__in=[period.code, before])
        .filter(scope__in={kind for kind, _ in wanted}, scope_key__in={key for _, key in wanted})
        .select_related("version", "period")
    )
    for aggregate in aggregates:
        if (aggregate.scope, aggregate.scope_key) in wanted:
            place = f"{aggregate.scope}:{aggregate.scope_key}"
            found[aggregate.version.indicator_id, aggregate.period.code, place] = aggregate
    return _assemble(list(versions), found, (period.code, before), scope, own)


def in_tree_order(versions: list[IndicatorVersion]) -> list[IndicatorVersion]:
    """Every row behind its parent, sisters by their order; a row whose parent is not here stands by its order."""
    here = {version.indicator_id for version in versions}
    below: dict[int | None, list[IndicatorVersion]] = {}
    for version in versions:
        parent = version.indicator.parent_id
        below.setdefault(parent if parent in here else None, []).append(version)
    found: list[IndicatorVersion] = []
    waiting = sorted(below.get(None, []), key=lambda one: one.indicator.order, reverse=True)
    while waiting:
        version = waiting.pop()
        found.append(version)
        waiting += sorted(below.get(version.indicator_id, []), key=lambda one: one.indicator.order, reverse=True)
    return found


def _assemble(
    versions: list[IndicatorVersion],
    found: dict[tuple[int, str, str], Aggregate],
    codes: tuple[str, str],
    scope: Scope,
    own: Scope | None,
) -> Tree:
    now, before = codes
    place = f"{scope.kind}:{scope.key}"
    depths: dict[int, int] = {}
    sections: list[Section] = []
    for version in in_tree_order(versions):
        indicator = version.indicator
        parent = indicator.parent_id
        depths[indicator.pk] = 0 if parent is None else depths.get(parent, 0) + 1
        if parent is None:
            sections.append(Section(f"{indicator.number}. {version.name}"))
            if indicator.is_group:
                continue
        row = Row(version, max(0, depths[indicator.pk] - 1), figure=found.get((indicator.pk, now, place)))
        row.change = display.change(row.figure, found.get((indicator.pk, before, place)))
        if own:
            row.own = found.get((indicator.pk, now, f"{own.kind}:{own.key}"))
        sections[-1].rows.append(row)
    rows = [row for section in sections for row in section.rows if not row.version.indicator.is_group]
    return Tree(
        sections=sections,
        has_figures=any(row.figure and row.figure.reported for row in rows) or any(row.own for row in rows),
        not_compared=any(row.change and row.change.text == display.NOT_COMPARED for row in rows),
        unconfirmed=sum(row.version.source_state == IndicatorVersion.Source.UNCONFIRMED for row in rows),
        computed_at=Recount.objects.filter(period__code=now).values_list("computed_at", flat=True).first(),
    )
