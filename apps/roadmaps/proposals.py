"""Drafts of recommendations that an organisation reads about itself: written as the page is read, nothing is stored.

They rest on marked signs and weak indicators; the organisation decides itself what to make of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from apps.analysis.models import Sign
from apps.indicators.models import Direction
from apps.indicators.selectors.sides import Side
from apps.organizations.models import Organization
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.drafts.preparing import DAYS, INDICATOR_TEXT
from apps.roadmaps.texts import directions
from apps.roadmaps.texts.figures import Source, figures_of, sign_words
from apps.roadmaps.texts.placeholders import AVERAGE, INDICATOR, PERIOD, TERM, VALUE, fill


@dataclass(frozen=True)
class Proposal:
    """What an organisation may decide; `rests_on` says on what, with its figure."""

    title: str
    text: str
    rests_on: str
    direction: Direction | None = None
    sign: Sign | None = None
    indicator: str = ""


def proposals_for(organization: Organization, *, weak: Sequence[Side], signs: Sequence[Sign]) -> list[Proposal]:
    """One for each sign that a rule marks and nobody has rejected, then one for each weak indicator."""
    return [*_of_signs(organization, signs), *(_of_side(side) for side in weak)]


def _of_signs(organization: Organization, signs: Sequence[Sign]) -> Iterator[Proposal]:
    if not signs:
        return
    templates = {one.code: one for one in RecommendationTemplate.objects.filter(code__isnull=False)}
    named = {one.code: one for one in Direction.objects.in_use()}
    words = figures_of([organization], source=Source())[organization.pk].words
    for sign in signs:
        if template := templates.get(sign.code):
            due_on = timezone.localdate() + timedelta(days=template.days)
            mine = words | sign_words(sign, sign.sign_list.period) | {TERM: f"{due_on:%d.%m.%Y}"}
            decided = (
                "подтверждён специалистом" if sign.is_confirmed else "отмечен правилом, специалист его не рассмотрел"
            )
            yield Proposal(
                template.title,
                fill(template.text, mine).text,
                f"Признак «{sign.kind.short}» {decided}: {sign.written}.",
                named.get(directions.BY_SIGN.get(sign.code, directions.PREPARATION)),
                sign,
            )


def _of_side(side: Side) -> Proposal:
    version = side.figure.version
    words = {
        INDICATOR: version.name,
        VALUE: side.written,
        AVERAGE: side.average,
        PERIOD: str(side.figure.period),
        TERM: f"{timezone.localdate() + timedelta(days=DAYS):%d.%m.%Y}",
    }
    text = fill(INDICATOR_TEXT, words).text
    return Proposal(
        version.name, text, f"{side.sentence}.", version.indicator.direction, indicator=version.indicator.code
    )
