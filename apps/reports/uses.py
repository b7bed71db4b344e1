"""Which indicators the annual report shows."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from apps.indicators.models import Indicator
from apps.indicators.uses import Use, UseKind, told_by
from apps.reports.chapters import TITLES
from apps.reports.figures.indicators import HEADLINES, PACKS


@told_by
def of_chapters(codes: Collection[str] | None) -> Iterator[Use]:
    """Chapter «Состояние системы» shows the chosen ones, the chapter of self-examination every row of its packs."""
    page = reverse("reports:list")
    for code, _ in HEADLINES:
        if codes is None or code in codes:
            yield Use(code, UseKind.REPORT, f"Годовой отчёт: {TITLES['state']}", page)
    shown = Indicator.objects.measured().filter(pack__in=list(PACKS))
    if codes is not None:
        shown = shown.filter(code__in=codes)
    for code in shown.values_list("code", flat=True):
        yield Use(code, UseKind.REPORT, f"Годовой отчёт: {TITLES['self_examination']}", page)
