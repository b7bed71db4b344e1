"""Entries of all registers: who sees and changes what, the archive, the history."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused
from apps.registers import services
from apps.registers.catalogue import BY_CODE, REGISTERS
from apps.registers.models import (
    Agreement,
    EducationalProgramme,
    GraduateChoice,
    JointAction,
    LabourNeed,
    TalentTeacher,
    UpbringingPractice,
)
from apps.registers.todo import todo_for
from tests.factories.organizations import SchoolFactory
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

FACTORIES = {
    "programmes": ProgrammeFactory,
    "agreements": AgreementFactory,
    "joint-actions": JointActionFactory,
    "talent-teachers": TeacherFactory,
    "practices": PracticeFactory,
    "labour-needs": NeedFactory,
    "graduate-choices": ChoiceFactory,
}
OWN = [register.code for register in REGISTERS if not register.of_authority]


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def listing(code):
    return f"/registers/{code}/"


# --- what each register is for


@pytest.mark.capability("S-025")
def test_programmes_with_expertise_technologies_and_materials(client_of, school):
    data = {
        "organization": "school-01", "name": "Алгебра", "level": "basic", "demand": "full", "technologies": "Проекты",
        "expertise": "remarks", "expertise_on": "2026-03-01", "materials": "partly", "materials_note": "Задачники",
    }  # fmt: skip
    client = client_of(Role.SPECIALIST)
    assert client.post(listing("programmes") + "new/", data).status_code == 302
    page = text(client.get(listing("programmes")))
    for words in ("Алгебра", "есть замечания", "Проекты", "обеспечена частично", "Школа № 1"):
        assert words in page
    assert "Алгебра" not in text(client.get(listing("programmes") + "?expertise=approved"))
    wrong = {**data, "name": "Физика", "expertise_on": ""}
    assert "укажите её дату" in text(client.post(listing("programmes") + "new/", wrong))
    assert "уже есть" in text(client.post(listing("programmes") + "new/", data))
    assert EducationalProgramme.objects.count() == 1


@pytest.mark.capability("S-057")
def test_agreements_and_the_schools_without_any(client_of, school, other_school):
    third = SchoolFactory(code="school-03", number=3, name="Школа № 3")
    SchoolFactory(code="school-09", number=9, name="Школа № 9", closed_on=date(2020, 1, 1))
    AgreementFactory(organization=third, ends_on=timezone.localdate() - timedelta(days=1))  # over
    data = {
        "organization": "authority", "partner": "Политехнический колледж", "kind": "college", "subject": "Пробы",
        "signed_on": "2025-09-01", "ends_on": "2030-09-01", "schools": ["school-01"],
    }  # fmt: skip
    client = client_of(Role.SPECIALIST)
    assert client.post(listing("agreements") + "new/", data).status_code == 302
    page = text(client.get(listing("agreements")))
    without = page.split('id="without"')[1].split("</section>")[0]
    assert "Школа № 2" in without
    assert "Школа № 3" in without  # its agreement is over
    assert "Школа № 1" not in without
    assert "Школа № 9" not in without  # closed
    assert "Политехнический колледж" in page
    own = text(client_of(Role.DIRECTOR).get(listing("agreements")))
    assert "Политехнический колледж" in own  # it names the school
    assert "Школы без действующих" not in own
    assert "Политехнический" not in text(client_of(Role.DIRECTOR, other_school).get(listing("agreements")))


@pytest.mark.capability("S-052")
def test_a_joint_action_with_partner_and_result(client_of, authority):
    data = {
        "partner": "Отдел культуры", "direction": "culture", "title": "Фестиваль", "held_on": "2026-05-01",
        "result": "120 детей",
    }  # fmt: skip
    client = client_of(Role.SPECIALIST)
    assert client.post(listing("joint-actions") + "new/", data).status_code == 302
    page = text(client.get(listing("joint-actions")))
    assert "Отдел культуры" in page
    assert "120 детей" in page
    assert JointAction.objects.get().organization == authority
    assert client_of(Role.DIRECTOR).get(listing("joint-actions")).status_code == 404


@pytest.mark.capability("S-050")
def test_a_methodologist_keeps_teachers_of_talented_children(client_of, school):
    data = {
        "organization": "school-01", "person": "Берёзова Анна Ивановна", "post": "учитель", "work": "Олимпиады",
        "awards": "Грамота министерства", "practices": "Сборник «Опыт», 2025", "training": "", "trained_on": "",
    }  # fmt: skip
    client = client_of(Role.METHODOLOGIST)
    assert "Цель: поддержка педагогов" in text(client.get(listing("talent-teachers") + "new/"))
    assert client.post(listing("talent-teachers") + "new/", data).status_code == 302
    page = text(client.get(listing("talent-teachers")))
    for words in ("Берёзова", "Грамота министерства", "Сборник «Опыт»", "Результаты учеников"):
        assert words in page
    fields = {field.name for field in TalentTeacher._meta.get_fields()}
    assert not fields & {"results", "marks", "score", "pupils"}


@pytest.mark.capability("S-053")
def test_a_methodologist_sees_who_is_trained_and_when(client_of, school):
    today = timezone.localdate()
    TeacherFactory(organization=school, person="Свежий", training="Курс", trained_on=today - timedelta(days=100))
    TeacherFactory(organization=school, person="Давний", training="Курс", trained_on=today - timedelta(days=1300))
    TeacherFactory(organization=school, person="Необученный")
    page = text(client_of(Role.METHODOLOGIST).get(listing("talent-teachers")))
    rows = {name: page.split(f">{name}</a>")[1].split("</tr>")[0] for name in ("Свежий", "Давний", "Необученный")}
    assert f"{today - timedelta(days=100):%d.%m.%Y}" in rows["Свежий"]
    assert "больше трёх лет назад" in rows["Давний"]
    assert "не обучен" in rows["Необученный"]
    data = {"organization": "school-01", "person": "Х", "post": "учитель", "work": "К", "training": "Курс"}
    answer = client_of(Role.METHODOLOGIST).post(listing("talent-teachers") + "new/", data)
    assert "Обучение и его дата указываются вместе" in text(answer)


@pytest.mark.capability("S-079")
def test_practices_are_proposed_accepted_and_shared(client_of, school, other_school):
    data = {"title": "Сад памяти", "direction": "patriotic", "text": "Сажаем деревья", "link": "https://one.example/"}
    ours, stranger = client_of(Role.COORDINATOR), client_of(Role.DIRECTOR, other_school)
    assert ours.post(listing("practices") + "new/", data).status_code == 302
    practice = UpbringingPractice.objects.get()
    assert practice.organization == school
    page = f"{listing('practices')}{practice.pk}/"
    assert stranger.get(page).status_code == 404
    methodologist = client_of(Role.METHODOLOGIST)
    assert "Напишите, что доработать" in text(
        methodologist.post(page + "review/", {"verdict": "returned"}, follow=True)
    )
    methodologist.post(page + "review/", {"verdict": "returned", "remark": "Добавьте итог"})
    assert "Добавьте итог" in text(ours.get(page))
    assert ours.post(page + "edit/", {**data, "text": "Итог: 40 деревьев"}).status_code == 302
    practice.refresh_from_db()
    assert practice.state == "proposed"
    methodologist.post(page + "review/", {"verdict": "accepted"})
    assert "Сад памяти" in text(stranger.get(listing("practices")))
    assert "Принять в банк" not in text(stranger.get(page))
    assert stranger.post(page + "review/", {"verdict": "returned", "remark": "x"}).status_code == 404
    assert stranger.post(page + "edit/", data).status_code == 404


@pytest.mark.capability("S-056")
def test_needs_of_the_region_beside_choices_of_graduates(client_of, school, other_school):
    client = client_of(Role.SPECIALIST)
    need = {"group": "transport", "year": "2026", "count": "40", "source": "Служба занятости"}
    assert client.post(listing("labour-needs") + "new/", need).status_code == 302
    NeedFactory(group="health", count=5)
    ChoiceFactory(organization=school, count=7)
    ChoiceFactory(organization=other_school, count=20)
    ChoiceFactory(organization=school, after="11", group="law", count=9)
    page = text(client.get(listing("labour-needs")))
    rows = {cells[0]: cells for cells in _cells(page)}
    assert rows["Транспорт"][1:] == ["40", "27", "нет данных", "−13", "выбирают меньше, чем нужно"]
    assert rows["Здравоохранение"][1:3] == ["5", "нет данных"]
    assert rows["Право и безопасность"][3] == "9"
    own = {cells[0]: cells for cells in _cells(text(client_of(Role.DIRECTOR).get(listing("labour-needs"))))}
    assert own["Транспорт"][1:3] == ["40", "7"]  # its own choices only
    assert client_of(Role.DIRECTOR).get(listing("labour-needs") + "new/").status_code == 404


def _cells(page):
    import re

    table = page.split('aria-label="Сравнение"')[1].split("</table>")[0]
    for row in table.split("<tbody>")[1].split("</tr>")[:-1]:
        yield [re.sub("<[^>]+>", "", cell).strip() for cell in row.split("</td>")[:-1]]


# --- one anatomy: tested for every register


@pytest.mark.parametrize("code", FACTORIES)
def test_the_authority_sees_all_and_others_nothing(client_of, code):
    entry = FACTORIES[code]()
    for role in (Role.ADMIN, Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST):
        assert str(entry) in text(client_of(role).get(f"{listing(code)}{entry.pk}/"))
        assert client_of(role).get(listing(code)).status_code == 200
    for role in (Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE, Role.ASSOCIATION_LEADER):
        assert client_of(role).get(listing(code)).status_code == 404
        assert client_of(role).get(f"{listing(code)}{entry.pk}/").status_code == 404
    assert client_of(Role.ADMIN).get(listing(code) + "new/").status_code == 404


@pytest.mark.parametrize("code", OWN)
def test_a_school_keeps_its_own_and_never_sees_anothers(client_of, school, other_school, code):
    ours, theirs = FACTORIES[code](organization=school), FACTORIES[code](organization=other_school)
    client = client_of(Role.COORDINATOR)
    for page in ("", "edit/"):
        assert client.get(f"{listing(code)}{ours.pk}/{page}").status_code == 200
        assert client.get(f"{listing(code)}{theirs.pk}/{page}").status_code == 404
    assert client.post(f"{listing(code)}{theirs.pk}/archive/", {"reason": "x"}).status_code == 404
    register = BY_CODE[code]
    assert set(register.entries(_user(client))) == {ours}
    theirs.refresh_from_db()
    assert not theirs.is_archived


def _user(client):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=client.session["_auth_user_id"])


@pytest.mark.parametrize("code", FACTORIES)
def test_into_the_archive_and_back(client_of, code, specialist):
    entry = FACTORIES[code]()
    client = client_of(Role.SPECIALIST)
    page = f"{listing(code)}{entry.pk}/"
    assert "почему запись уходит" in text(client.post(page + "archive/", {"reason": " "}, follow=True))
    assert client.post(page + "archive/", {"reason": "Внесена дважды"}).status_code == 302
    entry.refresh_from_db()
    assert entry.is_archived
    assert "Внесена дважды" in text(client.get(page))
    assert client.get(page + "edit/").status_code == 404
    assert page not in text(client.get(listing(code)))
    assert page in text(client.get(listing(code) + "?archive=on"))
    assert client.post(page + "archive/", {"restore": "1"}).status_code == 302
    entry.refresh_from_db()
    assert not entry.is_archived
    assert len(events.history(entry)) == 2


def test_an_entry_does_not_come_back_beside_its_like(specialist, school):
    register = BY_CODE["programmes"]
    first = ProgrammeFactory(organization=school, name="Алгебра")
    services.archive_entry(register=register, entry=first, reason="ошибка", by=specialist)
    ProgrammeFactory(organization=school, name="Алгебра")
    with pytest.raises(Refused) as refusal:
        services.restore_entry(register=register, entry=first, by=specialist)
    assert refusal.value.findings[0].code == "double"


def test_a_school_cannot_write_for_another(client_of, school, other_school):
    data = {"organization": "school-02", "name": "Чужая", "level": "basic", "expertise": "not_yet", "demand": "full"}
    client_of(Role.DIRECTOR).post(listing("programmes") + "new/", {**data, "materials": "full"})
    assert EducationalProgramme.objects.get().organization == school
    agreement = {"partner": "П", "kind": "college", "subject": "о", "signed_on": "2025-01-01", "schools": ["school-02"]}
    assert "Есть ошибки" in text(client_of(Role.DIRECTOR).post(listing("agreements") + "new/", agreement))
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("query", ["?q=%00", "?year=x", "?group=нет", "?sort=-person", "?page=z", "?organization=no"])
@pytest.mark.parametrize("code", ["talent-teachers", "graduate-choices"])
def test_strange_addresses_do_no_harm(client_of, code, query):
    FACTORIES[code]()
    assert client_of(Role.SPECIALIST).get(listing(code) + query).status_code == 200


@pytest.mark.parametrize(
    ("code", "field"), [("talent-teachers", "awards"), ("practices", "text"), ("programmes", "technologies")]
)
def test_names_of_pupils_are_refused_in_texts(client_of, school, code, field):
    data = {
        "organization": "school-01", "person": "Берёзова Анна Ивановна", "post": "учитель", "work": "Кружок",
        "title": "Сад", "direction": "civic", "text": "Сажаем", "name": "Алгебра", "level": "basic", "demand": "full",
        "expertise": "not_yet", "materials": "full", field: "Победитель олимпиады Петров Иван Сергеевич",
    }  # fmt: skip
    answer = text(client_of(Role.SPECIALIST).post(listing(code) + "new/", data))
    assert "Похоже на личные данные: фамилия и имя" in answer
    assert "Петров Иван" in answer  # what was typed is kept
    assert not BY_CODE[code].model.objects.exists()


def test_today_names_practices_that_wait(school, methodologist, specialist, director, other_director, administrator):
    practice = PracticeFactory(organization=school)
    assert [one.count for one in todo_for(methodologist)] == [one.count for one in todo_for(specialist)] == [1]
    assert todo_for(director) == todo_for(administrator) == []
    services.review_practice(practice=practice, verdict="returned", remark="Добавьте итог", by=methodologist)
    assert [one.title for one in todo_for(director)] == ["Доработать практики воспитания"]
    assert todo_for(methodologist) == todo_for(other_director) == []


def test_what_is_no_register_is_not_found(client_of):
    for page in ("no-such/", "no-such/new/", "no-such/load/", "no-such/export/xlsx/", "programmes/export/pdf/"):
        assert client_of(Role.SPECIALIST).get(f"/registers/{page}").status_code == 404


def test_an_empty_register_says_what_to_do(client_of, authority):
    assert "Внесите первую запись" in text(client_of(Role.SPECIALIST).get(listing("programmes")))
    assert "Внесите первую" not in text(client_of(Role.ADMIN).get(listing("programmes")))


@pytest.mark.parametrize("code", FACTORIES)
def test_a_list_reads_a_constant_number_of_times(client_of, code):
    client = client_of(Role.SPECIALIST)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listing(code)).status_code == 200
        return len(queries)

    groups = iter(LabourNeed._meta.get_field("group").choices)
    made = {"labour-needs": lambda: {"group": next(groups)[0]}}.get(code, dict)
    FACTORIES[code](**made())
    before = statements()
    for _ in range(8):
        FACTORIES[code](**made())
    assert statements() <= before + 1  # the list of organisations to choose from grows into one more


def test_counts_only_of_graduates(school):
    assert {field.name for field in GraduateChoice._meta.fields} >= {"count", "group", "year", "after"}
    assert not {"person", "name"} & {field.name for field in GraduateChoice._meta.fields}
