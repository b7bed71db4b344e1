"""The cycle of a year, of the municipality or of one organisation: one reading for screen, file, report, open page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from apps.core import periods
from apps.core.periods import PeriodSpan
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.cycle.breaks import Break, breaks_of
from apps.roadmaps.cycle.facts import Item, Key
from apps.roadmaps.cycle.gathering import gather
from apps.roadmaps.cycle.models import PositionTerm, Track, TrackObject
from apps.roadmaps.cycle.positions import ALL, PARTIAL
from apps.roadmaps.cycle.shape import Cell, Cycle, Line
from apps.roadmaps.cycle.terms import Terms, terms_of


def span_of(slug: str, today: date | None = None) -> PeriodSpan:
    """The school year that an address names, else the present one."""
    try:
        span = periods.parse_period(slug.replace("-", "/"))
    except periods.PeriodError:
        span = None
    if span is None or span.kind != periods.PeriodKind.SCHOOL_YEAR:
        return periods.school_year_of(today or timezone.localdate())
    return span


def years(today: date | None = None) -> list[PeriodSpan]:
    """The years to choose from: the present one, the next and three before."""
    now = periods.school_year_of(today or timezone.localdate())
    return [periods.previous(now, back) for back in (-1, 0, 1, 2, 3)]


def cycle_of(
    *, user: Any, span: PeriodSpan, organization: Organization | None = None, codes: Collection[str] = (),
    today: date | None = None,
) -> Cycle:  # fmt: skip
    """The cycle as `user` may see it; of the municipality without an organisation.

    In a school's cycle stands what is its own and what names it: a recommendation to it, a decision that obliges it.
    """
    today = today or timezone.localdate()
    directions = [one for one in Direction.objects.in_use() if not codes or one.code in codes]
    gathered = gather(user)
    mine = [item for item in gathered.chain.items.values() if _belongs(item, organization)]
    keys = {item.key for item in mine}
    found = [
        one
        for one in breaks_of(gathered.chain, first=span.starts_on, last=span.ends_on, today=today, keys=keys)
        if organization is None or one.code != "outside_year"
    ]
    scope = PositionTerm.Scope.SCHOOL if organization else PositionTerm.Scope.OFFICE
    maker = _Maker(span, today, terms_of(span=span, directions=directions, scope=scope), mine, found)
    lines = [Line(one, maker.cells(one.code)) for one in directions]
    tracks = _tracks(user, organization, directions, maker)
    loose = [item for item in mine if not item.directions and maker.has(item) and not item.is_void]
    return Cycle(span, organization, lines, tracks, gathered, loose, today)


def _belongs(item: Item, organization: Organization | None) -> bool:
    if organization is None:
        return item.owner is None
    return item.owner == organization.pk or (
        item.owner is None and item.organizations is not None and organization.pk in item.organizations
    )


def _order(item: Item) -> tuple[date, str, Key]:
    return item.day or date.max, item.title, item.key


@dataclass
class _Maker:
    """Makes the cells of a direction, or of a track, from the objects of the cycle and their breaks."""

    span: PeriodSpan
    today: date
    terms: Terms
    items: Collection[Item]
    breaks: Collection[Break]
    by_place: dict[tuple[str, int], list[Item]] = field(default_factory=dict)
    told: dict[tuple[str, int], list[Break]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for item in sorted(self.items, key=_order):
            for code in item.directions:
                self.by_place.setdefault((code, item.position), []).append(item)
        for one in self.breaks:
            for code in one.directions:
                self.told.setdefault((code, one.position), []).append(one)

    def has(self, item: Item) -> bool:
        return item.is_in(self.span.starts_on, self.span.ends_on)

    def cells(self, code: str, keys: Collection[Key] | None = None, asked: Sequence[int] = ()) -> list[Cell]:
        """Nine cells; with `keys` of these objects only, with `asked` the other positions are not asked for."""
        cells = []
        for position in ALL:
            place = (code, position.number)
            here = [item for item in self.by_place.get(place, ()) if keys is None or item.key in keys]
            breaks = [one for one in self.told.get(place, ()) if keys is None or one.key in keys]
            inside = [item for item in here if self.has(item)]
            outside = [item for item in here if not self.has(item) and not item.is_void]
            is_asked = not asked or position.number in asked
            cells.append(Cell(position, self.terms[place], self.today, inside, outside, breaks, is_asked))
        return cells


def _tracks(
    user: Any, organization: Organization | None, directions: Sequence[Direction], maker: _Maker
) -> dict[str, list[Line]]:
    """By direction: its tracks, each with the objects that people put into it."""
    rows = Track.objects.visible_to(user).current().filter(organization=organization, direction__in=directions)
    tracks = list(rows.select_related("direction"))
    members: dict[int, set[Key]] = {}
    for track_id, label, key in TrackObject.objects.filter(track__in=tracks).values_list(
        "track", "subject", "subject_id"
    ):
        members.setdefault(track_id, set()).add((label, key))
    lines: dict[str, list[Line]] = {}
    for track in tracks:
        asked = () if track.is_full else PARTIAL
        cells = maker.cells(track.direction.code, members.get(track.pk, set()), asked)
        lines.setdefault(track.direction.code, []).append(Line(track.direction, cells, track))
    return lines
