"""The passport of an indicator: what it is, on what it rests, how it changed, in what it takes part."""

from dataclasses import dataclass, field

from django.utils import timezone

from apps.core import events
from apps.core.models import Event
from apps.indicators import display, formulas
from apps.indicators.compiling import Catalogue, dependents_of
from apps.indicators.models import (
    Confirmation,
    Indicator,
    IndicatorVersion,
    LevelLink,
    Pack,
    Proposal,
    Rule,
)
from apps.indicators.selectors.changes import FieldChange, changes
from apps.indicators.selectors.detail import formula_in_words
from apps.indicators.selectors.levels import Linked, linked
from apps.indicators.services.definitions import Definition


@dataclass(frozen=True)
class VersionStory:
    """A version with what changed against the one before it."""

    version: IndicatorVersion
    changes: list[FieldChange]
    is_first: bool

    @property
    def tone(self) -> str:
        return display.source_tone(self.version)


@dataclass
class Passport:
    indicator: Indicator
    version: IndicatorVersion
    pack: Pack | None
    above: list[tuple[Indicator, str]]  # from the top, with names
    below: list[IndicatorVersion]
    stories: list[VersionStory]
    formula_in_words: str
    inputs: list[IndicatorVersion]
    readers: list[IndicatorVersion]
    rules: list[Rule]
    links: list[Linked]
    confirmations: list[Confirmation]
    waiting: Confirmation | None
    proposal: Proposal | None
    history: list[Event] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return display.source_tone(self.version)

    @property
    def is_overdue(self) -> bool:
        return self.version.review_due is not None and self.version.review_due < timezone.localdate()

    @property
    def attention_in_words(self) -> str:
        """«меньше 40 %» is what needs a look."""
        if self.version.attention is None:
            return ""
        side = "меньше" if self.version.polarity == IndicatorVersion.Polarity.HIGHER else "больше"
        return f"{side} {display.written(self.version, self.version.attention)}"


def passport_of(indicator: Indicator) -> Passport | None:
    """None where the indicator has no version."""
    versions = list(indicator.versions.select_related("author", "checker").prefetch_related("terms__input"))
    if not versions:
        return None
    version = next((one for one in versions if one.valid_to is None), versions[0])
    catalogue = Catalogue.stored()
    tree = catalogue.tree(indicator.code)
    used = formulas.references(tree) if tree is not None else []
    readers = dependents_of(indicator.code, catalogue)
    current = IndicatorVersion.objects.current().select_related("indicator").order_by("indicator__order")
    named = {one.indicator.code: one for one in current.filter(indicator__code__in={*used, *readers})}
    confirmations = list(
        Confirmation.objects.filter(version__in=versions).select_related("comparison", "author", "decided_by")
    )
    return Passport(
        indicator=indicator,
        version=version,
        pack=Pack.objects.filter(code=indicator.pack).first(),
        above=_above(indicator),
        below=list(current.filter(indicator__parent=indicator, indicator__is_active=True)),
        stories=_stories(versions),
        formula_in_words=formula_in_words(version),
        inputs=[named[code] for code in used if code in named],
        readers=[named[code] for code in readers if code in named],
        rules=list(Rule.objects.filter(indicators__contains=[indicator.code], is_active=True)),
        links=linked(
            [
                *LevelLink.objects.filter(lower=indicator).select_related("upper", "lower"),
                *LevelLink.objects.filter(upper=indicator).select_related("upper", "lower"),
            ]
        ),
        confirmations=[one for one in confirmations if one.state == Confirmation.State.ACCEPTED],
        waiting=next((one for one in confirmations if one.is_open), None),
        proposal=Proposal.objects.filter(code=indicator.code, state=Proposal.State.OPEN).first(),
        history=list(events.history(indicator)[:30]),
    )


def _above(indicator: Indicator) -> list[tuple[Indicator, str]]:
    found: list[Indicator] = []
    one = indicator.parent
    while one is not None and one not in found:
        found.insert(0, one)
        one = one.parent
    current = IndicatorVersion.objects.current().filter(indicator__in=found)
    names = dict(current.values_list("indicator", "name"))
    return [(one, names.get(one.pk, "")) for one in found]


def _stories(versions: list[IndicatorVersion]) -> list[VersionStory]:
    """The newest first; each with its changes against the one before."""
    ordered = sorted(versions, key=lambda one: one.number)
    definitions = [Definition.of(one) for one in ordered]
    found = []
    for place, one in enumerate(ordered):
        told = changes(definitions[place - 1], definitions[place]) if place else []
        found.append(VersionStory(one, told, is_first=not place))
    return found[::-1]
