"""The open list of methods: rules of signs, scales of works, every indicator in force, each with its source.

Measures of results are no rows here: their page, `procedures:methods`, tells formula, interval and least n.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apps.analysis.signs.selectors import rule_cards
from apps.indicators.models import IndicatorVersion, Pack
from apps.procedures.models import Procedure, SourceState
from apps.reports.figures.indicators import PACKS

SIGNS = "signs"
SCALES = "scales"
LONGEST_SEARCH = 100
MOST_FOUND = 50  # of a search, on one page


@dataclass(frozen=True)
class Method:
    """One method of the open list: how it counts, since when, and on what it rests."""

    group: str  # the code of its group
    title: str  # and its name
    number: str
    name: str
    formula: str
    state: str
    state_text: str
    act: str
    version: int = 1
    since: date | None = None
    checked: date | None = None

    @property
    def tone(self) -> str:
        return {"official": "good", "municipal": "info", "proposal": "info"}.get(self.state, "warn")

    def tells(self, words: str) -> bool:
        """Whether each of the words stands somewhere in the row."""
        row = _folded(f"{self.number} {self.name} {self.formula} {self.act}")
        return all(word in row for word in _folded(words).split())


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


@dataclass(frozen=True)
class Group:
    """Methods of one kind or pack."""

    code: str
    title: str
    methods: list[Method]


def methods() -> list[Method]:
    """Rules of signs, scales of works, then every indicator in force in the order of packs."""
    return [*_rules_of_signs(), *_scales(), *_methods_of_indicators()]


def grouped(found: Iterable[Method]) -> list[Group]:
    """By group, in the order in which they stand."""
    return [Group(code, title, list(rows)) for (code, title), rows in groupby(found, key=lambda m: (m.group, m.title))]


def _methods_of_indicators() -> list[Method]:
    packs = {code: PACKS.get(code, title) for code, title in Pack.objects.values_list("code", "short_title")}
    order = {code: place for place, code in enumerate(packs)}
    versions = IndicatorVersion.objects.filter(
        valid_to__isnull=True, indicator__pack__in=packs, indicator__is_group=False, indicator__is_active=True
    ).select_related("indicator")
    return [
        Method(
            version.indicator.pack,
            packs[version.indicator.pack],
            version.indicator.number.rstrip("%"),
            version.name,
            version.formula,
            version.source_state,
            version.get_source_state_display(),
            version.act,
            version.number,
            version.valid_from,
            version.checked_at.date() if version.checked_at else None,
        )
        for version in sorted(versions, key=lambda one: (order[one.indicator.pack], one.indicator.order))
    ]


def _rules_of_signs() -> Iterator[Method]:
    """The newest rule of each sign; the whole wording stands on the page of the signs."""
    for card in rule_cards():
        rule = card.rule
        formula = f"{card.kind.threshold_label}: {card.threshold}"
        source = (rule.source_state, rule.get_source_state_display(), rule.act)
        number = str(card.kind.number or card.kind.short)
        yield Method(SIGNS, "Признаки проблем", number, rule.title, formula, *source, rule.version, rule.valid_from)


def _scales() -> Iterator[Method]:
    """Which primary scores make which mark, by the state of the source."""
    known = {SourceState.OFFICIAL: "official", SourceState.MUNICIPAL: "municipal"}
    works = Procedure.objects.exclude(scale_state="").filter(is_public=True)
    for work in works.select_related("subject").order_by("-year", "grade", "subject__name"):
        state = known.get(SourceState(work.scale_state), "unconfirmed")
        bounds = " / ".join(str(bound) for bound in work.bounds)
        formula = f"отметки 3 / 4 / 5 — от {bounds} баллов" if bounds else ""
        source = (state, work.get_scale_state_display(), work.scale_source)
        yield Method(SCALES, "Шкалы оценочных работ", "", str(work.title), formula, *source)
