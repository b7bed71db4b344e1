"""Every row of the list of faults that concerns uploads and concurrency has a test.

A test names its rows by the marker `fault("U01", …)`, or by its own name: `test_u1_…`, `test_u20_u22_…`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROWS = {
    "U01": "zip bomb", "U02": "XXE and document types", "U03": "billion laughs, deep nesting",
    "U04": "external links, DDE, live formulas", "U05": "macros and objects", "U06": "other formats",
    "U07": "password", "U08": "damaged archives", "U09": "formula cells", "U10": "injection on the way out",
    "U11": "wrong dimension", "U12": "emptiness and far cells", "U13": "merge over the whole sheet",
    "U14": "styles, sheets, names", "U15": "merged data", "U16": "hidden, extra, decoy sheets",
    "U17": "another template, period, organisation", "U18": "moved rows and columns",
    "U19": "double, unknown, missing rows", "U20": "no number in a cell is never zero",
    "U21": "numbers written in other ways", "U22": "dates for numbers", "U23": "look-alikes in codes",
    "U24": "strange characters", "U25": "numbers out of bounds", "U26": "rules between cells", "U27": "blank form",
    "U28": "everything wrong", "U29": "personal data", "U30": "names of files", "U31": "CSV", "U32": "too many uploads",
    "U33": "too large, too slow, cut", "U34": "virus", "U35": "partly valid",
    "C01": "two editors", "C02": "pressed twice", "C03": "two files at once", "C04": "closed meanwhile",
    "C05": "publication and recount", "C06": "role ended while the job waits", "C07": "deadlocks", "C08": "numbers",
}  # fmt: skip

TESTS = Path(__file__).parent.parent


def _named(function: ast.FunctionDef) -> Iterator[str]:
    if match := re.match(r"test((?:_[uc]\d+)+)_", function.name):
        for row in match[1].upper().split("_")[1:]:
            yield f"{row[0]}{int(row[1:]):02}"
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.fault":
            yield from (ast.literal_eval(argument) for argument in decorator.args)


def proved() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for row in _named(node):
                    found.setdefault(row, []).append(f"{path.name}::{node.name}")
    return found


@pytest.mark.parametrize("row", ROWS)
def test_the_row_has_a_test(row: str) -> None:
    assert proved().get(row), f"{row} ({ROWS[row]}) has no test"


def test_no_test_names_a_row_that_is_not_there() -> None:
    assert {row for row in proved() if row[0] in "UC"} - ROWS.keys() == set()
