"""Rows U of the list of faults that belong to reading: each ends in a workbook or in one clear refusal, in time."""

import io
import random
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import openpyxl
import openpyxl.xml
import pytest

from apps.core.findings import Refused
from apps.workbooks.cells import CellProblem
from apps.workbooks.formats import NAMES
from apps.workbooks.limits import FORM, REGISTER, RESULTS, Limits
from apps.workbooks.reading import Workbook, read_workbook
from tests.faults import hostile
from tests.faults.promise import within_promise
from tests.workbooks.making import book_of, exact, parts_of, relations, saved, sheet_xml, workbook_xml, zipped


def read(data: bytes, limits: Limits = FORM) -> Workbook:
    """Read within the promised time and memory."""
    with within_promise():
        return read_workbook(io.BytesIO(data), limits=limits)


def refused(data: bytes, limits: Limits = FORM) -> str:
    """Code of the one reason for which the file is refused; it is told in Russian, with what to do about it."""
    with pytest.raises(Refused) as caught:
        read(data, limits)
    (finding,) = caught.value.findings
    assert any("а" <= letter <= "я" for letter in finding.message)
    assert "Traceback" not in str(finding)
    return finding.code


@pytest.fixture
def canary() -> Iterator[tuple[str, list[object]]]:
    """An address on this machine that must not be called, and the list of those who did."""
    calls: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                connection, caller = server.accept()
            except TimeoutError:
                continue
            calls.append(caller)
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
    stop.set()
    thread.join()
    server.close()
    assert calls == []


def test_the_good_workbook_is_accepted():
    assert read(hostile.good()).sheets[0].rows == [[1]]


# --- U1


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.white_space_bomb, "file_too_heavy"),
        (hostile.shared_string_bomb, "file_too_heavy"),
        (hostile.picture_bomb, "file_too_heavy"),
        (hostile.many_entries, "file_too_heavy"),
        (hostile.lying_directory, "file_damaged"),
        (hostile.overlapping_entries, "file_damaged"),
    ],
)
def test_u1_zip_bombs_are_refused(make, code):
    started = time.monotonic()
    data = make()
    made = time.monotonic()
    assert refused(data) == code
    assert time.monotonic() - made < max(5, made - started)


def test_u1_a_part_within_the_size_is_refused_for_its_ratio():
    assert refused(hostile.picture_bomb(20 << 20)) == "file_too_heavy"


def test_u1_a_large_file_is_refused_before_it_is_looked_at():
    assert refused(bytes(FORM.packed_bytes + 1)) == "file_too_big"


# --- U2, U3

PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "[Content_Types].xml", "docProps/core.xml"]


@pytest.mark.parametrize("kind", hostile.DOCTYPES)
def test_u2_u3_any_document_type_refuses_the_file(kind, canary):
    doctype = hostile.DOCTYPES[kind].replace("{canary}", canary[0])
    assert refused(hostile.doctype_in("xl/worksheets/sheet1.xml", doctype)) == "file_doctype"


@pytest.mark.parametrize("part", PARTS)
def test_u2_in_any_part(part):
    assert refused(hostile.doctype_in(part, "<!DOCTYPE x>")) == "file_doctype"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_u2_in_any_encoding(encoding, canary):
    doctype = hostile.DOCTYPES["external entity"].replace("{canary}", canary[0])
    data = hostile.doctype_in("xl/worksheets/sheet1.xml", doctype, encoding)
    assert refused(data) in ("file_doctype", "file_damaged")


def test_u2_a_sheet_in_utf_16_without_a_document_type_is_read():
    assert read(hostile.doctype_in("xl/worksheets/sheet1.xml", "", "utf-16")).sheets[0].rows == [[1]]


def test_u2_openpyxl_is_guarded_by_defusedxml():
    assert openpyxl.DEFUSEDXML
    assert openpyxl.xml.DEFUSEDXML


def test_u3_deep_nesting_is_refused():
    started = time.monotonic()
    assert refused(hostile.deep_nesting()) == "file_damaged"
    assert time.monotonic() - started < 10


# --- U4, U5


def test_u4_links_to_other_books_are_not_followed_and_said():
    book = read(hostile.with_external_link())
    assert book.sheets[0].rows == [[1]]
    assert [finding.code for finding in book.notices] == ["external_links"]


