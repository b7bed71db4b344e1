"""Pages of results: what each role sees and what is hidden from it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import AUTHORITY, DEPARTMENT, Role
from apps.organizations.models import ExternalId
from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.models import Batch, ParticipatingSchool, Procedure, QuarantinedRow, ResultFile
from apps.procedures.todo import todo_for
from tests.factories.procedures import imported
from tests.factories.result_files import TWO_SCHOOLS, f1, f1_rows, pupil, xlsx

pytestmark = pytest.mark.django_db

ANYWHERE = ("procedures:list",)
WORK = ("procedures:upload",)


@pytest.fixture
def file(school, other_school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101")
    ExternalId.objects.create(organization=other_school, system="fis_oko", value="990102")
    return imported(f1({**TWO_SCHOOLS, "edu990103": [pupil(40001, (3, 1, 1), 4), pupil(40002, (1, 1, 1), 4)]}))


@pytest.fixture
def procedure(file):
    return Procedure.objects.get()


def text_of(response):
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ")


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_what(client_of, role, file, procedure):
    client = client_of(role)
    reads = role in AUTHORITY or role in {Role.DIRECTOR, Role.COORDINATOR, Role.ASSOCIATION_LEADER}
    for name in ANYWHERE:
        assert client.get(reverse(name)).status_code == (200 if reads else 404)
    for name in WORK:
        assert client.get(reverse(name)).status_code == (200 if role in DEPARTMENT else 404)
    for address in (
        reverse("procedures:batches"),
        reverse("procedures:batch", args=[file.batch_id]),
        reverse("procedures:file", args=[file.pk]),
    ):
        assert client.get(address).status_code == (200 if role in AUTHORITY else 404)
    undo = client.post(reverse("procedures:file_undo", args=[file.pk]))
    assert undo.status_code == (302 if role in DEPARTMENT else 404)


def test_the_municipality_is_our_schools_and_the_whole_file_a_benchmark(client_of, procedure):
    response = client_of(Role.SPECIALIST).get(procedure.get_absolute_url())
    page = text_of(response)
    groups = response.context["analysis"].groups
    assert [(group.name, group.n) for group in groups] == [("Муниципалитет", 5), ("Все школы файла", 6)]
    assert "80,0 %" in page  # успеваемость: 4 of 5
    assert "60,0 %" in page  # качество: 3 of 5
    assert "Школа № 1" in page
    assert "990103" not in page
    assert "не используют для оценки работы учителей" in page


def test_a_procedure_page_reads_no_more_for_more_schools(client_of, procedure, django_assert_max_num_queries):
    client = client_of(Role.HEAD)
    with django_assert_max_num_queries(15):
        client.get(procedure.get_absolute_url())


def test_a_school_sees_its_own_page_and_not_anothers(client_of, procedure, school, other_school):
    client = client_of(Role.DIRECTOR)
    response = client.get(procedure.get_absolute_url(), follow=True)
    assert response.redirect_chain[-1][0] == reverse("procedures:school", args=[procedure.pk, school.code])
    page = text_of(response)
    assert "Школа № 1" in page
    assert "Школа № 2" not in page
    assert client.get(reverse("procedures:school", args=[procedure.pk, other_school.code])).status_code == 404
    stranger = client_of(Role.DIRECTOR, other_school)
    assert stranger.get(reverse("procedures:school", args=[procedure.pk, school.code])).status_code == 404
    assert stranger.get(reverse("procedures:school", args=[procedure.pk, other_school.code])).status_code == 200


def test_a_school_that_took_no_part_sees_no_procedure(client_of, procedure, kindergarten):
    client = client_of(Role.DIRECTOR, kindergarten)
    assert client.get(procedure.get_absolute_url()).status_code == 404
    assert "ВПР 2026" not in text_of(client.get(reverse("procedures:list")))


def test_the_list_of_a_school_has_its_own_figures(client_of, procedure):
    page = text_of(client_of(Role.COORDINATOR).get(reverse("procedures:list")))
    assert "2025/26 3 66,7 % 66,7 %" in page
    assert "66,7 %" in page
    assert "Всего в файлах" not in page


def test_the_list_is_narrowed(client_of, procedure):
    client = client_of(Role.METHODOLOGIST)
    assert "ВПР 2026" in text_of(client.get(reverse("procedures:list"), {"grade": "4"}))
    assert "Таких процедур нет" in text_of(client.get(reverse("procedures:list"), {"grade": "5"}))


def test_uploading_leads_to_the_batch_and_its_progress(client_of, run_jobs):
    client = client_of(Role.SPECIALIST)
    one, two = f1(TWO_SCHOOLS), f1(TWO_SCHOOLS, subject="Русский язык")
    one.name, two.name = "Ф1_МА.xlsx", "Ф1_РУ.xlsx"
    response = client.post(reverse("procedures:upload"), {"files": [one, two]})
    batch = Batch.objects.get()
    assert response.url == batch.get_absolute_url()
    assert "В очереди" in text_of(client.get(response.url))
    run_jobs()
    page = text_of(client.get(response.url))
    assert page.count("загружен ") >= 2
    assert "ВПР 2026. Русский язык, 4 класс" in page
    assert "неизвестные школы" in page


def test_uploading_nothing_says_so(client_of):
    response = client_of(Role.SPECIALIST).post(reverse("procedures:upload"), {})
    assert "Выберите хотя бы один файл" in text_of(response)
    assert not Batch.objects.exists()


def test_the_quarantine_shows_reasons_and_takes_decisions(client_of, file):
    client = client_of(Role.SPECIALIST)
    address = reverse("procedures:file", args=[file.pk])
    assert "задание 1: 3 при максимуме 1" in text_of(client.get(address))
    row = QuarantinedRow.objects.get()
    rows = reverse("procedures:file_rows", args=[file.pk])
    assert "Отметьте хотя бы одну строку" in text_of(client.post(rows, {"release": "1"}, follow=True))
    page = text_of(client.post(rows, {"release": "1", "chosen": [row.pk]}, follow=True))
    assert "учтена без ошибочных ячеек" in page


def test_reading_roles_see_no_buttons_of_decisions(client_of, file):
    page = client_of(Role.METHODOLOGIST).get(reverse("procedures:file", args=[file.pk])).content.decode()
    assert "Учесть отмеченные" not in page
    assert 'name="chosen"' not in page


def test_unknown_schools_are_created_or_linked(client_of, file, school):
    client = client_of(Role.SPECIALIST)
    unknown = ParticipatingSchool.objects.get(digits="990103")
    assert "990103" in text_of(client.get(reverse("procedures:file", args=[file.pk])))
    link = reverse("procedures:school_link", args=[unknown.pk])
    assert client.get(link).status_code == 200
    client.post(f"{link}?next=https://evil.example/", {"organization": school.pk})
    unknown.refresh_from_db()
    assert unknown.organization == school
    assert "990103" not in text_of(client.get(reverse("procedures:file", args=[file.pk])))


def test_a_redirect_after_linking_stays_on_the_portal(client_of, file, school):
    unknown = ParticipatingSchool.objects.get(digits="990103")
    link = reverse("procedures:school_link", args=[unknown.pk])
    response = client_of(Role.SPECIALIST).post(f"{link}?next=https://evil.example/", {"organization": school.pk})
    assert response.url == reverse("procedures:batches")


def test_creating_organisations_for_all_unknown_schools(client_of, file):
    page = text_of(
        client_of(Role.HEAD).post(reverse("procedures:file_organizations", args=[file.pk]), {"all": "1"}, follow=True)
    )
    assert "Создано организаций: 1" in page
    file.refresh_from_db()
    assert file.unknown_schools == 0


def test_what_waits_is_on_the_first_page_of_the_department_only(file, specialist, director):
    (line,) = todo_for(specialist)
    assert "1 строка в карантине" in line.note
    assert "1 неизвестная школа" in line.note
    assert todo_for(director) == []


def test_an_unclear_file_is_confirmed_on_the_page(client_of, run_jobs, specialist):
    from tests.procedures.test_importing import MATHS_4, export_2021, row_2021

    name = "по математике, 4 класс. ВПР 2021.xlsx"
    file = imported(export_2021([row_2021(40001, MATHS_4)]), name=name, by=specialist)
    client = client_of(Role.SPECIALIST)
    page = client.get(reverse("procedures:batch", args=[file.batch_id])).content.decode()
    assert 'value="2021"' in page
    work = {f"file-{file.pk}-subject": "Математика", f"file-{file.pk}-grade": "4", f"file-{file.pk}-year": "2021"}
    client.post(reverse("procedures:file_work", args=[file.pk]), work)
    run_jobs()
    file.refresh_from_db()
    assert file.state == ResultFile.State.DONE


def test_works_of_several_files_are_confirmed_at_once_and_the_rest_is_typed_once(client_of, run_jobs, specialist):
    from tests.procedures.test_importing import MATHS_4, export_2021, row_2021

    streams = [
        export_2021([row_2021(code, MATHS_4, login=f"sch99010{code - 40000}")]) for code in (40001, 40002, 40003)
    ]
    names = ("по математике, 4 класс. ВПР 2021.xlsx", "Математика.xlsx", "по математике.xlsx")
    incoming = [Incoming(name, stream, name) for name, stream in zip(names, streams, strict=True)]
    batch = services.create_batch(incoming=incoming, by=specialist)
    services.import_batch(batch=batch, by=specialist)
    first, second, third = batch.files.all()
    page = text_of(client_of(Role.SPECIALIST).get(batch.get_absolute_url()))
    assert "по математике, 4 класс. ВПР 2021.xlsx — ВПР 2021. Математика, 4 класс" in page
    assert "Математика.xlsx — предмет: Математика; не указано: класс, год" in page
    address = reverse("procedures:batch_works", args=[batch.pk])
    work = {"chosen": [first.pk, second.pk], "common-grade": "5", "common-year": "2021"}
    assert client_of(Role.METHODOLOGIST).post(address, work).status_code == 404
    client_of(Role.SPECIALIST).post(address, work)
    run_jobs()
    works = [[str(procedure) for procedure in file.procedures.all()] for file in (first, second, third)]
    assert works == [["ВПР 2021. Математика, 4 класс"], ["ВПР 2021. Математика, 5 класс"], []]


def test_unknown_schools_are_shown_and_created_by_municipality(client_of):
    rows = f1_rows({login: [pupil(40001, (1, 1, 1), 4)] for login in ("edu990101", "edu990102", "edu990103")})
    rows[-1][1] = "Дальний район"
    file = imported(xlsx({"МА 4": rows}))
    address = reverse("procedures:file", args=[file.pk])
    page = text_of(client_of(Role.SPECIALIST).get(address, {"place": "Дальний район"}))
    assert "Дальний район: 1 Примерный район: 2" in page
    assert "edu990103" in page
    assert "edu990101" not in page
    create = reverse("procedures:file_organizations", args=[file.pk])
    client_of(Role.SPECIALIST).post(create, {"all": "1", "place": "Дальний район"})
    assert list(ExternalId.objects.values_list("value", flat=True)) == ["990103"]


def test_methods_are_open_to_everybody_with_source_and_state(client):
    page = text_of(client.get(reverse("procedures:methods")))
    assert "100 · (n4 + n5) / N" in page
    assert "не подтверждено" in page
    assert "Уилсона, 95 %" in page
    assert "результаты по классам и учителям не строятся" in page


@pytest.mark.capability("S-005")
def test_a_procedure_is_marked_with_its_level_and_the_list_is_narrowed_by_it(client_of, procedure):
    client = client_of(Role.SPECIALIST)
    assert "Уровень: федеральный" in text_of(client.get(reverse("procedures:detail", args=[procedure.pk])))
    mark = reverse("procedures:level", args=[procedure.pk])
    for role in (Role.METHODOLOGIST, Role.DIRECTOR):
        assert client_of(role).post(mark, {"level": "school"}).status_code == 404
    client.post(mark, {"level": "galactic"})
    procedure.refresh_from_db()
    assert procedure.level == "federal"
    client.post(mark, {"level": "municipal"})
    name = "Математика, 4 класс"
    assert name in text_of(client.get(reverse("procedures:list"), {"level": "municipal"}))
    assert name not in text_of(client.get(reverse("procedures:list"), {"level": "federal"}))


@pytest.mark.capability("S-030")
def test_results_say_from_which_file_of_which_system_and_when(client_of, file, procedure, school):
    """An export is used as it is, nothing is retyped; its source, day and file stand at the results."""
    page = client_of(Role.SPECIALIST).get(procedure.get_absolute_url()).content.decode()
    assert "Ф1 «Индивидуальные результаты» (ФИС ОКО)" in page
    assert file.name in page
    assert file.sha256 in page
    assert reverse("procedures:file", args=[file.pk]) in page
    assert f"{timezone.localtime(file.batch.created_at):%d.%m.%Y %H:%M}" in page
    own = client_of(Role.DIRECTOR).get(reverse("procedures:school", args=[procedure.pk, school.code])).content.decode()
    assert file.sha256 in own
    assert reverse("procedures:file", args=[file.pk]) not in own
    ResultFile.objects.filter(pk=file.pk).update(state=ResultFile.State.UNDONE)
    assert file.sha256 not in client_of(Role.SPECIALIST).get(procedure.get_absolute_url()).content.decode()
