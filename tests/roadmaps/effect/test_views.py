"""Pages of effects: named with its least effect, approved, measured by a worker, read by those it concerns."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.roles import Role
from apps.indicators.models import Aggregate, Direction, Goal
from apps.roadmaps.effect import measuring, promised, words
from apps.roadmaps.effect.models import Expectation, Measurement
from apps.roadmaps.links.selectors import bases_of
from tests.factories.effects import expectation
from tests.factories.roadmaps import AddresseeFactory, RecommendationFactory
from tests.roadmaps.effect import scene

pytestmark = pytest.mark.django_db


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def named(specialist):
    """A recommendation to twelve of forty schools, with figures of three years."""
    version, found, addressed = scene.municipality(effect=12)
    recommendation = RecommendationFactory(title="Занятия по дробям", author=specialist)
    for one in addressed:
        AddresseeFactory(recommendation=recommendation, organization=one)
    return version, found, addressed, recommendation


@pytest.mark.capability("S-103")
def test_an_effect_is_expected_seen_to_be_measurable_approved_and_measured(client_of, named, run_jobs):
    version, _, addressed, recommendation = named
    client = client_of(Role.SPECIALIST)
    url = f"{reverse('roadmaps:effect_new')}?of=roadmaps.Recommendation&id={recommendation.pk}"
    assert "Занятия по дробям" in text_of(client.get(url))
    form = {
        "figure": f"i:{version.indicator.code}",
        "expected_change": "10,5",
        "starts_on": "2025-02-01",
        "years": "1",
        "rationale": "Так было в соседнем округе.",
        "organizations": [one.pk for one in addressed],
    }
    wrong = text_of(client.post(url, {**form, "rationale": " ", "expected_change": "−4"}))
    assert "Ожидаемое изменение — в худшую сторону" in wrong or "Напишите, почему ждёте" in wrong
    assert client.post(url, form).status_code == 302
    made = Expectation.objects.get()
    page = text_of(client.get(made.get_absolute_url()))
    assert "12 организаций могут показать эффект от" in page
    assert "Ожидается +10,5 п. п." in page
    assert "не утверждено" in page
    assert client.post(reverse("roadmaps:effect_approve", args=[made.pk])).status_code == 302
    assert client.post(reverse("roadmaps:effect_measure", args=[made.pk])).status_code == 302
    run_jobs()
    page = text_of(client.get(made.get_absolute_url()))
    assert "Эффект есть: у адресованных значение выросло на" in page
    assert "доказательством это не является" in page
    assert "Пересчитать" not in page
    assert "эффект есть" in text_of(client.get(reverse("roadmaps:effects")))


@pytest.fixture
def measured(named, specialist):
    version, _, addressed, recommendation = named
    made = expectation(version=version, organizations=addressed, by=specialist, recommendation=recommendation)
    row = Measurement.objects.create(expectation=made, number=1)
    measuring.measure(measurement=row, draws=199)
    return made


def test_a_school_reads_the_result_and_its_own_line_but_not_who_else_was_addressed(client_of, measured, named, school):
    _, found, addressed, _ = named
    mine, stranger = addressed[0], found[1]
    client = client_of(Role.DIRECTOR, mine)
    page = text_of(client.get(measured.get_absolute_url()))
    assert "Эффект есть" in page
    assert "Ваша организация" in page
    assert addressed[1].name not in page
    assert "Снять ожидание" not in page
    assert "Занятия по дробям" in text_of(client.get(reverse("roadmaps:effects")))
    other = client_of(Role.DIRECTOR, stranger)
    assert other.get(measured.get_absolute_url()).status_code == 404
    assert "Занятия по дробям" not in text_of(other.get(reverse("roadmaps:effects")))
    for name in ("effect_approve", "effect_measure", "effect_withdraw"):
        assert client.post(reverse(f"roadmaps:{name}", args=[measured.pk])).status_code == 404


def test_a_draft_is_not_shown_to_schools(client_of, named, specialist):
    version, _, addressed, recommendation = named
    made = expectation(
        version=version, organizations=addressed, by=specialist, recommendation=recommendation, approved=False
    )
    assert client_of(Role.DIRECTOR, addressed[0]).get(made.get_absolute_url()).status_code == 404
    assert client_of(Role.OBSERVER).get(made.get_absolute_url()).status_code == 404


def test_members_are_shown_with_reasons_and_changed_figures_offer_a_recount(client_of, measured, named):
    _, found, addressed, _ = named
    client = client_of(Role.METHODOLOGIST)
    page = text_of(client.get(measured.get_absolute_url()))
    assert f"{addressed[0].name}</a>" in page
    assert "Похожие и расстояние до них" in page
    assert "повторений: 199" in page
    assert "предложение" in page
    assert "Данные изменились" not in page
    Aggregate.objects.filter(period__code="2025", scope_key=str(found[1].pk)).update(value=12)
    assert "Данные изменились" in text_of(client.get(measured.get_absolute_url()))
    url = reverse("roadmaps:effect_withdraw", args=[measured.pk])
    assert client.post(url, {"reason": "Мера отменена."}).status_code == 302
    assert "Снято: Мера отменена." in text_of(client.get(reverse("roadmaps:effects")))


def test_an_effect_becomes_the_ground_of_a_goal_of_next_year(client_of, measured, specialist):
    direction = Direction.objects.create(code="1.1", name="Подготовка обучающихся")
    client = client_of(Role.SPECIALIST)
    page = client.get(measured.get_absolute_url()).content.decode()
    url = f"{reverse('desk:goal_create', args=[direction.code])}?effect={measured.pk}"
    assert url in page
    page = text_of(client.get(url))
    assert "Закрепить достигнутое: " in page
    assert "Занятия по дробям: Эффект есть" in page
    form = {"level": "municipal", "title": "Закрепить рост", "rationale": "Эффект измерен."}
    assert client.post(url, form).status_code == 302
    goal = Goal.objects.get()
    assert [one.found for one in bases_of(goal, user=specialist)] == [measured]
    assert "Закрепить рост" in text_of(client.get(measured.get_absolute_url()))


def test_an_effect_is_printed_for_its_reader(client_of, measured, run_jobs):
    client = client_of(Role.SPECIALIST)
    assert client.post(reverse("roadmaps:effect_pdf", args=[measured.pk])).status_code == 302
    job = run_jobs()[-1]
    response = client.get(job.url)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert client_of(Role.HEAD).get(job.url).status_code == 404


def test_objects_show_what_is_expected_of_them(client_of, measured, named):
    recommendation = named[3]
    page = Template("{% load effects %}{% effects_of one %}")

    def shown(user):
        request = RequestFactory().get("/")
        request.user = user
        return page.render(Context({"request": request, "one": recommendation}))

    author = measured.author
    assert "Эффект есть" in shown(author)
    assert f"?of=roadmaps.Recommendation&amp;id={recommendation.pk}" in shown(author)
    stranger = client_of(Role.OBSERVER).get("/").wsgi_request.user
    assert "Ожидаемый эффект" not in shown(stranger)


def test_the_public_page_tells_formulas_and_measured_shares(client):
    page = text_of(client.get(reverse("roadmaps:effect_methods")))
    for one in promised.PROMISED:
        assert words.share(one.coverage).replace("\xa0", " ") in page
    assert "регрессия к среднему" in page.lower()
    assert "не меньше 8" in page