def test_u4_remote_pictures_are_not_fetched(canary):
    book = read(hostile.with_remote_picture(f"{canary[0]}/picture.png"))
    assert [finding.code for finding in book.notices] == ["external_links"]


@pytest.mark.parametrize("body", ['<ddeLink ddeService="cmd" ddeTopic="/c calc"/>', '<oleLink progId="x"/>'])
def test_u4_dde_links_refuse_the_file(body):
    assert refused(hostile.with_external_link(body)) == "file_live_link"


def test_u4_connections_refuse_a_form_and_are_left_aside_in_a_register(canary):
    data = hostile.with_connection(canary[0])
    assert refused(data) == "file_live_link"
    assert [finding.code for finding in read(data, REGISTER).notices] == ["external_links"]


@pytest.mark.parametrize(
    "formula", ['WEBSERVICE("{}")', 'webservice ("{}")', "cmd|'/C calc'!A0", 'RTD("x",,"{}")', 'CALL("kernel32")']
)
def test_u4_formulas_that_reach_out_refuse_the_file(formula, canary):
    assert refused(hostile.with_formula(formula.format(canary[0]).replace("&", "&amp;"))) == "file_live_link"


def test_u4_the_same_words_inside_a_text_do_no_harm():
    sheet = read(hostile.with_formula('"WEBSERVICE(|)"&amp;A2')).sheets[0]
    assert sheet.formulas == {"A1": '="WEBSERVICE(|)"&A2'}


@pytest.mark.parametrize(
    "part",
    [
        "xl/vbaProject.bin",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.xml",
        "xl/macrosheets/sheet1.xml",
        "docs/stray.bin",
    ],
)
def test_u5_macros_and_objects_refuse_the_file(part):
    assert refused(hostile.with_raw_parts({part: b"<x/>"})) == "file_macros"


def test_u5_a_renamed_xlsm_is_refused():
    assert refused(hostile.macro_type()) == "file_macros"


def test_u5_printer_settings_do_no_harm():
    assert read(hostile.with_raw_parts({"xl/printerSettings/printerSettings1.bin": b"x"})).sheets[0].rows == [[1]]


# --- U6, U7


@pytest.mark.parametrize("kind", hostile.OTHER_FORMATS)
def test_u6_other_formats_are_named(kind):
    with pytest.raises(Refused) as caught:
        read(hostile.OTHER_FORMATS[kind])
    (finding,) = caught.value.findings
    assert (finding.code, finding.found) == ("file_format", NAMES[kind])
    assert "сохраните" in finding.action


def test_u6_strict_open_xml_is_refused():
    assert refused(hostile.strict()) == "file_strict"


def test_u6_an_empty_file_is_refused():
    assert refused(b"") == "file_empty"


@pytest.mark.parametrize("kind", ["html", "xml2003", "ods", "pdf", "unknown"])
def test_u6_results_take_no_more_than_xlsx_xls_and_csv(kind):
    assert refused(hostile.OTHER_FORMATS[kind], RESULTS) == "file_format"


def test_u6_a_broken_xls_of_results_is_refused():
    assert refused(hostile.OTHER_FORMATS["xls"], RESULTS) == "file_damaged"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_u6_a_real_xls_of_results_is_read_and_a_form_is_refused(tmp_path):
    source = tmp_path / "book.xlsx"
    source.write_bytes(book_of(Итоги=[[None, "Школа", 5], [None, "Лицей", 4.5], [None, "да", True]]).getvalue())
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "xls", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    data = (tmp_path / "book.xls").read_bytes()
    book = read(data, RESULTS)
    assert (book.format, book.sheets[0].name) == ("xls", "Итоги")
    assert book.sheets[0].rows == [[None, "Школа", 5], [None, "Лицей", 4.5], [None, "да", True]]
    assert refused(data) == "file_format"


@pytest.mark.parametrize("limits", [FORM, RESULTS], ids=["form", "results"])
def test_u7_a_password_is_called_a_password(limits):
    assert refused(hostile.compound("EncryptionInfo", "EncryptedPackage"), limits) == "file_password"


