"""Charts: well-formed SVG whatever the data, the same data as a table, colours that can be told apart."""

import math
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from apps.core.charts import BarChart, Chart, Histogram, LineChart, Series, palette
from apps.core.charts.scale import axis

D = Decimal

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('1')</script> & \"x\" \x00\x08 ]]> «ё»"

CHARTS = {
    "bars": BarChart("Школы", "Доля", ["А", "Б"], [Series("2025", [D("54.3"), D(20)])], unit="%", decimals=1),
    "groups": BarChart("Классы", "", ["4", "5"], [Series("а", [D(1), None]), Series("б", [D(2), D(3)])]),
    "stack": BarChart("Отметки", "", ["А"], [Series(f"«{m}»", [D(25)]) for m in range(2, 6)], unit="%", stacked=True),
    "lying": BarChart("Школы", "", ["А", "Б"], [Series("x", [D(3), None])], horizontal=True, highlight=0),
    "lying stack": BarChart(
        "Отметки", "", ["А", "Б"], [Series("x", [D(3), None]), Series("y", [D(1), None])], stacked=True, horizontal=True
    ),
    "negative": BarChart("Изменение", "", ["А", "Б"], [Series("x", [D("-3.4"), D("2")])], unit="п. п.", decimals=1),
    "negative lying": BarChart("Изменение", "", ["А"], [Series("x", [D("-3.4")])], horizontal=True, decimals=1),
    "sixty": BarChart("Школы", "", [f"Школа № {n}" for n in range(1, 61)], [Series("x", [D(n) for n in range(60)])]),
    "hostile": BarChart(HOSTILE, HOSTILE, [HOSTILE] * 2, [Series(HOSTILE, [D(1), None])] * 2, unit="%"),
    "no values": BarChart("Пусто", "", ["А"], [Series("x", [None])]),
    "no labels": BarChart("Пусто", "", [], []),
    "huge": BarChart("Много", "", ["А"], [Series("x", [D("1e15")])]),
    "zeroes": BarChart("Нули", "", ["А", "Б"], [Series("x", [D(0), D(0)])]),
    "line": LineChart("Годы", "", ["2023", "2024", "2025"], [Series("x", [D(91), None, D(93)])], unit="%"),
    "line point": LineChart("Год", "", ["2025"], [Series("x", [D("4.25")])], decimals=2),
    "line flat": LineChart("Год", "", ["2024", "2025"], [Series("x", [D(5), D(5)])]),
    "line breaks": LineChart(
        HOSTILE, "", ["1", "2", "3"], [Series("x", [D(1), D(2), D(3)])] * 3, breaks=[(0, "a"), (2, HOSTILE), (9, "z")]
    ),
    "line many": LineChart(
        "Месяцы", "", [f"{n}.2025" for n in range(60)], [Series("x", [D(n % 7)] * 60) for n in (1, 2)]
    ),
    "line empty": LineChart("Пусто", "", ["1", "2"], [Series("x", [None, None])]),
    "histogram": Histogram("Баллы", "", [0, 1, 5, 9, 3], bounds=[(0, "«2»"), (2, "«3»"), (4, "«5»"), (99, "?")]),
    "histogram empty": Histogram("Баллы", "", [0, 0]),
    "histogram long": Histogram("Баллы", "", list(range(101))),
}


def _parsed(chart: Chart, narrow: bool) -> ET.Element:
    return ET.fromstring(str(chart.svg(narrow=narrow)))  # noqa: S314 - our own output


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", CHARTS)
def test_svg_is_well_formed_and_stays_on_its_canvas(name: str, narrow: bool) -> None:
    root = _parsed(CHARTS[name], narrow)
    _, _, width, height = (float(n) for n in root.attrib["viewBox"].split())
    assert width == (320 if narrow else 720)
    numbers = [
        (element.tag, key, float(value))
        for element in root.iter()
        for key, value in element.attrib.items()
        if key in {"x", "y", "x1", "x2", "y1", "y2", "width", "height"} and element.tag != f"{SVG}svg"
    ]
    assert all(math.isfinite(n) for _, _, n in numbers)
    assert all(-1 <= n <= width + 1 for _, key, n in numbers if key in {"x", "x1", "x2"})
    assert all(-1 <= n <= height + 1 for _, key, n in numbers if key in {"y", "y1", "y2"})
    assert "NaN" not in ET.tostring(root, encoding="unicode")


