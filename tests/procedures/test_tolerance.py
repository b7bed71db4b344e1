"""Copies of files of the same systems that differ in details: titles, heads, rows and columns. No database here."""

import pytest

from apps.core.findings import Refused
from apps.procedures.readers import detect
from apps.procedures.readers.identity import of_frame
from apps.procedures.readers.neutral import SheetRows

HEADS = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
TAIL = ["Первичный балл", "Отметка", "Отметка по журналу"]
FRAME = [["Индивидуальные результаты"], [], ["ВПР 2025 Физика 7 класс"], ["Предмет:", "Физика"]]
NAME = 'МБОУ "Примерная СОШ №1"(edu990101)'


def read(*sheets):
    return detect.read([SheetRows(f"Лист{number}", rows) for number, rows in enumerate(sheets, start=1)], digest="0")


def only(*sheets):
    (results,) = read(*sheets).results
    return results


def f1(items, scores, *, heads=HEADS, tail=TAIL, frame=FRAME):
    row = ["edu990101", "Примерный район", NAME, 70001, "7А", 1][len(HEADS) - len(heads) :]
    return [*frame, [*heads, *items, *tail], [*row, *scores, 4, 4, 4][: len(heads) + len(items) + len(tail)]]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ВПР 2025 Английский язык 7 класс", (2025, "Английский язык", 7)),
        ("«ВПР 2025 «Русский язык» 5 класс»", (2025, "Русский язык", 5)),
        ("ВПР. Математика (базовый уровень) 8 класс", (2025, "Математика (базовый уровень)", 8)),
        ("ВПР 2025. Математика 8 класс (базовый уровень)", (2025, "Математика (базовый уровень)", 8)),
        ("ВПР 2025 Физика (с углубленным изучением предмета), 7 класс", (2025, "Физика (углублённый уровень)", 7)),
        ("Всероссийские проверочные работы 2023 года. История. 10 класс", (2023, "История", 10)),
        ("ВПР-2024. Проведение работы по русскому языку, 6 кл.", (2024, "Русский язык", 6)),
    ],
)
def test_titles_of_works(title, expected):
    identity, _ = of_frame([["Индивидуальные результаты"], ["", title], ["Дата:", "20.04.2025"]])
    assert (identity.year, identity.subject, identity.grade) == expected


@pytest.mark.parametrize(
    ("head", "number", "maximum"),
    [
        ("ГК1 (1б)", "ГК1", 1),
        ("1K1 (2 б.)", "1К1", 2),
        ("13.2К3 (10б)", "13.2К3", 10),
        ("9,2 (2б)", "9.2", 2),
        ("5(1) (1 балл)", "5.1", 1),
        ("4 [макс. 3 балла]", "4", 3),
        ("4К1", "4К1", None),
    ],
)
def test_heads_of_items(head, number, maximum):
    (item,) = only(f1([head], [1])).items
    assert (item.number, item.maximum) == (number, maximum)


def test_a_column_of_scores_with_an_unknown_head_is_told_and_not_passed_over():
    results = only(f1(["1 (1б)", "Аудирование"], [1, 3]))
    (finding,) = results.findings
    assert (finding.code, "«Аудирование»" in finding.found) == ("columns_left", True)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[], [], *([["", "", *row] for row in f1(["1 (1б)"], [1])])], id="moved down and right"),
        pytest.param([*f1(["1 (1б)"], [1])[:4], *[[]] * 25, *f1(["1 (1б)"], [1])[4:]], id="a header far below"),
        pytest.param(
            [*FRAME, [*HEADS[3:], "1 (1б)", *TAIL], [f"{NAME} | Кол-во участников: 1"], [70001, "7А", 1, 1, 4, 4, 4]],
            id="schools in separators only",
        ),
        pytest.param(
            f1(["1 (1б)"], [1], tail=["Первичный балл", "Отметка", "Отметка за предыдущую четверть"]), id="journal"
        ),
    ],
)
def test_moved_tables(rows):
    results = only(rows)
    assert (results.identity.subject, results.identity.grade, results.size) == ("Физика", 7, 1)
    assert [(school.digits, school.name) for school in results.schools] == [("990101", 'МБОУ "Примерная СОШ №1"')]
    assert (results.class_labels, results.journal.tolist()) == (["А"], [4])


def test_one_work_in_two_sheets_is_one_result_and_other_sheets_are_told():
    second = f1(["1 (1б)"], [0])
    second[-1][0:3] = ["edu990102", "Примерный район", "СОШ №2(edu990102)"]
    reading = read(f1(["1 (1б)"], [1]), second, [["а", "б", "в"], [1, 2, 3]])
    (results,) = reading.results
    assert [
        (results.schools[index].digits, int(results.scores[row, 0])) for row, index in enumerate(results.school)
    ] == [
        ("990101", 1),
        ("990102", 0),
    ]
    assert [finding.code for finding in reading.findings] == ["sheets_left"]


