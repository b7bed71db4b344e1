"""The questionnaire of НОКО on a phone, with scripts and without; what comes of it on the office's page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.surveys import devices
from apps.surveys.models import FreeText, Questionnaire, Response
from apps.surveys.services import load_templates
from tests.browser.conftest import PHONE
from tests.factories.surveys import PlaceFactory, SurveyFactory, answer
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(school: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    load_templates()
    monkeypatch.setattr(devices, "FASTEST", timedelta(0))
    survey = SurveyFactory(questionnaire=Questionnaire.objects.get(code="noko-114"), title="Мнение родителей")
    return PlaceFactory(survey=survey, organization=school)


def choose(page: Page, question: str, option: str) -> None:
    """Press the whole label, as a thumb does."""
    page.get_by_role("group", name=question).get_by_text(option, exact=True).click()


def test_a_parent_answers_on_a_phone(
    open_page: Callable[..., Page],
    place: Any,
    barriers: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
) -> None:
    page = open_page(f"/s/{place.token}/", size=PHONE)
    assert barriers(page) == []
    assert overflow(page) == 0
    stands = page.get_by_role("group", name="доступностью информации на стендах")
    expect(stands).to_be_hidden()
    choose(page, "Пользовались ли вы информацией на стендах", "Да")
    expect(stands).to_be_visible()
    expect(page.locator("[data-progress-text]")).to_have_text("1 из 12")
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("alert")).to_contain_text("Анкета ещё не отправлена")
    assert barriers(page) == []
    for question in page.locator("fieldset:visible").all():
        if not question.locator("input:checked").count():
            question.get_by_text("Нет", exact=True).click()
    page.get_by_label("Что стоит улучшить").fill("Спросите у Марии Петровны, +7 912 345-67-89")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator("h1")).to_have_text("Спасибо, ответ принят")
    assert barriers(page) == []
    assert Response.objects.get().place == place
    assert FreeText.objects.get().text == "Спросите у [имя скрыто], [контакт скрыт]"
    page.goto(f"/s/{place.token}/")
    expect(page.locator("h1")).to_have_text("Ответ с этого устройства уже принят")


def test_without_scripts_everything_is_there(open_page: Callable[..., Page], place: Any) -> None:
    page = open_page(f"/s/{place.token}/", size=PHONE, scripts=False)
    expect(page.get_by_text("Ответьте, если на вопрос 1 вы ответили «Да».")).to_be_visible()
    for question in page.locator("fieldset").all():
        question.get_by_text("Нет", exact=True).click()
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator("h1")).to_have_text("Спасибо, ответ принят")
    given = Response.objects.get().answers
    assert len(given) == 10  # the four questions behind filters were answered «нет» and left out


def test_the_office_reads_the_internal_survey(
    open_page: Callable[..., Page], place: Any, specialist: User, barriers: Callable[[Page], list[str]]
) -> None:
    packs_loaded()
    overall = place.survey.questionnaire.sections.last().questions.get(symbol="noko.5.3.u")
    answer(place, {overall: 1}, 6)
    page = open_page(f"/office/noko/internal/{place.survey.pk}/", user=specialist)
    expect(page.get_by_text("Это не независимая оценка.")).to_be_visible()
    expect(page.get_by_role("row", name="Школа № 1")).to_contain_text("100,0")
    assert barriers(page) == []
    page.goto(f"/office/surveys/{place.survey.pk}/results/")
    expect(page.get_by_text("Ответили: 6").first).to_be_visible()
    assert barriers(page) == []
