"""Conclusions hang on a figure, go to recommendations and to the annual report, and may be withdrawn with a reason."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.interpretation import selectors, services
from apps.analysis.interpretation.figures import Target, effect_of, figure_of
from apps.analysis.models import Conclusion
from apps.core.findings import Refused
from apps.procedures.people.models import Association
from apps.reports.figures.base import Year
from apps.reports.figures.interpretation import about_works
from apps.roadmaps.models import Recommendation
from tests.factories.core import PeriodFactory
from tests.factories.results import ParticipatingSchoolFactory, ProcedureFactory, ResultAggregateFactory
from tests.factories.signs import counted_list, figure, scene
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db
NEW = services.NewConclusion("risk", "Половина класса не справилась с задачами на проценты.")


@pytest.fixture
def work(period, school, other_school):
    made = ProcedureFactory(period=period)
    for owner, marks in ((school, [4, 3, 2, 1]), (other_school, [0, 5, 5, 0])):
        ResultAggregateFactory(procedure=made, school__organization=owner, marks=marks)
    return made


def concluded(by, work, organization=None, new=NEW):
    return services.conclude(target=Target(work.period, organization, procedure=work), new=new, by=by)


def test_a_work_without_marks_has_a_figure_too(client_of, period, school):
    exam = ProcedureFactory(period=period, kind="ege", grade=11, pass_score=24, max_score=50)
    scores = [0] * 101
    scores[20], scores[60] = 1, 3
    ResultAggregateFactory(
        procedure=exam, school__organization=school, marks=[0] * 4, participants=4, test_sum=200, test_count=4,
        test_histogram=scores, score_sum=100, score_squares=2600,
    )  # fmt: skip
    drill = ProcedureFactory(period=period, kind="mdr", max_score=50)
    ResultAggregateFactory(
        procedure=drill, school__organization=school, marks=[0] * 4, participants=4, score_sum=100, score_squares=2600
    )
    said = [
        text_of(client_of(Role.SPECIALIST).get(f"{reverse('analysis:conclude')}?procedure={work.pk}"))
        for work in (exam, drill)
    ]
    assert "средний тестовый балл 50,0" in said[0]  # (20 + 3 · 60) / 4
    assert "ниже минимума 25,0 %" in said[0]
    assert "выполнение работы 50,0 %" in said[1]  # 100 of 4 · 50


@pytest.mark.capability("S-006")
def test_a_specialist_writes_what_a_result_says(client_of, work, school):
    client = client_of(Role.SPECIALIST)
    page = client.get(reverse("analysis:missing")).content.decode().replace("\xa0", " ")
    assert "4 из 20 (20,0 %" in page
    url = f"{reverse('analysis:conclude')}?procedure={work.pk}"
    assert url.replace("?", "?period=2025%2F26&amp;") in page
    assert "Напишите, что говорит это число" in client.post(url, {"kind": "factor", "text": " "}).content.decode()
    client.post(url, {"kind": "factor", "text": "Сменились учебники.", "in_report": "on"})
    made = Conclusion.objects.get()
    assert (made.kind, made.organization, made.in_report, made.counts) == (
        "factor",
        None,
        True,
        {"low": 4, "marked": 20},
    )
    assert "Все результаты истолкованы" in client.get(reverse("analysis:missing")).content.decode()
    shown = client.get(reverse("analysis:conclusions")).content.decode()
    assert "Сменились учебники." in shown


@pytest.mark.capability("S-006")
def test_signs_and_indicators_without_words_are_listed(client_of, specialist, period, school):
    scene(school)
    counted_list(specialist, period)
    client = client_of(Role.HEAD)
    page = client.get(reverse("analysis:missing"), {"what": "signs"}).content.decode()
    assert "Низкие результаты по итогам ГИА" in page
    assert school.name in page
    sign = school.signs.get(code="low_exams", sign_list__period=period)
    services.conclude(target=Target(period, school, sign=sign), new=NEW, by=specialist)
    page = client.get(reverse("analysis:missing"), {"what": "signs"}).content.decode()
    assert "Низкие результаты по итогам ГИА" not in page
    assert client.get(reverse("analysis:missing"), {"what": "\x00", "period": "'"}).status_code == 200


def test_an_indicator_that_moved_for_the_worse_is_listed(period, specialist):
    last = figure("so_oo.1.10%", "municipality", "", 5, 100, reported=5)
    last.period = PeriodFactory(code="2024")
    last.save()
    now = figure("so_oo.1.10%", "municipality", "", 9, 100, reported=5)
    version = now.version
    version.value_type, version.polarity, version.aggregation = "percent", "lower", "ratio"
    version.save()
    (row,) = selectors.missing(what="indicators", period=period)
    assert "9,0" in row.figure
    services.conclude(target=Target(now.period, None, indicator=version.indicator), new=NEW, by=specialist)
    assert selectors.missing(what="indicators", period=period) == []


@pytest.mark.parametrize(
    ("new", "codes"),
    [
        pytest.param(services.NewConclusion("risk", " "), ["no_text"], id="empty"),
        pytest.param(services.NewConclusion("blame", "Иванова Анна Петровна"), ["personal", "no_kind"], id="name"),
        pytest.param(services.NewConclusion("risk", "Текст", in_report=True), ["names_school"], id="names a school"),
    ],
)
def test_what_is_wrong_is_told_at_once(specialist, work, school, new, codes):
    with pytest.raises(Refused) as error:
        concluded(specialist, work, school, new)
    assert [finding.code for finding in error.value.findings] == codes


def test_who_writes_and_who_reads(client_of, specialist, director, other_director, work, school, user_of):
    made = concluded(specialist, work, school)
    with pytest.raises(Refused):
        concluded(director, work, school)
    leader, stranger = user_of(Role.ASSOCIATION_LEADER), user_of(Role.EXPERT)
    assert list(Conclusion.objects.visible_to(leader)) == []
    Association.objects.create(name="Математика", leader=leader).subjects.add(work.subject)
    for who, seen in ((director, True), (other_director, False), (leader, True), (stranger, False)):
        assert Conclusion.objects.visible_to(who).filter(pk=made.pk).exists() is seen
    for role in (Role.DIRECTOR, Role.ASSOCIATION_LEADER, Role.OBSERVER):
        assert client_of(role).get(reverse("analysis:conclusions")).status_code == 404
        assert client_of(role).get(made.get_absolute_url()).status_code == 404
    url = f"{reverse('analysis:conclude')}?procedure={work.pk}"
    assert client_of(Role.METHODOLOGIST).get(url).status_code == 200
    assert client_of(Role.ADMIN).get(url).status_code == 404
    assert client_of(Role.HEAD).get(f"{reverse('analysis:conclude')}?procedure=x").status_code == 404


def test_a_withdrawn_conclusion_stays_with_its_reason(client_of, specialist, work):
    made = concluded(specialist, work)
    client, url = client_of(Role.SPECIALIST), reverse("analysis:conclusion_withdraw", args=[made.pk])
    assert "Напишите причину" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Файл загружен заново."})
    assert "Файл загружен заново." in client.get(made.get_absolute_url()).content.decode()
    assert made.about not in client.get(reverse("analysis:conclusions")).content.decode()
    assert made.about in client.get(reverse("analysis:conclusions"), {"show": "all"}).content.decode()


def test_words_stand_beside_the_result(specialist, director, other_director, work, school, other_school):
    concluded(specialist, work, school)

    def beside_of(user, organization):
        return list(selectors.beside_results(user, work, organization))

    (block,) = beside_of(specialist, school)
    assert block.facts[0].value == NEW.text
    assert block.url
    (own,) = beside_of(director, school)
    assert (own.facts[0].value, own.url) == (NEW.text, "")
    assert beside_of(other_director, other_school) == []
    (bare,) = beside_of(specialist, other_school)
    assert bare.facts == []


def test_marked_conclusions_stand_in_the_chapter_of_the_report(specialist, work, school, period):
    concluded(specialist, work, school)
    made = concluded(specialist, work)
    year = Year.of(period, period.ends_on)
    assert about_works(year).blocks == []
    services.put_into_report(conclusion=made, on=True, by=specialist)
    (block,) = about_works(year).blocks
    assert [row[2] for row in block.rows] == [NEW.text]
    assert school.name not in str(block)


def test_a_recommendation_begins_with_the_conclusion(client_of, specialist, work, school, period):
    made = concluded(specialist, work, school)
    client, url = client_of(Role.SPECIALIST), f"{reverse('roadmaps:create')}?conclusion={made.pk}"
    page = client.get(url).content.decode()
    assert "Половина класса не справилась" in page
    data = {
        "organizations": [school.pk],
        "period": period.pk,
        "title": "Помощь",
        "basis_text": "По выводу",
        "text": "Составьте план.",
        "due_on": "2030-01-01",
    }
    assert client.post(url, data).status_code == 302
    assert Recommendation.objects.get().basis[0]["conclusion"] == made.pk


@pytest.mark.parametrize(
    ("after", "words"),
    [
        pytest.param([0, 30, 10, 0], "доля «2» снизилась", id="less than chance allows"),
        pytest.param([11, 20, 9, 0], "изменение в пределах случайности", id="within chance"),
        pytest.param([35, 5, 0, 0], "доля «2» выросла", id="more"),
        pytest.param([1, 4, 0, 0], "данных мало", id="few"),
    ],
)
def test_the_same_work_a_year_later(school, after, words):
    first, second = (ProcedureFactory(period=PeriodFactory(code=code)) for code in ("2024/25", "2025/26"))
    login = ParticipatingSchoolFactory(organization=school)
    ResultAggregateFactory(procedure=first, school=login, marks=[12, 20, 8, 0])
    ResultAggregateFactory(procedure=second, school=login, marks=after)
    target = Target(first.period, school, procedure=first)
    assert effect_of(target, figure_of(target)).words == words
    later = Target(second.period, school, procedure=second)
    assert effect_of(later, figure_of(later)).after == "ещё нет"
