"""The arithmetic of measures; the measures themselves are taken by `make bench` only."""

import time

import pytest

from tests.bench import registry


def test_holds_to_the_goal_inclusive() -> None:
    below = registry.Measure("A", 2.0, "", lambda: 0.0)
    above = registry.Measure("B", 2.0, "", lambda: 0.0, at_least=True)
    assert [below.holds(value) for value in (1.9, 2.0, 2.1)] == [True, True, False]
    assert [above.holds(value) for value in (1.9, 2.0, 2.1)] == [False, True, True]


def test_ratio_interleaves_and_leaves_the_first_call_out() -> None:
    calls: list[str] = []

    def ours() -> None:
        calls.append("a")
        time.sleep(0.5 if len(calls) < 3 else 0.04)  # the first call is slow: caches are cold

    def anchor() -> None:
        calls.append("b")
        time.sleep(0.02)

    assert 1.2 < registry.ratio(ours, anchor, runs=3) < 4
    assert calls == ["a", "b"] * 4


def test_two_measures_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MEASURES", {})
    registry.measure("A", goal=1, how="")(lambda: 1.0)
    with pytest.raises(ValueError, match="A"):
        registry.measure("A", goal=1, how="")(lambda: 1.0)
