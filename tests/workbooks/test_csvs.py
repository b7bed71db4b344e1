"""Text with separators, as programs of this country write it."""

import io

import pytest

from apps.core.findings import Refused
from apps.workbooks.reading import REGISTER, read_workbook

TEXT = "Код;Название;Число\r\ns-1;Школа «Ёлка»;12,5\r\n"
ROWS = [["Код", "Название", "Число"], ["s-1", "Школа «Ёлка»", "12,5"]]


def read(data: bytes) -> list[list[object]]:
    book = read_workbook(io.BytesIO(data), limits=REGISTER)
    assert book.format == "csv"
    return book.sheets[0].rows


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(data)
    return caught.value.findings[0].code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_u31_encodings_are_told_apart(encoding):
    assert read(TEXT.encode(encoding)) == ROWS


def test_u31_big_endian_utf_16_with_its_mark_is_read():
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be")) == ROWS


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_u31_separators_are_told_apart(separator):
    data = f'а{separator}б\n"1{separator}2"{separator}в\n'.encode()
    assert read(data) == [["а", "б"], [f"1{separator}2", "в"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_u31_line_ends_do_not_matter(end):
    assert read(f"а;б{end}1;2{end}".encode()) == [["а", "б"], ["1", "2"]]


def test_u31_decimal_commas_do_not_pass_for_separators():
    assert read(b"a;b\n1,5;2,5\n3,5;4,5\n") == [["a", "b"], ["1,5", "2,5"], ["3,5", "4,5"]]


def test_u31_ragged_rows_are_filled_up_and_a_line_break_inside_a_cell_stays():
    assert read('а;б;в\n1\n"две\nстроки";2\n'.encode()) == [
        ["а", "б", "в"],
        ["1", None, None],
        ["две\nстроки", "2", None],
    ]


def test_u31_a_single_column_is_a_table_too():
    assert read("Код\ns1\ns2\n".encode()) == [["Код"], ["s1"], ["s2"]]


def test_u31_an_open_quote_is_refused_once():
    assert refused(('а;б\n1;"' + "текст\n" * 20_000).encode()) == "csv_quotes"


def test_u31_zero_bytes_are_refused():
    assert refused("а;б\n1;\x002\n".encode()) == "file_damaged"


def test_u31_a_byte_that_no_encoding_knows_is_refused():
    assert refused("а;б\n".encode("cp1251") + b"\x98\n") == "csv_encoding"


def test_u31_too_many_rows_are_refused():
    assert refused(b"a;b\n" * 20_001) == "file_too_heavy"


def test_u31_blank_lines_only_are_refused():
    assert refused(b";;\n;;\n") == "file_no_values"
