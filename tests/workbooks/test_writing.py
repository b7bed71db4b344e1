"""Plain tables on their way out."""

import io
import random
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from apps.workbooks.reading import REGISTER, read_workbook
from apps.workbooks.writing import export_table, sheet_title

LIVE = ["=1+1", "+7 900", "-2", "@SUM(A1)", "＝1", "＋1", "－1", "＠1", "=cmd|' /C calc'!A0", "'=1", "''=1", "-"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_u10_live_texts_leave_as_texts_and_come_back_the_same(kind):
    data = export_table(["Текст", "=ЗАГОЛОВОК"], [[text, 1] for text in LIVE], kind=kind)
    rows = read_workbook(io.BytesIO(data), limits=REGISTER).sheets[0].rows
    assert [row[0] for row in rows[1:]] == LIVE
    assert rows[0][1] == "=ЗАГОЛОВОК"


def test_u10_no_cell_of_an_xlsx_is_a_formula():
    book = load_workbook(io.BytesIO(export_table(["=А"], [[text] for text in LIVE])))
    assert {cell.data_type for row in book.active.rows for cell in row} == {"s"}


def test_u10_no_field_of_a_csv_begins_with_a_live_character():
    text = export_table(["Текст"], [[text] for text in LIVE], kind="csv").decode("utf-8-sig")
    fields = [line.strip('"') for line in text.split("\r\n")[1:] if line]
    assert len(fields) == len(LIVE)
    assert {field[0] for field in fields} == {"'"}


def test_csv_is_what_a_russian_spreadsheet_opens():
    rows = [["Школа; «первая»", Decimal("12.50"), -3, 0.1, None, True, date(2026, 9, 1), datetime(2026, 9, 1, 8, 30)]]
    text = export_table(["А", "Б", "В", "Г", "Д", "Е", "Ж", "З"], rows, kind="csv")
    assert text.startswith(b"\xef\xbb\xbf")
    line = text.decode("utf-8-sig").split("\r\n")[1]
    assert line == '"Школа; «первая»";12,50;-3;0,1;;да;01.09.2026;01.09.2026 08:30'


def test_xlsx_keeps_types():
    rows = [["а", 1, Decimal("2.5"), None, date(2026, 9, 1)]]
    sheet = read_workbook(io.BytesIO(export_table(list("абвгд"), rows, title="Список"))).sheets[0]
    assert sheet.name == "Список"
    assert sheet.rows[1] == ["а", 1, 2.5, None, date(2026, 9, 1)]


def test_w11_properties_name_nobody():
    with zipfile.ZipFile(io.BytesIO(export_table(["А"], [["б"]]))) as archive:
        properties = archive.read("docProps/core.xml").decode()
    assert "creator" not in properties
    assert "lastModifiedBy" not in properties


def test_texts_that_no_spreadsheet_can_hold_are_cleaned():
    long = "".join(random.Random(7).choices("абвгдеёжзий ", k=40_000))  # one letter again and again looks like a bomb
    data = export_table(["А"], [["до\x00по\x0bсле"], [long]])
    rows = read_workbook(io.BytesIO(data)).sheets[0].rows
    assert rows[1] == ["допосле"]
    assert rows[2] == [long[:32_767]]


@pytest.mark.parametrize(
    ("text", "title"),
    [("Итоги: 5/6 [2025]?", "Итоги  5 6  2025"), ("", "Лист"), ("д" * 40, "д" * 31), ("'а'", "а")],
)
def test_sheet_titles_are_allowed_ones(text, title):
    assert sheet_title(text) == title
