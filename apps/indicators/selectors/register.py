"""All indicators over all packs, chosen by level, object, level of education, direction and source."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from apps.accounts.models import User
from apps.indicators import display
from apps.indicators.models import (
    Aggregate,
    Direction,
    EducationLevel,
    IndicatorVersion,
    Pack,
)
from apps.indicators.selectors.newest import newest_figures


@dataclass(frozen=True)
class Choice:
    """A filter of the page: name in the address, words, values."""

    name: str
    label: str
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class RegisterRow:
    version: IndicatorVersion
    pack: str
    figure: Aggregate | None

    @property
    def tone(self) -> str:
        return display.source_tone(self.version)

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)

    @property
    def education(self) -> list[str]:
        return [EducationLevel(one).label for one in self.version.indicator.education_levels]


def choices() -> list[Choice]:
    directions = Direction.objects.filter(is_active=True)
    return [
        Choice("level", "Уровень", list(IndicatorVersion.Level.choices)),
        Choice("object", "Объект оценки", list(IndicatorVersion.Object.choices)),
        Choice("education", "Уровень образования", list(EducationLevel.choices)),
        Choice("direction", "Направление", [(one.code, f"{one.code} {one}") for one in directions]),
        Choice("source", "Источник", list(IndicatorVersion.Source.choices)),
        Choice("packs", "Набор", [(one.code, one.short_title) for one in Pack.objects.all()]),
    ]


def chosen_versions(chosen: Mapping[str, str], text: str) -> "QuerySet[IndicatorVersion]":
    """Newest versions of the measured indicators in use that fit; in the order of packs."""
    found = (
        IndicatorVersion.objects.current()
        .filter(indicator__is_active=True, indicator__is_group=False)
        .exclude(indicator__direction__is_active=False)
    )
    names = {
        "level": "level",
        "object": "object",
        "direction": "indicator__direction__code",
        "source": "source_state",
        "packs": "indicator__pack",
    }
    for name, field in names.items():
        if chosen.get(name):
            found = found.filter(**{field: chosen[name]})
    if chosen.get("education"):
        found = found.filter(indicator__education_levels__contains=[chosen["education"]])
    if text:
        found = found.filter(Q(name__icontains=text) | Q(indicator__code__icontains=text))
    return found.select_related("indicator__direction").order_by("indicator__pack", "indicator__order")


def rows_of(versions: list[IndicatorVersion], user: User) -> list[RegisterRow]:
    """The rows of a page with the newest municipal figure that the person may see."""
    packs = dict(Pack.objects.values_list("code", "short_title"))
    newest = newest_figures(versions, user)
    return [
        RegisterRow(one, packs.get(one.indicator.pack, one.indicator.pack), newest.get(one.indicator_id))
        for one in versions
    ]
