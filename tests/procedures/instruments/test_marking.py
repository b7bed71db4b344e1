"""Requirements with receipts, schools' criteria and checks, analyses of works, explanatory events and attitude."""

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.instruments import selectors
from apps.procedures.instruments.models import ExplanatoryEvent, InternalCheck, MarkingRequirement, WorkAnalysis
from apps.procedures.instruments.todo import todo_for
from apps.surveys.models import Response
from tests.factories.instruments import RequirementFactory, pdf
from tests.factories.people import AssociationFactory, day
from tests.factories.results import ProcedureFactory, ResultAggregateFactory, SubjectFactory
from tests.factories.surveys import PlaceFactory, QuestionFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return SubjectFactory()


@pytest.fixture
def leader(user_of, subject):
    user = user_of(Role.ASSOCIATION_LEADER)
    AssociationFactory(leader=user, subjects=[subject])
    return user


def requirement(subject, **changes: object) -> dict[str, object]:
    return {
        "title": "Письменные работы", "subject": subject.pk, "grade_from": 5, "grade_to": 9,
        "text": "Отметка по критериям", "confirm_by": day(10).isoformat(), **changes,
    }  # fmt: skip


@pytest.mark.capability("S-150")
def test_a_leader_publishes_and_schools_confirm(
    client_of, leader, subject, coordinator, other_school, methodologist
) -> None:
    own = client_of(leader)
    own.post(reverse("procedures:requirement_create"), requirement(subject, file=pdf()))
    row = MarkingRequirement.objects.get()
    url = row.get_absolute_url()
    school = client_of(coordinator)
    assert "Подтвердить получение: Письменные работы" in {todo.title for todo in todo_for(coordinator)}
    assert "Отметка по критериям" in school.get(url).content.decode()
    assert school.get(reverse("procedures:requirement_file", args=[row.pk])).status_code == 200
    for _ in range(2):
        school.post(reverse("procedures:requirement_confirm", args=[row.pk]))
    assert row.receipts.count() == 1
    assert "Подтвердить получение: Письменные работы" not in {todo.title for todo in todo_for(coordinator)}
    for reader in (own, client_of(methodologist)):
        page = reader.get(url).content.decode()
        assert "Не подтвердили: 1" in page
        assert other_school.name in page
    assert "Не подтвердили" not in school.get(url).content.decode()
    # A new version is confirmed anew; the old one stays to be read.
    own.post(reverse("procedures:requirement_create") + f"?replaces={row.pk}", requirement(subject, title="Новые"))
    assert "Подтвердить получение: Новые" in {todo.title for todo in todo_for(coordinator)}
    assert "заменены новой редакцией" in school.get(url).content.decode()


def test_requirements_are_published_by_their_people(client_of, leader, subject, director) -> None:
    url = reverse("procedures:requirement_create")
    assert client_of(director).post(url, requirement(subject)).status_code == 404
    told = client_of(leader).post(url, requirement(subject, grade_to=4, confirm_by=day(-1).isoformat()))
    html = told.content.decode()
    assert "Первый класс больше последнего" in html
    assert "Срок подтверждения уже прошёл" in html
    row = RequirementFactory(published_by=director)
    assert client_of(Role.OBSERVER).get(row.get_absolute_url()).status_code == 404
    assert client_of(leader).post(reverse("procedures:requirement_confirm", args=[row.pk])).status_code == 404


def check(subject, **changes: object) -> dict[str, object]:
    return {
        "on": day().isoformat(), "kind": "second", "subject": subject.pk, "grade": 6, "works": 24, "changed": 3,
        "outcome": "Обсудили", **changes,
    }  # fmt: skip


@pytest.mark.capability("S-060")
def test_a_school_records_criteria_and_checks_and_a_specialist_sees_who_has_none(
    client_of, coordinator, other_coordinator, specialist, subject, other_school
) -> None:
    school = client_of(coordinator)
    assert "Внести критерии оценивания" in {todo.title for todo in todo_for(coordinator)}
    school.post(reverse("procedures:own_criteria"), {"document": "Положение № 5", "criteria": "По баллам", "url": ""})
    school.post(reverse("procedures:own_check"), check(subject))
    mine = school.get(reverse("procedures:own_marking")).content.decode()
    for text in ("Положение № 5", "Проверено 24", "Обсудили"):
        assert text in mine
    assert "Положение № 5" not in client_of(other_coordinator).get(reverse("procedures:own_marking")).content.decode()
    rows = {row.organization.name: row for row in selectors.school_marking(selectors.this_year())}
    assert [rows["Школа № 1"].state_text, rows[other_school.name].state_text] == ["внесено", "ничего не внесено"]
    page = client_of(specialist).get(reverse("procedures:internal_marking")).content.decode()
    assert page.index(other_school.name) < page.index("Школа № 1")
    detail = reverse("procedures:internal_school", args=["school-01"])
    assert "По баллам" in client_of(specialist).get(detail).content.decode()
    assert school.get(detail).status_code == 404
    row = InternalCheck.objects.get()
    assert client_of(other_coordinator).post(reverse("procedures:own_check_delete", args=[row.pk])).status_code == 404
    school.post(reverse("procedures:own_check_delete", args=[row.pk]))
    assert not InternalCheck.objects.exists()


def test_faults_of_a_check_are_told_together(client_of, coordinator, subject) -> None:
    data = check(subject, on=day(1).isoformat(), changed=25)
    html = client_of(coordinator).post(reverse("procedures:own_check"), data).content.decode()
    assert "Этот день ещё не наступил" in html
    assert "Больше, чем проверено работ" in html
    assert not InternalCheck.objects.exists()


