"""Kinds of objects that stand in the management cycle. Each room registers its own when the site starts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch
from django.utils import timezone

from apps.accounts.access import may_open

POSITIONS = {
    1: "Цели",
    2: "Показатели",
    3: "Методы сбора и обработки информации",
    4: "Мониторинг показателей",
    5: "Анализ результатов мониторинга",
    6: "Адресные рекомендации по результатам анализа",
    7: "Меры, мероприятия",
    8: "Управленческие решения",
    9: "Анализ эффективности принятых мер",
}


@dataclass(frozen=True)
class Kind:
    """How objects of a model are read in the cycle.

    `day` is the date that stands on the object; `organizations` the keys of organisations that it is about, None where
    it is about all; `directions` the codes of its directions. `prepare` adds what these need to a queryset.
    """

    model: type[Model]
    key: str
    title: str
    position: int
    day: Callable[[Any], date | datetime | None]
    organizations: Callable[[Any], Collection[int] | None]
    directions: Callable[[Any], Collection[str]]
    prepare: Callable[[Any], Any]
    url: Callable[[Any], str]
    own_url: Callable[[Any], str] | None = None  # where a school reads it, if not on the page of the office

    @property
    def label(self) -> str:
        return str(self.model._meta.label)

    def day_of(self, found: Any) -> date | None:
        day = self.day(found)
        return timezone.localdate(day) if isinstance(day, datetime) else day

    def address(self, found: Any, user: Any) -> str:
        """The page on which `user` reads it; nothing where there is none, or the installation has no such page."""
        try:
            if user.is_department:  # opens every page of the office, and reads thousands of objects
                return self.url(found)
            pages = (self.url, self.own_url) if self.own_url else (self.url,)
            return next((address for page in pages if may_open(user, address := page(found))), "")
        except NoReverseMatch:
            return ""


_kinds: dict[str, Kind] = {}


def register(
    model: type[Model],
    *,
    key: str,
    title: str,
    position: int,
    day: Callable[[Any], date | datetime | None],
    organizations: Callable[[Any], Collection[int] | None] = lambda found: None,
    directions: Callable[[Any], Collection[str]] = lambda found: (),
    prepare: Callable[[Any], Any] = lambda rows: rows,
    url: Callable[[Any], str] = lambda found: str(found.get_absolute_url()),
    own_url: Callable[[Any], str] | None = None,
) -> None:
    """Let objects of a model stand in chains. `title` is what people call one of them: «вывод», «решение».

    The manager of the model has `visible_to(user)`. Called from `ready()` of the app; a second call replaces the first.
    """
    if position not in POSITIONS:
        raise ValueError(f"No position {position} in the cycle")
    kind = Kind(model, key, title, position, day, organizations, directions, prepare, url, own_url)
    _kinds[kind.label] = kind


def kind_of(found: Model | type[Model] | str) -> Kind | None:
    """Of an object, a model or a label «app.Model»; None when nobody registered it."""
    return _kinds.get(found if isinstance(found, str) else found._meta.label)


def kinds() -> list[Kind]:
    """All, in the order of the cycle."""
    return sorted(_kinds.values(), key=lambda kind: (kind.position, kind.key))
