"""What pages read about acts and their uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from apps.collection.models import Form
from apps.library.acts.models import Act, ActUse


@dataclass(frozen=True)
class UseLine:
    """An object that rests on an act."""

    title: str
    url: str
    pk: int  # of the link


@dataclass(frozen=True)
class UseGroup:
    """Objects of one kind."""

    title: str
    lines: list[UseLine]


def acts_of(subject: Model) -> list[ActUse]:
    """The acts that an object rests on."""
    kind = ContentType.objects.get_for_model(subject)
    uses = ActUse.objects.filter(content_type=kind, object_id=subject.pk).select_related("act")
    return list(uses.order_by("act__level", "-act__on", "pk"))


def _objects(kind: ContentType, pks: Iterable[int], user: Any) -> dict[int, Any]:
    """Those that the person may see; of a kind that does not ask who reads, the authority's people only."""
    model = kind.model_class()
    if model is None:
        return {}
    found = model._default_manager.filter(pk__in=list(pks))
    if hasattr(found, "visible_to"):
        found = found.visible_to(user)
    elif not user.is_authority:
        return {}
    return {each.pk: each for each in found}


def _title(found: Any) -> str:
    """Versions of a form have one name."""
    return f"{found}, версия {found.version}" if isinstance(found, Form) else str(found)


def _address(found: Any) -> str:
    return str(found.get_absolute_url()) if hasattr(found, "get_absolute_url") else ""


def uses_of(act: Act, user: Any) -> list[UseGroup]:
    """Where an act is used, by kinds of objects; only what the person may see. A query for each kind."""
    by_kind: dict[int, list[ActUse]] = {}
    for use in act.uses.all():
        by_kind.setdefault(use.content_type_id, []).append(use)
    groups = []
    for pk, uses in by_kind.items():
        kind = ContentType.objects.get_for_id(pk)
        found = _objects(kind, [use.object_id for use in uses], user)
        lines = [
            UseLine(_title(found[use.object_id]), _address(found[use.object_id]), use.pk)
            for use in uses
            if use.object_id in found
        ]
        if lines:
            model = kind.model_class()
            title = str(model._meta.verbose_name_plural) if model else kind.name
            groups.append(UseGroup(title, sorted(lines, key=lambda line: line.title)))
    return sorted(groups, key=lambda group: group.title)