# --- reports by groups


JOURNAL = ["Понизили (Отметка < Отметка по журналу)", "", "Подтвердили (…)", "", "Повысили (…)", ""]
GROUPS = ["Группы участников", "Кол-во ОО", "Кол-во участников"]


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        ([[*GROUPS, "Отметка «2», %", "«3»", "4", "5 %"]], [3, "1 700 000", 5, 33, 44, 18], {"2": 5, "3": 33}),
        ([[*GROUPS, "Распределение отметок в %"], ["", "", "", 2, 3, 4, 5]], [3, 9, 5, 33, 44, 18], {"2": 5, "5": 18}),
        (
            [["Группы участников", "", "Кол-во участников", *JOURNAL], ["", "", "", *["%", "Кол-во участников"] * 3]],
            ["", 10, 30, 3, 60, 6, 10, 1],
            {"lower_percent": 30, "lower_count": 3, "higher_count": 1},
        ),
        ([["", "Макс балл", "", 1, 2], [*GROUPS, "1", "4К1"]], [3, 9, 88, 70], {"1": 88, "4К1": 70}),
        ([[*GROUPS, "Номера заданий"], ["", "", "", 1, 2], ["", "", "", "1б", "2б"]], [3, 9, 88, 70], {"1": 88}),
    ],
)
def test_headers_of_groups_in_one_row_or_more(heads, row, expected):
    (table,) = read([*FRAME, *heads, ["Вся выборка", *row], ["Итого"]]).tables
    assert [group.name for group in table.rows] == ["Вся выборка"]
    assert expected.items() <= table.rows[0].values.items()
    if "1" in expected:
        assert table.maxima["1"] == 1


def test_a_report_without_numbers_is_refused():
    with pytest.raises(Refused) as refused:
        read([*FRAME, ["Группы участников", "Кол-во"], ["Вся выборка", "много"]])
    assert refused.value.findings[0].code == "no_groups"


# --- protocols of РИС

RIS = ["№", "Код МСУ", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Задания с кратким ответом"]
RIS += ["Задания с развёрнутым ответом", "Первичный балл", "Отметка"]


def pupil(number, school=9306, klass="9А", short="++-2", long="1(2)0(3)"):
    return [number, 220, school, klass, "Вымыслова", "Анна", "Ивановна", short, long, 5, 3]


@pytest.mark.parametrize(
    "title",
    [
        ["02 - Математика 2026.06.02"],
        ["Экзамен: 02 - Математика 2026.06.02 (основной день)"],
        ["", "02 – Математика", "", "02.06.2026"],
    ],
)
def test_an_exam_is_of_the_ninth_grade_by_its_classes_wherever_its_title_stands(title):
    results = only([["Протокол проверки результатов"], title, RIS, pupil(1, "9306.0"), pupil("2.", 9307)])
    assert (results.identity.kind, results.identity.subject, results.identity.grade) == ("oge", "Математика", 9)
    assert [(school.system, school.digits) for school in results.schools] == [
        ("ris_gia9", "9306"),
        ("ris_gia9", "9307"),
    ]
    assert results.marks.tolist() == [3, 3]


def test_blocks_of_one_exam_are_one_result_and_numbers_that_begin_anew_tell_pupils_apart():
    title = ["12 - Обществознание 2026.07.03"]
    blocks = [title, RIS, pupil(1), pupil(2), ["Средние"], title, RIS, pupil(1), ["Средние"]]
    results = only(blocks, [RIS, pupil(1, 9307)])
    assert (results.size, len(set(results.codes.tolist()))) == (4, 4)


def test_a_header_in_two_rows_and_oral_and_practical_parts():
    above = ["№", "Код ОО", "Класс", "ФИО", "", "", "Результаты"]
    below = ["", "", "", "Фамилия", "Имя", "Отчество", "Ответы в краткой форме", "Задания с развернутым ответом"]
    below += ["Задания с устным ответом", "Практическая часть", "Первичный балл", "Оценка"]
    row = [1, 9306, "9А", "Вымыслова", "Анна", "Ивановна", "+-", "1(2)", "2(3)", "0(1)", 4, 3]
    results = only([["03 - Физика 2026.06.02"], above, below, row])
    assert results.scores.tolist() == [[1, 0, 1, 2, 0]]
    assert [item.maximum for item in results.items] == [None, None, 2, 3, 1]
