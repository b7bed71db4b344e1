"""Rows whose source is not confirmed, by pack, and what waits for a second person."""

from dataclasses import dataclass

from django.db.models import Count, Q

from apps.indicators import display
from apps.indicators.models import Comparison, Confirmation, IndicatorVersion, Pack

Source = IndicatorVersion.Source
OPEN = (Source.UNCONFIRMED, Source.PROPOSAL)


@dataclass(frozen=True)
class PackCount:
    """How far a pack is."""

    pack: Pack
    confirmed: int
    waiting: int
    left: int

    @property
    def total(self) -> int:
        return self.confirmed + self.left


@dataclass(frozen=True)
class SourceRow:
    version: IndicatorVersion
    waiting: Confirmation | None

    @property
    def tone(self) -> str:
        return display.source_tone(self.version)


def counts() -> list[PackCount]:
    """Every pack in two statements."""
    current = IndicatorVersion.objects.current().filter(indicator__is_active=True, indicator__is_group=False)
    is_open = Q(source_state__in=OPEN)
    found = {
        row["indicator__pack"]: row
        for row in current.values("indicator__pack").annotate(
            confirmed=Count("pk", filter=~is_open, distinct=True),
            left=Count("pk", filter=is_open, distinct=True),
            waiting=Count("confirmations", filter=Q(confirmations__state="open"), distinct=True),
        )
    }
    return [
        PackCount(pack, *(found[pack.code][name] for name in ("confirmed", "waiting", "left")))
        for pack in Pack.objects.all()
        if pack.code in found
    ]


def rows_of(pack: Pack, state: str = "", text: str = "") -> list[SourceRow]:
    """Rows of a pack that are open, headings left out, in the order of the act."""
    found = (
        IndicatorVersion.objects.current()
        .filter(indicator__pack=pack.code, indicator__is_active=True, indicator__is_group=False)
        .filter(source_state__in=[state] if state else OPEN)
        .select_related("indicator")
        .order_by("indicator__order")
    )
    if text:
        found = found.filter(Q(name__icontains=text) | Q(indicator__code__icontains=text))
    rows = list(found)
    waiting = {
        one.version_id: one
        for one in Confirmation.objects.filter(version__in=rows, state="open").select_related("comparison", "author")
    }
    return [SourceRow(version, waiting.get(version.pk)) for version in rows]


def waiting_comparisons() -> list[Comparison]:
    """Comparisons with rows that nobody has decided on, the oldest first, with `open_rows`."""
    found = Comparison.objects.annotate(open_rows=Count("rows", filter=Q(rows__state="open")))
    return list(found.filter(open_rows__gt=0).select_related("author").order_by("created_at"))
