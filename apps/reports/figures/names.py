"""Names of indicators that stand alone: the act writes «До 5 лет» under a heading, a reader of one row needs both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from apps.indicators.models import Indicator, IndicatorVersion


@dataclass(frozen=True)
class Place:
    """Where an indicator stands in the act: its code, the one above it, its own name."""

    code: str
    above: int | None
    name: str


def places(packs: Collection[str]) -> dict[int, Place]:
    """All indicators and headings of the packs by id; two queries."""
    of_packs = IndicatorVersion.objects.filter(indicator__pack__in=packs).order_by("valid_from", "number")
    names = dict(of_packs.values_list("indicator_id", "name"))
    found = Indicator.objects.filter(pack__in=packs).values_list("pk", "code", "parent_id")
    return {pk: Place(code, above, names.get(pk, "")) for pk, code, above in found}


def above(tree: Mapping[int, Place], pk: int) -> Place | None:
    """What gives the indicator its meaning: the node over it, but not a whole section, nor a share's own count."""
    place = tree[pk]
    parent = tree.get(place.above or 0)
    if parent is not None and place.code == f"{parent.code}%":
        parent = tree.get(parent.above or 0)
    return parent if parent is not None and parent.above is not None else None


def full_name(tree: Mapping[int, Place], pk: int) -> str:
    """The name after the name of what it stands under: «Стаж педагогов — до 5 лет»."""
    over = above(tree, pk)
    return joined(over.name, tree[pk].name) if over is not None and over.name else tree[pk].name


def joined(over: str, name: str) -> str:
    """Two names as one; the second begins small unless it begins with an abbreviation."""
    small = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    return f"{over} — {small}"
