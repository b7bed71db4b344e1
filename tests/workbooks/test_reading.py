"""What read_workbook promises about files that people really send."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from apps.core.findings import Refused
from apps.workbooks.cells import CellProblem
from apps.workbooks.reading import FORM, REGISTER, RESULTS, read_workbook
from tests.workbooks.making import book_of, exact, relations, saved, workbook_xml
from tests.workbooks.samples import sample


def test_cells_keep_their_types_and_places():
    rows = [["Код", "Число"], ["so-1", 12], [None, 2.5], ["да", True], ["дата", date(2026, 9, 1)]]
    book = read_workbook(book_of(Данные=[*rows, [], ["время", datetime(2026, 9, 1, 8, 30)]]))
    sheet = book.sheets[0]
    assert book.format == "xlsx"
    assert (sheet.name, sheet.state) == ("Данные", "visible")
    assert sheet.rows == [*rows, [None, None], ["время", datetime(2026, 9, 1, 8, 30)]]
    assert [type(row[1]) for row in sheet.rows[1:4]] == [int, float, bool]
    assert sheet.at("B3") == 2.5
    assert sheet.cell(99, 1) is None


def test_position_is_kept_when_the_table_does_not_start_at_a1():
    book = Workbook()
    book.active["D7"] = "здесь"
    sheet = read_workbook(saved(book)).sheets[0]
    assert (len(sheet.rows), sheet.width) == (7, 4)
    assert sheet.at("D7") == "здесь"


def test_position_is_kept_in_bulk_reading_too():
    """A table large enough for the quick way, with two empty columns before it and two empty rows above."""
    rows = [[], [], *([None, None, n, f"текст {n % 7}", n / 4] for n in range(20_000))]
    sheet = read_workbook(book_of(Много=rows), limits=RESULTS).sheets[0]
    assert (len(sheet.rows), sheet.width) == (20_002, 5)
    assert sheet.rows[0] == [None] * 5
    assert sheet.rows[3] == [None, None, 1, "текст 1", 0.25]
    assert sheet.rows[-1] == [None, None, 19_999, f"текст {19_999 % 7}", 19_999 / 4]


def test_formula_gives_its_stored_result_and_says_so():
    book = read_workbook(exact('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>4</v></c></row>'))
    sheet = book.sheets[0]
    assert sheet.at("B1") == 4
    assert sheet.formulas == {"B1": "=A1*2"}
    assert sheet.formula(1, 2) == "=A1*2"
    assert sheet.formula(1, 1) == ""


def test_percent_format_is_told():
    book = Workbook()
    book.active["A1"] = 0.85
    book.active["A1"].number_format = "0%"
    book.active["A2"] = 85
    sheet = read_workbook(saved(book)).sheets[0]
    assert sheet.percents == {"A1"}


def test_sheets_are_found_by_name_in_any_state():
    book = Workbook()
    book.active.title = "Показатели"
    book.active["A1"] = 1
    for name, state in (("Скрытый", "hidden"), ("_id", "veryHidden")):
        hidden = book.create_sheet(name)
        hidden["A1"] = name
        hidden.sheet_state = state
    read = read_workbook(saved(book))
    assert [sheet.state for sheet in read.sheets] == ["visible", "hidden", "very_hidden"]
    assert [sheet.name for sheet in read.visible] == ["Показатели"]
    assert read.sheet("_ID").at("A1") == "_id"
    assert read.sheet("нет такого") is None


def test_a_book_of_1904_keeps_its_dates():
    workbook = workbook_xml('<sheet name="Лист1" sheetId="1" r:id="rId1"/>', properties='<workbookPr date1904="1"/>')
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    links = relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    parts = {"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": links, "xl/styles.xml": styles}
    stream = exact('<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>-5</v></c></row>', parts=parts)
    sheet = read_workbook(stream).sheets[0]
    assert sheet.at("A1") == date(1904, 1, 2)
    assert sheet.at("B1") == CellProblem("date", "-5")


def test_rich_text_is_one_text():
    text = "<is><r><t>Школа </t></r><r><rPr><b/></rPr><t>№ 1</t></r><rPh><t>ня</t></rPh></is>"
    sheet = read_workbook(exact(f'<row r="1"><c r="A1" t="inlineStr">{text}</c></row>')).sheets[0]
    assert sheet.at("A1") == "Школа № 1"


def test_cells_without_addresses_follow_one_another():
    sheet = read_workbook(exact("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")).sheets[0]
    assert sheet.rows == [[1, 2], [3, None]]


def test_a_stream_is_read_from_its_start_and_left_there():
    stream = book_of(Лист=[["а"]])
    stream.seek(5)
    assert read_workbook(stream).sheets[0].rows == [["а"]]
    assert stream.tell() == 0


def test_a_path_is_read(tmp_path):
    path = tmp_path / "книга.xlsx"
    path.write_bytes(book_of(Лист=[["а"]]).getvalue())
    assert read_workbook(path).sheets[0].rows == [["а"]]


def test_bold_empty_cells_do_not_count():
    book = Workbook()
    book.active["A1"] = "а"
    book.active["Z90"].font = Font(bold=True)
    assert read_workbook(saved(book)).sheets[0].rows == [["а"]]


def test_installation_may_tighten_limits(settings):
    settings.WORKBOOK_LIMITS = {"form": {"rows": 2}}
    with pytest.raises(Refused) as refused:
        read_workbook(book_of(Лист=[[1], [2], [3]]), limits=FORM)
    assert refused.value.findings[0].code == "sheet_too_large"
    assert read_workbook(book_of(Лист=[[1], [2], [3]]), limits=REGISTER).sheets[0].rows == [[1], [2], [3]]


@pytest.mark.parametrize(
    ("pattern", "rows", "width"),
    [
        ("altai_vpr/2020/4/*.xlsx", 26_627, 50),
        ("altai_vpr/2021/4/*математике*.xlsx", 26_667, 32),
        ("altai_vpr/2021/4/*русскому*.xlsx", 26_596, 36),
        ("altai_vpr/2022/4/*.xlsx", 6, 10),
        ("altai_vpr/logins.xlsx", 693, 3),
    ],
)
def test_real_files_are_read_whole(pattern, rows, width):
    """Sizes were counted from the rows and cells of the XML itself."""
    sheet = read_workbook(sample(pattern), limits=RESULTS).sheets[0]
    assert (len(sheet.rows), sheet.width) == (rows, width)
