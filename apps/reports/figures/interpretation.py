"""What specialists concluded about works and indicators of the municipality, in their words; never about a school."""

from apps.analysis.interpretation.selectors import for_report
from apps.analysis.models import Conclusion
from apps.reports.blocks import Column, TableBlock
from apps.reports.figures.base import Figures, Year

_COLUMNS = [Column("О чём", 12), Column("Вид", 5), Column("Вывод", 23)]
NOTE = "Выводы написаны специалистами управления; число стоит таким, каким оно было тогда."


def about_works(year: Year) -> Figures:
    """Nothing where no conclusion is marked for the report."""
    return _figures(year, "procedure", "Выводы по результатам процедур")


def about_indicators(year: Year) -> Figures:
    return _figures(year, "indicator", "Выводы по показателям")


def _is_of_direction(found: Conclusion) -> bool:
    """It stands in the chapter of its direction."""
    direction = found.indicator.direction if found.indicator else None
    return direction is not None and direction.is_active


def _figures(year: Year, kind: str, title: str) -> Figures:
    found = [one for one in for_report(year.span, kind) if not _is_of_direction(one)]
    if not found:
        return Figures()
    rows = [[f"{one.about}: {one.figure}", one.get_kind_display(), one.text] for one in found]
    return Figures(blocks=[TableBlock(f"conclusions_{kind}", title, _COLUMNS, rows, NOTE)])
