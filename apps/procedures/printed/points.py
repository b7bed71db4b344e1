"""The main things about a school's work in a few sentences: figures with their bounds, no verdict on people."""

from collections.abc import Iterable, Iterator

from apps.core.figures import plural
from apps.procedures import selectors, statistics
from apps.procedures.item_analysis.selectors import ItemAnalysis, Line
from apps.procedures.statistics.corridors import INSUFFICIENT
from apps.procedures.templatetags.estimates import share

SHOWN = 5  # skills with a systemic deficit that are named


def main_points(analysis: selectors.Analysis, by_items: ItemAnalysis) -> list[str]:
    """Nothing below the least n: figures of so few say little."""
    if analysis.main.is_few:
        return []
    return [*_quality(analysis), *_journal(analysis), *_items(by_items)]


def _quality(analysis: selectors.Analysis) -> Iterator[str]:
    own, wider = analysis.main.sure.quality, analysis.municipality
    if own.value is None:
        return
    text = f"Качество — {share(own)}"
    if wider is None or wider.sure.quality.value is None:
        yield f"{text}, с отметкой {own.n}."
        return
    whole = wider.sure.quality.value
    low, high = own.low or whole, own.high or whole
    words = "выше" if low > whole else "ниже" if high < whole else "отличие в пределах случайности"
    yield f"{text} при {share(statistics.Estimate(whole, own.n))} по муниципалитету: {words}."


def _journal(analysis: selectors.Analysis) -> Iterator[str]:
    sure = analysis.main.sure
    if sure.equal.n >= statistics.FEW:
        yield (
            f"С отметкой в журнале совпали {share(sure.equal)}, ниже журнала {share(sure.lower)}, "
            f"выше {share(sure.higher)}."
        )


def _numbers(lines: Iterable[Line]) -> str:
    return ", ".join(line.item.number for line in lines)


def _items(by_items: ItemAnalysis) -> Iterator[str]:
    judged = [line for line in by_items.lines if line.verdict]
    below = [line for line in judged if line.verdict == INSUFFICIENT]
    if judged:
        noun = plural(len(judged), "задания", "заданий", "заданий")
        where = f": {_numbers(below)}" if below else ""
        yield f"Ниже границы своего уровня {len(below)} из {len(judged)} {noun}{where}."
    apart = [line for line in by_items.lines if line.is_apart and line.difference.value is not None]
    for words, sign in (("хуже", -1), ("лучше", 1)):
        found = [line for line in apart if (line.difference.value or 0) * sign > 0]
        if found:
            yield f"Чем в остальных школах муниципалитета, {words} выполнены задания {_numbers(found)}."
    systemic = [one for _, rows in by_items.deficits for one in rows if one.is_systemic]
    if systemic:
        more = f" и ещё {len(systemic) - SHOWN}" if len(systemic) > SHOWN else ""
        yield f"Системный дефицит: {'; '.join(one.key for one in systemic[:SHOWN])}{more}."
