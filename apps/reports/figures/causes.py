"""Why indicators changed, in the words of the specialists: listed in the chapter of the state."""

from apps.core.figures import NO_DATA
from apps.indicators import display
from apps.indicators.models import Aggregate, Cause
from apps.indicators.selectors.causes import causes_of
from apps.reports.blocks import Column, TableBlock
from apps.reports.figures.base import Figures, Year

_COLUMNS = [Column("Показатель", 14), Column("Период", 4), Column("Изменение", 6), Column("Причины", 16)]


def causes(year: Year) -> Figures:
    """Nothing where nobody has written any."""
    found = causes_of(year.span)
    if not found:
        return Figures()
    rows = [[_name(cause), cause.period.code, _change(cause), cause.text] for cause in found]
    return Figures(blocks=[TableBlock("causes", "Причины изменений", _COLUMNS, rows)])


def _name(cause: Cause) -> str:
    version = cause.indicator.versions.first()
    return version.name if version else str(cause.indicator)


def _change(cause: Cause) -> str:
    """Only the direction of the change: numbers of small groups are protected elsewhere."""
    figures = list(
        Aggregate.objects.filter(
            version__indicator=cause.indicator,
            scope=Aggregate.Scope.MUNICIPALITY,
            value__isnull=False,
            period__starts_on__lte=cause.period.starts_on,
        )
        .select_related("version", "period")
        .order_by("-period__starts_on")[:2]
    )
    if len(figures) < 2 or figures[0].period_id != cause.period_id:
        return NO_DATA
    found = display.change(figures[0], figures[1])
    if found is None or not found.has_number:
        return found.text if found else NO_DATA
    grew = figures[0].value > figures[1].value  # type: ignore[operator]
    return f"{'рост' if grew else 'снижение'}{f' ({found.word})' if found.word else ''}"