# --- U8


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.bad_checksum, "file_damaged"),
        (hostile.flagged_as_encrypted, "file_damaged"),
        (hostile.unknown_method, "file_damaged"),
        (hostile.duplicate_names, "file_damaged"),
        (hostile.missing_sheet_part, "sheet_missing"),
        (hostile.missing_texts, "file_damaged"),
    ],
)
def test_u8_damaged_archives_are_refused(make, code):
    assert refused(make()) == code


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_u8_a_file_cut_off_is_refused(share):
    data = hostile.good()
    assert refused(data[: int(len(data) * share)]) in ("file_damaged", "file_format")


def test_u8_the_missing_sheet_is_named():
    with pytest.raises(Refused) as caught:
        read(hostile.missing_sheet_part())
    assert caught.value.findings[0].sheet == "Данные"


def test_u8_flipped_bytes_never_end_in_anything_but_a_workbook_or_a_refusal():
    data = book_of(Лист=[["Код", "Число"], ["а", 1], ["б", 2.5]]).getvalue()
    chance = random.Random(8)
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(3):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        with suppress(Refused):
            assert isinstance(read(bytes(broken)), Workbook)


def test_u8_a_text_that_is_not_in_the_book_is_refused():
    assert refused(hostile.with_parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')) == "file_damaged"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="ЯЯ"><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        f'<row r="{"9" * 5000}"><c><v>1</v></c></row>',
        f'<row r="{"9" * 30}"><c><v>1</v></c></row>',
    ],
)
def test_u8_cells_in_impossible_places_refuse_the_file(rows):
    assert refused(hostile.with_parts(rows)) in ("file_damaged", "sheet_too_large")


# --- U9


def test_u9_a_formula_without_a_stored_result_is_never_blank():
    sheet = read(hostile.with_formula("1+1", "")).sheets[0]
    assert sheet.rows == [[CellProblem("formula", "=1+1")]]


@pytest.mark.parametrize("value", ["<v></v>", "<v/>"])
def test_u9_an_empty_result_is_none(value):
    assert read(hostile.with_formula("1+1", value)).sheets[0].rows == [[CellProblem("formula", "=1+1")]]


def test_u9_a_formula_that_gives_an_empty_text_is_blank():
    data = exact('<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>').getvalue()
    sheet = read(data).sheets[0]
    assert sheet.rows == [[None, 1]]
    assert "A1" in sheet.formulas


def test_u9_an_error_is_an_error():
    sheet = read(hostile.with_formula("1/0", "<v>#DIV/0!</v>", ' t="e"')).sheets[0]
    assert sheet.rows == [[CellProblem("error", "#DIV/0!")]]


def test_u9_array_and_shared_formulas_are_marked():
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    sheet = read(exact(rows).getvalue()).sheets[0]
    assert sheet.rows == [[4], [6]]
    assert set(sheet.formulas) == {"A1", "A2"}


def test_u9_a_formula_in_a_large_table_is_found_too():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>0</v></c></row>' for n in range(1, 20_000))
    rows += '<row r="20000"><c r="A20000"><f>SUM(A1:A9)</f></c><c r="B20000" t="e"><v>#REF!</v></c></row>'
    sheet = read(exact(rows).getvalue(), RESULTS).sheets[0]
    assert sheet.rows[-1] == [CellProblem("formula", "=SUM(A1:A9)"), CellProblem("error", "#REF!")]


# --- U11–U14


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A1", "Z9"])
def test_u11_the_dimension_hint_is_not_believed(reference):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>'
    data = exact(rows, before=f'<dimension ref="{reference}"/>').getvalue()
    assert read(data).sheets[0].rows == [[1, 2], [None, 3]]


@pytest.mark.parametrize("limits", [FORM, RESULTS], ids=["form", "results"])
@pytest.mark.parametrize(
    "make",
    [
        hostile.empty_rows,
        hostile.styled_rows,
        lambda: hostile.far_cell(""),
        lambda: hostile.wide_row(""),
        hostile.many_styles,
    ],
    ids=["empty rows", "styled rows", "styled far cell", "styled wide row", "styles"],
)
def test_u12_u14_emptiness_is_trimmed(make, limits):
    assert read(make(), limits).sheets[0].rows == [[1]]


@pytest.mark.parametrize("limits", [FORM, RESULTS], ids=["form", "results"])
@pytest.mark.parametrize("make", [hostile.far_cell, hostile.wide_row])
def test_u12_cells_out_of_reach_are_refused(make, limits):
    assert refused(make(), limits) == "sheet_too_large"


