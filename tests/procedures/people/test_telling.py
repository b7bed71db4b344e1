"""What people sent somewhere are told, and how places follow the schedule."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.notices.models import Notice
from apps.procedures.models import Duty
from apps.procedures.people.models import Assignment, ExpertSheet, Venue
from apps.procedures.people.services import acts, assigning, expertise, following, telling
from apps.procedures.people.services.act_forms import form_for
from apps.procedures.schedule.models import Sitting
from apps.procedures.schedule.services import duties, procedures
from tests.factories.people import AssignmentFactory, PersonFactory, VenueFactory, day
from tests.factories.results import ProcedureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(period):
    return ProcedureFactory(period=period, window_starts_on=day(1), window_ends_on=day(5))


@pytest.fixture
def own(user_of):
    return PersonFactory(user=user_of(Role.OBSERVER))


def unread(person) -> list[str]:
    return list(Notice.objects.unread().filter(user=person.user).order_by("pk").values_list("title", flat=True))


def test_a_person_is_told_of_being_sent_moved_and_released(
    client_of, specialist, own, procedure, school, other_school
) -> None:
    venue = VenueFactory(procedure=procedure, organization=other_school, on=day(1))
    client = client_of(specialist)
    page = client.post(venue.get_absolute_url(), {"person": own.pk, "capacity": "observer"}, follow=True)
    assert "Входящих" in page.content.decode()
    assert unread(own) == [f"Вы назначены: {other_school}, {day(1):%d.%m.%Y}"]
    outsider = PersonFactory()
    page = client.post(venue.get_absolute_url(), {"person": outsider.pk, "capacity": "observer"}, follow=True)
    assert "нет входа на портал" in page.content.decode()
    busy = AssignmentFactory(venue__procedure=procedure, venue__organization=school, venue__on=day(3)).person
    assigning.assign(venue=venue, person=busy, capacity="observer", by=specialist)
    moved = client.post(reverse("procedures:venue_move", args=[venue.pk]), {"on": day(3).isoformat()}, follow=True)
    assert f"освобождены: {busy.short_name}" in moved.content.decode()
    assert set(venue.assignments.filter(cancelled_at=None).values_list("person", "on")) == {
        (own.pk, day(3)), (outsider.pk, day(3)),
    }  # fmt: skip
    assert [title.split(":")[0] for title in unread(own)] == [f"Ваше назначение перенесено на {day(3):%d.%m.%Y}"]
    procedures.cancel_procedure(procedure=procedure, reason="Карантин", by=specialist)
    assert not Assignment.objects.current().exists()
    last = Notice.objects.unread().get(user=own.user, key__contains="released")
    assert last.note == "Процедура снята с графика: Карантин"


def test_people_are_reminded_before_the_day_and_asked_for_the_act(own, procedure) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure, venue__on=day(1))
    AssignmentFactory(person=own, venue__procedure=procedure, venue__on=day(2))
    assert telling.remind_people(day()) == 1
    assert telling.remind_people(day()) == 0  # the same morning again
    assert unread(own) == [f"Завтра вы на процедуре: {row.venue.place}"]
    assert telling.remind_people(day(1)) == 2  # today's rises again, tomorrow's is new
    assert telling.remind_people(day(4)) == 1  # three days later the first act has not come; the second: two days
    assert "Отправьте акт" in unread(own)[-1]
    Assignment.objects.filter(pk=row.pk).update(on=day())
    row.refresh_from_db()
    answers = {question.code: "yes" for question in form_for(procedure).asked}
    acts.send_act(assignment=row, answers=answers, text="", by=own.user)
    assert not any(row.venue.place in title for title in unread(own))


def test_an_expert_is_told_of_the_sheet_and_of_being_released(client_of, specialist, user_of) -> None:
    person = PersonFactory(capacities=["expert"], user=user_of(Role.EXPERT))
    new = expertise.NewTask(title="Вариант 5 класса", instruction="Прочтите", due_on=day(2), criteria=[("Ясность", 5)])
    task = expertise.create_task(new=new, people=[person], by=specialist)
    assert unread(person) == ["Вам выдан экспертный лист: Вариант 5 класса"]
    assert telling.remind_people(day()) == 1
    client = client_of(specialist)
    url = reverse("procedures:sheet_back", args=[task.sheets.get().pk])
    client.post(url, {"reason": ""})
    assert ExpertSheet.objects.count() == 1
    assert client_of(Role.METHODOLOGIST).post(url, {"reason": "x"}).status_code == 404
    client.post(url, {"reason": "Поручено другому"})
    assert not ExpertSheet.objects.exists()
    assert unread(person) == ["Экспертный лист больше не нужен: Вариант 5 класса"]


def test_staff_is_told_of_a_duty(head, specialist, procedure) -> None:
    duty = duties.assign(user=specialist, procedure=procedure, by=head)
    duties.assign(user=specialist, procedure=procedure, part=Duty.Part.MEMBER, by=head)
    titles = Notice.objects.unread().filter(user=specialist).values_list("title", flat=True)
    assert list(titles) == [f"Вы исполнитель: {procedure}"]
    duties.end_duty(duty=Duty.objects.get(pk=duty.pk), by=head)
    assert list(titles.all()) == [f"Вы больше не исполнитель: {procedure}"]


def test_places_follow_the_days_that_schools_choose_anew(
    client_of, specialist, own, procedure, school, other_school
) -> None:
    row = AssignmentFactory(person=own, venue__procedure=procedure, venue__organization=other_school, venue__on=day(2))
    outside = VenueFactory(procedure=procedure, organization=school, on=day(9))
    Sitting.objects.create(procedure=procedure, organization=other_school, held_on=day(4))
    client, board = client_of(specialist), reverse("procedures:coverage")
    page = client.get(board).content.decode()
    assert "Дни мест не совпадают с графиком: 2" in page
    assert f"школа выбрала {day(4):%d.%m.%Y}" in page
    client.post(reverse("procedures:venues_from_schedule", args=[procedure.pk]))
    row.refresh_from_db()
    assert (row.on, row.venue.on) == (day(4), day(4))
    client.post(reverse("procedures:venues_move", args=[procedure.pk]), {"on": day(5).isoformat()})
    assert set(Venue.objects.values_list("organization", "on")) == {(school.pk, day(5)), (other_school.pk, day(4))}
    with pytest.raises(Refused, match="уже прошло"):
        following.move_venue(venue=outside, on=day(-1), by=specialist)
