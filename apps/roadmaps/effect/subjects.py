"""What may have an effect: measures, recommendations, help, decisions and whatever else of this room has a page.

Named by «app.Model» and key, as in links and in the history of objects.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from apps.accounts.access import may_open
from apps.roadmaps.links.registry import kind_of

ROOM = "roadmaps"
_DAYS = ("starts_on", "signed_on", "issued_at", "held_on", "created_at")
_WHOLE = "decision"  # a part without a day of its own begins with the act that it stands in
_OWN = {"Expectation", "Addressed", "Measurement"}


@dataclass(frozen=True)
class Subject:
    """An object that is expected to change something. No organisations: it names none, or is for all."""

    found: Model
    organizations: frozenset[int]
    starts_on: date
    url: str = ""  # the page on which the person who asked for it reads it

    @property
    def label(self) -> str:
        return str(self.found._meta.label)

    @property
    def key(self) -> str:
        return str(self.found.pk)

    @property
    def basis(self) -> Model:
        """What stands for it in the cycle: itself, or for an item the act in which it stands."""
        whole = None if kind_of(self.found) else getattr(self.found, _WHOLE, None)
        return whole if isinstance(whole, Model) else self.found

    @property
    def title(self) -> str:
        return str(self.found)[:300]

    @property
    def word(self) -> str:
        kind = kind_of(self.found)
        return kind.title if kind else str(self.found._meta.verbose_name)


def subject_of(found: Model) -> Subject:
    return Subject(found, _organizations(found), _day(found))


def find(label: str, key: str, *, user: Any) -> Subject | None:
    """The object by its names, as far as `user` may see it; None for anything that cannot have an effect."""
    room, _, name = label.partition(".")
    if room != ROOM or name in _OWN or len(key) > 40:
        return None
    try:
        model = apps.get_model(room, name)
        manager: Any = model._default_manager
        found = manager.visible_to(user).filter(pk=key).first()
    except (LookupError, AttributeError, ValueError, OverflowError):
        return None
    return replace(subject_of(found), url=_address(found, user)) if found is not None else None


def _address(found: Any, user: Any) -> str:
    kind = kind_of(found)
    if kind:
        return kind.address(found, user)
    address = str(found.get_absolute_url()) if hasattr(found, "get_absolute_url") else ""
    return address if address and may_open(user, address) else ""


def _organizations(found: Model) -> frozenset[int]:
    """Those that it names itself: by its kind in the cycle, by its lines, by its one organisation."""
    kind = kind_of(found)
    if kind:
        return frozenset(kind.organizations(found) or ())
    for name in ("lines", "addressees", "assignments", "organizations"):
        rows: Any = getattr(found, name, None)
        if rows is not None and hasattr(rows, "all"):
            keys = (one.pk if name == "organizations" else one.organization_id for one in rows.all())
            return frozenset(key for key in keys if key)
    own = getattr(found, "organization_id", None)
    return frozenset({own} if own else ())


def _day(found: Model) -> date:
    for name in _DAYS:
        day = getattr(found, name, None)
        if isinstance(day, datetime):
            return timezone.localdate(day)
        if isinstance(day, date):
            return day
    whole = getattr(found, _WHOLE, None)
    return _day(whole) if isinstance(whole, Model) else timezone.localdate()
