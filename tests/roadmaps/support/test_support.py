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
