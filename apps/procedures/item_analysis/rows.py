"""Rows of the table of items as people read them: written here, so that the page is quick with many items."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.figures import figure
from apps.procedures.item_analysis.selectors import ItemAnalysis, Line
from apps.procedures.statistics import Estimate, is_apart
from apps.procedures.statistics.corridors import INSUFFICIENT, SUFFICIENT, UNCERTAIN
from apps.procedures.statistics.items import FAIR, GOOD, STRONG, WEAK, WRONG
from apps.procedures.templatetags.estimates import gap, number

_VERDICTS = {
    SUFFICIENT: ("достаточно", "good"),
    UNCERTAIN: ("на границе", "warn"),
    INSUFFICIENT: ("недостаточно", "bad"),
}
_READINGS = {
    STRONG: "высокая",
    GOOD: "хорошая",
    FAIR: "приемлемая",
    WEAK: "слабая",
    WRONG: "отрицательная: проверьте ключ",
}


@dataclass(frozen=True)
class Row:
    """One item in words."""

    number: str
    about: str
    level: str
    own: str
    n: str
    shares: str
    whole: str
    difference: str
    tone: str  # of the difference: good, bad or empty
    wider: list[tuple[str, str]]  # region and country by name
    power: str
    verdict: str
    verdict_tone: str


def table_rows(analysis: ItemAnalysis) -> list[Row]:
    return [_row(line, analysis.wider_names) for line in analysis.lines]


def _row(line: Line, wider_names: Sequence[str]) -> Row:
    item, shares = line.item, line.shares
    verdict, tone = _VERDICTS.get(line.verdict, ("", ""))
    if line.own.value is not None and line.own.is_few:
        verdict, tone = "данных мало", "neutral"
    parts = (shares.full, shares.partial, shares.zero)
    better = line.difference.value is not None and line.difference.value > 0
    return Row(
        item.number,
        "; ".join(text for text in (item.skill, item.content and f"содержание: {item.content}") if text) or "—",
        f"{item.level or '—'}, {item.maximum if item.maximum is not None else '—'}",
        number(line.own),
        figure(line.own.n),
        " / ".join(figure(one.value) for one in parts) if item.maximum and line.own.n else "—",
        number(line.whole) if line.whole.n else "—",
        gap(line.difference) if line.difference.value is not None else "—",
        ("good" if better else "bad") if line.is_apart else "",
        _wider(line, wider_names),
        _power(line),
        verdict,
        tone,
    )


def _wider(line: Line, names: Sequence[str]) -> list[tuple[str, str]]:
    """Percents of reports, with a sign where this group differs from them by more than chance."""
    found = zip(names, line.wider, line.wider_differences, strict=True)
    return [(name, f"{figure(one.value, 1)}{_sign(gap)}") for name, one, gap in found]


def _sign(difference: Estimate) -> str:
    if not is_apart(difference) or difference.value is None:
        return ""
    return " ▲" if difference.value > 0 else " ▼"


def _power(line: Line) -> str:
    if line.power.value is None:
        return "—"
    return f"{number(line.power, 2)}, {_READINGS[line.reading]}"
