"""Layouts beyond the common ones: reports by groups, protocols of РИС, the questionnaire of context data."""

import pytest

from apps.core.findings import Refused
from apps.organizations.models import ExternalId
from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.models import GroupResult, ParticipatingSchool, Procedure, ResultAggregate
from apps.procedures.readers import detect, privacy
from apps.procedures.readers.neutral import Identity, SheetRows
from apps.procedures.readers.ris import of_file_name
from tests.factories.procedures import imported
from tests.factories.result_files import TWO_SCHOOLS, f1, xlsx
from tests.procedures.test_importing import kept_bytes, spelled

TITLE = [[], ["ВПР 2026 Математика 4 класс"], ["Предмет:", "Математика"]]


def read(rows, name="Лист1"):
    return detect.read([SheetRows(name, rows)], digest="0" * 64)


def only_table(rows):
    (table,) = read(rows).tables
    return table


# --- reports of ФИС ОКО by groups


@pytest.mark.parametrize("heads", [["1", "2", "4К1"], ["1 (1б)", "2 (2б)", "4K1 (1 б.)"]])
def test_completion_of_items_with_maxima_in_a_row_or_in_the_header(heads):
    rows = [["Выполнение заданий"], *TITLE, ["Группы участников", "Кол-во ОО", "Кол-во участников", *heads]]
    if "(" not in heads[0]:
        rows.append(["Макс балл", "", "", 1, 2, 1])
    rows += [["Вся выборка", 35000, 1_700_000, 88.1, 70.02, 55], ["Примерный район(reg99_m001)", 2, 37, 90, 61, ""]]
    table = only_table(rows)
    assert (table.report, table.maxima) == ("items", {"1": 1, "2": 2, "4К1": 1})
    assert [(row.level, row.values) for row in table.rows] == [
        ("country", {"1": 88.1, "2": 70.02, "4К1": 55}),
        ("municipality", {"1": 90, "2": 61}),
    ]


def test_primary_scores_are_shares_by_score():
    heads = ["Группы участников", "Кол-во ОО", "Кол-во участников", 0, 1, 2, 3, 4]
    table = only_table([["Распределение первичных баллов"], *TITLE, heads, ["Вся выборка", 5, 100, 1, 2, 7, 40, 50]])
    assert (table.report, table.rows[0].values["3"], table.findings) == ("primary", 40, [])


@pytest.mark.parametrize("title", ["Отметка", "", "Группа (отметка)"])
def test_completion_by_groups_of_marks_in_a_column(title):
    rows = [
        ["Выполнение заданий группами участников"], *TITLE,
        ["Группы участников", title, "Кол-во участников", 1, 2],
        ["Вся выборка", 2, 10, 20, 5], ["Вся выборка", 5, 30, 99, 81],
        ["Примерный район(reg99_m001)", 2, 1, 0, 0],
    ]  # fmt: skip
    table = only_table(rows)
    assert table.report == "item_marks"
    assert [row.name for row in table.rows] == ["Вся выборка", "Примерный район"]
    assert table.rows[0].values == {"2|1": 20, "2|2": 5, "n|2": 10, "5|1": 99, "5|2": 81, "n|5": 30}


def test_completion_by_groups_of_marks_named_in_rows():
    rows = [
        ["Выполнение заданий группами участников"], *TITLE,
        ["Группы участников", "Кол-во участников", 1, 2],
        ["Вся выборка", 40, 70, 60], ["Группа «2»", 10, 20, 5], ["Группа «5»", 30, 99, 81],
    ]  # fmt: skip
    (row,) = only_table(rows).rows
    assert row.values == {"1": 70, "2": 60, "2|1": 20, "2|2": 5, "n|2": 10, "5|1": 99, "5|2": 81, "n|5": 30}


ACHIEVEMENTS = [
    ["Достижение планируемых результатов"],
    *TITLE,
    ["№", "Блоки ПООП обучающийся научится / получит возможность научиться или проверяемые требования (умения)",
     "Макс балл", "Примерная область", "Примерный район(reg99_m001)", 'МБОУ "Примерная СОШ №1"(edu990101)', "РФ"],
    ["", "", "", "20000 уч.", "37 уч.", "25 уч.", "1700000 уч."],
    ["1", "Выполнять действия с числами", 1, 88, 90, "91,5", 87.5],
    ["2", "Решать задачи", 2, 70, 61, 60, 69],
]  # fmt: skip


