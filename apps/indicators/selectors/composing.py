"""A computed parent: the formula of a group over the indicators that stand under it."""

from decimal import Decimal
from typing import Any

from apps.indicators.models import Indicator, IndicatorVersion

WAYS = {
    "sum": "сумма подпоказателей",
    "mean": "среднее подпоказателей",
    "weights": "взвешенный балл: подпоказатели с их весами",
}


def children_of(indicator: Indicator) -> list[IndicatorVersion]:
    """Newest versions of the numbers directly under the indicator, in their order."""
    found = IndicatorVersion.objects.current().filter(
        indicator__parent=indicator, indicator__is_group=False, indicator__is_active=True
    )
    return list(found.exclude(value_type__in=("", "text")).select_related("indicator").order_by("indicator__order"))


def formula_of_children(indicator: Indicator, way: str) -> dict[str, Any]:
    """What the editor starts with; nothing when there is nothing to compose."""
    children = children_of(indicator)
    codes = [f"[{version.indicator.code}]" for version in children]
    if not codes or way not in WAYS:
        return {}
    if way == "sum":
        return {"formula": " + ".join(codes), "aggregation": IndicatorVersion.Aggregation.SUM}
    if way == "mean":
        return {"formula": f"mean({', '.join(codes)})", "aggregation": IndicatorVersion.Aggregation.FORMULA}
    weights = [version.weight if version.weight is not None else Decimal(1) for version in children]
    parts = [f"{weight.normalize():f} * {code}" for weight, code in zip(weights, codes, strict=True)]
    total = sum(weights, Decimal(0)).normalize()
    formula = " + ".join(parts)
    if total != 1:
        formula = f"({formula}) / {total:f}"
    return {"formula": formula, "aggregation": IndicatorVersion.Aggregation.FORMULA}
