"""One cell: the number parser, texts, codes, addresses."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workbooks.cells import (
    CellProblem,
    NumberProblem,
    address,
    clean_text,
    column_letters,
    column_number,
    fold_code,
    match_code,
    normalise_header,
    parse_address,
    parse_number,
    show,
)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, "0"),
        (12, "12"),
        (-3, "-3"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333333"),
        (-0.0, "0"),
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (",5", "0.5"),
        ("12,", "12"),
        ("+7", "7"),
        ("-7", "-7"),
        ("−7", "-7"),
        ("007", "7"),
        ("1 234", "1234"),
        ("1\u00a0234\u00a0567,8", "1234567.8"),
        ("1\u202f234", "1234"),
        ("1\u2009234", "1234"),
        (" 12 ", "12"),
        ("1\u200b2", "12"),
        ("\ufeff12", "12"),
        ("1E+3", "1000"),
        ("1,5e2", "150"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_u21_what_people_write_is_taken(value, number):
    parsed = parse_number(value)
    assert parsed == Decimal(number)
    assert str(parsed) == number


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "blank"),
        ("", "blank"),
        (" \u00a0\u200b", "blank"),
        ("-", "no_data"),
        ("—", "no_data"),
        ("н/д", "no_data"),
        ("Н/Д.", "no_data"),
        ("нет", "no_data"),
        ("Нет данных", "no_data"),
        ("x", "no_data"),
        ("Х", "no_data"),
        ("пять", "text"),
        ("1..2", "range"),
        ("1.2.", "text"),
        ("1,2,3", "text"),
        ("12 34", "text"),
        ("1 23", "text"),
        ("=1+1", "text"),
        ("12 чел.", "unit"),
        ("12чел", "unit"),
        ("85 %", "percent"),
        ("85%", "percent"),
        ("10-15", "range"),
        ("10–15", "range"),
        ("10 - 15", "range"),
        ("от 10 до 15", "text"),
        ("10 до 15", "range"),
        ("12.05.2026", "date"),
        ("2026-05-12", "date"),
        ("12 мая", "date"),
        ("12.май", "date"),
        (date(2026, 5, 12), "date"),
        (datetime(2026, 5, 12, 8), "date"),
        (True, "boolean"),
        (False, "boolean"),
        (float("nan"), "size"),
        (float("inf"), "size"),
        (float("-inf"), "size"),
        (1e300, "size"),
        (10**15, "size"),
        ("1E+400", "size"),
        ("1E-400", "size"),
        ("1" * 16, "size"),
        ("1" * 5000, "size"),
        ("NaN", "text"),
        ("inf", "text"),
        ("1_0", "text"),
        ("0x10", "unit"),
        ("١٢", "digits"),
        ("１２", "digits"),
        ("12²", "digits"),
        (CellProblem("error", "#REF!"), "cell"),
    ],
)
def test_u20_u22_u25_what_may_mean_anything_else_is_not_a_number(value, kind):
    problem = parse_number(value)
    assert isinstance(problem, NumberProblem)
    assert problem.kind == kind
    assert problem.message.endswith(".")
    assert problem.action


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_number_survives_every_way_of_writing_it(number):
    plain = format(number, "f")
    for text in (plain, plain.replace(".", ","), f" {plain}\u00a0", plain.replace("-", "−")):
        assert parse_number(text) == number


@given(st.floats(min_value=-1e14, max_value=1e14))
def test_a_stored_number_is_taken_at_the_fifteen_digits_that_are_shown(value):
    assert float(parse_number(value)) == float(format(value, ".15g"))


@given(st.text(max_size=50))
def test_any_text_ends_in_a_finite_number_or_a_problem(text):
    result = parse_number(text)
    assert isinstance(result, NumberProblem) or result.is_finite()


@given(st.text())
def test_u24_clean_text_is_stable_and_fit_for_the_database(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("е\u0308лка", "ёлка"),
        ("и\u0306", "й"),
        ("\u202eabc\u202c", "abc"),
        ("а\u200bб\u00adв\ufeff", "абв"),
        ("a\x00b\x07c", "abc"),
        ("\ud800x", "x"),
        ("о\u0301\u0301\u0301\u0301\u0301", "о\u0301\u0301"),
        ("  строка 1\r\nстрока 2 ", "строка 1\nстрока 2"),
        ("\x00", ""),
    ],
)
def test_u24_texts_are_cleaned(text, cleaned):
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("code", ["АВ-1", "AB-1", "ав-1", "Ａb−1", "A B–1\u200b"])
def test_u23_look_alikes_match_one_known_code(code):
    assert match_code(code, ["AB-1", "AB-2"]) == "AB-1"


def test_u23_what_looks_like_none_or_like_two_matches_nothing():
    assert match_code("AB-3", ["AB-1", "AB-2"]) is None
    assert match_code("ав-1", ["AB-1", "АВ-1"]) is None
    assert match_code("АВ-1", ["AB-1", "АВ-1"]) == "АВ-1"
    assert match_code("", ["AB-1"]) is None
    assert match_code(None, ["AB-1"]) is None


def test_u23_numbers_are_codes_too():
    assert match_code(101, ["101", "102"]) == "101"
    assert fold_code("sch 220О1") == fold_code("SCH220O1")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("  Код\nшколы: ", "код школы"),
        ("Отчёт *", "отчет"),
        ("ИНН\u00a0ОО", "инн оо"),
        (None, ""),
        (2025, "2025"),
    ],
)
def test_headers_are_compared_by_their_words(header, words):
    assert normalise_header(header) == words


@given(st.integers(min_value=1, max_value=16_384), st.integers(min_value=1, max_value=1_048_576))
def test_an_address_leads_back(column, row):
    assert parse_address(address(row, column)) == (row, column)
    assert column_number(column_letters(column)) == column


@pytest.mark.parametrize("text", ["Ы1", "A", "1", "A0", "а1", "AAAA1", "A1:B2", "A12345678"])
def test_an_impossible_address_is_an_error(text):
    with pytest.raises(ValueError, match=text):
        parse_address(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "пусто"),
        (12.5, "12,5"),
        (True, "ИСТИНА"),
        (date(2026, 9, 1), "01.09.2026"),
        (datetime(2026, 9, 1, 8, 30), "01.09.2026 08:30"),
        (CellProblem("error", "#REF!"), "#REF!"),
        ("я" * 100, "я" * 59 + "…"),
    ],
)
def test_values_are_quoted_as_people_write_them(value, shown):
    assert show(value) == shown