@pytest.fixture
def works(period, subject, school):
    """Results of one work of the leader's subject and of one foreign."""
    own = ProcedureFactory(period=period, subject=subject)
    foreign = ProcedureFactory(period=period, subject=SubjectFactory(name="Химия"), grade=8)
    for work in (own, foreign):
        ResultAggregateFactory(procedure=work, school__organization=school)
    return own, foreign


@pytest.mark.capability("S-223")
def test_a_leader_attaches_an_analysis_and_a_methodologist_sees_subjects_without(
    client_of, leader, methodologist, works, director
) -> None:
    own, foreign = works
    client = client_of(leader)
    listed = client.get(reverse("procedures:analyses")).content.decode()
    assert own.title in listed
    assert foreign.title not in listed
    assert "Приложить разборы работ" in {todo.title for todo in todo_for(leader)}
    gaps = client_of(methodologist).get(reverse("procedures:analyses")).context["gaps"]
    assert [(gap.subject.name, gap.analysed, gap.works) for gap in gaps] == [("Математика", 0, 1), ("Химия", 0, 1)]
    url = reverse("procedures:analysis_edit", args=[own.pk])
    client.post(url, {"text": "Западают дроби", "advice": "Больше устного счёта", "file": pdf()})
    client.post(url, {"text": "Западают дроби и проценты", "advice": ""})
    row = WorkAnalysis.objects.get()
    assert row.file is not None
    page = client_of(methodologist).get(row.get_absolute_url()).content.decode()
    assert "Западают дроби и проценты" in page
    assert client_of(methodologist).get(reverse("procedures:analysis_file", args=[row.pk])).status_code == 200
    gaps = client_of(methodologist).get(reverse("procedures:analyses")).context["gaps"]
    assert [(gap.subject.name, gap.analysed) for gap in gaps] == [("Химия", 0), ("Математика", 1)]
    assert client.get(reverse("procedures:analysis_edit", args=[foreign.pk])).status_code == 404
    assert client_of(director).get(row.get_absolute_url()).status_code == 404
    stranger = client_of(Role.ASSOCIATION_LEADER, methodologist.organization)
    assert stranger.get(row.get_absolute_url()).status_code == 404


def event(**changes: object) -> dict[str, object]:
    return {
        "title": "Семинар о критериях", "kind": "seminar", "on": day().isoformat(), "topics": ["criteria", "internal"],
        "audience": "завучи", "plan": "Разбор работ", **changes,
    }  # fmt: skip


@pytest.mark.capability("S-266", "S-061")
def test_topics_of_a_seminar_reach_schools(client_of, methodologist, specialist, school, other_school) -> None:
    client = client_of(methodologist)
    assert (
        "Обязательное поле" in client.post(reverse("procedures:explanatory_create"), event(topics=[])).content.decode()
    )
    client.post(reverse("procedures:explanatory_create"), event())
    row = ExplanatoryEvent.objects.get()
    before = {topic.label: topic for topic in selectors.explanatory_events(selectors.this_year()).topics}
    assert before["критериальное оценивание"].covered == 0
    client.post(row.get_absolute_url(), {"organizations": [school.pk], "outcome": "Договорились"})
    read = client_of(specialist).get(reverse("procedures:explanatory"))
    topics = {topic.label: topic for topic in read.context["events"].topics}
    assert topics["критериальное оценивание"].covered == 1
    assert topics["критериальное оценивание"].missing == [other_school]
    assert topics["разъяснение родителям"].covered == 0
    html = read.content.decode()
    assert "Семинар о критериях" in html
    assert f"Не были ни на одном мероприятии: {other_school}" in html
    assert client.get(reverse("procedures:explanatory_edit", args=[row.pk])).status_code == 404


def test_an_event_is_not_held_before_its_day(client_of, specialist, school) -> None:
    client = client_of(specialist)
    client.post(reverse("procedures:explanatory_create"), event(on=day(4).isoformat()))
    row = ExplanatoryEvent.objects.get()
    html = client.post(row.get_absolute_url(), {"organizations": [school.pk], "outcome": ""}).content.decode()
    assert "Обязательное поле" in html
    assert "Мероприятие назначено на" in client.post(row.get_absolute_url(), {"outcome": "Было"}).content.decode()
    row.refresh_from_db()
    assert row.held_at is None
    for role in (Role.ADMIN, Role.DIRECTOR):
        assert client_of(role).get(reverse("procedures:explanatory_create")).status_code == 404


@pytest.mark.capability("S-061")
def test_attitude_is_followed_from_survey_to_survey(client_of, specialist, school, settings) -> None:
    """The same words in two rounds: means 3 and 4 of five answers each, change 1; a hidden or open round adds none."""
    settings.DISCLOSURE_MINIMUM_COUNT = 5
    question = QuestionFactory(
        kind="scale", text="Проверяют честно", minimum=1, maximum=5,
        section__questionnaire__code="attitude-teachers", section__questionnaire__title="Отношение педагогов",
    )  # fmt: skip
    questionnaire = question.section.questionnaire
    for closes, marks in ((-300, [1, 2, 3, 4, 5]), (-20, [3, 4, 4, 4, 5])):
        survey = SurveyFactory(questionnaire=questionnaire, opens_on=day(closes - 10), closes_on=day(closes))
        place = PlaceFactory(survey=survey, organization=school)
        for mark in marks:
            Response.objects.create(place=place, day=day(closes), answers={str(question.pk): mark})
    SurveyFactory(questionnaire=questionnaire)
    (row,) = selectors.attitude()
    assert [(mean, n) for _, mean, n in row.points] == [(Decimal(3), 5), (Decimal(4), 5)]
    assert row.change == 1
    page = client_of(specialist).get(reverse("procedures:explanatory")).content.decode()
    assert "Проверяют честно" in page
    assert "+1,00" in page