def test_planned_results_stand_in_rows_and_groups_in_columns():
    table = only_table(ACHIEVEMENTS)
    assert (table.report, table.maxima) == ("achievement", {"1": 1, "2": 2})
    assert [(row.level, row.code, row.participants) for row in table.rows] == [
        ("region", "", 20_000),
        ("municipality", "reg99_m001", 37),
        ("school", "edu990101", 25),
        ("country", "", 1_700_000),
    ]
    assert table.rows[2].values == {"1": 91.5, "2": 60}


@pytest.mark.django_db
def test_planned_results_give_items_their_blocks_and_stay_a_benchmark():
    imported(f1(TWO_SCHOOLS))
    file = imported(xlsx({"МА 4": ACHIEVEMENTS}))
    assert (file.state, file.family) == ("done", "achievements")
    items = Procedure.objects.get().items
    assert list(items.values_list("block", flat=True)) == ["Выполнять действия с числами", "Решать задачи", ""]
    assert GroupResult.objects.filter(report="achievement").count() == 4
    assert ResultAggregate.objects.count() == 2


# --- protocols of РИС

NAMES = ["Вымыслова", "Анна", "Ивановна"]
HEAD_9 = ["№", "Код ОО", "Класс", "", "Код ППЭ", "", "Аудитория", "", "Код МСУ", "", "Фамилия", "", "Имя", "Отчество"]
HEAD_9 += ["Задания с кратким ответом", "", "", "Задания с развёрнутым ответом", "Первичный балл", "", "Оценка"]
SPARSE_9 = [1, 9901, "9А", "", 1001, "", 101, "", 991, "", "Вымыслова", "", "Анна", "Ивановна"]
SPARSE_9 += ["+-2", "", "", "1(2)0(3)", 4, "", 3]
DENSE_9 = ["№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Код участника/регистрации", "Фамилия", "Имя", "Отчество"]
DENSE_9 += ["Серия", "Номер", "Ответы в краткой форме", "Ответы в развернутой форме", "Первичный балл", "Оценка"]
ROW_DENSE_9 = [1, 9901, "9А", 1001, 101, 555, *NAMES, "9900", "123456", "+-2", "1(2)0(3)", 4, 3]
LEGACY_9 = ["№", "Код ОО", "Класс", "", "Код ППЭ", "", "Аудитория", "", "Код МСУ", "", "Фамилия", "", "Имя"]
LEGACY_9 += ["Отчество", "Серия", "", "Номер", "", "Задания с кратким ответом", "", ""]
LEGACY_9 += ["Задания с развернутым ответом", "Первичный балл", "", "Оценка"]
ROW_LEGACY_9 = [
    1,
    9901,
    "9А",
    "",
    1001,
    "",
    101,
    "",
    991,
    "",
    "Вымыслова",
    "",
    "Анна",
    "Ивановна",
    "9900",
    "",
    "123456",
]
ROW_LEGACY_9 += ["", "+-2", "", "", "1(2)0(3)", 4, "", 3]
SPARSE_11 = ["№", "", "Код МСУ", "", "Код ОО", "", "Класс", "", "Код ППЭ", "", "Аудитория", "", "Фамилия", "Имя"]
SPARSE_11 += [
    "Отчество",
    "",
    "Задания с кратким ответом",
    "",
    "Задания с развёрнутым ответом",
    "",
    "Первичный балл",
    "",
]
SPARSE_11 += ["Тестовый балл"]
ROW_SPARSE_11 = [
    1,
    "",
    991,
    "",
    9901,
    "",
    "11А",
    "",
    1301,
    "",
    108,
    "",
    *NAMES,
    "",
    "+-2",
    "",
    "1(2)0(3)",
    "",
    4,
    "",
    40,
]
DENSE_11 = ["№", "Код МСУ", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Серия", "Номер"]
DENSE_11 += ["Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл", "Балл"]
ROW_DENSE_11 = [1, 991, 9901, "11А", 1301, 108, *NAMES, "9900", "123456", "+-2", "1(2)0(3)", 4, 40]
COMPACT_11 = ["№", "Код ППЭ", "Код ОО", "Класс", "Код ООП", "Профиль", "Фамилия", "Имя", "Отчество", "Вариант"]
COMPACT_11 += ["Код участника", "№ бланка", "Ответы в краткой форме", "Ответы в развернутой форме", "Первичный балл"]
COMPACT_11 += ["Итоговый балл"]
ROW_COMPACT_11 = [1, 1301, 9901, "11А", 1, "", *NAMES, 3, 555, 777, "+-2", "1(2)0(3)", 4, 40]
LAYOUTS = [
    pytest.param(HEAD_9, SPARSE_9, 9, id="9 sparse"),
    pytest.param(DENSE_9, ROW_DENSE_9, 9, id="9 dense"),
    pytest.param(LEGACY_9, ROW_LEGACY_9, 9, id="9 legacy"),
    pytest.param(SPARSE_11, ROW_SPARSE_11, 11, id="11 sparse"),
    pytest.param(DENSE_11, ROW_DENSE_11, 11, id="11 dense"),
    pytest.param(COMPACT_11, ROW_COMPACT_11, 11, id="11 compact"),
]


def protocol(head, row, *, title="04 - Химия 2026.06.09", rows=1):
    lines = [[number, *row[1:]] for number in range(1, rows + 1)]
    return [["Протокол проверки"], ["99 - Примерная область"], [title], [], head, *lines, ["Средние", 1, 2]]


def check(rows, grade):
    results = read(rows).results[0]
    assert (results.identity.grade, results.identity.kind) == (grade, "oge" if grade == 9 else "ege")
    assert results.scores[0].tolist() == [1, 0, 2, 1, 0]
    assert (results.totals[0], results.schools[0].digits) == (4, "9901")
    assert results.schools[0].system == f"ris_gia{grade}"
    given = results.marks if grade == 9 else results.test_scores
    assert given[0] == (3 if grade == 9 else 40)
    return results


@pytest.mark.parametrize(("head", "row", "grade"), LAYOUTS)
def test_protocols_by_the_words_of_their_headers(head, row, grade):
    check(protocol(head, row), grade)


@pytest.mark.parametrize(("head", "row", "grade"), LAYOUTS)
def test_protocols_with_a_broken_header_by_known_positions(head, row, grade):
    results = check(protocol(["?"] * len(head), row, rows=4), grade)
    assert [finding.code for finding in results.findings] == ["header_broken"]


@pytest.mark.parametrize(("head", "row", "grade"), LAYOUTS)
@pytest.mark.parametrize("broken", [False, True])
def test_names_and_documents_leave_every_layout(head, row, grade, broken):
    rows = protocol(["?"] * len(head) if broken else head, row, rows=4)
    sheets = [SheetRows("Page 1", rows)]
    assert privacy.has_names(sheets)
    (stripped,) = privacy.without_names(sheets)
    cells = {str(cell) for line in stripped.rows for cell in line}
    assert not cells & set(NAMES)
    assert not cells & {"9900", "123456"}
    check(stripped.rows, grade)


def test_two_few_rows_are_not_guessed_by_position():
    with pytest.raises(Refused) as refusal:
        read(protocol(["?"], ROW_DENSE_11))
    assert refusal.value.findings[0].code == "unknown_layout"


def test_basic_mathematics_and_gve_have_marks_and_no_test_scores():
    head = [cell for cell in DENSE_11 if cell != "Задания с развёрнутым ответом"]
    row = [*ROW_DENSE_11[:12], 3, 5]
    (results,) = read(protocol(head, row, title="22 - Математика базовая 2026.06.02")).results
    assert (results.marks.tolist(), results.test_scores, results.identity.kind) == ([5], None, "ege")
    (written,) = read(protocol(DENSE_9, ROW_DENSE_9, title="51 - Русский язык 2026.06.09")).results
    assert (written.identity.kind, written.marks.tolist()) == ("gve", [3])


def test_a_second_exam_without_a_header_of_its_own_uses_that_of_the_first():
    rows = [*protocol(DENSE_9, ROW_DENSE_9), ["12 - Обществознание 2026.06.11"], ROW_DENSE_9, ["Средние"], [9, "итог"]]
    chemistry, social = read(rows).results
    assert (social.identity.subject, social.size, chemistry.size) == ("Обществознание", 1, 1)


FLAT = "ColumnName;SchoolCode;ClassCode;StationCode;AuditoriumCode;GovernmentCell;SurnameCell;NameCell;SecondNameCell;"
FLAT += "DocumentSeriesCode;DocumentNumberCode;TestResultBCell;TestResultCCell;PrimaryMark;Mark5\n"
FLAT += "1;9901;9А;1001;101;991;Вымыслова;Анна;Ивановна;9900;123456;+-2;1(2)0(3);4;3\n"


def test_the_name_of_a_flat_protocol_tells_exam_and_day():
    hint = of_file_name("выгрузка/02_2026.06.02_итог.csv")
    assert (hint.kind, hint.subject, hint.session) == ("oge", "Математика", "2026-06-02")
    assert of_file_name("51_2026.06.02.csv").kind == "gve"
    assert of_file_name("2849657.xlsx") == Identity()


@pytest.mark.django_db
@pytest.mark.fault("U29")
def test_a_flat_protocol_waits_for_its_subject_and_keeps_the_day_of_its_name(specialist, run_jobs):
    from io import BytesIO

    incoming = [Incoming("02_2026.06.02.csv", BytesIO(("\ufeff" + FLAT).encode()), "02_2026.06.02.csv")]
    batch = services.create_batch(incoming=incoming, by=specialist)
    (file,) = services.import_batch(batch=batch, by=specialist)
    assert (file.state, file.hint["subject"], file.names_removed) == ("unclear", "Математика", True)
    assert not any(form in data for data in kept_bytes() for word in ("Вымыслова", "123456") for form in spelled(word))
    services.state_work(file=file, stated=Identity("vpr", 2026, "Математика", 9), by=specialist)
    run_jobs()
    file.refresh_from_db()
    assert (file.state, Procedure.objects.get().title) == ("done", "ОГЭ 02.06.2026. Математика")
    assert ResultAggregate.objects.get().marks == [0, 1, 0, 0]


# --- names under other headers


@pytest.mark.parametrize("head", ["ФИО ученика", "Ф.И.О. участника", "Учитель", "Фамилия, имя", "Столбец", "Участник"])
def test_columns_of_people_are_cleared_under_any_header(head):
    rows = [["№", head, "Балл"], *([n, "Вымыслова Анна Ивановна", 3] for n in range(3))]
    sheets = [SheetRows("Лист1", rows)]
    assert privacy.has_names(sheets)
    (stripped,) = privacy.without_names(sheets)
    assert [row[1] for row in stripped.rows[1:]] == [None] * 3
    assert [row[2] for row in stripped.rows[1:]] == [3] * 3


def test_names_of_schools_and_authors_are_no_people():
    rows = [["Код участника", "ОО", "Автор"], [1, "МБОУ Примерная СОШ", "Писателев И.И."], [2, "", "Писателев И.И."]]
    assert not privacy.has_names([SheetRows("Лист1", rows)])
    schools = [["ОО", "Район"], ["Школа Первая", "Примерный район"], ["Школа Вторая", "Примерный район"]]
    assert not privacy.has_names([SheetRows("Лист1", schools)])


# --- the questionnaire of context data

FIRST = ["Пользователь", "Код региона", "Регион", "Муниципалитет", "Школа", "Дата загрузки"]
PLACE = ["edu990101", 99, "reg990000 | Область", "reg99_m001 | Примерный район", "edu990101 | Примерная СОШ №1", ""]
CONTEXT = {
    "Общая информация об ОО": [
        [*FIRST, "1. ФИО директора", "2. Телефон", "7. Код ОГЭ", "8. Код ЕГЭ"],
        [*PLACE, "Вымыслова Анна Ивановна", "+7 900 000-00-00", 9901, "1190"],
    ],
    "ОБРАЗОВАТЕЛЬНАЯ ДЕЯТЕЛЬНОСТЬ ОО": [[*FIRST, "1. Что угодно"], [*PLACE, "ответ"]],
}


@pytest.mark.django_db
def test_a_questionnaire_gives_codes_only_and_is_taken_back(school, specialist):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101", prefix="edu")
    other = ParticipatingSchool.objects.create(system="ris_gia9", digits="9901")
    file = imported(xlsx(CONTEXT), name="анкета.xlsx")
    assert (file.state, file.family, file.names_removed, file.schools) == ("done", "context", True, 1)
    kept = b"".join(kept_bytes())
    assert not any(form in kept for word in ("Вымыслова", "900 000", "ответ") for form in spelled(word))
    codes = dict(ExternalId.objects.filter(organization=school).values_list("system", "value"))
    assert codes == {"fis_oko": "990101", "ris_gia9": "9901", "ris_gia11": "1190"}
    other.refresh_from_db()
    assert other.organization == school
    services.undo_file(file=file, by=specialist)
    other.refresh_from_db()
    assert (other.organization, ExternalId.objects.filter(organization=school).count()) == (None, 1)


@pytest.mark.django_db
def test_a_code_of_another_organisation_is_left_to_it(school, other_school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101", prefix="edu")
    ExternalId.objects.create(organization=other_school, system="ris_gia9", value="9901")
    file = imported(xlsx(CONTEXT))
    assert "code_taken" in [finding["code"] for finding in file.findings]
    assert ExternalId.objects.get(system="ris_gia9").organization == other_school
