"""The profile: who reads whose, what stands in it, three assessments with their differences, the PDF."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.interpretation import services as conclusions
from apps.analysis.interpretation.figures import Target
from apps.analysis.objectivity.models import Evidence, ObjectivityRule, ObjectivityRun
from apps.analysis.signs import services as signs
from apps.indicators.models import Aggregate
from apps.indicators.services import load_packs
from apps.procedures.models import Procedure
from apps.procedures.people.models import Association
from apps.surveys.models import Question, Questionnaire
from apps.surveys.services import load_templates
from tests.factories.core import PeriodFactory
from tests.factories.noko import AssessmentFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ParticipatingSchoolFactory, ProcedureFactory, ResultAggregateFactory, SubjectFactory
from tests.factories.signs import counted_list, figure, scene
from tests.factories.surveys import PlaceFactory, SurveyFactory, answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(period, school, other_school):
    """Mathematics: the school is far below the two others; Russian: alike. Last year mathematics too."""
    subjects = [SubjectFactory(name=name) for name in ("Математика", "Русский язык")]
    maths, russian = (ProcedureFactory(period=period, subject=subject) for subject in subjects)
    last = ProcedureFactory(period=PeriodFactory(code="2024/25"))
    for owner in (school, other_school, SchoolFactory(number=3)):
        login = ParticipatingSchoolFactory(organization=owner)
        own = [10, 30, 5, 0] if owner == school else [0, 10, 40, 30]
        journal = {"journal_lower": 18, "journal_equal": 25, "journal_higher": 2} if owner == school else {}
        ResultAggregateFactory(procedure=maths, school=login, marks=own, **journal)
        ResultAggregateFactory(procedure=russian, school=login, marks=[2, 20, 18, 5])
        ResultAggregateFactory(procedure=last, school=login, marks=[5, 20, 15, 5])
    return maths


def page_of(client, organization, **given):
    response = client.get(reverse("desk:profile", args=[organization.code]), given)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_results_with_intervals_and_what_stands_out(client_of, works, school):
    page = page_of(client_of(Role.HEAD), school)
    weak = page.split('id="weak"')[1].split("</section>")[0]
    assert "Математика, 5 класс: качество 11,1 % при 70,7 % по муниципалитету (n = 45)" in weak
    assert "Русский" not in weak
    assert "Работ с качеством уверенно выше муниципального нет" in page
    # 20 of 45 a year ago, 5 of 45 now.
    assert "−33,3 п. п." in page
    last = page_of(client_of(Role.HEAD), school, year="2024-25")
    assert "не сравнивается" in last
    assert "Русский" not in last


def test_a_side_that_rests_on_a_result_to_be_checked_says_so(client_of, user_of, works, school, specialist):
    run = ObjectivityRun.objects.create(
        period=works.period, rule=ObjectivityRule.objects.latest("version"), finished_at=timezone.now()
    )
    Evidence.objects.create(
        run=run, organization=school, procedure=works, test="spike", statistic=2, n=45, p=1e-5, q=1e-3, marked=True,
        words="Ровно на границах отметок — 20 участников.",
    )  # fmt: skip
    said = "(n = 45); результат требует проверки на объективность"
    assert said in page_of(client_of(Role.HEAD), school)
    leader = user_of(Role.ASSOCIATION_LEADER)
    Association.objects.create(name="Математика", leader=leader).subjects.add(works.subject)
    assert "Математика, 5 класс" in page_of(client_of(leader), school)
    assert said not in page_of(client_of(leader), school)


def test_who_reads_whose(client_of, works, school, other_school, kindergarten):
    director = client_of(Role.DIRECTOR)
    assert other_school.name not in page_of(director, school)
    assert f"{school.name}: профиль" in director.get(reverse("desk:profiles")).content.decode()
    assert director.get(reverse("desk:profile", args=[other_school.code])).status_code == 404
    assert director.post(reverse("desk:profile_pdf", args=[other_school.code])).status_code == 404
    for role in (Role.METHODOLOGIST, Role.HEAD, Role.ADMIN):
        assert page_of(client_of(role), other_school)
    assert "Профиль" in page_of(client_of(Role.SPECIALIST), kindergarten).replace("профиль", "Профиль")
    for role in (Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE):
        assert client_of(role).get(reverse("desk:profiles")).status_code == 404
        assert client_of(role).get(reverse("desk:profile", args=[school.code])).status_code == 404


def test_the_leader_of_an_association_reads_own_subjects_only(client_of, user_of, works, school, specialist):
    conclusions.conclude(
        target=Target(works.period, school, procedure=works),
        new=conclusions.NewConclusion("risk", "Не усвоены дроби."),
        by=specialist,
    )
    leader = user_of(Role.ASSOCIATION_LEADER)
    assert "ни одного методического объединения" in client_of(leader).get(reverse("desk:profiles")).content.decode()
    assert "Математика, 5 класс" not in page_of(client_of(leader), school)
    Association.objects.create(name="Математика", leader=leader).subjects.add(works.subject)
    page = page_of(client_of(leader), school)
    assert "Математика, 5 класс" in page
    assert "Не усвоены дроби." in page
    assert "Русский" not in page
    assert "НОКО" not in page
    assert 'id="signs"' not in page


def test_signs_answers_and_conclusions_stand_together(client_of, specialist, school, period):
    scene(school, others=1)
    sign_list = counted_list(specialist, period)
    director = client_of(Role.DIRECTOR)
    assert "вам ещё не показаны" in page_of(director, school)
    signs.show_to_schools(sign_list=sign_list, by=specialist)
    assert "Низкие результаты по итогам ГИА" in page_of(director, school)
    new = conclusions.NewConclusion("strength", "Сильная команда учителей.")
    sign = sign_list.signs.get(organization=school, code="low_exams")
    conclusions.conclude(target=Target(period, school, sign=sign), new=new, by=specialist)
    page = page_of(director, school)
    assert "Сильная команда учителей." in page.split('id="strong"')[1].split("</section>")[0]


@pytest.mark.capability("S-108")
def test_self_assessment_external_assessment_and_noko_with_differences(client_of, works, school, period):
    load_packs()
    load_templates()
    exam = ProcedureFactory(period=period, kind=Procedure.Kind.OGE, grade=9)
    ResultAggregateFactory(procedure=exam, school__organization=school, marks=[5, 10, 5, 0])
    reported = figure("so_oo.1.7", "organization", str(school.pk), 72, 20, scale=1)
    Aggregate.objects.filter(pk=reported.pk).update(period=PeriodFactory(code="2026"))
    AssessmentFactory(organization=school, figures={"K1": "90", "K5": "91.5", "5.3": "70"})
    day = timezone.localdate()
    survey = SurveyFactory(
        questionnaire=Questionnaire.objects.get(code="noko-114"),
        opens_on=day - timedelta(days=9),
        closes_on=day - timedelta(days=1),
    )
    overall = Question.objects.get(symbol="noko.5.3.u")
    place = PlaceFactory(survey=survey, organization=school)
    answer(place, {overall: 1}, 8)
    answer(place, {overall: 2}, 12)
    page = page_of(client_of(Role.SPECIALIST), school)
    found = page.split('id="assessments"')[1].split("</section>")[0]
    assert "90,0 из 100" in found
    assert "ВПР ниже журнала — 40,0 %, выше — 4,4 %" in found  # 18 and 2 of 45
    assert "3,60" in found  # as the school reported
    assert "3,00" in found  # (5·2 + 10·3 + 5·4) / 20 in the protocols
    assert "−0,60" in found
    assert "40,0 %" in found  # 8 of 20 in the own survey
    assert "+30,0 п. п." in found  # 70 of НОКО against them


def test_the_pdf_is_the_readers_own(client_of, works, school, run_jobs):
    director = client_of(Role.DIRECTOR)
    director.post(reverse("desk:profile_pdf", args=[school.code]), {"year": "2025-26"})
    (job,) = run_jobs()
    assert job.state == "done"
    response = director.get(job.url)
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert client_of(Role.SPECIALIST).get(job.url).status_code == 404


def test_the_profile_asks_a_fixed_number_of_times(client_of, works, school, django_assert_max_num_queries):
    client = client_of(Role.HEAD)
    with django_assert_max_num_queries(50):
        page_of(client, school)


def test_a_kindergarten_is_not_asked_for_works_of_schools(client_of, user_of, kindergarten, works):
    director = user_of(Role.DIRECTOR, kindergarten)
    page = page_of(client_of(director), kindergarten)
    assert "ВПР" not in page
    assert 'id="results"' not in page
    today = client_of(director).get(reverse("desk:today")).content.decode()
    assert "Ближайшие работы" not in today
