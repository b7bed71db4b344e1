"""Where a series breaks for a reason that stands in a room below: its readers are registered here.

`collection` knows that the form which asks an indicator was rewritten; this room must not import it::

    @breaks.reader
    def rewritten_forms(indicator: Indicator) -> list[Break]: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from apps.core.models import Period
from apps.indicators.models import Indicator, IndicatorVersion


@dataclass(frozen=True)
class Break:
    """From this period on figures are not like those before, and why."""

    period: Period
    text: str


Reader = Callable[[Indicator], list[Break]]
_readers: list[Reader] = []


def reader(function: Reader) -> Reader:
    """Register what tells of breaks; each is asked for one indicator at a time."""
    _readers.append(function)
    return function


def told(indicator: Indicator) -> list[Break]:
    """Breaks that other rooms know of."""
    return [found for read in _readers for found in read(indicator)]


_FIELDS: tuple[tuple[str, str], ...] = (
    ("name", "название"),
    ("formula", "формула"),
    ("aggregation", "способ сложения"),
    ("unit", "единица"),
    ("value_type", "тип значения"),
    ("minimum", "допустимые значения"),
    ("maximum", "допустимые значения"),
    ("data_source", "источник данных"),
    ("act", "акт"),
)


def what_changed(old: IndicatorVersion, new: IndicatorVersion) -> str:
    """«Изменилась методика: версия 2 (формула, единица)»."""
    named = dict.fromkeys(words for name, words in _FIELDS if getattr(old, name) != getattr(new, name))
    return f"Изменилась методика: версия {new.number} ({_listed(named)})"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "уточнён паспорт"
