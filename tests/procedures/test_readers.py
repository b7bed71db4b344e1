"""Readers: families told by content, cells of real files, refusals."""

from datetime import date

import numpy as np
import pytest

from apps.core.findings import Refused
from apps.procedures.readers import columns, detect, neutral
from apps.procedures.readers.identity import as_date, of_name
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.subjects import subject_in
from apps.procedures.readers.text import class_label, item_number
from tests.factories.result_files import TWO_SCHOOLS, f1_rows, pupil


def read(rows, name="Лист1", **more):
    sheets = [SheetRows(name, rows), *(SheetRows(other, cells) for other, cells in more.items())]
    return detect.read(sheets, digest="0123456789abcdef")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param(2, 2, id="number"),
        pytest.param(2.0, 2, id="float"),
        pytest.param("2", 2, id="text"),
        pytest.param(" 2 ", 2, id="spaces"),
        pytest.param("X", neutral.SKIPPED, id="latin X"),
        pytest.param("х ", neutral.SKIPPED, id="cyrillic х"),
        pytest.param("H", neutral.SKIPPED, id="H for X"),
        pytest.param("не пройд.", neutral.NOT_TAUGHT, id="not taught"),
        pytest.param("", neutral.EMPTY, id="empty"),
        pytest.param(None, neutral.EMPTY, id="nothing"),
        pytest.param("ж", neutral.UNREADABLE, id="letter"),
        pytest.param(1.5, neutral.UNREADABLE, id="half"),
        pytest.param(-1, neutral.UNREADABLE, id="negative"),
        pytest.param(5000, neutral.UNREADABLE, id="too big"),
        pytest.param(date(2026, 5, 12), neutral.UNREADABLE, id="date"),
        pytest.param("٢", neutral.UNREADABLE, id="arabic digit"),
        pytest.param(float("nan"), neutral.UNREADABLE, id="nan"),
    ],
)
def test_score(cell, expected):
    assert columns.score(cell) == expected


def test_true_is_not_one():
    assert columns.mapped([1, True, 1.0], columns.score, np.uint8).tolist() == [1, neutral.UNREADABLE, 1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("5", 5), (2.0, 2), ("нет отметки", 0), ("", 0), ("ж", neutral.IMPOSSIBLE_MARK), (1, neutral.IMPOSSIBLE_MARK)],
)
def test_mark(cell, expected):
    assert columns.mark(cell) == expected


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("4а", "А"),
        ("A", "А"),
        ("нет", ""),
        ("НЕТ", ""),
        (1.0, "1"),
        ("а(2)", "А(2)"),
        ("5 Б", "Б"),
        ("Быстрянка", "БЫСТРЯНКА"),
    ],
)
def test_class_label(cell, label):
    assert class_label(cell) == label


@pytest.mark.parametrize(("written", "number"), [("1K1", "1К1"), ("16 (2)", "16.2"), ("9,1", "9.1"), ("5", "5")])
def test_item_number(written, number):
    assert item_number(written) == number


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("2021/4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx", ("Математика", 4, 2021)),
        ("/srv/2022/6/Русскому языку.xlsx", ("Русский язык", 6, 2022)),
        ("Форма сбора результатов Русский язык 4 класс ВПР 2026.xlsx", ("Русский язык", 4, 2026)),
        ("2849657.xlsx", ("", None, None)),
    ],
)
def test_hint_of_a_name(name, parts):
    hint = of_name(name)
    assert (hint.subject, hint.grade, hint.year) == parts


def test_subjects_in_any_case():
    assert subject_in("по обществознанию") == "Обществознание"
    assert subject_in("Литературное чтение") == "Литературное чтение"
    assert subject_in("шахматы") == ""


@pytest.mark.parametrize("cell", ["20.04.2026", "2026.04.20", "20.04.2026 08:33:28", date(2026, 4, 20)])
def test_days(cell):
    assert as_date(cell) == date(2026, 4, 20)


def test_f1_is_known_by_content_and_read():
    reading = read(f1_rows(TWO_SCHOOLS))
    (results,) = reading.results
    assert reading.family == "f1"
    assert (results.identity.kind, results.identity.year, results.identity.subject) == ("vpr", 2026, "Математика")
    assert (results.identity.grade, results.maximum) == (4, 4)
    assert [(item.number, item.maximum, item.level) for item in results.items] == [
        ("1", 1, "Б"),
        ("2", 2, "Б"),
        ("3", 1, "П"),
    ]
    assert [(school.prefix, school.digits, school.name) for school in results.schools] == [
        ("edu", "990101", 'МБОУ "Примерная СОШ №1"'),
        ("edu", "990102", 'МБОУ "Примерная СОШ №2"'),
    ]
    assert results.scores.tolist()[2] == [0, neutral.SKIPPED, 0]
    assert results.row_numbers.tolist() == [10, 11, 12, 14, 15]
    assert results.findings == []


