"""Places, assignments with their refusals, coverage, the list; acts and remarks; the public."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.procedures.people.checklist import GENERAL_QUESTIONS as QUESTIONS
from apps.procedures.people.models import Act, ActForm, Assignment, Person, Remark, Venue
from apps.procedures.people.services import act_forms, acts, assigning
from apps.procedures.people.todo import todo_for
from apps.procedures.schedule.models import Sitting
from tests.factories.organizations import SchoolFactory
from tests.factories.people import AssignmentFactory, PersonFactory, VenueFactory, day
from tests.factories.results import ProcedureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(period):
    return ProcedureFactory(period=period)


@pytest.fixture
def observer(user_of):
    return user_of(Role.OBSERVER)


@pytest.fixture
def own(observer):
    """The observer of the cast as a person of the register."""
    return PersonFactory(user=observer, last_name="Очевидцева")


def codes(refusal: Refused) -> set[str]:
    return {finding.code for finding in refusal.findings}


def all_yes(**changes: str) -> dict[str, str]:
    return {question.code: "yes" for question in QUESTIONS} | changes


@pytest.mark.capability("S-058")
def test_coverage_shows_where_nobody_goes_until_an_observer_is_sent(
    client_of, specialist, procedure, school, other_school
) -> None:
    client, person = client_of(specialist), PersonFactory(workplace=other_school)
    data = {"procedure": procedure.pk, "on": day(2).isoformat(), "organizations": [school.pk, other_school.pk]}
    client.post(reverse("procedures:venue_create"), data)
    client.post(reverse("procedures:venue_create"), data)
    assert Venue.objects.count() == 2
    board = reverse("procedures:coverage")
    assert "без наблюдателя: 2" in client.get(board).content.decode()
    assert "Назначить наблюдателей" in {todo.title for todo in todo_for(specialist)}
    here, there = Venue.objects.get(organization=school), Venue.objects.get(organization=other_school)
    refused = client.get(there.get_absolute_url()).content.decode()
    assert "работает в этой организации" in refused
    assert client.post(there.get_absolute_url(), {"person": person.pk, "capacity": "observer"}).status_code == 200
    client.post(here.get_absolute_url(), {"person": person.pk, "capacity": "observer"})
    assert Assignment.objects.get().venue == here
    assert "без наблюдателя: 1" in client.get(board).content.decode()


def test_places_come_from_the_days_that_schools_chose(client_of, specialist, procedure, school, other_school) -> None:
    for organization, label in ((school, "5А"), (school, "5Б"), (other_school, "")):
        Sitting.objects.create(procedure=procedure, organization=organization, classes=label, held_on=day(4))
    client, board = client_of(specialist), reverse("procedures:coverage")
    assert "В графике есть дни школ, а мест ещё нет: 1" in client.get(board).content.decode()
    client.post(reverse("procedures:venues_from_schedule", args=[procedure.pk]))
    assert "а мест ещё нет" not in client.get(board).content.decode()
    assert set(Venue.objects.values_list("organization", "on")) == {(school.pk, day(4)), (other_school.pk, day(4))}


def test_every_objection_is_named(specialist, procedure, school, other_school, user_of) -> None:
    """A workplace, a place to avoid, a role there, an expired or missing accreditation, another place that day."""
    venue = VenueFactory(procedure=procedure, organization=school, on=day(1))

    def against(person: Person, capacity: str = "observer") -> set[str]:
        with pytest.raises(Refused) as refusal:
            assigning.assign(venue=venue, person=person, capacity=capacity, by=specialist)
        return codes(refusal.value)

    assert against(PersonFactory(workplace=school)) == {"conflict"}
    avoiding = PersonFactory()
    avoiding.avoids.add(school)
    assert against(avoiding) == {"conflict"}
    assert against(PersonFactory(user=user_of(Role.COORDINATOR))) == {"conflict"}
    assert against(PersonFactory(accredited=0)) == {"not_accredited"}
    assert against(PersonFactory(accredited=-3)) == {"expired"}
    assert against(PersonFactory(state="archived", decision="x")) == {"not_active"}
    assert against(PersonFactory(), "expert") == {"other_capacity"}
    busy = AssignmentFactory(venue__procedure=procedure, venue__organization=other_school, venue__on=day(1)).person
    assert against(busy) == {"double_booking"}
    busy.workplace = school
    busy.save()
    assert against(busy) == {"double_booking", "conflict"}
    assert not venue.assignments.exists()


def test_accreditation_counts_on_the_day_of_the_procedure(specialist, procedure, school) -> None:
    person = PersonFactory(accredited=5)
    late = VenueFactory(procedure=procedure, organization=school, on=day(6))
    with pytest.raises(Refused) as refusal:
        assigning.assign(venue=late, person=person, capacity="observer", by=specialist)
    assert codes(refusal.value) == {"expired"}
    last = VenueFactory(procedure=procedure, organization=school, on=day(5))
    assigning.assign(venue=last, person=person, capacity="observer", by=specialist)


def test_the_database_itself_refuses_two_places_on_a_day(procedure) -> None:
    first = AssignmentFactory(venue__procedure=procedure)
    other = VenueFactory(procedure=procedure, on=first.on)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(venue=other, person=first.person)
    first.cancelled_at, first.cancel_reason = "2026-01-01T00:00Z", "Болезнь"
    first.save()
    AssignmentFactory(venue=other, person=first.person)


def test_a_cancelled_assignment_says_why_and_leaves_the_day_free(
    client_of, specialist, procedure, own, observer
) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure, venue__on=day(3))
    url = reverse("procedures:assignment_cancel", args=[row.pk])
    client = client_of(specialist)
    assert "Причина" in client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "Заменили"})
    page = client_of(observer).get(reverse("procedures:own_assignments")).content.decode()
    assert "Заменили" in page
    venue = VenueFactory(procedure=procedure, on=day(3))
    assigning.assign(venue=venue, person=own, capacity="observer", by=specialist)


def test_the_list_of_assignments_is_a_page_and_a_workbook(client_of, specialist, procedure, school, own) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure, venue__organization=school)
    gone = AssignmentFactory(venue__procedure=procedure, cancelled_at="2026-01-01T00:00Z", cancel_reason="x")
    client = client_of(specialist)
    page = client.get(reverse("procedures:assignment_sheet", args=[procedure.pk])).content.decode()
    assert str(own) in page
    assert str(gone.person) not in page
    answer = client.get(reverse("procedures:assignment_sheet_file", args=[procedure.pk]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell.value for cell in sheet[2]]
    number = own.accreditations.get()
    assert cells[1] == school.name
    assert cells[4] == str(own)
    assert cells[6] == f"№ {number.number} до {number.valid_to:%d.%m.%Y}"
    assert cells[0].date() == row.on
    assert sheet.max_row == 2


@pytest.mark.capability("S-169", "S-058")
def test_an_observer_keeps_a_draft_and_sends_the_act_once(
    client_of, observer, own, specialist, procedure, school
) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure, venue__organization=school)
    client, url = client_of(observer), reverse("procedures:own_act", args=[row.pk])
    assert str(school) in client.get(reverse("procedures:own_assignments")).content.decode()
    client.post(url, {"save": "1", "room": "yes", "text": "Начали вовремя"})
    assert Act.objects.get().answers == {"room": "yes"}
    refused = client.post(url, {"send": "1", "room": "yes", "phones": "no", "text": ""}).content.decode()
    assert refused.count("Нет ответа на вопрос") == len(QUESTIONS) - 2
    assert "замечания не описаны" in refused
    assert Act.objects.get().answers == {"room": "yes", "phones": "no"}
    long = "я\r\n" * 2001  # 4001 letters and breaks once the outer ones are left out
    refused = client.post(url, {"send": "1", **all_yes(phones="no"), "text": long}).content.decode()
    assert "длиннее 4000 знаков: 4001" in refused
    assert refused.count("я\n") >= 2000  # what was typed is still there
    assert not Act.objects.get().is_sent
    sent = client.post(url, {"send": "1", **all_yes(phones="no"), "text": "Телефоны на столах"})
    act = Act.objects.get()
    assert sent.url == act.get_absolute_url()
    page = client.get(sent.url).content.decode()
    assert act.number in page
    again = client.post(url, {"send": "1", **all_yes(), "text": "Иное"})
    assert again.url == sent.url
    act.refresh_from_db()
    assert act.text == "Телефоны на столах"
    assert Remark.objects.count() == 2
    read = client_of(specialist).get(sent.url).content.decode()
    assert "Телефоны на столах" in read


def test_drafts_and_foreign_acts_are_nobody_elses(
    client_of, observer, own, user_of, procedure, specialist, director
) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure)
    draft = acts.save_act(assignment=row, answers={"room": "yes"}, text="Черновик", by=observer)
    other = user_of(Role.PUBLIC_REPRESENTATIVE)
    PersonFactory(user=other, capacities=["public"])
    form = reverse("procedures:own_act", args=[row.pk])
    assert client_of(other).get(form).status_code == 404
    assert client_of(other).post(form, {"send": "1", **all_yes()}).status_code == 404
    for user in (specialist, other, director):
        assert client_of(user).get(draft.get_absolute_url()).status_code == 404
    sent = acts.send_act(assignment=row, answers=all_yes(), text="", by=observer)
    answers = {
        user: client_of(user).get(sent.get_absolute_url()).status_code
        for user in (specialist, observer, other, director)
    }
    assert answers == {specialist: 200, observer: 200, other: 404, director: 404}
    assert not Remark.objects.exists()


def test_an_act_is_not_sent_before_the_day_nor_after_a_cancellation(observer, own, procedure) -> None:
    early = AssignmentFactory(person=own, venue__procedure=procedure, venue__on=day(1))
    with pytest.raises(Refused) as refusal:
        acts.send_act(assignment=early, answers=all_yes(), text="", by=observer)
    assert codes(refusal.value) == {"too_early"}
    gone = AssignmentFactory(
        person=own, venue__procedure=procedure, cancelled_at="2026-01-01T00:00Z", cancel_reason="x"
    )
    with pytest.raises(Refused) as refusal:
        acts.save_act(assignment=gone, answers={}, text="", by=observer)
    assert codes(refusal.value) == {"cancelled"}


def test_remarks_are_a_list_to_work_on(client_of, specialist, observer, own, procedure) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure)
    acts.send_act(assignment=row, answers=all_yes(help="no"), text="Подсказывали", by=observer)
    remark = Remark.objects.get(text="Подсказывали")
    client, url = client_of(specialist), reverse("procedures:remark_close", args=[remark.pk])
    page = client.get(reverse("procedures:acts"))
    assert "В работе: 2" in page.content.decode()
    first = page.context["answers"][0]
    assert (first.text, first.yes, first.no, first.asked) == ("Организаторы не подсказывали участникам", 0, 1, 1)
    assert "Отработать замечания наблюдателей" in {todo.title for todo in todo_for(specialist)}
    client.post(url, {"answer": ""})
    assert Remark.objects.get(pk=remark.pk).is_open
    client.post(url, {"answer": "Беседа с директором"})
    assert "уже отработано" in client.post(url, {"answer": "Ещё раз"}, follow=True).content.decode()
    remark.refresh_from_db()
    assert remark.answer == "Беседа с директором"
    assert client_of(Role.METHODOLOGIST).post(url, {"answer": "x"}).status_code == 404
    assert client_of(observer).post(url, {"answer": "x"}).status_code == 404


def test_the_page_of_a_person_has_its_line_for_today(observer, own, procedure) -> None:
    AssignmentFactory(person=own, venue__procedure=procedure, venue__organization=SchoolFactory(name="Школа-А"))
    AssignmentFactory(person=own, venue__procedure=procedure, venue__organization__name="Школа-Б", venue__on=day(2))
    assert [todo.title for todo in todo_for(observer)] == ["Отправить акт: Школа-А", "Вы назначены: Школа-Б"]


def participant(**changes: object) -> dict[str, object]:
    return {
        "p-on": day(2).isoformat(), "p-person": "", "p-no_conflict": "on", "last_name": "Полянова",
        "first_name": "Нина", "employer": "Родительский комитет", "consent_on": day(-1).isoformat(), **changes,
    }  # fmt: skip


@pytest.mark.capability("S-031", "S-119")
def test_a_school_registers_the_public_and_the_authority_sees_it_by_procedure(
    client_of, coordinator, other_coordinator, specialist, procedure
) -> None:
    client, url = client_of(coordinator), reverse("procedures:participant_create")
    client.post(url, participant(**{"p-procedure": procedure.pk}))
    row = Assignment.objects.get()
    assert (row.capacity, row.person.registered_by, row.venue.organization) == (
        "public", coordinator.organization, coordinator.organization,
    )  # fmt: skip
    own_list = reverse("procedures:participants")
    assert "Полянова" in client.get(own_list).content.decode()
    stranger = client_of(other_coordinator)
    assert "Полянова" not in stranger.get(own_list).content.decode()
    assert "Полянова" not in stranger.get(url).content.decode()
    assert stranger.get(reverse("procedures:assignment_cancel", args=[row.pk])).status_code == 404
    page = client_of(specialist).get(reverse("procedures:public_participation")).content.decode()
    assert str(procedure) in page
    assert "Полянова" in page
    assert "внесла организация: Школа № 1" in page
    # The same person again by choice; on the same day only once.
    again = client.post(url, participant(**{"p-procedure": procedure.pk, "p-person": row.person.pk}))
    assert "уже назначен" in again.content.decode()
    client.post(reverse("procedures:assignment_cancel", args=[row.pk]), {"reason": "Не сможет"})
    row.refresh_from_db()
    assert row.is_cancelled


def test_a_school_does_not_register_for_a_foreign_procedure_nor_foreign_people(
    client_of, coordinator, other_school, period
) -> None:
    foreign = ProcedureFactory(period=period, organization=other_school)
    client, url = client_of(coordinator), reverse("procedures:participant_create")
    assert client.post(url, participant(**{"p-procedure": foreign.pk})).status_code == 200
    common = ProcedureFactory(period=period, grade=6)
    stranger = PersonFactory(capacities=["public"], registered_by=other_school)
    assert client.post(url, participant(**{"p-procedure": common.pk, "p-person": stranger.pk})).status_code == 200
    own = participant(**{"p-procedure": common.pk, "p-no_conflict": ""})
    assert "Подтвердите" in client.post(url, own).content.decode()
    assert not Assignment.objects.exists()


def test_the_board_asks_the_database_the_same_number_of_times(
    client_of, specialist, procedure, django_assert_max_num_queries
) -> None:
    for number in range(4):
        AssignmentFactory(venue__procedure=procedure, venue__on=day(number))
        PersonFactory()
    venue = VenueFactory(procedure=procedure, on=day(1))
    client = client_of(specialist)
    client.get(reverse("procedures:coverage"))
    for url in (reverse("procedures:coverage"), venue.get_absolute_url(), reverse("procedures:people")):
        with django_assert_max_num_queries(25):
            client.get(url)


def test_questions_are_published_in_versions_and_old_acts_keep_theirs(
    client_of, specialist, observer, own, period, procedure
) -> None:
    """The form of the procedure's kind is asked; a begun act stays with its version, a new one asks the new."""
    begun = AssignmentFactory(person=own, venue__procedure=procedure)
    acts.save_act(assignment=begun, answers={"room": "yes"}, text="", by=observer)
    client, url = client_of(specialist), reverse("procedures:act_form", args=[procedure.kind])
    asked = {
        "questions": "Часы видны всем\n\n Телефонов  и справочных материалов у участников не было ",
        "state": "municipal",
    }
    refused = client.post(url, {**asked, "source": ""}).content.decode()
    assert "не указано, на чём основана" in refused.lower()
    assert "Часы видны всем" in refused
    assert "повторяется" in client.post(url, {**asked, "questions": "Часы\nЧасы", "source": "x"}).content.decode()
    client.post(url, {**asked, "source": "Приказ № 5"})
    client.post(url, {**asked, "source": "Приказ № 5"})  # the same again
    made = ActForm.objects.get(kind=procedure.kind)
    assert [each["text"] for each in made.questions] == [
        "Часы видны всем", "Телефонов и справочных материалов у участников не было",
    ]  # fmt: skip
    later = AssignmentFactory(person=own, venue__procedure=procedure, venue__on=day(-1))
    pages = {row: client_of(observer).get(reverse("procedures:own_act", args=[row.pk])).content.decode()
             for row in (begun, later)}  # fmt: skip
    assert "Часы видны всем" not in pages[begun]
    assert QUESTIONS[0].text in pages[begun]
    assert "Часы видны всем" in pages[later]
    assert QUESTIONS[0].text not in pages[later]
    answers = {each["code"]: "no" for each in made.questions}
    sent = acts.send_act(assignment=later, answers=answers, text="Часов нет", by=observer)
    assert {"Не соблюдено: Часы видны всем"} < set(sent.remarks.values_list("text", flat=True))
    client.post(url, {**asked, "questions": "Совсем другое", "source": "Приказ № 6"})
    assert "Часы видны всем" in client.get(sent.get_absolute_url()).content.decode()
    client.post(url, {"end": "1"})
    assert act_forms.form_for(procedure).kind == ""
    exam = ProcedureFactory(period=period, kind="oge", grade=9)
    assert act_forms.form_for(exam).kind == "oge"
    assert client_of(Role.METHODOLOGIST).post(url, {**asked, "source": "x"}).status_code == 404
    assert client_of(observer).get(url).status_code == 404
