"""What a decision may rest on: recent conclusions, recommendations, measures that the person sees."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model

from apps.core.addresses import number_in
from apps.roadmaps.links.registry import Kind, kinds

RECENT = 20
ANSWERED = (5, 6, 7)  # positions of the cycle


def _offered() -> list[Kind]:
    """Analysis, recommendations, measures: what a decision answers."""
    return [kind for kind in kinds() if kind.position in ANSWERED]


def key_of(found: Model, kind: Kind) -> str:
    return f"{kind.key}:{found.pk}"


def choices_for(user: Any, chosen: Sequence[str] = ()) -> list[tuple[str, list[tuple[str, str]]]]:
    """By kind, newest first, and whatever is chosen already."""
    groups = []
    for kind in _offered():
        visible = kind.prepare(kind.model.objects.visible_to(user))  # type: ignore[attr-defined]
        rows = {row.pk: row for row in visible.order_by("-pk")[:RECENT]}
        keys = [number_in(key.partition(":")[2]) for key in chosen if key.startswith(f"{kind.key}:")]
        rows.update({row.pk: row for row in visible.filter(pk__in=[key for key in keys if key])})
        if rows:
            found = [(key_of(row, kind), _words(kind, row)) for row in rows.values()]
            groups.append((kind.title.capitalize(), found))
    return groups


def _words(kind: Kind, row: Any) -> str:
    day = kind.day_of(row)
    title = str(row)
    title = title if len(title) <= 140 else f"{title[:138].rstrip()}…"
    return f"{day:%d.%m.%Y}. {title}" if day else title


def objects_of(keys: Sequence[str], user: Any) -> list[Model]:
    """What was chosen, as far as the person sees it."""
    found: list[Model] = []
    for kind in _offered():
        numbers = [number_in(key.partition(":")[2]) for key in keys if key.startswith(f"{kind.key}:")]
        if numbers:
            visible = kind.model.objects.visible_to(user)  # type: ignore[attr-defined]
            found += visible.filter(pk__in=[number for number in numbers if number])
    return found


class BasesField(forms.MultipleChoiceField):
    """Ticks; what they stand for is read by `objects_of`."""

    widget = forms.CheckboxSelectMultiple
