"""The appendix of methods: on what each rests, unconfirmed ones marked."""

from collections import Counter

from apps.analysis.models import SignRule
from apps.indicators.models import IndicatorVersion
from apps.reports.blocks import Column, TableBlock
from apps.reports.figures.base import Figures, Year, limits
from apps.reports.figures.indicators import PACKS


def methods(year: Year) -> Figures:
    """Indicators by source state, the sign's rule, the rules of small numbers."""
    versions = IndicatorVersion.objects.filter(
        valid_to__isnull=True, indicator__pack__in=PACKS, indicator__is_group=False, indicator__is_active=True
    ).values_list("indicator__pack", "source_state")
    counts = Counter(versions)
    states = dict(IndicatorVersion.Source.choices)
    rows = [
        [f"Показатели: {title}", states[state], str(counts[pack, state])]
        for pack, title in PACKS.items()
        for state in states
        if counts[pack, state]
    ]
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    rows.append([f"{rule.title} (порог {rule.threshold.normalize():f} %)", rule.get_source_state_display(), "1"])
    columns = [Column("Метод", 24), Column("Источник", 10), Column("Сколько", 6, True)]
    k, base = limits().minimum_count, limits().minimum_base
    note = (
        f"Малые группы: число людей от 1 до {k - 1} не показывается, доли и средние — только от {base} человек. "
        "В строке с известным итогом скрывается ещё хотя бы одно число, чтобы скрытое нельзя было вычислить."
    )
    figures = Figures(blocks=[TableBlock("methods", "Методы и их источники", columns, rows, note)])
    unconfirmed = sum(n for (_, state), n in counts.items() if state == IndicatorVersion.Source.UNCONFIRMED)
    if unconfirmed:
        text = f"Показателей, не подтверждённых официальным текстом: {unconfirmed}. Они отмечены знаком *."
        figures.sentences.append(text)
    return figures
