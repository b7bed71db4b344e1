"""Matrices of any layout: columns named on a page, remembered by the header, read with the checks of any import."""

import zipfile
from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.organizations.models import ExternalId
from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.mapping import table
from apps.procedures.models import (
    MappingProfile,
    OlympiadCount,
    OlympiadPupils,
    Procedure,
    ResultAggregate,
    ResultBlock,
    ResultFile,
)
from apps.procedures.readers.neutral import SheetRows
from tests.factories.procedures import imported
from tests.factories.result_files import xlsx
from tests.procedures.test_views import text_of

HEAD = ["№", "Код ОО", "ОО", "Класс", "ФИО", "Вариант", "1", "2", "3", "Сумма", "%", "Уровень"]
MATRIX = [
    ["Региональная диагностическая работа"],
    ["", "", "", "", "", "", 1, 2, 3],
    HEAD,
    [1, "edu990101", "Школа № 1", "7А", "Вымыслова Анна", 1, 1, 2, "X", 3, 50, "базовый"],
    [2, "edu990101", "Школа № 1", "7А", "Придуманов Олег", 2, 0, 1, 3, 4, 67, "базовый"],
    [3, "edu990101", "Школа № 1", "7Б", "Небывалова Вера", 2, 0, 4, 3, 7, 99, "высокий"],
    [4, "edu990102", "Школа № 2", "7А", "Сказочный Иван", 1, 1, 1, 1, 3, 50, "базовый"],
    ["Итого", "", "", "", "", "", 2, 8, 7, 17],
]


# --- the table itself


def test_header_columns_and_maxima_are_guessed():
    mapping = table.guess(SheetRows("РДР", MATRIX))
    assert mapping.header == 2
    assert mapping.columns == {
        1: "school_code", 2: "school_name", 3: "klass", 5: "variant", 6: "item", 7: "item", 8: "item", 9: "total",
    }  # fmt: skip
    assert mapping.items == {6: ("1", 1), 7: ("2", 2), 8: ("3", 3)}


def test_maxima_may_stand_in_the_header_or_in_a_row_below_it():
    inside = table.guess(SheetRows("", [["ОО", "1 (2б)", "2К1 (3 б.)"], ["Школа", 1, 1]]))
    assert inside.items == {1: ("1", 2), 2: ("2К1", 3)}
    below = table.guess(SheetRows("", [["ОО", "Задание 1", "Задание 2"], ["Макс. балл", 2, 3], ["Школа", 1, 1]]))
    assert below.items == {1: ("1", 2), 2: ("2", 3)}


def test_the_digest_is_of_words_and_their_order():
    one = table.header_digest(["Код ОО", "Класс", "", None])
    assert one == table.header_digest([" код\u00a0ОО ", "КЛАСС"])
    assert one != table.header_digest(["Класс", "Код ОО"])


# --- the wizard


def work(columns, **more):
    """What the page posts: all columns of the matrix, with the given roles."""
    fields = {f"role_{index}": columns.get(index, "") for index in range(len(HEAD))}
    return {
        "kind": "rdr", "subject": "математика", "grade": "7", "held_on": "2026-03-12", "most_6": "1", "most_7": "2",
        "most_8": "3", **fields, **more,
    }  # fmt: skip


ROLES = {1: "school_code", 2: "school_name", 3: "klass", 5: "variant", 6: "item", 7: "item", 8: "item", 9: "total"}


def address(file):
    return reverse("procedures:file_columns", args=[file.pk])


