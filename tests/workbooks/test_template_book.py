"""Workbooks to be filled in."""

import io
import shutil
import subprocess
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from apps.workbooks.reading import read_workbook
from apps.workbooks.template_book import (
    Calculated,
    Choice,
    Day,
    Input,
    Locked,
    Number,
    TemplateBook,
    Text,
    Whole,
    read_identity,
)

IDENTITY = {"template": "so_oo", "version": "3", "organization": "school-01", "period": "2025", "signature": "=abc:1"}


def made() -> bytes:
    book = TemplateBook(identity=IDENTITY, title="Самообследование")
    sheet = book.sheet("1. Образование", widths=[10, 40, 14, 14])
    sheet.title("Самообследование", "Заполните жёлтые ячейки")
    sheet.header(["Код", "Показатель", "2025", "2024"])
    sheet.row([Locked("1.1"), Locked("=Всего"), Input(Whole(minimum=0, maximum=5000), 12), Locked(11)])
    sheet.row([Locked("1.2"), Locked("Площадь"), Input(Number(minimum=Decimal(0))), Locked(Decimal("2.5"))])
    sheet.row([Locked("1.3"), Locked("Сайт"), Input(Choice(("есть", "нет, «строится»"))), Locked("нет")])
    sheet.row([Locked("1.4"), Locked("Пояснение"), Input(Text(200), hint="Коротко."), Locked()])
    sheet.row([Locked("1.5"), Locked("Дата"), Input(Day()), Locked()])
    sheet.row([Locked("1.6"), Locked("Доля"), Calculated("=100*C6/C5"), Locked()])
    return book.to_bytes()


@pytest.fixture(scope="module")
def sheet():
    return load_workbook(io.BytesIO(made()))["1. Образование"]


def test_only_input_cells_are_unlocked(sheet):
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for row in sheet.rows for cell in row if not cell.protection.locked}
    assert unlocked == {"C5", "C6", "C7", "C8", "C9"}


def test_input_cells_are_checked_on_entry(sheet):
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert {place: check.type for place, check in checks.items()} == {
        "C5": "whole",
        "C6": "decimal",
        "C7": "list",
        "C8": "textLength",
        "C9": "date",
    }
    assert (checks["C5"].formula1, checks["C5"].formula2) == ("0", "5000")
    assert checks["C5"].error == "Целое число от 0 до 5000. Исправьте или оставьте ячейку пустой."
    assert checks["C8"].prompt == "Коротко. Текст до 200 знаков."
    assert all(check.showErrorMessage for check in checks.values())


def test_choices_stand_in_a_hidden_list(sheet):
    check = next(check for check in sheet.data_validations.dataValidation if check.type == "list")
    assert check.formula1 == "'_lists'!$A$1:$A$2"
    lists = sheet.parent["_lists"]
    assert [cell.value for cell in lists["A"]] == ["есть", "нет, «строится»"]
    assert lists.sheet_state == "veryHidden"


def test_texts_are_never_formulas_and_calculated_cells_are(sheet):
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=Всего", "s")
    assert (sheet["C10"].value, sheet["C10"].data_type) == ("=100*C6/C5", "f")


def test_the_page_can_be_printed(sheet):
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"


def test_identity_and_values_come_back():
    book = read_workbook(io.BytesIO(made()))
    assert read_identity(book) == IDENTITY
    assert [sheet.name for sheet in book.visible] == ["1. Образование"]
    assert book.visible[0].at("C5") == 12
    assert book.visible[0].at("C6") is None
    assert book.sheet("_portal").state == "very_hidden"


def test_identity_is_empty_where_its_sheet_is_gone():
    book = load_workbook(io.BytesIO(made()))
    del book["_portal"]
    stream = io.BytesIO()
    book.save(stream)
    assert read_identity(read_workbook(stream)) == {}


def test_w11_properties_name_nobody():
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert b"creator" not in archive.read("docProps/core.xml")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_book_saved_by_libreoffice_is_still_ours(tmp_path):
    source = tmp_path / "бланк.xlsx"
    source.write_bytes(made())
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out", source],
        check=True,
        capture_output=True,
        timeout=120,
    )
    book = read_workbook(tmp_path / "out" / "бланк.xlsx")
    assert read_identity(book) == IDENTITY
    assert book.sheet("1. Образование").at("C5") == 12
    assert book.sheet("1. Образование").at("B5") == "=Всего"
