"""The ten rules of real result files, one test each (or more); all schools and pupils are invented."""

from datetime import date

import numpy as np
import pytest

from apps.organizations.models import ExternalId
from apps.procedures.models import ParticipatingSchool, ResultAggregate
from apps.procedures.readers import columns, detect, neutral
from apps.procedures.readers.identity import as_date
from apps.procedures.readers.neutral import SheetRows
from tests.factories.procedures import imported
from tests.factories.result_files import TWO_SCHOOLS, export_2021, f1, f1_rows, pupil
from tests.procedures.test_importing import MATHS_4, row_2021


def read(rows, name="Лист1"):
    return detect.read([SheetRows(name, rows)], digest="0" * 64)


def frame(title, *rows, name="МА 4"):
    return [[title], [], ["ВПР 2026 Математика 4 класс"], [], *rows]


@pytest.mark.django_db
def test_1_a_file_is_known_by_its_content_whatever_its_name():
    file = imported(f1(TWO_SCHOOLS), name="2849657.csv")
    assert (file.state, file.family) == ("done", "f1")


@pytest.mark.parametrize(
    "journal",
    ["Отметка по журналу", "Отметке по журналу", " отметка\u00a0ПО\nжурналу "],
)
def test_2_headers_are_compared_without_case_yo_and_spaces(journal):
    rows = f1_rows(TWO_SCHOOLS)
    header = next(row for row in rows if "Код участника" in row)
    header[-1] = journal
    header[header.index("Первичный балл")] = "Первичный\u00a0\u00a0балл "
    (results,) = read(rows).results
    assert results.journal.tolist() == [5, 5, 3, 3, 0]


def test_2_heads_of_protocols_with_and_without_yo():
    for long in ("Задания с развёрнутым ответом", "Задания с развернутым ответом", "Ответы в развернутой форме"):
        head = ["№", "Код ОО", "Класс", "Код МСУ", "Задания с кратким ответом", long, "Первичный балл", "Оценка"]
        rows = [["02 - Математика 2026.06.02"], head, [1, 9901, "9А", 991, "+-", "2(2)", 3, 3]]
        (results,) = read(rows).results
        assert results.scores.tolist() == [[1, 0, 2]], long


def test_3_a_cut_title_of_the_sheet_does_not_matter():
    rows = frame(
        "Сравнение отметок с отметками по журналу",
        ["Группы участников", "Кол-во участников(всего)", "Понизили (Отметка < Отметка по журналу) %",
         "Понизили (Отметка < Отметка по журналу) Кол-во участников"],
        ["Вся выборка", 40, 22.5, 9],
    )  # fmt: skip
    (table,) = read(rows, "МА 4 Сравнение отметок с отметк").tables
    assert (table.report, table.rows[0].values) == ("journal", {"lower_percent": 22.5, "lower_count": 9.0})


def test_4_numbers_stand_as_texts_or_numbers_and_percents_are_plain_numbers():
    assert columns.mapped([9306.0, "9306", " 9306.0 "], columns.code, np.int64).tolist() == [9306] * 3
    rows = frame(
        "Статистика по отметкам",
        ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, "3", 4.0, "5"],
        ["Вся выборка", "35000", 1_700_000.0, "5.06", 32.94, "44,3", 17.7],
    )
    (table,) = read(rows).tables
    (row,) = table.rows
    assert (row.schools, row.participants) == (35_000, 1_700_000)
    assert row.values == {"2": 5.06, "3": 32.94, "4": 44.3, "5": 17.7}
    assert table.findings == []


@pytest.mark.parametrize("written", ["20.04.2026", "2026.04.20", "20.04.2026 08:33:28", date(2026, 4, 20)])
def test_5_days_in_the_three_spellings(written):
    assert as_date(written) == date(2026, 4, 20)


@pytest.mark.parametrize("cell", ["X", "x", "Х", "х ", " X", "H"])
def test_6_x_in_both_alphabets_is_no_start_and_nought_points(cell):
    assert columns.score(cell) == neutral.SKIPPED


@pytest.mark.django_db
def test_6_a_topic_not_taught_is_missing_for_the_item_and_nought_in_the_total():
    imported(f1({"edu990101": [pupil(40001, (1, "не пройд.", 1), 4), pupil(40002, (1, "", 1), 4)]}))
    row = ResultAggregate.objects.get()
    assert (row.item_counts, row.score_sum) == ([2, 0, 2], 4)


@pytest.mark.django_db
def test_7_absent_pupils_are_rows_and_a_zero_total_with_scores_is_summed_anew():
    told = [40002, 1, "отсутствовал", "", "", "", "", "", ""]
    silent = [40003, 1, 1, "", "", "", "", "", ""]
    zero = [40004, 1, 2, 1, 2, "X", 0, 4, 4]
    file = imported(f1({"edu990101": [pupil(40001, (1, 1, 1), 4), told, silent, zero]}))
    assert (file.rows, file.absent, file.present) == (4, 2, 2)
    assert ResultAggregate.objects.get().score_sum == 6


@pytest.mark.django_db
def test_8_a_row_beyond_its_limits_is_put_aside_and_maxima_do_not_come_from_the_data():
    scores = ["4", *MATHS_4[1:]]
    file = imported(
        export_2021([row_2021(40001, MATHS_4), row_2021(40002, scores), row_2021(40003, MATHS_4, journal="д")]),
        trust_names=True, path_hint="2021/4/Математика.xlsx",
    )  # fmt: skip
    assert (file.present, file.quarantined) == (3, 2)
    reasons = list(file.quarantined_rows.values_list("reason", flat=True))
    assert reasons == ["задание 1: 4 при максимуме 1", "отметка по журналу: «д»"]


@pytest.mark.django_db
def test_9_old_and_new_login_are_one_school(school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101", prefix="sch")
    for login in ("sch990101", "edu990101", "ksh990101"):
        imported(f1({login: [pupil(40001, (1, 1, 1), 4)]}))
    participating = ParticipatingSchool.objects.get()
    assert (participating.digits, participating.prefix, participating.organization) == ("990101", "ksh", school)


@pytest.mark.django_db
def test_10_a_file_replaces_its_own_schools_only_and_says_when_participants_are_missing():
    imported(f1(TWO_SCHOOLS))
    rows = f1_rows({"edu990102": [pupil(40007, (1, 2, 1), 5), pupil(40008, (1, 2, 1), 5)]})
    del rows[-1]
    from tests.factories.result_files import xlsx

    file = imported(xlsx({"МА 4": rows}))
    assert dict(ResultAggregate.objects.values_list("school__digits", "participants")) == {"990101": 3, "990102": 1}
    assert "declared_count_differs" in [finding["code"] for finding in file.findings]