@pytest.mark.django_db
@pytest.mark.capability("S-029")
def test_an_unknown_matrix_is_named_previewed_read_and_remembered(client_of, specialist, run_jobs, school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101")
    file = imported(xlsx({"РДР": MATRIX}), name="матрица.xlsx", by=specialist)
    assert (file.state, file.names_removed) == (ResultFile.State.UNMAPPED, True)
    client = client_of(Role.SPECIALIST)
    batch = text_of(client.get(file.batch.get_absolute_url()))
    assert "нужно указать столбцы" in batch
    assert "Указать столбцы" in batch
    page = client.get(address(file))
    assert "Школа № 2" in text_of(page)
    assert "Вымыслова" not in page.content.decode()
    assert '<option value="school_code" selected>' in page.content.decode()

    wrong = client.post(address(file), work({**ROLES, 9: "school_code"}, held_on="", kind=""))
    said = text_of(wrong)
    for complaint in ("Выберите вид", "Укажите дату", "указано у столбцов B, J: оставьте один"):
        assert complaint in said
    file.refresh_from_db()
    assert file.state == ResultFile.State.UNMAPPED

    client.post(address(file), work(ROLES, save_as="РДР области", title="РДР. Математика, 7 класс"))
    run_jobs()
    file.refresh_from_db()
    assert (file.state, file.rows, file.present, file.schools, file.quarantined) == ("done", 4, 4, 2, 1)
    assert file.quarantined_rows.get().reason == "задание 2: 4 при максимуме 2"
    procedure = Procedure.objects.get()
    assert (procedure.kind, procedure.level, procedure.held_on) == ("rdr", "regional", date(2026, 3, 12))
    assert (procedure.period.code, procedure.max_score) == ("2025/26", 6)
    own = ResultAggregate.objects.get(school__organization=school)
    assert (own.participants, own.score_sum, own.item_sums, own.item_skipped) == (2, 7, [1, 3, 3], [0, 0, 1])
    with file.file.file.open("rb") as stream, zipfile.ZipFile(stream) as kept:
        stored = b"".join(kept.read(name) for name in kept.namelist()).decode()
    assert "базовый" not in stored  # a column that nobody chose is not kept
    assert "Вымыслова" not in stored

    again = imported(xlsx({"РДР": MATRIX}), name="вторая.xlsx", by=specialist)
    offered = text_of(client.get(address(again)))
    assert "подставлен профиль «РДР области»" in offered
    assert "РДР области" in text_of(client.get(reverse("procedures:profiles")))
    client.post(reverse("procedures:profile_delete", args=[MappingProfile.objects.get().pk]))
    assert not MappingProfile.objects.exists()
    assert ResultBlock.objects.exists()


@pytest.mark.django_db
def test_who_may_name_columns(client_of, specialist):
    file = imported(xlsx({"РДР": MATRIX}), by=specialist)
    for role, status in ((Role.HEAD, 200), (Role.METHODOLOGIST, 404), (Role.DIRECTOR, 404)):
        assert client_of(role).get(address(file)).status_code == status
    assert client_of(Role.METHODOLOGIST).get(reverse("procedures:profiles")).status_code == 200
    assert client_of(Role.DIRECTOR).get(reverse("procedures:profiles")).status_code == 404


@pytest.mark.django_db
def test_a_file_of_one_school_without_a_school_column(client_of, specialist, run_jobs, school):
    rows = [["Класс", "1", "2"], ["5А", 1, 0], ["5А", "X", 1]]
    file = imported(xlsx({"ВСОКО": rows}), by=specialist)
    client = client_of(Role.SPECIALIST)
    data = {
        "kind": "vsoko", "subject": "Химия", "grade": "8", "held_on": "2026-02-02", "role_0": "klass", "role_1": "item",
        "role_2": "item", "most_1": "1", "most_2": "1",
    }  # fmt: skip
    assert "выберите школу, если файл одной школы" in text_of(client.post(address(file), data))
    client.post(address(file), data | {"organization": school.pk})
    run_jobs()
    row = ResultAggregate.objects.get()
    assert (row.school.organization, row.participants, row.score_sum) == (school, 2, 2)
    assert Procedure.objects.get().level == "school"


@pytest.mark.django_db
def test_schools_without_logins_are_found_by_their_name(specialist, run_jobs, client_of, school):
    rows = [["ОО", "1"], ["школа  № 1", 1], ["Неведомая школа", 0]]
    file = imported(xlsx({"МДР": rows}), by=specialist)
    data = {"kind": "mdr", "subject": "Химия", "grade": "8", "held_on": "2026-02-02", "role_0": "school_name"}
    client_of(Role.SPECIALIST).post(address(file), data | {"role_1": "item", "most_1": "1"})
    run_jobs()
    file.refresh_from_db()
    assert (file.schools, file.unknown_schools) == (2, 1)
    assert ResultAggregate.objects.ours().get().school.organization == school


@pytest.mark.django_db
def test_a_table_too_small_to_be_one_is_refused():
    assert imported(xlsx({"a": [["?"], ["!"]]})).state == ResultFile.State.REFUSED


# --- the olympiad

OLYMPIAD = [
    ["№", "Шифр", "Фамилия", "Имя", "Отчество", "Класс обучения", "Класс, за который выполнял", "ОО", "Предмет", "Балл"]
    + ["Статус", "Код ученика"],
    [1, "М-01", "Вымыслова", "Анна", "Ивановна", "7А", 8, "Школа № 1", "Математика", 30, "победитель", "p1"],
    [2, "М-02", "Придуманов", "Олег", "Петрович", "7Б", 7, "Школа № 1", "Математика", 20, "Призёр", "p2"],
    [3, "М-03", "Небывалова", "Вера", "Олеговна", 8, 8, "Школа № 2", "Математика", 5, "участник", "p3"],
    [4, "Х-01", "Вымыслова", "Анна", "Ивановна", "7А", 8, "Школа № 1", "Химия", 9, "участник", "p1"],
    [5, "Х-02", "Сказочный", "Иван", "Кузьмич", 9, 9, "Лесная школа", "Химия", 9, "призер", "p4"],
    [6, "Х-03", "Тихий", "Пётр", "Ильич", 9, 9, "Школа № 2", "Химия", "", "не явился", "p5"],
]


def olympiad_work(**more):
    return {
        "kind": "vsosh", "stage": "municipal", "period": "2025/26", "role_5": "grade", "role_7": "school_name",
        "role_8": "subject", "role_10": "status", "role_11": "person", **more,
    }  # fmt: skip


@pytest.mark.django_db
def test_results_of_the_olympiad_become_counts_without_names(client_of, specialist, run_jobs, school, other_school):
    file = imported(xlsx({"ВсОШ": OLYMPIAD}), by=specialist)
    assert file.names_removed
    client = client_of(Role.SPECIALIST)
    assert "Выберите этап" in text_of(client.post(address(file), olympiad_work(stage="")))
    client.post(address(file), olympiad_work())
    run_jobs()
    file.refresh_from_db()
    assert (file.state, file.family, file.rows, file.present) == ("done", "olympiad", 5, 4)
    names = ("organization", "olympiad__subject__name", "grade", "participants", "winners", "prize_winners")
    assert list(OlympiadCount.objects.order_by(*names).values_list(*names)) == [
        (school.pk, "Математика", 7, 2, 1, 1),
        (school.pk, "Химия", 7, 1, 0, 0),
        (other_school.pk, "Математика", 8, 1, 0, 0),
    ]
    assert dict(OlympiadPupils.objects.values_list("organization", "pupils")) == {school.pk: 2, other_school.pk: 1}
    (told,) = [finding for finding in file.findings if finding["code"] == "schools_unlinked"]
    assert told["found"] == "Лесная школа"


@pytest.mark.django_db
def test_counts_that_a_file_replaced_come_back(client_of, specialist, run_jobs, school, other_school):
    client = client_of(Role.SPECIALIST)

    def load(rows):
        file = imported(xlsx({"ВсОШ": [OLYMPIAD[0], *rows]}), by=specialist)
        client.post(address(file), olympiad_work())
        run_jobs()
        file.refresh_from_db()
        assert file.state == "done", file.findings
        return file

    def winners():
        rows = OlympiadCount.objects.filter(olympiad__subject__name="Математика")
        return sorted(rows.values_list("organization__number", "winners", "prize_winners"))

    load([OLYMPIAD[1], OLYMPIAD[3]])
    second = load([OLYMPIAD[2]])
    assert winners() == [(1, 0, 1), (2, 0, 0)]  # the second file speaks of the first school only
    services.undo_file(file=second, by=specialist)
    assert winners() == [(1, 1, 0), (2, 0, 0)]


@pytest.mark.django_db
def test_several_files_of_one_upload_have_each_its_state(specialist):
    incoming = [
        Incoming("матрица.xlsx", xlsx({"РДР": MATRIX})),
        Incoming("пустая.xlsx", xlsx({"a": [["?"]]})),
    ]
    batch = services.create_batch(incoming=incoming, by=specialist)
    files = services.import_batch(batch=batch, by=specialist)
    assert [file.state for file in files] == ["unmapped", "refused"]
