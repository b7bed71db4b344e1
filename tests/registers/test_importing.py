"""Files of entries: round trip, a look before writing, every bad cell at once, nothing of a stranger."""

import io
import re

import pytest

from apps.accounts.roles import Role
from apps.core.models import PrivateFile
from apps.registers.models import Agreement, EducationalProgramme, GraduateChoice, TalentTeacher
from apps.workbooks.writing import export_table
from tests.factories.registers import (
    AgreementFactory,
    ChoiceFactory,
    JointActionFactory,
    NeedFactory,
    PracticeFactory,
    ProgrammeFactory,
    TeacherFactory,
)

pytestmark = pytest.mark.django_db

LOAD = "/registers/{}/load/"
HEAD = ["Код организации", "Группа профессий", "Год выпуска", "Выпуск", "Выбрали человек"]


def book(*rows, head=HEAD, kind="xlsx"):
    stream = io.BytesIO(export_table(head, rows, kind=kind))
    stream.name = f"file.{kind}"
    return stream


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def stat(page, label):
    found = re.search(rf'stat-value">(\d+)</div> <div class="stat-label">{label}', page)
    return int(found[1]) if found else None


def confirm(client, code, page):
    data = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("file", "digest")}
    return client.post(LOAD.format(code), {**data, "confirm": "1"})


def look(client, code, stream):
    return text(client.post(LOAD.format(code), {"file": stream}))


