"""A meeting from the plan to invitations: what is typed on the pages, who sees it."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document
from icalendar import Calendar

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.models import Notice
from apps.indicators.models import Aggregate, Direction
from apps.library.acts.tokens import token_of
from apps.library.models import Act, ActUse, Practice
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.models import AgendaItem, Invitee, Material, Meeting, QualityOfficer, Series, Talk
from apps.roadmaps.meetings.selectors.people import people_of
from apps.roadmaps.meetings.selectors.proposals import proposals_for
from apps.roadmaps.meetings.todo import todo_for
from tests.factories.accounts import MembershipFactory
from tests.factories.indicators import VersionFactory
from tests.factories.meetings import InviteeFactory, ItemFactory, MeetingFactory
from tests.factories.organizations import KindergartenFactory
from tests.factories.plans import MeasureFactory
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
TOMORROW = timezone.localdate() + timedelta(days=1)
FORM = {
    "kind": "meeting",
    "theme": "О реализации проекта «Формирование ВСОКО в дошкольной организации»",
    "audience": "руководители организаций, реализующих программы дошкольного образования",
    "day": TOMORROW.isoformat(),
    "hours": "9.00, 12:00",
    "place": "Детский сад № 1",
}
ITEM = {"kind": "question", "text": "О мониторинге", "minutes": "30", "speaker": "Ручьёва Ирина", "post": "специалист"}


def page(client, name, *args):
    response = client.get(reverse(f"roadmaps:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def client(client_of):
    return client_of(Role.SPECIALIST)


@pytest.mark.capability("S-209")
def test_a_collegium_is_registered_with_agenda_participants_and_materials(client, client_of, kindergarten):
    faulty = client.post(reverse("roadmaps:meeting_new"), {**FORM, "hours": "в девять", "theme": ""})
    text = faulty.content.decode()
    assert "Есть ошибки" in text
    assert "не время" in text
    assert FORM["place"] in text
    assert (
        client.post(reverse("roadmaps:meeting_new"), {**FORM, "kind": "collegium", "hours": "9.00"}).status_code == 302
    )
    row = Meeting.objects.get()
    assert timezone.localtime(row.starts_at, MOSCOW) == datetime.combine(TOMORROW, datetime.min.time(), MOSCOW).replace(
        hour=9
    )
    client.post(reverse("roadmaps:meeting_agenda", args=[row.pk]), ITEM)
    client.post(reverse("roadmaps:meeting_people", args=[row.pk]), {"organizations": [kindergarten.pk]})
    upload = SimpleUploadedFile("Положение.pdf", b"%PDF-1.4 test")
    client.post(row.office_url, {"title": "Положение о площадке", "upload": upload})
    bad = client.post(row.office_url, {"title": "Вирус", "upload": SimpleUploadedFile("x.exe", b"MZ")}).content.decode()
    assert "Такие файлы не принимаются" in bad
    text = page(client, "meeting", row.pk)
    for words in ("Коллегия", FORM["theme"], FORM["place"], "О мониторинге", "Положение о площадке"):
        assert words in text
    head = client_of(Role.DIRECTOR, kindergarten)
    assert head.get(row.get_absolute_url()).status_code == 404  # not announced yet
    client.post(reverse("roadmaps:meeting_act", args=[row.pk, "announce"]))
    text = page(head, "own_meeting", row.pk)
    assert "О мониторинге" in text
    url = reverse("roadmaps:meeting_file", args=[row.pk, "material", Material.objects.get().pk])
    answer = head.get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(Role.DIRECTOR).get(url).status_code == 404
    assert client_of(Role.DIRECTOR).get(row.get_absolute_url()).status_code == 404
    assert client_of(Role.OBSERVER).get(row.get_absolute_url()).status_code == 404


@pytest.mark.capability("S-226")
@pytest.mark.capability("S-227")
def test_a_meeting_of_all_with_preschool_programmes_in_two_subgroups(client, school):
    gardens = [KindergartenFactory(number=number) for number in range(1, 5)]
    school.programmes = ["preschool", "primary"]
    school.save()
    client.post(reverse("roadmaps:meeting_new"), FORM)
    row = Meeting.objects.get()
    client.post(reverse("roadmaps:meeting_people", args=[row.pk]), {"group": "programme:preschool"})
    assert set(row.invitees.values_list("organization", flat=True)) == {*(one.pk for one in gardens), school.pk}
    people = reverse("roadmaps:meeting_subgroups", args=[row.pk])
    client.post(people, {"even": "1"})
    assert [len(part.people) for part in people_of(row).parts] == [3, 2]
    moved = people_of(row).parts[0].people[0]
    client.post(people, {f"group-{moved.pk}": "2"})
    moved.refresh_from_db()
    assert moved.subgroup.number == 2
    text = page(client, "meeting_people", row.pk)
    assert "1 подгруппа, 09:00" in text
    assert "2 подгруппа, 12:00" in text
    # the hours change: the second subgroup is no more, its people go to the first
    client.post(reverse("roadmaps:meeting_edit", args=[row.pk]), {**FORM, "hours": "10:00"})
    assert set(row.invitees.values_list("subgroup__number", flat=True)) == {1}


def test_the_leader_of_an_association_is_invited_reads_and_confirms(client, client_of, user_of, kindergarten):
    leader = user_of(Role.ASSOCIATION_LEADER)
    other = MembershipFactory(organization=kindergarten, role=Role.ASSOCIATION_LEADER).user
    association = Association.objects.create(name="Учителя математики", leader=leader)
    Association.objects.create(name="Без руководителя")
    Association.objects.create(name="Учителя физики", leader=other)
    row = MeetingFactory(starts_at=timezone.now() + timedelta(days=2))
    InviteeFactory(meeting=row, organization=kindergarten)
    people = reverse("roadmaps:meeting_people", args=[row.pk])
    assert "Без руководителя" not in page(client, "meeting_people", row.pk)
    client.post(people, {"associations": [association.pk]})
    client.post(people, {"associations": [association.pk]})  # the same again is refused, nobody sits twice
    assert [str(one) for one in people_of(row).all] == [str(kindergarten), "Учителя математики"]
    assert Notice.objects.get(user=leader).url == row.get_absolute_url()
    assert str(leader) in page(client_of(leader), "own_meeting", row.pk)
    assert row.theme in page(client_of(leader), "own_meetings")
    second = Association.objects.create(name="Учителя информатики", leader=leader)
    client.post(people, {"associations": [second.pk]})
    assert [line.title for line in todo_for(leader)] == [f"Совещание: {row.theme}"]
    assert client_of(other).get(reverse("roadmaps:own_meeting", args=[row.pk])).status_code == 404
    Meeting.objects.filter(pk=row.pk).update(
        state="held", published_at=timezone.now(), protocol_on=timezone.localdate(), protocol_number="3"
    )
    client_of(leader).post(reverse("roadmaps:meeting_confirm", args=[row.pk]))
    assert {one.read_by for one in row.invitees.filter(association__isnull=False)} == {leader}
    assert row.invitees.get(organization=kindergarten).read_by is None
    association.leader = other  # whoever leads it on the day
    association.save()
    assert row.theme in page(client_of(other), "own_meetings")


def test_a_subgroup_has_a_place_of_its_own_and_those_concerned_are_told(client, school, director):
    row = MeetingFactory(subgroups=2, state=Meeting.State.ANNOUNCED, starts_at=timezone.now() + timedelta(days=3))
    mine = InviteeFactory(meeting=row, organization=school)
    people = reverse("roadmaps:meeting_subgroups", args=[row.pk])
    client.post(people, {"place-1": row.place, "place-2": "Дом творчества, зал"})
    assert [group.place for group in row.subgroups.order_by("number")] == ["", "Дом творчества, зал"]
    assert not Notice.objects.filter(user=director).exists()
    client.post(people, {f"group-{mine.pk}": "2"})
    assert "Дом творчества, зал" in Notice.objects.get(user=director).note
    assert "Дом творчества, зал" in page(client, "meeting", row.pk)
    book = client.get(reverse("roadmaps:meeting_programme", args=[row.pk])).content
    assert "Место 2 подгруппы: Дом творчества, зал" in [one.text for one in Document(BytesIO(book)).paragraphs]
    client.post(people, {"place-2": "я" * 301})
    assert row.subgroups.get(number=2).place == "Дом творчества, зал"


def test_the_rest_were_present_by_one_button(client, kindergarten, school):
    row = MeetingFactory()
    missed = InviteeFactory(meeting=row, organization=kindergarten)
    came = InviteeFactory(meeting=row, organization=school)
    marks = {f"mark-{missed.pk}": "absent", f"mark-{came.pk}": "unknown"}
    url = reverse("roadmaps:meeting_attendance", args=[row.pk])
    client.post(url, marks)
    assert [one.attendance for one in people_of(row).all if one.pk == came.pk] == ["unknown"]
    client.post(url, {**marks, "rest": "1"})
    assert {one.pk: one.attendance for one in people_of(row).all} == {missed.pk: "absent", came.pk: "present"}


@pytest.mark.capability("S-227")
def test_attendance_by_subgroup(client, kindergarten):
    row = MeetingFactory(subgroups=2)
    came = InviteeFactory(meeting=row, organization=kindergarten)
    missed = InviteeFactory(meeting=row, subgroup=row.subgroups.get(number=2))
    url = reverse("roadmaps:meeting_attendance", args=[row.pk])
    client.post(url, {f"mark-{came.pk}": "present", f"came-{came.pk}": "Озерова Анна", f"mark-{missed.pk}": "absent"})
    parts = people_of(row).parts
    assert [(part.present, part.missing) for part in parts] == [(1, 0), (0, 1)]
    text = page(client, "meeting_attendance", row.pk)
    assert "Озерова Анна" in text
    assert "1 из 1" in text
    later = MeetingFactory(starts_at=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused):
        services.mark_attendance(meeting=later, marks={}, by=row.author)


@pytest.mark.capability("S-228")
@pytest.mark.capability("S-229")
def test_total_and_starts_are_computed_and_opening_and_closing_stand_at_the_ends(client, head):
    head.last_name, head.first_name, head.patronymic, head.post = "Травина", "Ольга", "Юрьевна", "Начальник управления"
    head.save()
    client.post(reverse("roadmaps:meeting_new"), FORM)
    row = Meeting.objects.get()
    url = reverse("roadmaps:meeting_agenda", args=[row.pk])
    staff = "Травина Ольга Юрьевна|Начальник управления"
    client.post(url, {"kind": "closing", "text": "", "minutes": "5", "staff": staff})
    client.post(url, {**ITEM, "text": "О результатах мониторинга"})
    client.post(url, {**ITEM, "text": "Практическое задание", "kind": "task"})
    client.post(url, {"kind": "opening", "text": "", "minutes": "5", "staff": staff})
    assert [item.kind for item in row.items.all()] == ["opening", "question", "task", "closing"]
    opening = row.items.first()
    assert (opening.text, opening.speaker, opening.post) == (
        "Вступительное слово",
        "Травина Ольга Юрьевна",
        "Начальник управления",
    )
    text = page(client, "meeting_agenda", row.pk)
    for start in ("09:00", "09:05", "09:35", "10:05", "12:00", "12:05", "12:35", "13:05"):
        assert f">{start}<" in text
    assert "1 ч 10 мин" in text
    assert "с 09:00 до 10:10" in text
    client.post(reverse("roadmaps:meeting_item_act", args=[row.pk, row.items.get(kind="task").pk]), {"up": "1"})
    assert [item.kind for item in row.items.all()] == ["opening", "task", "question", "closing"]
    client.post(reverse("roadmaps:meeting_item_act", args=[row.pk, opening.pk]), {"down": "1"})
    assert row.items.first().kind == "opening"
    both = client.post(url, {**ITEM, "staff": staff}).content.decode()
    assert "Оставьте одного" in both
    assert "Напишите вопрос" in client.post(url, {**ITEM, "text": ""}).content.decode()
    words = "\n".join(
        p.text
        for p in Document(BytesIO(client.get(reverse("roadmaps:meeting_programme", args=[row.pk])).content)).paragraphs
    )
    assert "09:00 – 1 подгруппа, 12:00 – 2 подгруппа" in words
    assert "Травина Ольга Юрьевна, Начальник управления, 5 мин" in words


@pytest.mark.capability("S-210")
def test_items_have_directions_and_the_headline_figure_is_shown(client, client_of, period, kindergarten):
    direction = Direction.objects.create(code="1.1", name="Качество подготовки")
    version = VersionFactory(name="Доля освоивших программу", value_type="percent")
    Aggregate.objects.create(version=version, period=period, scope="municipality", value="87.5", reported=9, expected=9)
    client.post(reverse("roadmaps:meeting_new"), FORM)
    row = Meeting.objects.get()
    row.headline = version.indicator
    row.save()
    client.post(reverse("roadmaps:meeting_agenda", args=[row.pk]), {**ITEM, "directions": [direction.pk]})
    text = page(client, "meeting_agenda", row.pk)
    assert "Направление 1.1. Качество подготовки" in text
    assert "Доля освоивших программу" in text
    assert "87,5 %" in text
    edited = client.get(reverse("roadmaps:meeting_edit", args=[row.pk])).content.decode()
    assert "Главный показатель качества" in edited


@pytest.mark.capability("S-211")
def test_a_basis_act_is_attached_to_a_meeting(client, client_of, kindergarten):
    row = InviteeFactory(organization=kindergarten).meeting
    act = Act.objects.create(
        level="federal", kind="decree", number="204", title="О национальных целях", on=date(2018, 5, 7)
    )
    client.post(reverse("library:attach"), {"act": act.pk, "subject": token_of(row, row.office_url)})
    decision = Decision.objects.create(title="Решение совещания", author=row.author)
    client.post(reverse("library:attach"), {"act": act.pk, "subject": token_of(decision, row.office_url)})
    assert {use.subject for use in ActUse.objects.all()} == {row, decision}
    assert "О национальных целях" in page(client, "meeting", row.pk)


@pytest.mark.capability("S-216")
def test_reports_of_organisations_with_theme_and_file(client, client_of, kindergarten, school):
    row = InviteeFactory(organization=kindergarten).meeting
    url = reverse("roadmaps:meeting_talk_new", args=[row.pk])
    sent = {
        "organization": school.pk,
        "theme": "Опыт внутренней системы оценки",
        "speaker": "Озеров Пётр",
        "post": "директор",
    }
    client.post(url, {**sent, "upload": SimpleUploadedFile("доклад.pdf", b"%PDF-1.4 x")})
    talk = Talk.objects.get()
    text = page(client_of(Role.DIRECTOR, kindergarten), "own_meeting", row.pk)
    assert "Опыт внутренней системы оценки" in text
    assert "Школа № 1; Озеров Пётр, директор" in text
    assert talk.file.name == "доклад.pdf"
    send = reverse("roadmaps:meeting_talk_send", args=[row.pk, talk.pk])
    story = {"category": "analysis", "title": talk.theme, "problem": "Нет анализа", "done": "Разборы", "effect": ""}
    assert "Какой эффект" in client.post(send, story).content.decode()
    for _ in range(2):
        client.post(send, {**story, "effect": "Решения по данным"})
    practice = Practice.objects.get()
    assert (practice.organization, practice.state, practice.file.name) == (school, "proposed", "доклад.pdf")
    assert practice.get_absolute_url() in page(client, "meeting_agenda", row.pk)
    assert client_of(Role.DIRECTOR).post(send, story).status_code == 404


@pytest.mark.capability("S-262")
def test_a_cycle_of_seminars_with_tasks_and_products(client, client_of, kindergarten):
    client.post(
        reverse("roadmaps:meeting_series_new"), {"theme": "Модель управления качеством", "result": "Пакет инструментов"}
    )
    series = Series.objects.get()
    for day in (1, 20):
        moment = (timezone.localdate() + timedelta(days=day)).isoformat()
        client.post(
            f"{reverse('roadmaps:meeting_new')}?series={series.pk}",
            {**FORM, "kind": "seminar", "hours": "10:00", "day": moment, "theme": f"Занятие {day}"},
        )
    first, second = Meeting.objects.order_by("starts_at")
    term = (first.day + timedelta(days=10)).isoformat()
    url = reverse("roadmaps:meeting_session", args=[series.pk, first.pk])
    early = client.post(url, {"product": "Карта", "task": "Описать", "task_due_on": "2020-01-01"}).content.decode()
    assert "раньше самого занятия" in early
    client.post(url, {"product": "Карта процедур", "task": "Описать процедуры своей школы", "task_due_on": term})
    client.post(reverse("roadmaps:meeting_session", args=[series.pk, second.pk]), {"product": "Пакет диагностик"})
    text = page(client, "meeting_series", series.pk)
    assert text.index("Карта процедур") < text.index("Описать процедуры своей школы") < text.index("Пакет диагностик")
    InviteeFactory(meeting=first, organization=kindergarten)
    garden = client_of(Role.DIRECTOR, kindergarten)
    assert garden.get(series.get_absolute_url()).status_code == 404
    Meeting.objects.filter(pk=first.pk).update(state="announced")
    seen = page(garden, "meeting_series", series.pk)
    assert "Карта процедур" in seen
    assert "Пакет диагностик" not in seen


@pytest.mark.capability("S-264")
@pytest.mark.capability("S-265")
def test_a_seminar_at_a_school_for_exactly_the_responsible(
    client, client_of, school, other_school, kindergarten, coordinator
):
    client_of(Role.DIRECTOR).post(
        reverse("roadmaps:quality_officer", args=[school.code]),
        {"name": "Лугова Анна", "post": "Заместитель директора", "email": coordinator.email},
    )
    officer = QualityOfficer.objects.get()
    assert officer.user == coordinator
    stranger = client_of(Role.DIRECTOR, other_school)
    assert stranger.get(reverse("roadmaps:quality_officer", args=[school.code])).status_code == 404
    assert "Лугова" not in page(stranger, "quality_officers")
    assert "Лугова Анна" in page(client, "quality_officers")
    seminar = {
        **FORM,
        "kind": "seminar",
        "hours": "10:00",
        "base_organization": other_school.pk,
        "theme": "Методический семинар",
    }
    client.post(reverse("roadmaps:meeting_new"), seminar)
    row = Meeting.objects.get()
    assert row.base_organization == other_school
    client.post(reverse("roadmaps:meeting_agenda", args=[row.pk]), ITEM)
    invited = client.post(
        reverse("roadmaps:meeting_people", args=[row.pk]), {"group": "all", "officers_only": "yes"}, follow=True
    ).content.decode()
    assert "не назван, не приглашены" in invited
    invitee = Invitee.objects.get()
    assert (invitee.organization, invitee.user) == (school, coordinator)
    client.post(reverse("roadmaps:meeting_act", args=[row.pk, "announce"]))
    assert list(Notice.objects.values_list("user", flat=True)) == [coordinator.pk]
    assert other_school.name in page(client_of(coordinator), "own_meeting", row.pk)
    # the next one named leaves the first in the history
    services.set_officer(organization=school, new=services.NewOfficer("Новикова Вера", "Методист"), by=coordinator)
    assert QualityOfficer.objects.current().get().name == "Новикова Вера"
    assert QualityOfficer.objects.exclude(until=None).get() == officer


def test_the_agenda_is_proposed_from_what_is_overdue(client, specialist, school, other_school):
    yesterday = timezone.localdate() - timedelta(days=1)
    late = AddresseeFactory(
        organization=school, recommendation__due_on=yesterday, recommendation__title="Разобрать задания"
    )
    row = MeetingFactory(state="draft")
    InviteeFactory(meeting=row, organization=other_school)
    assert proposals_for(row, specialist) == []  # not about those who are invited
    InviteeFactory(meeting=row, organization=school)
    (found,) = proposals_for(row, specialist)
    assert found.text == "О ходе исполнения рекомендации «Разобрать задания»"
    assert "Школа № 1" in found.reason
    assert "Школа № 1" in page(client, "meeting_agenda", row.pk)
    url = reverse("roadmaps:meeting_propose", args=[row.pk])
    for _ in range(2):  # the second press adds nothing
        client.post(url, {"proposal": [f"recommendation:{late.recommendation_id}", "no-such"]})
    assert AgendaItem.objects.get().reason == found.reason


def test_only_measures_that_are_carried_out_are_proposed_as_overdue(specialist):
    direction = Direction.objects.create(code="1.1", name="Качество")
    yesterday = timezone.localdate() - timedelta(days=1)
    late = {"direction": direction, "starts_on": yesterday, "due_on": yesterday}
    row = MeetingFactory(state="draft")
    MeasureFactory(**late, dropped_on=yesterday, drop_reason="Отменено")
    MeasureFactory(**late, roadmap__state="draft")
    assert proposals_for(row, specialist) == []
    MeasureFactory(**late, title="Провести семинар")
    (found,) = proposals_for(row, specialist)
    assert "Провести семинар" in found.reason


def test_invitations_month_and_calendar_file(client, client_of, kindergarten):
    garden = client_of(Role.DIRECTOR, kindergarten)
    start = datetime.combine(TOMORROW, time(23, 30), MOSCOW)
    row = MeetingFactory(state="draft", starts_at=start, subgroups=2)
    announce = reverse("roadmaps:meeting_act", args=[row.pk, "announce"])
    assert "Повестка пуста" in client.post(announce, follow=True).content.decode()
    ItemFactory(meeting=row, minutes=60)
    InviteeFactory(meeting=row, organization=kindergarten, subgroup=row.subgroups.get(number=1))
    for _ in range(2):
        client.post(announce)
    notice = Notice.objects.get()
    assert f"{TOMORROW:%d.%m.%Y} в 23:30" in notice.note
    assert row.theme in page(garden, "own_meetings")
    month = garden.get(reverse("roadmaps:meetings_month"), {"month": f"{TOMORROW:%Y-%m}"}).content.decode()
    assert row.theme in month
    book = Calendar.from_ical(garden.get(reverse("roadmaps:meetings_ics")).content)
    (event,) = book.walk("VEVENT")  # the other subgroup is not theirs
    assert event["dtstart"].dt == start
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=60)
    assert event["dtend"].dt.astimezone(MOSCOW).date() == TOMORROW + timedelta(days=1)  # over midnight
    client.post(reverse("roadmaps:meeting_cancel", args=[row.pk]), {"reason": "Карантин 😷 <b>сад</b>"})
    text = page(garden, "own_meeting", row.pk)
    assert "Карантин 😷 &lt;b&gt;сад&lt;/b&gt;" in text
    assert Notice.objects.filter(title__startswith="Отменено").count() == 1
    stranger = client_of(Role.DIRECTOR)
    assert row.theme not in page(stranger, "own_meetings")
    assert stranger.get(reverse("roadmaps:meeting_ics", args=[row.pk])).status_code == 404


def test_for_a_person_who_has_left_the_head_is_told(specialist, director, coordinator, school):
    row = MeetingFactory(state="draft", starts_at=timezone.now() + timedelta(days=1))
    ItemFactory(meeting=row)
    InviteeFactory(meeting=row, organization=school, user=coordinator)
    coordinator.memberships.update(ended_at=timezone.now())
    services.announce_meeting(meeting=row, by=specialist)
    assert list(Notice.objects.values_list("user", flat=True)) == [director.pk]


def test_long_texts_are_refused_with_all_faults_at_once(specialist):
    new = services.NewMeeting("party", "т" * 20_000, "", [])
    with pytest.raises(Refused) as error:
        services.create_meeting(new=new, by=specialist)
    assert [finding.code for finding in error.value.findings] == ["long", "empty", "kind", "no_start"]


def test_only_writers_change(client_of, director):
    row = MeetingFactory()
    for role in (Role.ADMIN, Role.DIRECTOR):
        assert client_of(role).post(reverse("roadmaps:meeting_act", args=[row.pk, "hold"])).status_code == 404
        assert client_of(role).get(reverse("roadmaps:meeting_new")).status_code == 404
    assert client_of(Role.ADMIN).get(row.office_url).status_code == 200
    assert client_of(Role.DIRECTOR).get(row.office_url).status_code == 404
    with pytest.raises(Refused):
        services.hold_meeting(meeting=row, by=director)
