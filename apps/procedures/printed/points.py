"""The main things about a school's work in a few sentences: figures with their bounds, no verdict on people."""

from collections.abc import Iterable, Iterator
from typing import Any

from apps.core.figures import figure, percent, plural
from apps.organizations.models import Organization
from apps.procedures import selectors, statistics
from apps.procedures.exams.selectors import ExamFigures
from apps.procedures.item_analysis.selectors import ItemAnalysis, Line, of_school
from apps.procedures.models import Procedure
from apps.procedures.statistics import Estimate
from apps.procedures.statistics.corridors import INSUFFICIENT
from apps.procedures.templatetags.estimates import number, share

SHOWN = 5  # skills with a systemic deficit that are named


def points_of(*, procedure: Procedure, organization: Organization, reader: Any) -> list[str]:
    """The same for those who have read neither yet."""
    analysis = selectors.school_analysis(procedure, organization, reader)
    by_items = of_school(procedure=procedure, organization=organization, reader=reader)
    return main_points(analysis, by_items) if analysis and by_items else []


def main_points(analysis: selectors.Analysis, by_items: ItemAnalysis) -> list[str]:
    """Nothing below the least n: figures of so few say little."""
    if analysis.main.is_few:
        return []
    return [*_quality(analysis), *_tests(analysis), *_journal(analysis), *_items(by_items)]


def _beside(own: Estimate, whole: Estimate) -> str:
    """How a figure stands to the municipality's: beyond chance when that lies outside its interval."""
    if whole.value is None or own.low is None or own.high is None:
        return ""
    words = "выше" if own.low > whole.value else "ниже" if own.high < whole.value else "отличие в пределах случайности"
    return f" при {{}} по муниципалитету: {words}"


def _quality(analysis: selectors.Analysis) -> Iterator[str]:
    own, wider = analysis.main.sure.quality, analysis.municipality
    if own.value is not None:
        whole = wider.sure.quality if wider else statistics.ABSENT
        yield f"Качество — {share(own)}{_beside(own, whole).format(percent(whole.value))}."


def _tests(analysis: selectors.Analysis) -> Iterator[str]:
    """Of a state exam with test scores: the mean, those below the minimum, high results."""
    own, wider = ExamFigures(analysis.main.sure, analysis.procedure.pass_score), analysis.municipality
    if not own.has_tests:
        return
    whole = wider.sure.mean_test if wider else statistics.ABSENT
    yield f"Средний тестовый балл — {number(own.mean)}{_beside(own.mean, whole).format(figure(whole.value, 1))}."
    below = f"Ниже минимума {share(own.below)}; " if own.below.value is not None else ""
    high = "от" if below else "От"
    yield f"{below}{high} 81 балла {share(own.high)} (полоса условная)."


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
