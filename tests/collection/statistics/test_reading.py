"""Forms of statistics read by section, row and column: whatever stands between them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from apps.collection.services.statistics import LIMITS
from apps.collection.statistics.layouts import layouts
from apps.collection.statistics.reading import read_statistics
from apps.core.findings import Refused
from apps.workbooks.reading import read_workbook
from tests.factories.statistics import preschool_book, school_book


def read(content, **options):
    return read_statistics(read_workbook(BytesIO(content), limits=LIMITS), **options)


def numbers(reading):
    return {found.indicator: int(found.number) for found in reading.numbers}


def test_layouts_are_whole_and_say_their_source():
    assert set(layouts()) == {"oo1", "85k", "1do"}
    for layout in layouts().values():
        assert layout.source
        assert layout.is_confirmed or "не подтвержден" in layout.note
        assert all(cell.columns and cell.name and cell.row.strip("0") for cell in layout.cells)


def test_section_7_of_85k():
    reading = read(preschool_book(codes={"ОГРН": "1022200000001"}, name="МБДОУ «Детский сад № 1»"))
    assert (reading.layout.code, reading.as_of) == ("85k", date(2025, 12, 31))
    # 2 + 10 + 20 and 25 + 30 + 28 + 24 + 5, by hand
    assert numbers(reading) == {"so_doo.1.1": 130, "so_doo.1.2": 32, "so_doo.1.3": 112}
    assert reading.codes == {"ogrn": {"1022200000001"}}
    assert reading.names == ["МБДОУ «Детский сад № 1»"]
    total = next(found for found in reading.numbers if found.indicator == "so_doo.1.1")
    assert (total.sheet, total.cell, total.is_confirmed) == ("Раздел 7", "C9", True)
    assert total.place == "раздел 7, строка 703, графа 3"


def test_oo1_on_one_sheet_with_codes_as_numbers():
    reading = read(school_book(pupils=(30, 31, 32, 33, 20, 21, 22, 23, 24, 10, 11)))
    assert (reading.layout.code, reading.as_of) == ("oo1", date(2025, 9, 20))
    assert numbers(reading) == {
        "so_oo.1.1": 257, "so_oo.1.2": 126, "so_oo.1.3": 110, "so_oo.1.4": 21, "so_oo.1.24": 40, "so_oo.1.25": 34,
        "so_oo.1.26": 33, "so_oo.1.27": 6, "so_oo.1.28": 5,
    }  # fmt: skip
    assert not any(found.is_confirmed for found in reading.numbers)


def test_inserted_rows_and_columns_change_nothing():
    def shift(book):
        sheet = book["Раздел 7"]
        sheet.insert_rows(6, 3)
        sheet.insert_cols(2, 2)
        sheet.title = "Лист5"

    assert numbers(read(preschool_book(edit=shift))) == {"so_doo.1.1": 130, "so_doo.1.2": 32, "so_doo.1.3": 112}


def test_a_row_under_another_name_is_not_taken():
    def rename(book):
        book["Раздел 7"]["A9"] = "из них - мальчики"

    reading = read(preschool_book(edit=rename))
    assert "so_doo.1.1" not in numbers(reading)
    assert "other_name" in [finding.code for finding in reading.findings]


def test_the_same_row_twice_is_not_guessed():
    def double(book):
        book["Раздел 7"].append(["обучающиеся по программам дошкольного образования", "703", 99])

    reading = read(preschool_book(edit=double))
    assert "so_doo.1.1" not in numbers(reading)
    assert "double_row" in [finding.code for finding in reading.findings]


@pytest.mark.parametrize("bad", ["сто", -5, 12.5, "1O"])
def test_a_cell_that_is_no_number_is_an_error_with_its_address(bad):
    reading = read(preschool_book(total=bad))
    (wrong,) = [finding for finding in reading.findings if finding.severity == "error"]
    assert (wrong.code, wrong.sheet, wrong.cell) == ("bad_number", "Раздел 7", "C9")
    assert "so_doo.1.1" not in numbers(reading)


def test_blank_is_not_zero():
    reading = read(preschool_book(ages=(None,) * 8))
    assert numbers(reading) == {"so_doo.1.1": 130}
    assert [finding.code for finding in reading.findings].count("blank") == 3  # twice 701, and the cross of 705
    with pytest.raises(Refused) as refusal:
        read(preschool_book(total=None, ages=(None,) * 8))
    assert refusal.value.findings[0].code == "nothing_read"


def test_one_age_is_blank_and_the_others_add_up():
    assert numbers(read(preschool_book(ages=(None, 10, 20, 25, 30, 28, 24, 5))))["so_doo.1.2"] == 30


def test_a_foreign_book_is_refused_with_the_forms_that_are_known():
    book = openpyxl.Workbook()
    book.active.append(["Список класса"])
    stream = BytesIO()
    book.save(stream)
    with pytest.raises(Refused) as refusal:
        read(stream.getvalue())
    assert refusal.value.findings[0].code == "unknown_form"
    assert "85‑К" in refusal.value.findings[0].expected


def test_without_a_year_the_day_is_asked_for():
    def forget(book):
        book["Титул"]["A3"] = "за отчётный год"

    assert "no_date" in [finding.code for finding in read(preschool_book(edit=forget)).findings]
    given = read(preschool_book(edit=forget), as_of=date(2025, 12, 31))
    assert given.as_of == date(2025, 12, 31)
    assert given.numbers[0].number == Decimal(130)
