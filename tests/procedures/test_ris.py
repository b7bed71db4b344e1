"""Protocols of РИС ГИА and appeals: exams in one sheet, task strings, names that are never kept."""

import pytest

from apps.core.findings import Refused
from apps.procedures.readers import detect, privacy, ris
from apps.procedures.readers.neutral import SheetRows

HEAD = ["№", "Код ОО", "Класс", "Код МСУ", "Фамилия", "Имя", "Отчество", "Задания с кратким ответом"]
HEAD += ["Задания с развёрнутым ответом", "Первичный балл", "Оценка"]


def protocol():
    return [
        ["Протокол проверки результатов"],
        ["02 - Математика 2026.06.02"],
        HEAD,
        [1, 9901, "9А", 991, "Вымыслова", "Анна", "Ивановна", "++-2", "1(2)0(3)", 5, 4],
        [2, 9902, "9Б", 991, "Придуманов", "Олег", "", "+--0", "0(2)3(3)", 4, 3],
        ["Средние"],
        ["04 - Химия 2026.06.09"],
        HEAD,
        [1, 9901, "9А", 991, "Вымыслова", "Анна", "Ивановна", "+", "", 1, 2],
        ["Средние"],
    ]


def appeals(name="Вымыслова"):
    return [
        [
            "№",
            "Код ОО",
            "Класс",
            "Код ППЭ",
            "Фамилия",
            "Имя",
            "Отчество",
            "Экзамен",
            "Состояние апелляции",
            "Текущие",
            "",
        ],
        ["", "", "", "", "", "", "", "", "", "Первичный балл", "Оценка"],
        [1, "9901", "9А", "1001", name, "Анна", "Ивановна", "Математика(2026.06.02)", "удовлетворена", "6", "5"],
    ]


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("++-2", "", ([1, 1, 0, 2], [])),
        ("", "1(2)10(12)", ([], [(1, 2), (10, 12)])),
        ("+-+0(1)2(3)", "", ([1, 0, 1], [(0, 1), (2, 3)])),
        ("+21(2)", "", ([1, 2], [(1, 2)])),
        ("2", "1(2)", ([2], [(1, 2)])),
        ("+?", "", None),
    ],
)
def test_task_strings(short, long, expected):
    assert ris.task_scores(short, long) == expected


def test_every_exam_of_a_sheet_is_read_by_its_header():
    maths, chemistry = detect.read([SheetRows("Page 1", protocol())]).results
    assert (maths.identity.kind, maths.identity.subject, maths.identity.session) == ("oge", "Математика", "2026-06-02")
    assert maths.scores.tolist() == [[1, 1, 0, 2, 1, 0], [1, 0, 0, 0, 0, 3]]
    assert [item.maximum for item in maths.items] == [None, None, None, None, 2, 3]
    assert [(school.system, school.digits, school.municipality_code) for school in maths.schools] == [
        ("ris_gia9", "9901", "991"),
        ("ris_gia9", "9902", "991"),
    ]
    assert (chemistry.identity.subject, chemistry.size) == ("Химия", 1)


def test_a_stripped_copy_reads_the_same_and_holds_no_name():
    (stripped,) = privacy.without_names([SheetRows("Page 1", protocol())])
    assert not any("Вымыслова" in map(str, row) or "Анна" in map(str, row) for row in stripped.rows)
    whole, without = (detect.read([SheetRows("Page 1", rows)]) for rows in (protocol(), stripped.rows))
    assert [r.scores.tolist() for r in whole.results] == [r.scores.tolist() for r in without.results]
    assert [r.totals.tolist() for r in whole.results] == [r.totals.tolist() for r in without.results]


def test_appeals_change_the_protocol_of_the_same_upload():
    sheets = [SheetRows("Page 1", protocol())]
    outcome = privacy.apply_appeals([SheetRows("Page 1", appeals())], sheets)
    assert (outcome.rows, outcome.matched, outcome.unmatched) == (1, 1, [])
    maths, chemistry = detect.read(sheets).results
    assert maths.marks is not None
    assert (maths.totals.tolist(), maths.marks.tolist()) == ([6, 4], [5, 3])
    assert chemistry.totals.tolist() == [1]


def test_an_appeal_of_a_stranger_changes_nothing():
    sheets = [SheetRows("Page 1", protocol())]
    outcome = privacy.apply_appeals([SheetRows("Page 1", appeals("Небывалова"))], sheets)
    assert (outcome.matched, outcome.unmatched) == (0, [3])
    assert sheets[0].rows == protocol()


def test_appeals_alone_are_refused_with_advice():
    with pytest.raises(Refused) as refusal:
        detect.read([SheetRows("Page 1", appeals())])
    assert refusal.value.findings[0].code == "appeals_alone"
