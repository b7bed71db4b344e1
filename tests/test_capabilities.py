"""The list of capabilities and the report on it."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.capabilities import LIST, Collector, rows


def report(nodeid: str, outcome: str, *numbers: str, when: str = "call") -> Any:
    properties = [("capability", number) for number in numbers]
    return SimpleNamespace(nodeid=nodeid, user_properties=properties, when=when, passed=outcome == "passed")


def test_the_list_has_every_number_once() -> None:
    listed = rows(LIST.read_text(encoding="utf-8"))
    assert list(listed) == [f"S-{number:03d}" for number in range(1, 284)]
    assert all(listed.values())


@pytest.mark.parametrize(
    ("reports", "covered"),
    [
        pytest.param([report("a", "passed", "S-001")], True, id="passed"),
        pytest.param([report("a", "passed", "S-001"), report("b", "failed", "S-001")], False, id="one of two failed"),
        pytest.param([report("a", "passed", "S-001", when="setup")], False, id="only set up"),
        pytest.param([report("a", "skipped", "S-001", when="setup")], False, id="skipped"),
        pytest.param([report("a", "passed", "S-002")], False, id="another row"),
        pytest.param(
            [report("a", "passed", "S-001"), report("a", "failed", "S-001", when="teardown")],
            False,
            id="torn down badly",
        ),
    ],
)
def test_covered_when_its_tests_passed(reports: list[Any], covered: bool) -> None:
    collector = Collector()
    for each in reports:
        collector.pytest_runtest_logreport(each)
    assert collector.covered("S-001") is covered
