"""`{% load charts %}{% chart chart %}`: the chart with its caption and the same data as a table."""

from typing import Any

from django import template

from apps.core.charts import Chart

register = template.Library()


@register.inclusion_tag("components/chart.html", takes_context=True)
def chart(context: template.Context, chart: Chart, for_print: bool = False, with_table: bool = True) -> dict[str, Any]:
    """Draws for a wide page and for a phone; `for_print=True` draws once, with an open table, for paper.

    `with_table=False` is for paper where a fuller table of the same figures stands next.
    """
    key = _key(context, chart)
    table = chart.table()
    return {
        "chart": chart,
        "for_print": for_print,
        "wide": chart.svg(key=key),
        "narrow": None if for_print else chart.svg(narrow=True, key=key),
        "table": table,
        "tables": table.folded() if for_print and with_table else [],
    }


def _key(context: template.Context, chart: Chart) -> str:
    """The chart's own key; a number after it when the same chart stands on the page again."""
    key = chart.key()
    request = context.get("request")
    if request is None:
        return key
    drawn: dict[str, int] = request.__dict__.setdefault("_charts_drawn", {})
    drawn[key] = drawn.get(key, 0) + 1
    return key if drawn[key] == 1 else f"{key}-{drawn[key]}"
