"""How an indicator stands in the portal: where it is used, where it comes from, what is the same, what was decided."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from apps.core import events
from apps.core.models import Event
from apps.indicators.models import Indicator, SourceLink, Twin
from apps.indicators.uses import Use, uses_by_code

HISTORY = 10


@dataclass(frozen=True)
class Standing:
    """The lower part of a passport page. `uses` are grouped by kind; the trail is the authority's."""

    uses: list[tuple[str, list[Use]]]
    sources: list[SourceLink]
    twins: list[Indicator]
    history: list[Event]

    @property
    def count(self) -> int:
        return sum(len(uses) for _, uses in self.uses)


def standing_of(indicator: Indicator) -> Standing:
    uses = uses_by_code([indicator.code]).get(indicator.code, [])
    pairs = Twin.objects.filter(Q(first=indicator) | Q(second=indicator), verdict=Twin.Verdict.SAME)
    return Standing(
        uses=[(title, list(group)) for title, group in groupby(uses, key=lambda use: use.kind_title)],
        sources=list(indicator.source_links.select_related("source")),
        twins=[
            pair.second if pair.first_id == indicator.pk else pair.first
            for pair in pairs.select_related("first", "second")
        ],
        history=list(events.history(indicator)[:HISTORY]),
    )
