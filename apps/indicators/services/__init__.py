"""Writes of the indicators: packs from files, values of organisations, aggregates."""

from apps.indicators.services.aggregates import AggregateResult, compute_aggregates, digest, enqueue_aggregates
from apps.indicators.services.packs import PackResult, load_packs
from apps.indicators.services.switching import switch_off, switch_on
from apps.indicators.services.values import NewValue, Origin, forget_values, record_values

__all__ = [
    "AggregateResult",
    "NewValue",
    "Origin",
    "PackResult",
    "compute_aggregates",
    "digest",
    "enqueue_aggregates",
    "forget_values",
    "load_packs",
    "record_values",
    "switch_off",
    "switch_on",
]
