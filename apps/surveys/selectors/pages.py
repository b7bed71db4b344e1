"""Lists and links."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from apps.surveys.models import FreeText, Survey, SurveyPlace
from apps.surveys.selectors.results import counts_of


def surveys_of(user: Any) -> QuerySet[Survey]:
    """Surveys that the user may see, with how many answered; an organisation sees its own count."""
    own = Q(places__organization=user.organization) if user.is_school else Q()
    return (
        Survey.objects.visible_to(user)
        .select_related("questionnaire")
        .annotate(
            place_count=Count("places", distinct=True),
            answered=Count("places__responses", filter=own, distinct=True),
        )
        .order_by("-opens_on", "-pk")
        .distinct()
    )


@dataclass(frozen=True)
class Link:
    """A place with its address and counts."""

    place: SurveyPlace
    url: str
    answered: int

    @property
    def response(self) -> int | None:
        return round(100 * self.answered / self.place.invited) if self.place.invited else None


def address(token: str) -> str:
    """The whole address of a link, as it is printed and sent."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('surveys:respond', args=[token])}"


def links(survey: Survey, user: Any) -> list[Link]:
    counts = counts_of(survey)
    places = SurveyPlace.objects.visible_to(user).filter(survey=survey).select_related("organization")
    return [Link(place, address(place.token), counts.get(place.pk, 0)) for place in places]


def invited_total(survey: Survey) -> int | None:
    total: int | None = survey.places.aggregate(total=Sum("invited"))["total"]
    return total


def qr_svg(text: str) -> bytes:
    """A QR code as an SVG of its own, with a quiet zone of four modules; readable from paper (level M)."""
    stream = BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="svg", border=4, scale=6, xmldecl=True, svgns=True)
    return stream.getvalue()


def waiting_texts(user: Any) -> QuerySet[FreeText]:
    return FreeText.objects.visible_to(user).filter(state=FreeText.State.NEW)
