"""Reading of links: what an object rests on, and what rests on it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from apps.roadmaps.links.models import Link
from apps.roadmaps.links.registry import Kind, kind_of


@dataclass(frozen=True)
class Linked:
    """An object at the other end of a link, as pages and files name it to `user`."""

    kind: Kind
    found: Any
    user: Any

    @property
    def title(self) -> str:
        return str(self.found)

    @property
    def url(self) -> str:
        """Its page; empty where `user` has none."""
        return self.kind.address(self.found, self.user)

    @property
    def day(self) -> date | None:
        return self.kind.day_of(self.found)

    @property
    def organizations(self) -> Collection[int] | None:
        return self.kind.organizations(self.found)


def bases_of(found: Model, *, user: Any) -> list[Linked]:
    """What it rests on, as far as `user` may see that, in the order of the cycle."""
    links = Link.objects.filter(subject=found._meta.label, subject_id=str(found.pk))
    return _read(links.values_list("basis", "basis_id"), user)


def resting_on(found: Model, *, user: Any) -> list[Linked]:
    """What rests on it, as far as `user` may see that, in the order of the cycle."""
    links = Link.objects.filter(basis=found._meta.label, basis_id=str(found.pk))
    return _read(links.values_list("subject", "subject_id"), user)


def _read(names: Iterable[tuple[str, str]], user: Any) -> list[Linked]:
    """One query a kind; what no longer exists, is not registered or is not shown to `user` is left out."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for label, key in names:
        wanted[label].append(key)
    read = []
    for label, keys in wanted.items():
        kind = kind_of(label)
        if kind is None:
            continue
        rows = kind.prepare(kind.model.objects.visible_to(user)).filter(pk__in=keys)  # type: ignore[attr-defined]
        read += [Linked(kind, found, user) for found in rows.order_by("pk")]
    return sorted(read, key=lambda one: (one.kind.position, one.day or date.min))
