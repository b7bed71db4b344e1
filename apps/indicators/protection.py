"""How figures of scopes leave the house: small numbers of people are hidden, as everywhere on the portal."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal

from django.conf import settings

from apps.core.disclosure import HIDDEN, Hidden, Limits, protect_count, protect_row, protect_share
from apps.indicators.models import Aggregate, IndicatorVersion
from apps.indicators.querysets import LEAST_REPORTED

Protected = Decimal | int | Hidden | None
Aggregation = IndicatorVersion.Aggregation


def limits() -> Limits:
    return Limits(settings.DISCLOSURE_MINIMUM_COUNT, settings.DISCLOSURE_MINIMUM_SHARE_BASE)


def is_share(version: IndicatorVersion) -> bool:
    percent = version.value_type == IndicatorVersion.ValueType.PERCENT or version.unit.strip() == "%"
    return percent or version.aggregation == Aggregation.SHARE_YES


def is_of_people(version: IndicatorVersion) -> bool:
    return "чел" in version.unit.lower()


def protected_number(version: IndicatorVersion, number: Decimal | None) -> Protected:
    """A value of one organisation as it may be shown to others: a count of a few people is hidden."""
    return protect_count(number, limits()) if is_of_people(version) else number


def protected_figure(aggregate: Aggregate | None) -> Protected:
    """A figure as it may be shown. Shares and means of people only from a large base, counts from k."""
    if aggregate is None or aggregate.value is None:
        return None
    version = aggregate.version
    if version.aggregation == Aggregation.SHARE_YES:
        return aggregate.value  # of organisations, not of people
    if is_share(version) and aggregate.denominator:
        # The formula may carry its 100 in the numerator: the part is found from the value.
        part = aggregate.value * aggregate.denominator / 100
        pair = protect_share(part, aggregate.denominator, limits())
        return 100 * pair[0] / pair[1] if isinstance(pair, tuple) else pair
    if version.aggregation == Aggregation.SUM and is_of_people(version):
        return protect_count(aggregate.value, limits())
    people = version.unit.strip().lower() in {"балл", "день"}
    if people and (aggregate.denominator or 0) < limits().minimum_base:
        return HIDDEN
    return aggregate.value


def protected_totals(aggregates: Iterable[Aggregate]) -> Mapping[int, Protected]:
    """Figures of scopes above one organisation, by the id of the aggregate.

    Besides the rule for each figure: a total of fewer than three organisations is hidden, and among counts of people
    by kind or by locality, whose sum stands beside them, what is hidden cannot be found by subtraction.
    """
    found: dict[int, Protected] = {}
    rows: dict[Hashable, list[Aggregate]] = {}
    for aggregate in aggregates:
        of_few = aggregate.value is not None and aggregate.reported < LEAST_REPORTED
        found[aggregate.pk] = HIDDEN if of_few else protected_figure(aggregate)
        of_people = aggregate.version.aggregation == Aggregation.SUM and is_of_people(aggregate.version)
        if of_people and aggregate.value is not None and aggregate.scope in ("kind", "locality"):
            rows.setdefault((aggregate.version_id, aggregate.period_id, aggregate.scope), []).append(aggregate)
    for row in rows.values():
        hidden = {one.pk for one in row if found[one.pk] is HIDDEN}
        shown = protect_row([_count(one, hidden) for one in row], limits())
        for one, count in zip(row, shown, strict=True):
            if count is HIDDEN:
                found[one.pk] = HIDDEN
    return found


def _count(aggregate: Aggregate, hidden: set[int]) -> int:
    """The count for the rule of rows; what is hidden for another reason counts as small, so that the row hides it."""
    return 1 if aggregate.pk in hidden else int(aggregate.value or 0)
