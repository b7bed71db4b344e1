"""Findings written back into the workbook."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from apps.core.findings import Refused, error, query
from apps.workbooks.annotating import annotate
from tests.workbooks.making import saved

BAD = error("text", "это не число.", sheet="Лист", cell="B2", found="пять", expected="целое число", action="Исправьте.")


def filled() -> io.BytesIO:
    book = Workbook()
    sheet = book.active
    sheet.title = "Лист"
    sheet["A1"], sheet["B2"] = "Показатель", "пять"
    sheet["B2"].fill = PatternFill("solid", fgColor="FFF7D6")
    sheet.merge_cells("D1:E2")
    return saved(book)


def test_each_named_cell_gets_a_comment_and_a_colour():
    jump = query("jump", "вдвое больше прошлого года.", sheet="лист", cell="B2")
    sheet = load_workbook(io.BytesIO(annotate(filled(), [BAD, jump])))["Лист"]
    text = sheet["B2"].comment.text
    assert "Это не число. Найдено: пять. Ожидалось: целое число. Исправьте." in text
    assert "Вдвое больше прошлого года." in text
    assert sheet["B2"].fill.fgColor.rgb == "00F8C9C4"
    assert sheet["B2"].value == "пять"
    assert sheet["A1"].comment is None


def test_marks_of_an_earlier_round_go_away():
    once = annotate(filled(), [BAD])
    sheet = load_workbook(io.BytesIO(annotate(io.BytesIO(once), [])))["Лист"]
    assert sheet["B2"].comment is None
    assert sheet["B2"].fill.fgColor.rgb == "00FFF7D6"


def test_findings_without_a_place_in_the_book_are_left_out():
    elsewhere = error("x", "текст.", sheet="Нет такого", cell="A1")
    sheet = load_workbook(io.BytesIO(annotate(filled(), [error("x", "вообще."), elsewhere])))["Лист"]
    assert not [cell for row in sheet.rows for cell in row if cell.comment]


def test_a_mark_inside_a_merged_range_stands_on_its_first_cell():
    sheet = load_workbook(io.BytesIO(annotate(filled(), [error("x", "объединено.", sheet="Лист", cell="E2")])))["Лист"]
    assert sheet["D1"].comment.text == "Объединено."


def test_many_marks_pass():
    marks = [error("x", "много.", sheet="Лист", cell=f"C{row}", found="я" * 60) for row in range(1, 3001)]
    sheet = load_workbook(io.BytesIO(annotate(filled(), marks)))["Лист"]
    assert sum(cell.comment is not None for row in sheet.rows for cell in row) == 3000


def test_a_broken_file_is_refused_as_in_reading():
    with pytest.raises(Refused):
        annotate(io.BytesIO(filled().getvalue()[:-100]), [BAD])