@pytest.mark.parametrize("name", CHARTS)
def test_svg_is_named_and_needs_no_style_sheet(name: str) -> None:
    root = _parsed(CHARTS[name], narrow=False)
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    assert root.attrib["role"] == "img"
    assert set(root.attrib["aria-labelledby"].split()) <= ids
    assert not [element for element in root.iter() if "style" in element.attrib or "class" in element.attrib]
    used = re.findall(r"url\(#([^)]+)\)", ET.tostring(root, encoding="unicode"))
    assert set(used) <= ids
    assert all("font-family" in text.attrib for text in root.iter(f"{SVG}text"))


def test_hostile_labels_are_text() -> None:
    for name in ("hostile", "line breaks"):
        assert not list(_parsed(CHARTS[name], narrow=False).iter(f"{SVG}script"))
        assert "<script" not in str(CHARTS[name].svg())


def test_two_charts_of_different_data_have_different_ids() -> None:
    assert CHARTS["bars"].key() != CHARTS["groups"].key()
    assert CHARTS["bars"].key() == CHARTS["bars"].key()


def test_bar_lengths_are_proportional() -> None:
    root = _parsed(BarChart("x", "", ["А", "Б"], [Series("x", [D(10), D(40)])]), narrow=False)
    heights = [float(rect.attrib["height"]) for rect in root.iter(f"{SVG}rect")]
    assert heights[1] / heights[0] == pytest.approx(4, rel=0.01)


def test_absent_value_is_a_gap_and_is_said() -> None:
    chart = CHARTS["lying"]
    root = _parsed(chart, narrow=False)
    assert len(list(root.iter(f"{SVG}rect"))) == 1
    assert "нет данных" in [text.text for text in root.iter(f"{SVG}text")]
    assert chart.table().rows == [["А", "3"], ["Б", "нет данных"]]


def test_line_is_cut_at_gaps_and_breaks() -> None:
    whole = LineChart("x", "", ["1", "2", "3", "4"], [Series("x", [D(1), D(2), D(3), D(4)])])
    cut = LineChart("x", "", ["1", "2", "3", "4"], [Series("x", [D(1), D(2), D(3), D(4)])], breaks=[(2, "новая шкала")])
    lines = [
        [p for p in _parsed(c, narrow=False).iter(f"{SVG}path") if p.attrib["fill"] == "none"] for c in (whole, cut)
    ]
    assert [len(found) for found in lines] == [1, 2]
    assert "новая шкала" in str(cut.svg())
    assert cut.table().headers == ["", "x", "Примечание"]
    assert cut.table().rows[2] == ["3", "3", "новая шкала"]


def test_line_says_when_its_axis_does_not_begin_at_zero() -> None:
    near = LineChart("x", "", ["1", "2"], [Series("x", [D(91), D(93)])])
    far = LineChart("x", "", ["1", "2"], [Series("x", [D(1), D(93)])])
    assert "Шкала начинается не с нуля" in str(near.svg())
    assert "Шкала начинается не с нуля" not in str(far.svg())


def test_table_has_units_and_decimal_comma() -> None:
    table = CHARTS["bars"].table()
    assert table.headers == ["", "2025, %"]
    assert table.rows == [["А", "54,3"], ["Б", "20,0"]]


def test_neighbouring_colours_differ_in_lightness() -> None:
    assert all(palette.contrast(colour, palette.PAPER) >= 3 for colour in palette.SERIES)
    pairs = zip(palette.SERIES, palette.SERIES[1:] + palette.SERIES[:1], strict=True)
    assert all(palette.contrast(one, other) >= 3 for one, other in pairs)
    assert palette.contrast(palette.QUIET, palette.SERIES[0]) >= 3
    assert all(palette.contrast(palette.ink_on(colour), colour) >= 4.5 for colour in palette.SERIES)


def test_each_series_has_a_hatch_of_its_own() -> None:
    assert len(set(palette.HATCHES)) == len(palette.HATCHES) == len(palette.SERIES)


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        pytest.param([D(0), D(97)], D(0), D(100), D(20), id="hundred"),
        pytest.param([D("0.3")], D(0), D("0.3"), D("0.1"), id="small"),
        pytest.param([D(-3), D(2)], D(-3), D(2), D(1), id="both signs"),
        pytest.param([], D(0), D(1), D("0.2"), id="nothing"),
    ],
)
def test_axis_has_round_marks(values: list[D], low: D, high: D, step: D) -> None:
    found = axis(values)
    assert (found.low, found.high, found.step) == (low, high, step)
