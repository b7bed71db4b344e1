"""The set of indicators of a direction as a tree over all packs, with formula, source, figure and targets."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from apps.accounts.models import User
from apps.indicators import display
from apps.indicators.compiling import Catalogue
from apps.indicators.formulas.nodes import references
from apps.indicators.formulas.words import in_words
from apps.indicators.models import Aggregate, ApprovedSet, Direction, IndicatorVersion, Pack, Target
from apps.indicators.selectors.newest import newest_figures
from apps.indicators.selectors.tree import in_tree_order

Source = IndicatorVersion.Source


@dataclass
class SetRow:
    """A node of the tree; depth 0 stands right under the direction."""

    version: IndicatorVersion
    depth: int
    words: str = ""
    figure: Aggregate | None = None
    children: int = 0
    targets: list[tuple[str, str]] = field(default_factory=list)  # period and number of the municipality
    since: str = ""  # what happened to it since the set was approved

    @property
    def tone(self) -> str:
        return display.source_tone(self.version)

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)

    @property
    def is_computed_parent(self) -> bool:
        return bool(self.children and self.version.is_derived)


@dataclass
class DirectionSet:
    direction: Direction
    packs: list[tuple[Pack, list[SetRow]]]
    approval: ApprovedSet | None
    gone: list[IndicatorVersion] = field(default_factory=list)  # approved then, not in the set any more

    @property
    def rows(self) -> list[SetRow]:
        return [row for _, rows in self.packs for row in rows]

    @property
    def measured(self) -> int:
        return sum(not row.version.indicator.is_group for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(bool(row.since) for row in self.rows) + len(self.gone)


def directions_with_counts() -> list[Direction]:
    """Directions with how many indicators they have, and how many of them are not confirmed."""
    used = Q(indicators__is_active=True, indicators__is_group=False)
    current = used & Q(indicators__versions__valid_to__isnull=True)
    unconfirmed = current & Q(indicators__versions__source_state=Source.UNCONFIRMED)
    return list(
        Direction.objects.annotate(
            measured=Count("indicators", filter=used, distinct=True),
            unconfirmed=Count("indicators", filter=unconfirmed, distinct=True),
        )
    )


def current_set(direction: Direction) -> list[IndicatorVersion]:
    return list(
        IndicatorVersion.objects.current()
        .filter(indicator__direction=direction, indicator__is_active=True)
        .select_related("indicator")
        .order_by("indicator__order")
    )


def set_of(direction: Direction, user: User) -> DirectionSet:
    """A constant number of statements, however large the set."""
    versions = current_set(direction)
    catalogue = Catalogue.stored()
    figures = newest_figures(versions, user)
    targets = _targets(versions, user)
    approval = direction.approvals.prefetch_related("versions__indicator").first()
    approved = {one.indicator_id: one for one in approval.versions.all()} if approval else {}
    packs = []
    for pack in Pack.objects.all():
        rows = _tree([one for one in versions if one.indicator.pack == pack.code])
        for row in rows:
            version = row.version
            tree = catalogue.tree(version.indicator.code)
            if tree is not None:
                row.words = in_words(tree, catalogue.names(references(tree)))
            row.figure = figures.get(version.indicator_id)
            row.targets = [
                (one.period.code, display.written(version, one.number)) for one in targets.get(version.indicator_id, ())
            ]
            if approval and not version.indicator.is_group:
                row.since = _since(version, approved)
        if rows:
            packs.append((pack, rows))
    here = {one.indicator_id for one in versions}
    gone = [one for pk, one in approved.items() if pk not in here]
    return DirectionSet(direction, packs, approval, gone)


def _since(version: IndicatorVersion, approved: dict[int, IndicatorVersion]) -> str:
    before = approved.get(version.indicator_id)
    if before is None:
        return "добавлен после утверждения"
    return "" if before.pk == version.pk else f"новая версия {version.number}, утверждена была {before.number}"


def _tree(versions: list[IndicatorVersion]) -> list[SetRow]:
    depths: dict[int, int] = {}
    rows: dict[int, SetRow] = {}
    for version in in_tree_order(versions):
        parent = version.indicator.parent_id
        depth = depths[parent] + 1 if parent in depths else 0
        depths[version.indicator_id] = depth
        rows[version.indicator_id] = SetRow(version, depth)
        if parent in rows:
            rows[parent].children += 1
    return list(rows.values())


def _targets(versions: list[IndicatorVersion], user: User) -> dict[int, list[Target]]:
    found = (
        Target.objects.visible_to(user)
        .current()
        .filter(indicator__in=[one.indicator_id for one in versions], scope=Aggregate.Scope.MUNICIPALITY)
        .select_related("period")
        .order_by("period__starts_on")
    )
    rows: dict[int, list[Target]] = {}
    for one in found:
        rows.setdefault(one.indicator_id, []).append(one)
    return rows
