"""The catalogue and the single schedule: made, changed, approved, carried over; days and works of schools; findings."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from apps.accounts.roles import AUTHORITY, Role
from apps.core import periods
from apps.core.notices.models import Notice
from apps.organizations.models import Programme
from apps.procedures.models import Participation, Procedure, Sitting, SubjectHours, WorkDescription
from apps.procedures.schedule import reading
from apps.procedures.schedule.services import duties, readiness, repeating
from apps.procedures.schedule.todo import todo_for
from tests.factories.people import VenueFactory
from tests.factories.results import ResultAggregateFactory
from tests.factories.schedule import ParticipationFactory, PlannedFactory, SittingFactory, day, school_day

pytestmark = pytest.mark.django_db
REGISTER = "/office/procedures/"


def typed(**changes):
    held_on = changes.pop("on", school_day(20))
    return {
        "kind": "mdr",
        "level": "municipal",
        "year": periods.school_year_of(held_on).code,
        "subject": "Математика",
        "grades": ["5", "6"],
        "held_on": held_on.isoformat(),
        "is_public": "on",
        **changes,
    }


def own_work(**changes):
    return {
        "subject": "Физика",
        "grade": "9",
        "held_on": school_day(12).isoformat(),
        "lesson": "2",
        "lessons_in_day": "6",
        "length": "1",
        "is_public": "on",
        **changes,
    }


@pytest.mark.capability("S-008")
def test_one_register_of_the_year_as_list_and_calendar_with_overlaps(client_of, head, school, other_school) -> None:
    """Two works of grade 5 on one day are flagged in the list, on the page of remarks and for the school."""
    staff = client_of(head)
    staff.post(reverse("procedures:procedure_create"), typed())
    staff.post(reverse("procedures:procedure_create"), typed(subject="Русский язык", grades=["5"]))
    works = {(one.subject.name, one.grade): one for one in Procedure.objects.all()}
    assert set(works) == {("Математика", 5), ("Математика", 6), ("Русский язык", 5)}
    held_on = school_day(20)
    year = reading.slug(periods.school_year_of(held_on))
    listed = staff.get(REGISTER, {"year": year})
    html = listed.content.decode()
    for work in works.values():
        assert work.title in html
    assert f"{held_on:%d.%m.%Y}" in html
    flagged = {row.procedure.title for row in listed.context["page"] if row.remarks}
    assert flagged == {works["Математика", 5].title, works["Русский язык", 5].title}
    month = staff.get(reverse("procedures:schedule_month"), {"month": f"{held_on:%Y-%m}"})
    cells = [cell for week in month.context["month"].weeks for cell in week if cell.day == held_on]
    assert {mark.title for mark in cells[0].marks} == {work.title for work in works.values()}
    checks = staff.get(reverse("procedures:schedule_checks"), {"year": year})
    (group,) = checks.context["groups"]
    assert (group.remark.code, group.remark.grade, group.schools) == ("same_day", 5, [school, other_school])
    by_school = staff.get(reverse("procedures:schedule_schools"), {"school": school.code, "year": year})
    assert "Две работы у класса в один день" in by_school.content.decode()
    narrowed = staff.get(REGISTER, {"year": year, "grade": "6"})
    assert [row.procedure.grade for row in narrowed.context["page"]] == [6]


def test_faults_of_a_plan_are_told_all_at_once_and_kept(client_of, specialist) -> None:
    client, url = client_of(specialist), reverse("procedures:procedure_create")
    html = client.post(url, typed(kind="", grades=[], note="Пояснение остаётся")).content.decode()
    assert "Отметьте хотя бы один класс" in html
    assert "Обязательное поле" in html
    assert "Пояснение остаётся" in html
    other_year = periods.school_year(day(20).year + 5).code
    both = typed(window_starts_on=day(18).isoformat(), year=other_year)
    html = client.post(url, both).content.decode()
    html = client.post(url, typed(window_starts_on=day(18).isoformat())).content.decode()
    assert "Указаны и день, и срок" in html
    assert "Указан только один край срока" in html
    assert not Procedure.objects.exists()
    client.post(url, typed(grades=["5"]))
    html = client.post(url, typed()).content.decode()
    assert "Такая процедура уже есть: 5 класс" in html
    assert Procedure.objects.count() == 1
    client.post(url, typed(session="итоговая"))
    assert Procedure.objects.count() == 3


@pytest.mark.capability("S-083")
def test_a_procedure_without_an_approving_document_is_flagged_until_one_is_attached(
    client_of, specialist, director, other_director
) -> None:
    work = PlannedFactory()
    staff = client_of(specialist)
    assert "нет документа" in staff.get(REGISTER).content.decode()
    assert "Нет утверждающего документа" in staff.get(work.plan_url).content.decode()
    assert "Приложить утверждающий документ" in {todo.title for todo in todo_for(specialist)}
    url = reverse("procedures:procedure_document", args=[work.pk])
    wrong = SimpleUploadedFile("приказ.pdf", b"MZ not a pdf")
    refused = staff.post(url, {"document": "Приказ от 01.09.2026 № 5", "file": wrong})
    assert refused.status_code == 422
    assert "не соответствует окончанию" in refused.content.decode()
    work.refresh_from_db()
    assert work.document == ""
    paper = SimpleUploadedFile("приказ.pdf", b"%PDF-1.4 order")
    assert staff.post(url, {"document": "Приказ от 01.09.2026 № 5", "file": paper}).status_code == 302
    page = staff.get(work.plan_url).content.decode()
    assert "Приказ от 01.09.2026 № 5" in page
    assert "Нет утверждающего документа" not in page
    assert "нет документа" not in staff.get(REGISTER).content.decode()
    assert "Приложить утверждающий документ" not in {todo.title for todo in todo_for(specialist)}
    kept = client_of(director).get(reverse("procedures:procedure_document_file", args=[work.pk]))
    assert b"".join(kept.streaming_content) == b"%PDF-1.4 order"
    assert client_of(director).post(url, {"document": "Чужой"}).status_code == 404
    assert client_of(Role.OBSERVER).get(kept.request["PATH_INFO"]).status_code == 404


def test_the_plan_says_what_is_known_of_items_scale_and_observers(client_of, school) -> None:
    """Of its year only: the description of another year is no description of this one."""
    work = PlannedFactory(kind="vpr", level="federal", subject__name="Математика", grade=4)
    description = WorkDescription(
        kind="vpr", year=work.year, subject=work.subject, grade=4, max_score=20, bounds=[6, 10, 15],
        items=[{"number": "1", "max": 1}, {"number": "2", "max": 2}], scale_state="municipal", items_state="municipal",
    )  # fmt: skip
    WorkDescription.objects.filter(kind="vpr", year=work.year, subject=work.subject, grade=4).delete()
    description.save()
    VenueFactory(procedure=work, organization=school, on=day(10))
    page = client_of(Role.METHODOLOGIST).get(work.plan_url).content.decode()
    assert "Заданий: 2" in page
    assert "с 6, 10, 15 баллов" in page
    assert "нет наблюдателя" in page
    later = PlannedFactory(kind="vpr", subject=work.subject, grade=4, held_on=school_day(10 + 2 * 364))
    assert "Перечня заданий за этот год нет" in client_of(Role.METHODOLOGIST).get(later.plan_url).content.decode()


def test_one_order_approves_many(client_of, specialist) -> None:
    works = [PlannedFactory(grade=grade) for grade in (4, 5, 6)]
    url = reverse("procedures:procedure_approve")
    staff = client_of(specialist)
    assert all(work.title in staff.get(url).content.decode() for work in works)
    staff.post(url, {"document": "Приказ № 7", "rows": [works[0].pk, works[2].pk]})
    assert set(Procedure.objects.filter(document="Приказ № 7")) == {works[0], works[2]}
    assert "Не отмечено ни одной процедуры" in staff.post(url, {"document": "Приказ № 8"}).content.decode()


def test_procedures_are_carried_over_on_the_same_weekday_without_the_document(
    client_of, specialist, head, school
) -> None:
    """Proposed days are of the same weekday, typed ones win; people and steps come along; what exists stays."""
    work = PlannedFactory(
        held_on=None, window_starts_on=day(10), window_ends_on=day(12), document="Приказ № 1", title="Своё имя 2027"
    )
    other = PlannedFactory(grade=6)
    SittingFactory(procedure=work, organization=school, held_on=day(11))
    duties.assign(user=specialist, procedure=work, by=head)
    readiness.begin_preparation(procedure=work, by=specialist)
    url = reverse("procedures:procedure_repeat") + f"?year={work.period.slug}"
    staff = client_of(specialist)
    shown = staff.get(url).content.decode()
    assert (day(10) + timedelta(weeks=52)).isoformat() in shown
    both = {"rows": [work.pk, other.pk], "people": "1", "steps": "1"}
    wrong = staff.post(url, both | {f"first-{work.pk}": "2027-13-45", f"first-{other.pk}": day(1).isoformat()})
    assert wrong.status_code == 422
    assert "не дата" in wrong.content.decode()
    early = staff.post(url, both | {f"first-{other.pk}": day(1).isoformat()}).content.decode()
    assert "День не принадлежит выбранному году" in early
    assert Procedure.objects.count() == 2
    typed_day = day(10) + timedelta(weeks=53)
    staff.post(url, both | {f"first-{other.pk}": typed_day.isoformat()})
    new = Procedure.objects.get(title="Своё имя 2028")
    assert (new.window_starts_on - work.window_starts_on).days == 364
    assert (new.document, new.year, new.sittings.count()) == ("", work.year + 1, 0)
    assert new.period.code == periods.school_year(work.period.starts_on.year + 1).code
    assert [duty.user for duty in new.duties.current()] == [specialist]
    before, after = work.steps.first(), new.steps.first()
    assert (after.title, after.due_on) == (before.title, before.due_on + timedelta(weeks=52))
    assert Procedure.objects.get(grade=6, year=work.year + 1).held_on == typed_day
    again = staff.post(url, both, follow=True)
    assert Procedure.objects.count() == 4
    assert "Всё уже перенесено" in again.content.decode()


def test_the_first_of_september_stays_in_the_new_year() -> None:
    """52 weeks after 01.09.2026 is 31.08.2027, still the old year: a week more."""
    old = PlannedFactory(held_on=date(2026, 9, 1))
    assert repeating.proposed(old).held_on == date(2027, 9, 7)


def test_a_school_carries_its_own_works_over(client_of, director, other_director, school) -> None:
    work = PlannedFactory(organization=school, kind="vsoko", level="school", held_on=school_day(10))
    url = reverse("procedures:own_repeat") + f"?year={work.period.slug}"
    client_of(other_director).post(url, {"rows": [work.pk]})
    assert Procedure.objects.count() == 1
    client_of(director).post(url, {"rows": [work.pk]})
    assert Procedure.objects.exclude(pk=work.pk).get().organization == school


def test_what_results_hang_on_stays_and_moved_days_drop_choices(
    client_of, specialist, director, other_director, school
) -> None:
    work = PlannedFactory(held_on=None, window_starts_on=day(10), window_ends_on=day(20))
    SittingFactory(procedure=work, organization=school, held_on=day(11))
    SittingFactory(procedure=work, organization=school, held_on=day(19), classes="5Б")
    url, staff = reverse("procedures:procedure_edit", args=[work.pk]), client_of(specialist)
    window = {"window_starts_on": day(15).isoformat(), "window_ends_on": day(22).isoformat()}
    staff.post(url, typed(on=day(15), grades=["5"]) | {"held_on": ""} | window)
    assert list(work.sittings.values_list("held_on", flat=True)) == [day(19)]
    told = {who: Notice.objects.get(user=who, key__startswith="procedures.days") for who in (director, other_director)}
    assert "выберите новый" in told[director].note
    assert told[director].url == reverse("procedures:own_day", args=[work.pk])
    assert told[other_director].note == ""
    ResultAggregateFactory(procedure=work)
    html = staff.post(url, typed(on=day(15), grades=["6"])).content.decode()
    assert "У процедуры есть результаты" in html
    work.refresh_from_db()
    assert work.grade == 5


def test_a_cancelled_procedure_leaves_the_schedule_with_a_reason_and_may_come_back(client_of, client, head) -> None:
    work = PlannedFactory()
    staff, url = client_of(head), reverse("procedures:procedure_cancel", args=[work.pk])
    staff.post(url, {"reason": " "})
    assert work.title in client.get("/schedule/").content.decode()
    staff.post(url, {"reason": "Перенос на весну"})
    assert work.title not in client.get("/schedule/").content.decode()
    assert "Перенос на весну" in staff.get(work.plan_url).content.decode()
    staff.post(url, {"restore": "1"})
    assert work.title in client.get("/schedule/").content.decode()


def test_a_school_chooses_its_day_only_inside_the_window(client_of, director, other_director, school) -> None:
    work = PlannedFactory(held_on=None, window_starts_on=day(8), window_ends_on=day(24))
    own = client_of(director)
    assert "Выбрать день работы" in {todo.title for todo in todo_for(director)}
    url = reverse("procedures:own_day", args=[work.pk])
    chosen = school_day(9)
    said = {"held_on": day(25).isoformat(), "lesson": "7", "lessons_in_day": "6", "length": "1", "classes": ""}
    html = own.post(url, said).content.decode()
    assert "вне срока процедуры" in html
    assert "выходит за последний урок" in html
    assert not Sitting.objects.exists()
    foreign = own.post(url, said | {"held_on": chosen.isoformat(), "lesson": "3", "classes": "6А"}).content.decode()
    assert "Не 5 класс: 6А" in foreign
    own.post(url, said | {"held_on": chosen.isoformat(), "lesson": "3"})
    again = own.post(url, said | {"held_on": chosen.isoformat(), "lesson": "3", "classes": "а"}).content.decode()
    assert "День уже выбран: вся параллель" in again
    sitting = Sitting.objects.get()
    assert (sitting.organization, sitting.held_on, sitting.lesson) == (school, chosen, 3)
    assert "Выбрать день работы" not in {todo.title for todo in todo_for(director)}
    assert "Выбрать день работы" in {todo.title for todo in todo_for(other_director)}
    drop = reverse("procedures:own_day_drop", args=[sitting.pk])
    assert client_of(other_director).post(drop).status_code == 404
    own.post(drop)
    assert not Sitting.objects.exists()


def test_own_works_of_a_school_join_the_single_schedule_and_are_its_own(
    client_of, client, director, other_director, school, other_school
) -> None:
    own = client_of(director)
    made = own.post(reverse("procedures:own_work_create"), own_work())
    assert made.status_code == 302
    work = Procedure.objects.get()
    assert (work.organization, work.kind, work.level) == (school, "vsoko", "school")
    assert work.title in own.get(reverse("procedures:own_schedule")).content.decode()
    stranger = client_of(other_director)
    assert work.title not in stranger.get(reverse("procedures:own_schedule")).content.decode()
    for name in ("procedures:plan", "procedures:own_work"):
        assert stranger.get(reverse(name, args=[work.pk])).status_code == 404
    year = work.period.slug
    office = client_of(Role.SPECIALIST)
    assert work.title not in office.get(REGISTER, {"year": year}).content.decode()
    assert work.title in office.get(REGISTER, {"year": year, "schools": "on"}).content.decode()
    assert work.title not in client.get("/schedule/").content.decode()
    # The same subject and grade at another school is another work; a second one at the school needs a name.
    stranger.post(reverse("procedures:own_work_create"), own_work())
    assert Procedure.objects.count() == 2
    assert "Такая процедура уже есть" in own.post(reverse("procedures:own_work_create"), own_work()).content.decode()
    later = school_day(13).isoformat()
    own.post(reverse("procedures:own_work", args=[work.pk]), own_work(held_on=later, classes="9А"))
    assert work.sittings.get().classes == "9А"


def test_remarks_of_a_school_count_its_works_with_the_municipal_ones(client_of, director, school) -> None:
    PlannedFactory(grade=9, subject__name="Физика", held_on=school_day(12), title="МДР. Физика, 9 класс")
    own = client_of(director)
    own.post(reverse("procedures:own_work_create"), own_work(lesson="1"))
    plan = own.get(reverse("procedures:own_schedule")).context["plan"]
    assert {str(group.remark.code) for group in plan.remarks} == {"same_day", "gap", "edge"}
    hours = reverse("procedures:schedule_hours")
    (row,) = [row for row, _ in own.get(hours).context["rows"]]
    assert (row.taken, row.share) == (2, None)
    refused = own.post(hours, {row.name: "много"}).content.decode()
    assert "нужно целое число" in refused
    own.post(hours, {row.name: "15"})
    assert SubjectHours.objects.get().organization == school
    plan = own.get(reverse("procedures:own_schedule")).context["plan"]
    assert "hours" in {str(group.remark.code) for group in plan.remarks}


def test_who_takes_part_follows_the_grade_the_sample_and_refusals(school, other_school) -> None:
    other_school.programmes = [Programme.PRIMARY]
    other_school.save()
    work = PlannedFactory(grade=7)
    places = [school, other_school]
    assert reading.takes_part([work], places)[work.pk] == [school]
    row = ParticipationFactory(procedure=work, organization=school, state=Participation.State.DECLINED)
    assert reading.takes_part([work], places)[work.pk] == []
    ParticipationFactory(procedure=work, organization=other_school)
    assert reading.takes_part([work], places)[work.pk] == [other_school]
    row.delete()
    assert reading.takes_part([work], places)[work.pk] == [other_school]


def test_the_annex_is_a_workbook_of_the_schedule(client_of, school) -> None:
    work = PlannedFactory(document="=1+1 приказ", title="МДР. Математика, 5 класс")
    SittingFactory(procedure=work, organization=school, lesson=3, lessons_in_day=6)
    office = client_of(Role.METHODOLOGIST)
    url = reverse("procedures:schedule_xlsx")
    sheet = load_workbook(BytesIO(office.get(url, {"year": work.period.slug}).content)).active
    assert sheet["A1"].value.startswith("Приложение к приказу")
    assert [cell.value for cell in sheet[6]] == [
        1, work.title, "муниципальный", "5", f"{work.held_on:%d.%m.%Y}", "=1+1 приказ",
    ]  # fmt: skip
    assert sheet["F6"].data_type == "s"
    answer = office.get(url, {"year": work.period.slug, "school": school.code})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet["F6"].value == "урок 3 из 6"


def test_the_feed_moves_an_entry_and_does_not_double_it(client) -> None:
    work = PlannedFactory(title="МДР; Математика, 5 класс")
    first = Calendar.from_ical(client.get("/schedule/calendar.ics").content).walk("VEVENT")
    Procedure.objects.filter(pk=work.pk).update(held_on=day(11))
    second = Calendar.from_ical(client.get("/schedule/calendar.ics").content).walk("VEVENT")
    assert [str(event["summary"]) for event in second] == ["МДР; Математика, 5 класс"]
    assert first[0]["uid"] == second[0]["uid"]
    assert (first[0].decoded("dtstart"), second[0].decoded("dtstart")) == (work.held_on, day(11))


OFFICE = ("register", "schedule_schools", "schedule_checks", "schedule_xlsx", "preparations", "duties", "participation")
WORK = ("procedure_create", "procedure_repeat", "procedure_approve")
SCHOOL_PAGES = ("own_schedule", "own_work_create", "own_schedule_xlsx")


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_what(client_of, role) -> None:
    client = client_of(role)
    is_school = role in {Role.DIRECTOR, Role.COORDINATOR}
    wanted = dict.fromkeys(OFFICE, role in AUTHORITY)
    wanted |= dict.fromkeys(WORK, role in {Role.HEAD, Role.SPECIALIST})
    wanted |= dict.fromkeys(SCHOOL_PAGES, is_school)
    wanted |= {"schedule_month": role in AUTHORITY or is_school}
    for name, opens in wanted.items():
        assert client.get(reverse(f"procedures:{name}")).status_code == (200 if opens else 404), name


def test_a_kindergarten_is_told_that_it_holds_no_works(client_of, kindergarten) -> None:
    client = client_of(Role.DIRECTOR, kindergarten)
    assert "Оценочные работы проводят школы" in client.get(reverse("procedures:own_schedule")).content.decode()
    assert client.get(reverse("procedures:own_work_create")).status_code == 404


@pytest.mark.parametrize("text", ["", "x", "2026", "٢٠٢٦-٢٧", "9999-00", "2026-13"])
def test_addresses_of_nowhere_are_left_aside(client_of, text: str) -> None:
    office = client_of(Role.HEAD)
    for name, key in (("register", "year"), ("schedule_month", "month"), ("schedule_schools", "school")):
        assert office.get(reverse(f"procedures:{name}"), {key: text}).status_code == 200
