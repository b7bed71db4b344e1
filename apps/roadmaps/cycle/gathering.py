"""Gather every registered object that a person may see as items of the cycle, with what each rests on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.db.models import Model

from apps.indicators.models import Direction
from apps.library.models import Act, ActUse
from apps.roadmaps.cycle.facets.base import EVERYWHERE, Facet, day_of, facet_of
from apps.roadmaps.cycle.facts import Chain, Item, Key
from apps.roadmaps.cycle.spreading import spread
from apps.roadmaps.links.models import Link
from apps.roadmaps.links.registry import Kind, kinds


@dataclass
class Gathered:
    """The chain and the rows behind its items."""

    chain: Chain
    user: Any
    found: dict[Key, Any] = field(default_factory=dict)

    def files(self, item: Item) -> list[Any]:
        """Documents of the object itself that the reader may have."""
        facet, row = facet_of(item.key[0]), self.found[item.key]
        return [] if _is_closed(facet, row, self.user) else list(facet.files(row))


def _is_closed(facet: Facet, row: Any, user: Any) -> bool:
    """Whether it also speaks of others than the reader's organisation."""
    return facet.is_shared and not user.is_authority and facet.owner(row) != user.organization.pk


def key_of(found: Model | Key) -> Key:
    if isinstance(found, tuple):
        return found
    return str(found._meta.label), str(found.pk)


def gather(user: Any) -> Gathered:
    """One query a kind and one for all links; nothing that `user` may not see."""
    found: dict[Key, Any] = {}
    items: list[Item] = []
    linked = _links()
    known = {kind.label: kind for kind in kinds()}
    every = frozenset(Direction.objects.values_list("code", flat=True))
    for kind in known.values():
        facet = facet_of(kind.label)
        rows = facet.prepare(kind.prepare(kind.model.objects.visible_to(user)))  # type: ignore[attr-defined]
        for row in rows:
            item = replace(_item(row, kind, facet, linked, every), url=kind.address(row, user))
            if _is_closed(facet, row, user):
                item = replace(item, words="", state="", result="", needs_result=False, remarks=(), tone="neutral")
            if item.key not in found:  # a join may give a row twice
                found[item.key] = row
                items.append(item)
    items = spread(_with_void_acts(items))
    return Gathered(Chain.of(items, _hidden(items, found)), user, found)


def _with_void_acts(items: list[Item]) -> list[Item]:
    """Whatever rests on an act that is no longer in force says so."""
    told: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for use in ActUse.objects.filter(act__state=Act.State.VOID).select_related("act", "content_type"):
        model = use.content_type.model_class()
        if model is not None:
            words = f"Акт «{use.act}» утратил силу{f', заменён: {use.act.replaced_by}' if use.act.replaced_by else ''}."
            told[str(model._meta.label), str(use.object_id)].append(("act_void", words))
    return [replace(item, remarks=(*item.remarks, *told[item.key])) if item.key in told else item for item in items]


def _links() -> dict[Key, list[Key]]:
    linked: dict[Key, list[Key]] = defaultdict(list)
    for subject, subject_id, basis, basis_id in Link.objects.values_list(
        "subject", "subject_id", "basis", "basis_id"
    ).order_by():
        linked[subject, subject_id].append((basis, basis_id))
    return linked


def _item(row: Any, kind: Kind, facet: Facet, linked: dict[Key, list[Key]], every: frozenset[str]) -> Item:
    key = key_of(row)
    organizations = kind.organizations(row)
    codes = (facet.directions(row) if facet.directions else ()) or kind.directions(row)
    return Item(
        key=key,
        kind=kind.title,
        title=facet.title(row),
        position=facet.position(row) if facet.position else kind.position,
        day=day_of(facet.day(row)) if facet.day else kind.day_of(row),
        directions=every if codes == EVERYWHERE else frozenset(codes),
        organizations=frozenset(organizations) if organizations else None,
        owner=facet.owner(row),
        stage=facet.stage(row),
        is_standing=facet.is_standing,
        is_frame=facet.is_frame,
        is_ground=facet.is_ground,
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
