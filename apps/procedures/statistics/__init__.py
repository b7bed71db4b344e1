"""Measures over additive parts: plain Python, Decimal, divided last; nothing to divide by is None, never zero."""

from apps.procedures.statistics import items
from apps.procedures.statistics.corridors import CORRIDORS, Corridor, corridor, verdict
from apps.procedures.statistics.deficits import Deficit, Judged, deficits
from apps.procedures.statistics.estimates import ABSENT, FEW, Estimate, difference, is_apart, mean, proportion, reported
from apps.procedures.statistics.measured import Measured
from apps.procedures.statistics.measures import (
    Journal,
    attainment,
    deviation,
    item_completion,
    journal,
    mark_shares,
    mean_mark,
    mean_primary,
    mean_test,
    median_primary,
    quality,
    quantile,
    share,
    shares_of_item,
    spread_index,
    training_level,
    work_completion,
)
from apps.procedures.statistics.parts import Parts

__all__ = [
    "ABSENT",
    "FEW",
    "Deficit",
    "Estimate",
    "Judged",
    "Measured",
    "deficits",
    "difference",
    "is_apart",
    "items",
    "mean",
    "proportion",
    "reported",
    "CORRIDORS",
    "Corridor",
    "Journal",
    "Parts",
    "attainment",
    "corridor",
    "deviation",
    "item_completion",
    "journal",
    "mark_shares",
    "mean_mark",
    "mean_primary",
    "mean_test",
    "median_primary",
    "quality",
    "quantile",
    "share",
    "shares_of_item",
    "spread_index",
    "training_level",
    "verdict",
    "work_completion",
]
