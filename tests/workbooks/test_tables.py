"""Tables read by their header words."""

import pytest

from apps.core.findings import has_errors
from apps.workbooks.cells import CellProblem
from apps.workbooks.reading import REGISTER, Sheet, Workbook, read_workbook
from apps.workbooks.tables import Column, read_table
from tests.workbooks.making import book_of

COLUMNS = [
    Column("code", ("Код", "Код организации")),
    Column("name", ("Наименование",)),
    Column("site", ("Сайт", "Адрес сайта"), required=False),
]


def table_of(*rows, **sheet):
    return read_table(Workbook([Sheet("Лист", [list(row) for row in rows], **sheet)]), COLUMNS)


def test_columns_may_stand_in_any_order_under_a_title():
    book = book_of(
        Реестр=[["Реестр школ"], [], ["Адрес  САЙТА", "Наименование*", "Код:"], ["a.example", "Школа", "s1"]]
    )
    table = read_table(read_workbook(book, limits=REGISTER), COLUMNS)
    assert not has_errors(table.findings)
    assert (table.sheet, table.header_row) == ("Реестр", 3)
    (row,) = table.rows
    assert (row.number, row["code"], row["name"], row["site"]) == (4, "s1", "Школа", "a.example")
    assert row.address("code") == "C4"


def test_csv_is_read_the_same_way(tmp_path):
    path = tmp_path / "реестр.csv"
    path.write_bytes("Код;Наименование\r\ns1;Школа № 1\r\n".encode("cp1251"))
    (row,) = read_table(read_workbook(path, limits=REGISTER), COLUMNS).rows
    assert (row["code"], row["name"], row["site"], row.address("site")) == ("s1", "Школа № 1", None, "")


def test_empty_rows_are_passed_over_and_numbers_are_those_of_the_file():
    table = table_of(("Код", "Наименование"), (None, None), ("s1", "А"), (None, None), ("s2", "Б"))
    assert [row.number for row in table.rows] == [3, 5]


def test_yo_and_case_do_not_matter():
    column = Column("report", ("Отчёт",))
    table = read_table(Workbook([Sheet("Лист", [["ОТЧЕТ"], ["да"]])]), [column])
    assert table.rows[0]["report"] == "да"


def test_missing_column_is_named():
    table = table_of(("Код", "Сайт"), ("s1", "a.example"))
    (finding,) = [finding for finding in table.findings if finding.code == "column_missing"]
    assert "«Наименование»" in str(finding)
    assert finding.row == 1
    assert has_errors(table.findings)


def test_repeated_column_names_both_places():
    table = table_of(("Код", "Наименование", "Код организации"), ("s1", "А", "s2"))
    (finding,) = [finding for finding in table.findings if finding.code == "column_repeated"]
    assert finding.found == "A1 и C1"


def test_unknown_columns_are_left_aside_and_said():
    table = table_of(("Код", "Наименование", "Телефон"), ("s1", "А", "1"))
    assert not has_errors(table.findings)
    (finding,) = table.findings
    assert (finding.code, finding.found) == ("column_unknown", "«Телефон»")


@pytest.mark.parametrize("rows", [[("Код",), ("s1",)], [("что-то", "иное")], []])
def test_no_header_is_one_error(rows):
    table = table_of(*rows)
    assert [finding.code for finding in table.findings] == ["header_missing"]
    assert table.rows == []


def test_header_without_rows_is_an_error():
    assert [finding.code for finding in table_of(("Код", "Наименование")).findings] == ["table_empty"]


def test_hidden_sheets_are_not_looked_at():
    hidden = Sheet("Скрытый", [["Код", "Наименование"], ["s1", "А"]], state="hidden")
    assert read_table(Workbook([hidden]), COLUMNS).findings[0].code == "header_missing"


def test_cell_problems_and_merged_cells_are_errors_with_addresses():
    rows = (("Код", "Наименование"), ("s1", CellProblem("error", "#REF!")), (None, "Б"))
    table = table_of(*rows, merged=["A2:A3"])
    assert [(finding.code, finding.cell) for finding in table.findings] == [("cell_error", "B2"), ("cell_merged", "A3")]
    assert "A2:A3" in str(table.findings[1])
