"""Gather every registered object that a person may see as items of the cycle, with what each rests on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model

from apps.roadmaps.cycle.facets.base import Facet, day_of, facet_of
from apps.roadmaps.cycle.facts import Chain, Item, Key
from apps.roadmaps.cycle.spreading import spread
from apps.roadmaps.links.models import Link
from apps.roadmaps.links.registry import Kind, kinds


@dataclass
class Gathered:
    """The chain and the rows behind its items."""

    chain: Chain
    found: dict[Key, Any] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)

    def files(self, item: Item) -> list[Any]:
        """Documents of the object itself."""
        return list(facet_of(item.key[0]).files(self.found[item.key]))


def key_of(found: Model) -> Key:
    return str(found._meta.label), str(found.pk)


def gather(user: Any) -> Gathered:
    """One query a kind and one for all links; nothing that `user` may not see."""
    found: dict[Key, Any] = {}
    items: list[Item] = []
    linked = _links()
    known = {kind.label: kind for kind in kinds()}
    for kind in known.values():
        facet = facet_of(kind.label)
        rows = facet.prepare(kind.prepare(kind.model.objects.visible_to(user)))  # type: ignore[attr-defined]
        for row in rows:
            item = _item(row, kind, facet, linked, user)
            if item.key not in found:  # a join may give a row twice
                found[item.key] = row
                items.append(item)
    items = spread(items)
    return Gathered(Chain.of(items, _hidden(items, found)), found, known)


def _links() -> dict[Key, list[Key]]:
    linked: dict[Key, list[Key]] = defaultdict(list)
    for subject, subject_id, basis, basis_id in Link.objects.values_list(
        "subject", "subject_id", "basis", "basis_id"
    ).order_by():
        linked[subject, subject_id].append((basis, basis_id))
    return linked


def _item(row: Any, kind: Kind, facet: Facet, linked: dict[Key, list[Key]], user: Any) -> Item:
    key = key_of(row)
    organizations = kind.organizations(row)
    codes = kind.directions(row) or (facet.directions(row) if facet.directions else ())
    return Item(
        key=key,
        kind=kind.title,
        title=facet.title(row),
        position=kind.position,
        day=kind.day_of(row),
        directions=frozenset(codes),
        organizations=frozenset(organizations) if organizations else None,
        owner=facet.owner(row),
        stage=facet.stage(row),
        is_standing=facet.is_standing,
        ended_on=day_of(facet.ended(row)),
        due_on=facet.due(row),
        finished_on=day_of(facet.finished(row)),
        result=facet.result(row),
        needs_result=facet.needs_result(row),
        bases=frozenset([*linked.get(key, ()), *(key_of(one) for one in facet.bases(row))]),
        excuse=facet.excuse(row),
        remarks=tuple(facet.remarks(row)),
        state=facet.state(row),
        tone=str(getattr(row, "tone", "neutral")),
        url=kind.url(row),
        words=facet.words(row),
    )


def _hidden(items: Iterable[Item], found: Collection[Key]) -> set[Key]:
    """Of the bases that were not read, those that exist: not shown to the reader, or of no position."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for label, key in item.bases:
            if (label, key) not in found:
                wanted[label].add(key)
    there = set()
    for label, keys in wanted.items():
        try:
            model = apps.get_model(label)
            stored = model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)  # type: ignore[attr-defined]
            there |= {(label, str(key)) for key in stored}
        except (LookupError, ValueError):
            continue
    return there
