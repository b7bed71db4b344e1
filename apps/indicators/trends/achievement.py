"""How far a figure is from its target, in words."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    REACHED = "reached"
    EARLY = "early"
    ON_THE_WAY = "on_the_way"
    MISSED = "missed"
    AHEAD = "ahead"
    NO_DATA = "no_data"


WORDS = {
    State.REACHED: ("достигнута", "good"),
    State.EARLY: ("достигнута раньше срока", "good"),
    State.ON_THE_WAY: ("на пути: показатель движется к цели", "info"),
    State.MISSED: ("не достигнута", "bad"),
    State.AHEAD: ("срок впереди", "neutral"),
    State.NO_DATA: ("нет данных", "neutral"),
}


@dataclass(frozen=True)
class Achievement:
    state: State

    @property
    def words(self) -> str:
        return WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return WORDS[self.state][1]


def achievement(
    target: Decimal, value: Decimal | None, before: Decimal | None, better: int, *, is_over: bool
) -> Achievement:
    """`value` is the figure of the target's period, or the newest one before it; `before` the one of a year earlier.

    `better` is +1, −1 or 0 (then only the very number reaches the target). `is_over`: the period of the target has
    its figure or has ended. On the way is a figure that moved towards the target in the last year.
    """
    if value is None:
        return Achievement(State.NO_DATA if is_over else State.AHEAD)
    if (value == target) if not better else ((value - target) * better >= 0):
        return Achievement(State.REACHED if is_over else State.EARLY)
    if before is not None and abs(target - value) < abs(target - before):
        return Achievement(State.ON_THE_WAY)
    return Achievement(State.MISSED if is_over else State.AHEAD)