def test_u12_the_far_cell_is_named():
    with pytest.raises(Refused) as caught:
        read(hostile.far_cell())
    assert caught.value.findings[0].cell == "XFD1048576"


@pytest.mark.parametrize("tag", ["mergeCell", "hyperlink"])
def test_u13_a_merge_or_link_over_the_whole_sheet_is_refused(tag):
    after = f'<{tag}s><{tag} ref="A1:XFD1048576"/></{tag}s>'
    data = exact(hostile.ONE_CELL, after=after).getvalue()
    assert refused(data) == "file_too_heavy"


@pytest.mark.parametrize("make", [hostile.many_sheets, hostile.many_names])
def test_u14_too_much_of_anything_is_refused(make):
    assert refused(make()) == "file_too_heavy"


# --- U15, U16


def test_u15_merged_cells_are_told_and_are_not_zero():
    book = openpyxl.Workbook()
    book.active["A1"] = 5
    book.active.merge_cells("A1:B2")
    book.active["C1"] = 1
    sheet = read(saved(book).getvalue()).sheets[0]
    assert sheet.rows == [[5, None, 1]]
    assert sheet.merged_at(2, 2) == "A1:B2"
    assert sheet.merged_at(1, 3) == ""


def test_u16_a_decoy_active_sheet_and_a_chart_sheet_change_nothing():
    parts = parts_of(
        sheet_xml(hostile.ONE_CELL),
        **{
            "xl/workbook.xml": workbook_xml(
                '<sheet name="Диаграмма" sheetId="9" r:id="rId9"/><sheet name="Обманка" sheetId="2" r:id="rId2"/>'
                '<sheet name="Данные" sheetId="1" state="veryHidden" r:id="rId1"/>',
                properties='<bookViews><workbookView activeTab="1"/></bookViews>',
            ),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ("rId9", "chartsheet", "chartsheets/sheet1.xml"),
            ),
            "xl/worksheets/sheet2.xml": sheet_xml('<row r="1"><c r="A1"><v>666</v></c></row>'),
        },
    )
    book = read(zipped(parts).getvalue())
    assert book.sheet("Данные").rows == [[1]]
    assert book.sheet("Данные").state == "very_hidden"
    assert [sheet.name for sheet in book.visible] == ["Обманка"]
    assert [(finding.code, finding.sheet) for finding in book.notices] == [("sheet_ignored", "Диаграмма")]


# --- U24, U25, U27: what stands in a cell


def test_u24_texts_come_clean():
    text = "<is><t>е&#x308;ж\u202e\u200bик_x0000_ _xD800_й\u0301\u0301\u0301\u0301</t></is>"
    sheet = read(exact(f'<row r="1"><c r="A1" t="inlineStr">{text}</c></row>').getvalue()).sheets[0]
    assert sheet.at("A1") == "ёжик й\u0301\u0301"


@pytest.mark.parametrize("raw", ["NaN", "INF", "1E+400", "1_0", "٣", "9" * 5000, "0x10", "1,5"])
def test_u25_what_is_no_number_is_a_problem_of_its_cell(raw):
    sheet = read(exact(f'<row r="1"><c r="A1"><v>{raw}</v></c><c r="B1"><v>1</v></c></row>').getvalue()).sheets[0]
    assert sheet.at("A1").kind == "number"
    assert sheet.at("B1") == 1


@pytest.mark.parametrize("rows", ["", '<row r="1"><c r="A1" s="0"/></row>'])
def test_u27_a_book_without_a_value_is_refused(rows):
    assert refused(exact(rows).getvalue()) == "file_no_values"


# --- limits of the child


def test_a_child_out_of_memory_ends_in_a_refusal(settings):
    settings.WORKBOOK_LIMITS = {"results": {"memory_bytes": 40 << 20}}
    data = book_of(Лист=[[f"{n} {m}" for m in range(20)] for n in range(1500)]).getvalue()
    assert refused(data, RESULTS) in ("file_too_heavy", "file_damaged")


def test_a_child_out_of_time_ends_in_a_refusal(settings):
    settings.WORKBOOK_LIMITS = {"form": {"wall_seconds": 0}}
    assert refused(hostile.good()) == "file_too_slow"
