"""Charts: well-formed SVG whatever the data, the same data as a table, colours that can be told apart."""

import math
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from apps.core.charts import (
    BarChart,
    Chart,
    Curve,
    FunnelChart,
    HeatCell,
    HeatTable,
    Histogram,
    Interval,
    LineChart,
    Point,
    ProfileChart,
    ScatterChart,
    Series,
    ShareChart,
    palette,
)
from apps.core.charts.lettering import lines_of, told_apart, width
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
    "line band": LineChart(
        "Годы", "", ["2023", "2024", "2025"], [Series("x", [D(9), None, D(8)], [Interval(D(1), D(20))] * 3)], unit="%"
    ),
    "profile": ProfileChart(
        "Задания", "", ["1", "2", "10К1"],
        [Series("Школа", [D(40), None, D(100)], [Interval(D(30), D(52)), None, Interval(D(90), D(100))]),
         Series("Муниципалитет", [D(45), D(50), D(60)])],
        corridors=[Interval(D(57), D(60)), None, Interval(D("28.5"), D(30))],
    ),
    "profile many": ProfileChart(
        HOSTILE, HOSTILE, [HOSTILE] * 40, [Series(HOSTILE, [D(n) for n in range(40)])] * 4, joined=True
    ),
    "profile empty": ProfileChart("Пусто", "", ["1"], [Series("x", [None])]),
    "heat": HeatTable(
        "Школы", "", [HOSTILE, "Б"], [HOSTILE, *map(str, range(2, 41))],
        [[HeatCell(D(n), (0, 1, 2, None)[n % 4]) for n in range(40)], [None]], steps=("мало", "на границе", "хорошо"),
    ),
    "heat empty": HeatTable("Пусто", "", ["А"], ["1"], [[None]]),
    "scatter": ScatterChart(
        "Связь", "", [Point(HOSTILE, D(n), D(n * 7 % 11), n % 3 == 0) for n in range(30)], "x", "y",
        curves=[Curve("линия", [(D(0), D(1)), (D(29), D(9))]), Curve("прочь", [(D(-5), D(-5)), (D(900), D(900))])],
        point_name="школа", highlight_name="выделена",
    ),
    "scatter one": ScatterChart("Одна", "", [Point("А", D(5), D(5), True)], "x", "y"),
    "scatter empty": ScatterChart("Пусто", "", [], "x", "y"),
    "funnel": FunnelChart(
        "Воронка", "", [Point(f"Ш{n}", D(n * 9), D(50 + n), n == 4) for n in range(9)], "Участников", "Выполнение",
        curves=[Curve("95 %", [(D(n), D(50 + 400 // n)) for n in range(1, 90)])], y_unit="%",
    ),
    "shares": ShareChart("Отметки", "", [HOSTILE, "Пусто"], ["«2»", "«3»", "«4»", "«5»"], [[1, 0, 3, 4], [0] * 4]),
}  # fmt: skip


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
    assert cut.table().headers == ["Период", "x", "Примечание"]
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


def test_a_long_table_of_two_columns_lies_down_on_paper() -> None:
    table = Histogram("x", "", [1] * 40).table()
    parts = table.folded()
    assert [len(part.rows) for part in parts] == [1, 1, 1]
    assert [len(part.headers) - 1 for part in parts] == [14, 14, 12]
    assert parts[2].headers[-1] == "39"
    assert Histogram("x", "", [1] * 8).table().folded()[0].rows == [[str(point), "1"] for point in range(8)]


def test_names_that_begin_alike_stay_different_on_a_phone() -> None:
    names = [f"МБОУ «СОШ № {n} имени Героя Советского Союза»" for n in (1, 2, 12)]
    found = told_apart(names, 90, 13)
    assert len(set(found)) == 3
    assert found[2].startswith("СОШ № 12")
    assert all(width(text, 13) <= 90 for text in found)
    mixed = told_apart([*names, "МБОУ «Белоглинская СОШ»"], 90, 13)
    assert mixed[3].startswith("Белоглин")  # only those that are alike are cut in another place
    long = [f"Средняя общеобразовательная школа № {n} имени героя" for n in (5, 11)]
    assert [text[:5] for text in told_apart(long, 90, 13)] == ["…№ 5 ", "…№ 11"]
    ends = [f"Муниципальная школа при заводе номер {n}" for n in (1, 2)]
    assert [text[-1] for text in told_apart(ends, 90, 13)] == ["1", "2"]
    assert told_apart(["Школа № 1", "Школа № 2"], 90, 13) == ["Школа № 1", "Школа № 2"]


def test_the_label_of_a_bar_keeps_the_end_of_a_long_name() -> None:
    name = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 5 имени героя Иванова-Задунайского»"
    found = lines_of(f"{name} (591)", 200, 14)
    assert found[0].startswith("«Средняя школа")
    assert found[-1].endswith("(591)")
    assert lines_of("МБОУ «СОШ № 7» (61)", 200, 14) == ["МБОУ «СОШ № 7» (61)"]


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


def _lines(chart: Chart, colour: str) -> list[tuple[float, ...]]:
    names = ("x1", "y1", "x2", "y2")
    found = [line for line in _parsed(chart, False).iter(f"{SVG}line") if line.attrib["stroke"] == colour]
    return [tuple(float(line.attrib[name]) for name in names) for line in found]


def test_whiskers_span_their_intervals() -> None:
    """0–100 % is 260 units high: 30 % to 52 % of it is 57.2."""
    interval = Interval(D(30), D(52))
    chart = ProfileChart("x", "", ["1"], [Series("Школа", [D(40)], [interval])])
    upright = [abs(y2 - y1) for x1, y1, x2, y2 in _lines(chart, palette.SERIES[0]) if x1 == x2]
    assert upright == [pytest.approx(57.2, abs=0.15)]


def test_corridors_and_intervals_stand_in_the_table() -> None:
    table = CHARTS["profile"].table()
    assert table.headers == ["Задание", "Школа, %", "Муниципалитет, %", "Граница уровня"]
    assert table.rows[0] == ["1", "40 (30–52)", "45", "57,0–60,0"]
    assert table.rows[1] == ["2", "нет данных", "50", "—"]


def test_poor_cells_are_hatched_and_the_rest_are_not() -> None:
    cells = [[HeatCell(D(10), 0), HeatCell(D(58), 1), HeatCell(D(90), 2)]]
    chart = HeatTable("x", "", ["Школа"], ["1", "2", "3"], cells, steps=("мало", "на границе", "хорошо"))
    fills = [rect.attrib["fill"] for rect in _parsed(chart, False).iter(f"{SVG}rect")]
    assert sum(fill.startswith("url(#") for fill in fills) == 2  # the legend and the one poor cell
    assert fills.count(palette.HEAT[1]) == fills.count(palette.HEAT[2]) == 2
    assert chart.table().rows == [["Школа", "10", "58", "90"]]


def test_only_stressed_points_are_named_and_names_do_not_overlap() -> None:
    points = [Point(f"Школа {n}", D(n), D(n), highlight=n in {3, 4}) for n in range(9)]
    chart = ScatterChart("x", "", points, "Доля", "Балл", point_name="школа", highlight_name="выделена")
    texts = [text.text for text in _parsed(chart, False).iter(f"{SVG}text") if "font-weight" in text.attrib]
    assert texts == ["Школа 3", "Школа 4"]
    assert [row[-1] for row in chart.table().rows].count("выделена") == 2


def test_curves_are_cut_at_the_field() -> None:
    """A straight line from far below to far above draws only its points inside; two points outside draw nothing."""
    drawn = str(CHARTS["scatter"].svg())
    assert drawn.count('stroke-linejoin="round"') == 1


def test_shares_of_a_row_are_of_its_whole() -> None:
    table = CHARTS["shares"].table()
    assert table.rows[0][1:] == ["8", "12,5", "0,0", "37,5", "50,0"]
    assert table.rows[1][1:] == ["0", *["нет данных"] * 4]


def test_a_band_is_drawn_where_neighbours_have_intervals() -> None:
    interval = Interval(D(40), D(60))
    whole = LineChart("x", "", ["1", "2"], [Series("x", [D(50), D(51)], [interval, interval])])
    assert "fill-opacity" in str(whole.svg())
    assert "fill-opacity" not in str(CHARTS["line band"].svg())  # a gap parts the two years
    assert CHARTS["line band"].table().rows[0][1] == "9 (1–20)"
