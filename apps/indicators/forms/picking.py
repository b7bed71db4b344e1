"""Choosing indicators: boxes under the names of the packs, since a list of hundreds is no choice."""

from typing import Any

from crispy_forms.layout import Field
from django import forms

from apps.indicators.models import IndicatorVersion, Pack

TEMPLATE = "indicators/picker.html"


def indicator_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators in use by code, under the short titles of their packs."""
    found: dict[str, list[tuple[str, str]]] = {pack.code: [] for pack in Pack.objects.all()}
    titles = dict(Pack.objects.values_list("code", "short_title"))
    versions = IndicatorVersion.objects.current().filter(indicator__is_group=False, indicator__is_active=True)
    rows = versions.order_by("indicator__order").values_list("indicator__pack", "indicator__code", "name", "unit")
    for pack, code, name, unit in rows:
        if pack in found:
            found[pack].append((code, f"{code} {name}{f', {unit}' if unit else ''}"))
    return [(titles[pack], choices) for pack, choices in found.items() if choices]


class IndicatorsField(forms.MultipleChoiceField):
    """Codes of indicators. `picker("indicators")` draws it in a layout."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=indicator_choices,
            error_messages={"invalid_choice": "Показателя «%(value)s» нет среди используемых."},
            **kwargs,
        )


def picker(name: str) -> Field:
    return Field(name, template=TEMPLATE)
