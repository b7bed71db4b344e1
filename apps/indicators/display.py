"""How figures of indicators are written for people: value, change, state of the source."""

from dataclasses import dataclass
from decimal import Decimal

from apps.core.figures import MINUS, NO_DATA, figure, percent, points, rounded
from apps.indicators.models import Aggregate, IndicatorVersion

ValueType, Polarity, Aggregation = IndicatorVersion.ValueType, IndicatorVersion.Polarity, IndicatorVersion.Aggregation

NOT_COMPARED = "не сравнивается"
_TONES = {"official": "good", "municipal": "good", "proposal": "info", "unconfirmed": "warn"}


def is_share(version: IndicatorVersion) -> bool:
    """Whether figures of scopes are in percent."""
    return version.value_type == ValueType.PERCENT or version.aggregation == Aggregation.SHARE_YES


def decimals(version: IndicatorVersion) -> int:
    """Of a figure of a scope: shares have one decimal at least, means two."""
    if is_share(version):
        return max(1, version.decimals)
    return version.decimals


def written(version: IndicatorVersion, value: Decimal | None, scope: str = Aggregate.Scope.MUNICIPALITY) -> str:
    """`45,3 %`, `1 234`; a yes or no of a single organisation is «да» or «нет»."""
    if value is None:
        return NO_DATA
    if version.value_type == ValueType.BOOLEAN and scope == Aggregate.Scope.ORGANIZATION:
        return "да" if value else "нет"
    if is_share(version):
        return percent(value, decimals(version))
    return figure(value, decimals(version))


def entered(version: IndicatorVersion, number: Decimal | None) -> str:
    """A value as an organisation entered it."""
    if number is not None and version.value_type == ValueType.BOOLEAN:
        return "да" if number else "нет"
    return figure(number, version.decimals)


def written_figure(aggregate: Aggregate | None) -> str:
    """The figure of an aggregate, or why there is none."""
    if aggregate is None:
        return NO_DATA
    if aggregate.value is None:
        return aggregate.absence_reason or NO_DATA
    return written(aggregate.version, aggregate.value, aggregate.scope)


def unit_of(version: IndicatorVersion) -> str:
    """The unit of a figure of a scope; that of a yes or no is the share of «yes»."""
    if version.aggregation == Aggregation.SHARE_YES:
        return "% ответивших «да»"
    return version.unit


@dataclass(frozen=True)
class Change:
    """A change against the year before: in figures, and whether it is for the better where the indicator says."""

    text: str
    word: str = ""  # «лучше», «хуже» or nothing
    tone: str = "neutral"

    @property
    def has_number(self) -> bool:
        return self.text[0] in f"+{MINUS}" or self.text[0].isdigit()


def change(now: Aggregate | None, before: Aggregate | None) -> Change | None:
    """None where one of the years has no figure.

    A changed method, or a sum over another number of organisations, is said instead of a number. A sum is never
    better or worse: it grows with the number of pupils.
    """
    if now is None or before is None or now.value is None or before.value is None:
        return None
    version = now.version
    if before.version_id != version.pk:
        return Change("методика изменилась")
    is_sum = is_total(version)
    if is_sum and now.reported != before.reported:
        return Change(NOT_COMPARED)
    difference = now.value - before.value
    places = decimals(version)
    text = changed(version, difference)
    if not round(difference, places):
        return Change("без изменений")
    if version.polarity == Polarity.NEUTRAL or is_sum:
        return Change(text)
    improved = (difference > 0) == (version.polarity == Polarity.HIGHER)
    return Change(text, "лучше", "good") if improved else Change(text, "хуже", "bad")


def is_total(version: IndicatorVersion) -> bool:
    """Whether the figure grows with the number of organisations: sums, and whole numbers computed from sums."""
    computed = version.aggregation == Aggregation.FORMULA and version.value_type == ValueType.INTEGER
    return version.aggregation == Aggregation.SUM or computed


def better(version: IndicatorVersion) -> int:
    """+1 where more is better, −1 where less is, 0 where neither is."""
    return {Polarity.HIGHER: 1, Polarity.LOWER: -1}.get(Polarity(version.polarity), 0)


def changed(version: IndicatorVersion, difference: Decimal) -> str:
    """A change of the figure with its sign: `+2,4 п. п.`, `−12`."""
    digits = decimals(version)
    if is_share(version):
        return points(difference, digits)
    return ("+" if rounded(difference, digits) > 0 else "") + figure(difference, digits)


def chart_unit(version: IndicatorVersion) -> str:
    """The unit at the bars of a chart: only a sign has room there."""
    return "%" if is_share(version) else ""


def source_tone(version: IndicatorVersion) -> str:
    return _TONES[version.source_state]


def average(whole: Aggregate | None) -> str:
    """The figure of a scope as what its organisations have on the average; a sum is divided by those that reported.

    Empty where there is none.
    """
    if whole is None or whole.value is None:
        return ""
    if is_total(whole.version):
        return figure(whole.value / whole.reported, 1) if whole.reported else ""
    return written(whole.version, whole.value, whole.scope)
