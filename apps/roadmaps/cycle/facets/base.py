"""The description of a kind for the cycle, and the list of them. A kind without a description is read plainly."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.roadmaps.cycle.facts import Key, Stage

Remark = tuple[str, str]


def _nothing(found: Any) -> None:
    return None


def _no_words(found: Any) -> str:
    return ""


def _state(found: Any) -> str:
    """Most models say their state in words themselves."""
    text = getattr(found, "state_text", "")
    if not text and hasattr(found, "get_state_display"):
        text = found.get_state_display()
    return str(text() if callable(text) else text)


@dataclass(frozen=True)
class Facet:
    """Readings of one object; each may be left out.

    `stage`: signed or in force, not yet, or cancelled. `owner`: the organisation whose own cycle it belongs to, None
    for the municipality's. A standing object is in force from its day until `ended`. `bases`: what it rests on by
    fields of its own, beside the links. `excuse`: why it rests on nothing. `remarks`: breaks that only the kind knows.
    `day`, `directions` and `position` stand before those of the links; `EVERYWHERE` means all directions. A frame holds
    others, as a roadmap its measures: dates are not compared with it. What is shared speaks of several organisations: a
    school reads the title and the date of what is not its own.
    """

    stage: Callable[[Any], Stage] = lambda found: Stage.READY
    owner: Callable[[Any], int | None] = _nothing
    is_standing: bool = False
    ended: Callable[[Any], date | datetime | None] = _nothing
    due: Callable[[Any], date | None] = _nothing
    finished: Callable[[Any], date | datetime | None] = _nothing
    result: Callable[[Any], str] = _no_words
    needs_result: Callable[[Any], bool] = lambda found: False
    bases: Callable[[Any], Collection[Model | Key]] = lambda found: ()
    excuse: Callable[[Any], str] = _no_words
    remarks: Callable[[Any], Sequence[Remark]] = lambda found: ()
    title: Callable[[Any], str] = str
    state: Callable[[Any], str] = _state
    words: Callable[[Any], str] = _no_words
    files: Callable[[Any], Sequence[PrivateFile]] = lambda found: ()
    directions: Callable[[Any], Collection[str]] | None = None
    day: Callable[[Any], date | datetime | None] | None = None
    position: Callable[[Any], int] | None = None
    is_frame: bool = False
    is_ground: bool = True
    is_shared: bool = False
    prepare: Callable[[Any], Any] = lambda rows: rows


EVERYWHERE = frozenset({"*"})
_facets: dict[str, Facet] = {}
PLAIN = Facet()


def describe(model: type[Model], facet: Facet) -> None:
    """Called when the site starts; a second call replaces the first."""
    _facets[str(model._meta.label)] = facet


def facet_of(label: str) -> Facet:
    return _facets.get(label, PLAIN)


def day_of(value: date | datetime | None) -> date | None:
    return timezone.localdate(value) if isinstance(value, datetime) else value
