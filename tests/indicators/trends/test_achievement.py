"""How far a target is reached: polarity, way, absence."""

from decimal import Decimal

import pytest

from apps.indicators.trends.achievement import State, achievement


@pytest.mark.parametrize(
    ("value", "before", "better", "is_over", "expected"),
    [
        pytest.param(Decimal(80), None, 1, True, State.REACHED, id="exactly"),
        pytest.param(Decimal(90), None, 1, True, State.REACHED, id="more is better"),
        pytest.param(Decimal(90), None, 1, False, State.EARLY, id="before its term"),
        pytest.param(Decimal(90), None, -1, True, State.MISSED, id="more is worse"),
        pytest.param(Decimal(70), None, -1, True, State.REACHED, id="less is better"),
        pytest.param(Decimal(70), Decimal(60), 1, True, State.ON_THE_WAY, id="nearer than a year ago"),
        pytest.param(Decimal(70), Decimal(75), 1, True, State.MISSED, id="farther than a year ago"),
        pytest.param(Decimal(70), Decimal(70), 1, False, State.AHEAD, id="no move and time left"),
        pytest.param(Decimal(70), Decimal(60), 1, False, State.ON_THE_WAY, id="time left and nearer"),
        pytest.param(None, None, 1, True, State.NO_DATA, id="absent is not missed"),
        pytest.param(None, None, 1, False, State.AHEAD, id="nothing known, time left"),
        pytest.param(Decimal(90), None, 0, True, State.MISSED, id="no better side: only the number itself"),
    ],
)
def test_states(value, before, better, is_over, expected):
    found = achievement(Decimal(80), value, before, better, is_over=is_over)
    assert found.state == expected
    assert found.words