def test_f1_columns_may_change_places_and_spelling():
    rows = f1_rows(TWO_SCHOOLS)
    header = next(index for index, row in enumerate(rows) if "Код участника" in row)
    order = [9, 3, 6, 7, 8, 0, 1, 2, 5, 4, 11, 10]
    for index in range(header - 1, len(rows)):
        if len(rows[index]) > 9:
            padded = [*rows[index], *[""] * (12 - len(rows[index]))]
            rows[index] = [padded[column] for column in order]
    rows[header] = [str(cell).upper().replace(" ", "\u00a0\n") for cell in rows[header]]
    (results,) = read(rows).results
    assert results.totals.tolist() == [4, 2, 0, 1, 3]
    assert results.marks is not None
    assert results.marks.tolist() == [5, 4, 2, 3, 4]


def test_f1_says_when_a_school_declares_another_count():
    rows = f1_rows(TWO_SCHOOLS)
    del rows[10]
    (finding,) = read(rows).results[0].findings
    assert (finding.code, finding.row, finding.found) == ("declared_count_differs", 9, "строк: 2")


def test_the_old_and_the_new_login_are_one_school():
    pupils = [pupil(40001, (1, 1, 1), 4)]
    rows = f1_rows({"sch990101": pupils}) + f1_rows({"edu990101": [pupil(40002, (1, 1, 1), 4)]})[9:]
    (results,) = read(rows).results
    assert [school.digits for school in results.schools] == ["990101"]


def test_names_instead_of_codes_refuse_the_file_and_are_not_repeated():
    rows = f1_rows({"edu990101": [pupil(40001, (1, 1, 1), 4)]})
    rows[9][3] = "Вымыслова Анна"
    with pytest.raises(Refused) as refusal:
        read(rows)
    (finding,) = refusal.value.findings
    assert finding.code == "names_instead_of_codes"
    assert "Вымыслова" not in str(finding)
    assert "10" in str(finding)


def test_an_unread_school_refuses_the_file_with_its_row():
    rows = f1_rows({"edu990101": [pupil(40001, (1, 1, 1), 4)]})
    rows[9][0] = rows[9][2] = "школа"
    with pytest.raises(Refused) as refusal:
        read(rows)
    assert (refusal.value.findings[0].code, refusal.value.findings[0].row) == ("school_unread", 10)


@pytest.mark.parametrize("rows", [[], [["что-то"], ["другое"]]])
def test_an_unknown_layout_is_refused_with_advice(rows):
    with pytest.raises(Refused) as refusal:
        read(rows)
    assert refusal.value.findings[0].code == "unknown_layout"
    assert "Ф1" in refusal.value.findings[0].expected


def form_rows(filled):
    heads = ["Код участника", "Вариант", "1 (2б)", "2 (1б)", "Порядковый номер класса"]
    heads += ["Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов"]
    empty = [["", "", "", "", "", "", 0, "", 5, "X"] for _ in range(20)]  # helper cells to the right of the table
    return [heads, *filled, *empty]


def test_form_reads_only_titled_columns_and_rows_with_a_code():
    (results,) = read(form_rows([[40001, 2, 2, "X", 1, 4, 2], [40002, "отсутствовал", "", "", "", "", 0]])).results
    assert results.scores.tolist() == [[2, neutral.SKIPPED], [neutral.EMPTY, neutral.EMPTY]]
    assert results.marked_absent.tolist() == [False, True]
    assert results.schools[0].system == "form"


def test_a_blank_form_is_said_to_be_blank():
    with pytest.raises(Refused) as refusal:
        read(form_rows([[40001, "", "", "", "", "", 0]]))
    assert refusal.value.findings[0].code == "no_participants"


def test_tall_comparison_with_the_journal():
    rows = [
        ["Сравнение отметок с отметками по журналу"],
        ["ВПР 2021 Математика 4 класс"],
        ["Группы участников", "Кол-во участников", "%"],
        ["Примерный район(reg99_m001)"],
        ["Понизили (Отметка < Отметка по журналу)", 9, 22.5],
        ["Подтвердили (Отметка = Отметке по журналу)", 24, 60],
        ["Повысили (Отметка > Отметка по журналу)", 7, 17.5],
        ["Всего", 40, 100],
    ]
    (table,) = read(rows).tables
    (group,) = table.rows
    assert (table.report, group.level, group.code) == ("journal", "municipality", "reg99_m001")
    assert (group.values["lower_count"], group.values["equal_percent"], group.values["total_count"]) == (9, 60, 40)


def test_percents_of_marks_that_do_not_make_a_hundred_are_noticed():
    rows = [
        ["Статистика по отметкам"],
        ["ВПР 2026 Математика 4 класс"],
        ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5],
        ["Вся выборка", 10, 100, 10, 20, 30, 30],
    ]
    (table,) = read(rows).tables
    assert [finding.code for finding in table.findings] == ["percents_off"]