@pytest.mark.parametrize(
    ("code", "factory"),
    [
        ("programmes", ProgrammeFactory),
        ("agreements", AgreementFactory),
        ("joint-actions", JointActionFactory),
        ("talent-teachers", TeacherFactory),
        ("practices", PracticeFactory),
        ("labour-needs", NeedFactory),
        ("graduate-choices", ChoiceFactory),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_our_own_export_changes_nothing(client_of, code, factory, kind):
    factory()
    client = client_of(Role.SPECIALIST)
    content = b"".join(client.get(f"/registers/{code}/export/{kind}/").streaming_content)
    stream = io.BytesIO(content)
    stream.name = f"file.{kind}"
    page = look(client, code, stream)
    assert "Есть ошибки" not in page
    assert (stat(page, "будет внесено"), stat(page, "будет изменено"), stat(page, "без изменений")) == (0, 0, 1)
    assert "записывать нечего" in page


def test_a_look_first_then_exactly_that(client_of, school, other_school):
    ChoiceFactory(organization=school, count=7)
    client = client_of(Role.SPECIALIST)
    rows = (
        ["school-01", "Транспорт", 2026, "после 9 класса", 9],
        ["Школа № 2", "здравоохранение", 2026, "после 11 класса", 4],
    )
    page = look(client, "graduate-choices", book(*rows))
    assert (stat(page, "будет внесено"), stat(page, "будет изменено")) == (1, 1)
    assert GraduateChoice.objects.count() == 1
    ChoiceFactory(organization=other_school, group="law")  # another one: the plan stands
    GraduateChoice.objects.filter(organization=school).update(count=8)
    assert confirm(client, "graduate-choices", page).status_code == 302
    found = {(one.organization.code, one.group, one.after): one.count for one in GraduateChoice.objects.all()}
    assert found["school-01", "transport", "9"] == 9
    assert found["school-02", "health", "11"] == 4


def test_a_plan_that_changed_meanwhile_is_refused(client_of, school):
    client = client_of(Role.SPECIALIST)
    page = look(client, "graduate-choices", book(["school-01", "Транспорт", 2026, "после 9 класса", 9]))
    ChoiceFactory(organization=school, count=1)
    assert "реестр изменился" in text(confirm(client, "graduate-choices", page))
    assert GraduateChoice.objects.get().count == 1


def test_every_bad_cell_at_once_and_nothing_is_kept(client_of, school):
    rows = (
        ["нет такой", "космос", 2026, "после 9 класса", 9],
        ["school-01", "Транспорт", "давно", "после 9 класса", -5],
        ["school-01", "Транспорт", 2026, "после 9 класса", 5],
        ["school-01", "транспорт", 2026, "после 9 класса", 6],
    )
    page = look(client_of(Role.SPECIALIST), "graduate-choices", book(*rows))
    for place in ("ячейка A2", "ячейка B2", "ячейка C3", "ячейка E3", "строки 4 и 5"):
        assert place in page.lower() or place in page, place
    assert "Подтвердить" not in page
    assert not GraduateChoice.objects.exists()
    assert not PrivateFile.objects.exists()


def test_a_school_loads_its_own_only(client_of, school, other_school):
    client = client_of(Role.DIRECTOR)
    page = look(client, "graduate-choices", book(["school-02", "Транспорт", 2026, "после 9 класса", 9]))
    assert stat(page, "будет внесено") == 1
    assert confirm(client, "graduate-choices", page).status_code == 302
    assert GraduateChoice.objects.get().organization == school  # the column of others is not read


def test_a_file_of_another_person_is_not_found(client_of, school):
    page = look(
        client_of(Role.SPECIALIST), "graduate-choices", book(["school-01", "Транспорт", 2026, "после 9 класса", 9])
    )
    assert confirm(client_of(Role.HEAD), "graduate-choices", page).status_code == 404
    for data in ({"confirm": "1"}, {"confirm": "1", "file": "x"}):
        assert client_of(Role.SPECIALIST).post(LOAD.format("graduate-choices"), data).status_code == 404


def test_dates_and_schools_of_agreements(client_of, school, other_school):
    head = ["Код организации", "Партнёр", "Вид партнёра", "О чём", "Заключено", "Действует по", "Школы"]
    rows = (["school-01", "Колледж", "вуз", "Пробы", "01.09.2025", None, "school-01; Школа № 2"],)
    client = client_of(Role.SPECIALIST)
    page = look(client, "agreements", book(*rows, head=head, kind="csv"))
    assert "Есть ошибки" not in page, page
    assert confirm(client, "agreements", page).status_code == 302
    agreement = Agreement.objects.get()
    assert (f"{agreement.signed_on:%d.%m.%Y}", agreement.ends_on) == ("01.09.2025", None)
    assert {one.code for one in agreement.schools.all()} == {"school-01", "school-02"}


def test_a_column_that_is_missing_leaves_what_stands(client_of, school):
    TeacherFactory(organization=school, person="Иванова", awards="Грамота")
    head = ["Код организации", "Фамилия, имя, отчество", "Должность", "С кем и как работает"]
    client = client_of(Role.METHODOLOGIST)
    page = look(client, "talent-teachers", book(["school-01", "Иванова", "методист", "Кружок"], head=head))
    assert confirm(client, "talent-teachers", page).status_code == 302
    teacher = TalentTeacher.objects.get()
    assert (teacher.post, teacher.awards) == ("методист", "Грамота")


def test_texts_that_look_like_formulas_stay_texts(client_of, school):
    ProgrammeFactory(organization=school, name="=1+1", technologies="@SUM(A1)")
    client = client_of(Role.SPECIALIST)
    content = b"".join(client.get("/registers/programmes/export/csv/").streaming_content).decode("utf-8-sig")
    assert "'=1+1" in content
    assert "'@SUM(A1)" in content
    assert EducationalProgramme.objects.get().name == "=1+1"


def test_the_template_is_filled_and_taken(client_of, school):
    from openpyxl import load_workbook

    client = client_of(Role.SPECIALIST)
    stream = io.BytesIO(b"".join(client.get("/registers/graduate-choices/load/template/").streaming_content))
    filled = load_workbook(stream)
    sheet = filled.worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEAD
    for column, value in enumerate(["school-01", "транспорт", 2026, "после 9 класса", 3], start=1):
        sheet.cell(2, column).value = value
    out = io.BytesIO()
    filled.save(out)
    out.seek(0)
    out.name = "file.xlsx"
    assert stat(look(client, "graduate-choices", out), "будет внесено") == 1


def test_files_are_closed_to_those_who_do_not_keep_the_register(client_of, school):
    for page in ("load/", "load/template/"):
        assert client_of(Role.ADMIN).get(f"/registers/programmes/{page}").status_code == 404
        assert client_of(Role.DIRECTOR).get(f"/registers/labour-needs/{page}").status_code == 404
    assert client_of(Role.DIRECTOR).get("/registers/joint-actions/export/xlsx/").status_code == 404
    broken = io.BytesIO(b"PK\x03\x04 broken")
    broken.name = "file.xlsx"
    assert client_of(Role.SPECIALIST).post(LOAD.format("programmes"), {"file": broken}).status_code == 200
