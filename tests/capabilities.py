"""`python -m tests.capabilities`: which rows of docs/capabilities.md are proved by tests that pass.

A row is covered when at least one test marked `@pytest.mark.capability("S-089")` ran and all of its tests passed.
Rows go to stdout, pytest's own report to stderr; the last line is `capabilities: N of 283`.
"""

import contextlib
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

LIST = Path(__file__).resolve().parent.parent / "docs" / "capabilities.md"
ROW = re.compile(r"^\| (S-\d{3}) \| (.*?) \|", re.MULTILINE)


class Collector:
    """Keeps what the marked tests said, by row: the name of the test and whether it passed."""

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[str, bool]] = defaultdict(dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("capability"):
                item.user_properties.extend(("capability", number) for number in mark.args)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, number in report.user_properties:
            if name == "capability" and (report.when == "call" or not report.passed):
                passed = self.outcomes[str(number)].get(report.nodeid, True)
                self.outcomes[str(number)][report.nodeid] = passed and report.passed

    def covered(self, number: str) -> bool:
        return bool(self.outcomes.get(number)) and all(self.outcomes[number].values())


def rows(text: str) -> dict[str, str]:
    """Number and name of each row of the list."""
    return dict(ROW.findall(text))


def main(arguments: list[str]) -> int:
    collector = Collector()
    with contextlib.redirect_stdout(sys.stderr):
        code = pytest.main(["-q", "-m", "capability", "-p", "no:cacheprovider", *arguments], plugins=[collector])
    known = rows(LIST.read_text(encoding="utf-8"))
    for number, name in known.items():
        state = "covered" if collector.covered(number) else "open   "
        sys.stdout.write(f"{state} {number} {name}\n")
    unknown = sorted(set(collector.outcomes) - set(known))
    if unknown:
        sys.stdout.write(f"no such row: {', '.join(unknown)}\n")
    number = sum(collector.covered(row) for row in known)
    sys.stdout.write(f"capabilities: {number} of {len(known)}\n")
    nothing_marked = pytest.ExitCode.NO_TESTS_COLLECTED
    return 1 if unknown or code not in {pytest.ExitCode.OK, nothing_marked} else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
