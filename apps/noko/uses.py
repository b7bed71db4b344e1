"""Which indicators the independent assessment counts its points from."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from apps.indicators.models import Indicator
from apps.indicators.uses import Use, UseKind, told_by
from apps.noko.calculation import PACK


@told_by
def of_assessments(codes: Collection[str] | None) -> Iterator[Use]:
    """Every row of the pack is shown with the assessment of an organisation and sums of the year."""
    shown = Indicator.objects.measured().filter(pack=PACK)
    if codes is not None:
        shown = shown.filter(code__in=codes)
    for code in shown.values_list("code", flat=True):
        yield Use(code, UseKind.REPORT, "Независимая оценка: расчёт и итоги года", reverse("noko:latest"))
