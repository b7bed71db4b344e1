"""Why figures changed in a period: for the page of a direction and the annual report."""

from apps.core.models import Period
from apps.core.periods import PeriodSpan, self_examination_year
from apps.indicators.models import Cause, Direction


def causes_of(span: PeriodSpan, direction: Direction | None = None) -> list[Cause]:
    """Causes written for the period and, of a school year, for the calendar year of its self-examination.

    Indicators of directions that are switched off are left out.
    """
    codes = [span.code, self_examination_year(span).code]
    found = (
        Cause.objects.filter(period__in=Period.objects.filter(code__in=codes))
        .exclude(indicator__direction__is_active=False)
        .select_related("indicator", "period", "author")
        .order_by("indicator__pack", "indicator__order")
    )
    return list(found.filter(indicator__direction=direction) if direction else found)
