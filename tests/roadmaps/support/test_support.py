"""Methodical support: planned because of a conclusion, finished with a result, its effect read a year later."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.interpretation import services as conclusions
from apps.analysis.interpretation.figures import Target
from apps.core.findings import Refused
from apps.roadmaps.support import services
from apps.roadmaps.support.models import SupportCase
from tests.factories.core import PeriodFactory
from tests.factories.results import ParticipatingSchoolFactory, ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Выездной семинар",
    "plan": "Разбор заданий с учителями.",
    "responsible": "Методист по математике",
    "starts_on": "2025-09-10",
    "due_on": "2025-12-10",
}


@pytest.fixture
def login(school):
    return ParticipatingSchoolFactory(organization=school)


@pytest.fixture
def conclusion(specialist, school, login):
    work = ProcedureFactory(period=PeriodFactory(code="2024/25"))
    ResultAggregateFactory(procedure=work, school=login, marks=[30, 10, 10, 0])
    new = conclusions.NewConclusion("risk", "Не усвоены дроби.")
    return conclusions.conclude(target=Target(work.period, school, procedure=work), new=new, by=specialist)


@pytest.mark.capability("S-033")
@pytest.mark.capability("S-103")
def test_a_methodologist_supports_a_school_and_reads_the_effect(client_of, conclusion, school, login, period):
    client = client_of(Role.METHODOLOGIST)
    url = f"{reverse('roadmaps:support_new')}?conclusion={conclusion.pk}"
    assert "Не усвоены дроби." in client.get(url).content.decode()
    page = client.post(url, {**FORM, "organization": school.pk, "due_on": "2025-01-01"}).content.decode()
    assert "Окончание раньше начала" in page
    assert "Выездной семинар" in page
    assert client.post(url, {**FORM, "organization": school.pk}).status_code == 302
    action = SupportCase.objects.get()
    page = client.get(action.get_absolute_url()).content.decode()
    assert "нет данных следующего года" in page
    later = ProcedureFactory(period=period)
    ResultAggregateFactory(procedure=later, school=login, marks=[5, 25, 20, 0])
    assert client.post(action.get_absolute_url(), {"on": "2025-12-09", "result": "Проведён."}).status_code == 302
    page = client.get(action.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert "30 из 50 (60,0 %" in page
    assert "5 из 50 (10,0 %" in page
    assert "доля «2» снизилась" in page
    assert "−50,0 п. п." in page
    assert "завершено 09.12.2025" in page


@pytest.mark.capability("S-135")
def test_a_case_for_teachers_by_a_stated_reason_with_actions_closed_in_words(client_of, school, other_school):
    client = client_of(Role.METHODOLOGIST)
    url = reverse("roadmaps:support_new")
    form = {**FORM, "organization": school.pk, "teachers": "учителя математики 5–6 классов", "reason": ""}
    page = client.post(url, form).content.decode()
    assert "Напишите, почему нужна помощь" in page
    steps = {"step_1": "Семинар", "step_1_on": "2025-10-01", "step_2": "Открытый урок", "step_2_on": "2025-11-01"}
    assert client.post(url, {**form, "reason": "Просьба директора.", **steps}).status_code == 302
    case = SupportCase.objects.get()
    assert [step.title for step in case.steps.all()] == ["Семинар", "Открытый урок"]
    first, second = case.steps.all()
    page = client.post(case.get_absolute_url(), {"on": "2025-12-01", "result": "Всё."}).content.decode()
    assert "Не закрыты действия: Семинар; Открытый урок" in page
    close = {"on": "2025-10-01", "result": "Были 12 учителей."}
    client.post(reverse("roadmaps:support_step_close", args=[first.pk]), close)
    client.post(reverse("roadmaps:support_step_close", args=[first.pk]), {**close, "result": "Дважды"})
    client.post(reverse("roadmaps:support_step_close", args=[second.pk]), {**close, "result": "Карантин", "drop": "1"})
    client.post(reverse("roadmaps:support_step_add", args=[case.pk]), {"title": "Встреча", "due_on": "2025-11-20"})
    third = case.steps.get(title="Встреча")
    client.post(reverse("roadmaps:support_step_close", args=[third.pk]), {"on": "2025-11-20", "result": "Состоялась."})
    assert (
        client.post(case.get_absolute_url(), {"on": "2025-12-01", "result": "Учителя справляются."}).status_code == 302
    )
    page = client_of(Role.DIRECTOR).get(case.get_absolute_url()).content.decode()
    for words in ("Были 12 учителей.", "Карантин", "Учителя справляются.", "учителя математики 5–6 классов"):
        assert words in page
    assert "Дважды" not in page
    assert client_of(Role.DIRECTOR, other_school).get(case.get_absolute_url()).status_code == 404
    assert client_of(Role.DIRECTOR).post(reverse("roadmaps:support_step_add", args=[case.pk])).status_code == 404


def test_the_school_sees_its_own_only(client_of, conclusion, school, other_school, specialist):
    new = services.NewSupport("Семинар", "План", "Методист", date(2025, 9, 1), date(2025, 12, 1))
    action = services.plan_support(conclusion=conclusion, organization=school, new=new, by=specialist)
    assert "Семинар" in client_of(Role.DIRECTOR).get(reverse("roadmaps:support")).content.decode()
    stranger = client_of(Role.DIRECTOR, other_school)
    assert "Семинар" not in stranger.get(reverse("roadmaps:support")).content.decode()
    assert stranger.get(action.get_absolute_url()).status_code == 404
    assert client_of(Role.DIRECTOR).post(action.get_absolute_url(), {"result": "Мы сами"}).status_code == 404
    assert client_of(Role.EXPERT).get(reverse("roadmaps:support")).status_code == 404
    assert client_of(Role.DIRECTOR).get(reverse("roadmaps:support_new")).status_code == 404
    with pytest.raises(Refused) as error:
        services.plan_support(conclusion=conclusion, organization=other_school, new=new, by=specialist)
    assert [finding.code for finding in error.value.findings] == ["other_school"]
