"""Which indicators recommendations rest on."""

from collections.abc import Collection, Iterator

from django.db.models import F, Q

from apps.indicators.uses import Use, UseKind, told_by
from apps.roadmaps.models import Recommendation


@told_by
def of_recommendations(codes: Collection[str] | None) -> Iterator[Use]:
    named = Q(indicators__isnull=False) if codes is None else Q(indicators__code__in=codes)
    for row in Recommendation.objects.filter(named).select_related("period").annotate(used=F("indicators__code")):
        yield Use(row.used, UseKind.DECISION, f"{row.title}, {row.period.code}", row.get_absolute_url())
