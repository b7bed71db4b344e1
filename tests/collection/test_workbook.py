"""The workbook there and back: what is written is read equal, by keys; what is not ours is refused with words."""

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.collection.definition import Given, definition_of
from apps.collection.models import Submission
from apps.collection.services.workbooks import identity_of, workbook_of
from apps.collection.workbook import Filling, Identity, Reading, read_filled, write_workbook
from apps.collection.workbook.identity import MARK, SHEET
from apps.core.findings import Refused
from apps.workbooks.reading import read_workbook
from tests.collection.conftest import GOOD, edited, filled, form_sheet, row_of

VALUES = {
    "trial.1": Decimal(100),
    "trial.2": Decimal(40),
    "trial.3": Decimal("4.2"),
    "trial.4": Decimal(1),
    "trial.5": Decimal(12),
}


def read(submission: Submission, content: bytes) -> Reading:
    return read_filled(read_workbook(BytesIO(content)), definition_of(submission.form), identity_of(submission))


def refusal(submission: Submission, content: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(submission, content)
    return [finding.code for finding in refused.value.findings]


def faults(reading: Reading) -> list[tuple[str, str, str]]:
    return [(item.severity.value, item.code, item.cell) for item in reading.findings]


def test_what_people_type_is_read(submission: Submission) -> None:
    reading = read(submission, filled(submission, GOOD))
    assert {key: item.number for key, item in reading.answers.items()} == VALUES
    assert reading.findings == []


# --- round trip

# A spreadsheet keeps fifteen digits.
small = st.decimals(min_value=0, max_value=10**10, places=4, allow_nan=False, allow_infinity=False)
words = st.text("абв ,.=+-@«»xyz", min_size=1, max_size=40).map(str.strip).filter(bool)
answer = st.one_of(
    st.none(),
    st.builds(
        lambda number, note: Given(number=number.normalize() + 0, explanation=note),
        small,
        st.one_of(st.just(""), words),
    ),
    words.map(lambda reason: Given(absence_reason=reason)),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(means=answer, yes=st.sampled_from([None, 0, 1]), count=st.one_of(st.none(), st.integers(0, 10**9)))
def test_what_is_written_is_read_equal(
    submission: Submission, means: Given | None, yes: int | None, count: int | None
) -> None:
    definition = definition_of(submission.form)
    answers = {
        "trial.1": Given(number=Decimal(7)),
        "trial.3": means,
        "trial.4": None if yes is None else Given(number=Decimal(yes)),
        "trial.5": None if count is None else Given(number=Decimal(count)),
    }
    answers = {key: item for key, item in answers.items() if item}
    filling = Filling("Школа", "Кампания", "2025 год", submission.campaign.due_on, answers=answers)
    reading = read(submission, write_workbook(definition, identity_of(submission), filling))
    for row in definition.inputs:
        assert reading.answers[row.key].same_value(answers.get(row.key)), row.key


def test_the_workbook_is_typed_and_locked(submission: Submission) -> None:
    sheet = form_sheet(openpyxl.load_workbook(BytesIO(workbook_of(submission))))
    number = row_of(sheet, "1")
    assert sheet.protection.sheet
    assert not sheet[f"D{number}"].protection.locked
    assert not sheet[f"F{number}"].protection.locked
    assert sheet[f"B{number}"].protection.locked
    assert sheet[f"D{row_of(sheet, '2%')}"].protection.locked
    assert sheet[f"D{row_of(sheet, '2%')}"].value.startswith("=IF(OR(")
    types = {rule.type for rule in sheet.data_validations.dataValidation}
    assert types == {"whole", "decimal", "list", "textLength"}  # the last of notes


# --- moved about, and read all the same


def insert_rows(book: openpyxl.Workbook) -> None:
    form_sheet(book).insert_rows(5, 3)


def insert_column(book: openpyxl.Workbook) -> None:
    form_sheet(book).insert_cols(2)


def rename_sheet(book: openpyxl.Workbook) -> None:
    form_sheet(book).title = "Лист1"


def change_header(book: openpyxl.Workbook) -> None:
    form_sheet(book)["D6"] = "Наши данные"


def forget_keys(book: openpyxl.Workbook) -> None:
    """The hidden row and column are gone: rows are told by «№ строки» and the words of the header."""
    sheet = form_sheet(book)
    sheet.delete_cols(8, 2)
    sheet.delete_rows(1)


def swap_columns(book: openpyxl.Workbook) -> None:
    sheet = form_sheet(book)
    rows = [sheet[1], *sheet.iter_rows(min_row=6)]
    for row in rows:
        row[3].value, row[4].value = row[4].value, row[3].value


@pytest.mark.parametrize(
    "move",
    [insert_rows, insert_column, rename_sheet, change_header, forget_keys, swap_columns],
    ids=lambda f: f.__name__,
)
@pytest.mark.fault("U18")
def test_moved_cells_are_never_shifted(submission: Submission, move: Callable[[openpyxl.Workbook], None]) -> None:
    reading = read(submission, edited(filled(submission, GOOD), move))
    assert {key: item.number for key, item in reading.answers.items()} == VALUES


# --- not the one that was asked for


def other_identity(submission: Submission, **changed: Any) -> bytes:
    identity = Identity(**{**vars(identity_of(submission)), **changed})
    filling = Filling(
        "Школа", "Кампания", "2025 год", submission.campaign.due_on, answers={"trial.1": Given(number=Decimal(1))}
    )
    return write_workbook(definition_of(submission.form), identity, filling)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"organization": "school-02"}, "foreign_organization"),
        ({"period": "2024"}, "foreign_period"),
        ({"version": 2}, "foreign_version"),
        ({"form": "other"}, "foreign_form"),
        ({"campaign": 999_999}, "foreign_campaign"),
    ],
)
@pytest.mark.fault("U17")
def test_a_foreign_workbook_is_refused(submission: Submission, changed: dict[str, Any], code: str) -> None:
    assert refusal(submission, other_identity(submission, **changed)) == [code]


