"""Which indicators the analysis reads: signs of problems, the index of context, clusters, conclusions."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from apps.analysis.clusters.models import Clustering
from apps.analysis.context import inputs
from apps.analysis.context.for_signs import PUPILS
from apps.analysis.context.models import SocialIndex
from apps.analysis.models import Conclusion
from apps.analysis.signs.kinds import BY_CODE
from apps.analysis.signs.reported import BELOW, CONTESTS, MEANS, WITHOUT_CERTIFICATE
from apps.indicators.uses import Use, UseKind, told_by

_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("low_exams", (*(row[0] for row in BELOW), *(row[0] for row in MEANS), *(row[0] for row in WITHOUT_CERTIFICATE))),
    ("failing_share", tuple(row[0] for row in BELOW)),
    ("low_results", tuple(row[0] for row in BELOW)),
    ("contests", (CONTESTS,)),
    ("social", (PUPILS,)),
)


def _wanted(code: str, codes: Collection[str] | None) -> bool:
    return codes is None or code in codes


@told_by
def of_signs(codes: Collection[str] | None) -> Iterator[Use]:
    page = reverse("analysis:sign_methods")
    for sign, read in _SIGNS:
        for code in read:
            if _wanted(code, codes):
                yield Use(code, UseKind.SIGN, f"{BY_CODE[sign].name}: {BY_CODE[sign].title}", page)


@told_by
def of_context(codes: Collection[str] | None) -> Iterator[Use]:
    """Parts of the index in force, what clusters in force are counted by, staff shown beside results."""
    index = SocialIndex.objects.current()
    if index is not None:
        for code in index.parts.values_list("indicator__code", flat=True):
            if _wanted(code, codes):
                yield Use(code, UseKind.SIGN, str(index), reverse("analysis:social_index"))
    for clustering in Clustering.objects.filter(state=Clustering.State.CONFIRMED):
        for code in clustering.parameters.get("indicators", []):
            if _wanted(code, codes):
                yield Use(code, UseKind.SIGN, f"Кластеры: {clustering.title}", clustering.get_absolute_url())
    for code in inputs.STAFF:
        if _wanted(code, codes):
            yield Use(code, UseKind.SIGN, "Кадры рядом с результатами школы", reverse("analysis:context"))


@told_by
def of_conclusions(codes: Collection[str] | None) -> Iterator[Use]:
    found = Conclusion.objects.standing().filter(indicator__isnull=False)
    if codes is not None:
        found = found.filter(indicator__code__in=codes)
    for row in found.select_related("indicator"):
        assert row.indicator
        yield Use(row.indicator.code, UseKind.DECISION, f"Вывод: {row.about}", row.get_absolute_url())
