"""Is a target within reach? The history of the figure answers, in words.

A target beyond what the indicator can be is an error. A target that asks for a greater change a year than the
greatest one seen for the better is a query: it may be set, with an explanation. Only the years since the last break
of the series count; with fewer than two of them there is nothing to judge by, and that is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.core.findings import Finding, error, notice, query

NEEDED = 2  # figures to see a change at all


@dataclass(frozen=True)
class Bounds:
    """What the figure can be at all; None is open."""

    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class Point:
    """The figure of a period: `year` is when it begins, in years with their parts; `label` names it."""

    year: Decimal
    label: str
    value: Decimal


@dataclass(frozen=True)
class Aim:
    """A target in a year. `better` is +1 where more is better, −1 where less is, 0 where neither is."""

    year: Decimal
    number: Decimal
    better: int


Write = Callable[[Decimal], str]


def judge(aim: Aim, history: Sequence[Point], bounds: Bounds, written: Write, changed: Write) -> list[Finding]:
    """What is to be said of a target before it is set.

    `written` and `changed` write a figure and a change of it for people. Points must be in the order of years.
    """
    beyond = _beyond(aim.number, bounds, written)
    if beyond:
        return [beyond]
    past = [point for point in history if point.year < aim.year]
    if len(past) < NEEDED:
        text = "История показателя слишком короткая, чтобы судить, достижима ли цель: нужны хотя бы два года."
        return [notice("short_history", text)]
    last = past[-1]
    wanted = aim.number - last.value
    if aim.better and wanted * aim.better < 0:
        text = f"Цель хуже последнего значения: за {last.label} — {written(last.value)}."
        return [query("worse", text, action="Проверьте число или поясните, почему так.")]
    if not wanted:
        return []
    return _jump(aim, past, wanted, written, changed)


def _beyond(number: Decimal, bounds: Bounds, written: Write) -> Finding | None:
    if bounds.most is not None and number > bounds.most:
        text = f"Такой показатель не бывает больше {written(bounds.most)}."
        return error("beyond", text, found=written(number), expected=f"не больше {written(bounds.most)}")
    if bounds.least is not None and number < bounds.least:
        text = f"Такой показатель не бывает меньше {written(bounds.least)}."
        return error("beyond", text, found=written(number), expected=f"не меньше {written(bounds.least)}")
    return None


def _jump(aim: Aim, past: Sequence[Point], wanted: Decimal, written: Write, changed: Write) -> list[Finding]:
    """The change a year that the target asks for against the greatest one seen in that direction."""
    last, years = past[-1], aim.year - past[-1].year
    sign = 1 if wanted > 0 else -1
    a_year = wanted / years
    seen = [
        ((after.value - before.value) / (after.year - before.year), f"{before.label}–{after.label}")
        for before, after in zip(past, past[1:], strict=False)
    ]
    towards = [(change, years_of) for change, years_of in seen if change * sign > 0]
    if not towards:
        text = (
            f"Нужно изменение на {changed(a_year)} в год от {written(last.value)} за {last.label}, а за известные "
            "годы показатель в эту сторону не менялся."
        )
    else:
        greatest, when = max(towards, key=lambda pair: pair[0] * sign)
        if abs(a_year) <= abs(greatest):
            return []
        text = (
            f"Нужно изменение на {changed(a_year)} в год от {written(last.value)} за {last.label}; самое большое "
            f"известное изменение в эту сторону — {changed(greatest)} в год ({when})."
        )
    return [query("jump", text, action="Поставьте цель ближе или поясните, за счёт чего она достижима.")]