def test_a_foreign_organisation_is_not_named(submission: Submission) -> None:
    with pytest.raises(Refused) as refused:
        read(submission, other_identity(submission, organization="school-02"))
    assert "school-02" not in str(refused.value)


@pytest.mark.fault("U17")
def test_both_periods_are_named(submission: Submission) -> None:
    with pytest.raises(Refused) as refused:
        read(submission, other_identity(submission, period="2024"))
    assert (refused.value.findings[0].found, refused.value.findings[0].expected) == ("2024", "2025")


def erase(book: openpyxl.Workbook) -> None:
    del book[SHEET]


def alter(book: openpyxl.Workbook) -> None:
    line = book[SHEET]["A1"].value
    book[SHEET]["A1"] = MARK + line.removeprefix(MARK)[:-3] + "abc"


def two_forms(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(form_sheet(book))


def no_form(book: openpyxl.Workbook) -> None:
    del book[form_sheet(book).title]


@pytest.mark.parametrize(
    ("edit", "code"),
    [(erase, "no_identity"), (alter, "altered_identity"), (two_forms, "two_forms"), (no_form, "no_form_sheet")],
    ids=lambda item: getattr(item, "__name__", ""),
)
@pytest.mark.fault("U17")
def test_a_spoilt_workbook_is_refused(
    submission: Submission, edit: Callable[[openpyxl.Workbook], None], code: str
) -> None:
    assert refusal(submission, edited(filled(submission, GOOD), edit)) == [code]


@pytest.mark.fault("U27")
def test_a_blank_form_is_refused(submission: Submission) -> None:
    assert refusal(submission, workbook_of(submission)) == ["blank_form"]


# --- faults of cells


@pytest.mark.parametrize(
    ("number", "value", "code"),
    [("1", "12 чел.", "unit"), ("1", 12.5, "not_whole"), ("3", True, "boolean"), ("4", "наверное", "not_yes_no"),
     ("1", "н/д", "no_reason"), ("1", "=1/0", "formula")],
)  # fmt: skip
@pytest.mark.fault("U20", "U25", "U09")
def test_a_bad_cell_is_named(submission: Submission, number: str, value: object, code: str) -> None:
    content = filled(submission, {**GOOD, number: value})
    sheet = form_sheet(openpyxl.load_workbook(BytesIO(content)))
    assert faults(read(submission, content)) == [("error", code, f"D{row_of(sheet, number)}")]


@pytest.mark.fault("U20")
def test_an_absent_number_has_its_reason(submission: Submission) -> None:
    reading = read(submission, filled(submission, {**GOOD, "3": "н/д"}, {"3": "выпуска не было"}))
    assert reading.answers["trial.3"].number is None
    assert reading.answers["trial.3"].absence_reason == "выпуска не было"


def test_a_note_beside_a_number_is_an_explanation(submission: Submission) -> None:
    given = read(submission, filled(submission, GOOD, {"1": "новый корпус"})).answers["trial.1"]
    assert (given.number, given.explanation, given.absence_reason) == (100, "новый корпус", "")


@pytest.mark.fault("U21")
def test_numbers_as_text_are_read_and_said(submission: Submission) -> None:
    given = read(submission, filled(submission, {**GOOD, "3": "4,2"})).answers["trial.3"]
    assert given.number == Decimal("4.2")
    assert "прочитано как 4,2" in given.notes[0]


def double_row(book: openpyxl.Workbook) -> None:
    sheet = form_sheet(book)
    last, source = sheet.max_row + 1, row_of(sheet, "1")
    for column in "ABCDEFGH":
        sheet[f"{column}{last}"] = sheet[f"{column}{source}"].value


def delete_row(book: openpyxl.Workbook) -> None:
    sheet = form_sheet(book)
    sheet.delete_rows(row_of(sheet, "3"))


def strange_row(book: openpyxl.Workbook) -> None:
    sheet = form_sheet(book)
    last = sheet.max_row + 1
    sheet[f"H{last}"], sheet[f"D{last}"] = "trial.99", 5


def merge_value(book: openpyxl.Workbook) -> None:
    sheet = form_sheet(book)
    number = row_of(sheet, "1")
    sheet.merge_cells(f"D{number}:D{number + 1}")


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (double_row, ["row_twice"]),
        (delete_row, ["row_missing"]),
        (strange_row, ["unknown_row"]),
        (merge_value, ["merged", "merged"]),
    ],
    ids=lambda item: getattr(item, "__name__", ""),
)
@pytest.mark.fault("U19", "U15")
def test_rows_are_never_counted_twice_or_guessed(submission: Submission, edit: Any, codes: list[str]) -> None:
    reading = read(submission, edited(filled(submission, GOOD), edit))
    assert [item.code for item in reading.findings] == codes


def with_stored_result(content: bytes, formula: str, result: str) -> bytes:
    """A formula with the number that the editor stored beside it."""
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    found = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            pattern = rf"<f>{re.escape(formula)}</f><v ?/>|<f>{re.escape(formula)}</f><v></v>".encode()
            part, count = re.subn(pattern, f"<f>{formula}</f><v>{result}</v>".encode(), source.read(name))
            found += count
            made.writestr(name, part)
    assert found == 1
    return target.getvalue()


@pytest.mark.fault("U09")
def test_a_formula_with_a_stored_number_is_taken_and_said(submission: Submission) -> None:
    content = with_stored_result(filled(submission, {**GOOD, "1": "=90+10"}), "90+10", "100")
    given = read(submission, content).answers["trial.1"]
    assert given.number == 100
    assert "формула" in given.notes[0]


@pytest.mark.fault("U16")
def test_an_extra_sheet_is_ignored_and_said(submission: Submission) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("Черновик", 0)["A1"] = 5
        book.active = 0

    reading = read(submission, edited(filled(submission, GOOD), add))
    assert [(item.code, item.sheet) for item in reading.findings] == [("extra_sheet", "Черновик")]
    assert reading.answers["trial.1"].number == 100
