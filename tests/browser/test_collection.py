"""A year of collection walked in a browser: four kinds of organisations, by the page and by the workbook.

A school, a school with preschool groups (two forms), a kindergarten and an organisation of additional education
answer order № 1324 (the answers are those of the demonstration's portraits) and a form that the authority composes of
indicators; parents answer the questionnaire of НОКО by a link. Everything begins on a page, as a specialist begins it.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection.definition import definition_of
from apps.collection.models import Campaign, Form, Submission
from apps.desk.demo import catalog
from apps.desk.demo.answers import FORMS
from apps.desk.demo.chance import Draw
from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from apps.surveys import devices
from apps.surveys.models import Questionnaire, Survey
from apps.surveys.services import load_templates
from tests.browser.conftest import PHONE
from tests.browser.test_year import fill
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AdditionalFactory, AuthorityFactory, KindergartenFactory, SchoolFactory
from tests.factories.surveys import answer

pytestmark = pytest.mark.django_db(transaction=True)

PORTRAITS = {"so_oo": catalog.SCHOOLS[0], "so_doo": catalog.KINDERGARTENS[0], "so_dod": catalog.ADDITIONALS[0]}
PUPILS = {"so_oo": "so_oo.1.1", "so_doo": "so_doo.1.1", "so_dod": "so_dod.1.1"}
WHY = "Учёт не ведётся"
OWN_ROWS = {"1.2": 40, "1.3": 12}  # pupils at the two stages of the olympiad, of the pack «talents»

OpenPage = Callable[..., Page]


def answers_for(submission: Submission) -> dict[str, Any]:
    pack = submission.form.pack
    if submission.form.is_own:
        return OWN_ROWS
    return FORMS[pack](Draw(PORTRAITS[pack], 2, 1))


def by_page(page: Page, submission: Submission, tmp_path: Path) -> None:
    """Section after section, as a person types; what is not known gets its reason."""
    answers, definition = answers_for(submission), definition_of(submission.form)
    for number, (_, rows) in enumerate(definition.sections, start=1):
        page.goto(f"/school/forms/{submission.pk}/sections/{number}/")
        for row in rows:
            if row not in definition.inputs:
                continue
            answer, place = answers.get(row.number), page.locator(f"#value-{row.field_id}")
            if answer is None:
                page.locator(f"details:has(#note-{row.field_id}) > summary").click()
                page.locator(f"#note-{row.field_id}").fill(WHY)
            elif row.is_yes_no:
                place.select_option("да" if answer else "нет")
            else:
                place.fill(str(answer).replace(".", ","))
        page.keyboard.press("Tab")  # the last field is left and written; its answer may move what stands below
        expect(page.locator(".htmx-request")).to_have_count(0)
        with page.expect_navigation():
            page.get_by_role("button", name="Сохранить", exact=True).last.click()
    assert not submission.answers.exclude(origin="web").exists()


def by_workbook(page: Page, submission: Submission, tmp_path: Path) -> None:
    address = f"/school/forms/{submission.pk}/"
    page.goto(address)
    page.get_by_text("Заполнить в книге Excel").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать книгу").click()
    book = tmp_path / f"{submission.pk}.xlsx"
    book.write_bytes(fill(Path(download.value.path()).read_bytes(), answers_for(submission)))
    page.locator("input[type=file]").set_input_files(book)
    page.get_by_role("button", name="Загрузить и проверить").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Записать эти данные").click()
    assert set(submission.answers.values_list("origin", flat=True)) == {"workbook"}


def hand_in_and_accept(page: Page, office: Page, submission: Submission) -> None:
    page.goto(f"/school/forms/{submission.pk}/check/")
    page.get_by_label("Данные проверены и достоверны").check()
    page.get_by_role("button", name="Отправить на проверку").click()
    expect(page.locator("main")).to_contain_text(f"{submission.form.receipt_prefix}-")
    office.goto(f"/office/submissions/{submission.pk}/")
    with office.expect_navigation():
        office.get_by_role("button", name="Принять данные").first.click()
    submission.refresh_from_db()
    assert submission.state == "accepted"


def organizations_of_the_walk() -> list[Organization]:
    return [
        SchoolFactory(name="Школа", programmes=["primary", "basic", "secondary"]),
        SchoolFactory(name="Школа с дошкольными группами", programmes=["primary", "basic", "secondary", "preschool"]),
        KindergartenFactory(name="Сад", programmes=["preschool"]),
        AdditionalFactory(name="Дом творчества", programmes=["additional"]),
    ]


def open_campaign(office: Page, *, title: str, whom: str, form: str | None = None) -> None:
    """Ask by the page; the self-examination is what the page offers by itself."""
    office.goto("/office/campaigns/")
    office.get_by_role("link", name="Открыть кампанию").first.click()
    office.get_by_label("Название").fill(title)
    if form is not None:
        offered = office.locator("input[name=form_set]:checked")
        while offered.count():
            offered.first.uncheck()
        office.get_by_label(form).check()
    office.get_by_role("button", name="Показать, кто получит").click()
    expect(office.locator("main")).to_contain_text(whom)
    office.get_by_role("button", name="Открыть кампанию").click()
    expect(office.locator("h1")).to_contain_text(title)


def compose_form(office: Page, title: str) -> None:
    """A form of two indicators, with its legal basis, published."""
    office.goto("/office/forms/")
    office.get_by_role("link", name="Составить форму").click()
    office.get_by_label("Название", exact=False).first.fill(title)
    office.get_by_label("Основание: акт").fill("Приказ управления образования от 01.09.2025 № 17")
    office.get_by_label("школа", exact=True).check()
    office.locator("main form").get_by_role("button").last.click()
    office.get_by_label("Набор").select_option("talents")
    office.locator(".filters").get_by_role("button").first.click()
    for number in OWN_ROWS:
        office.get_by_role("checkbox", name=f"Добавить talents.{number}", exact=True).check()
    expect(office.get_by_label("В какой раздел")).to_have_value("1. Показатели")
    office.get_by_role("button", name="Добавить отмеченные").click()
    office.get_by_role("button", name="Опубликовать версию 1").click()
    expect(office.locator("main")).to_contain_text("действует")


def parents_answer(open_page: OpenPage, office: Page, place: Organization) -> None:
    """The survey is opened by the page, one parent answers on a phone; five more make the group large enough."""
    office.goto("/office/surveys/create/")
    questionnaire = Questionnaire.objects.get(code="noko-114")
    office.get_by_label("Анкета").select_option(str(questionnaire.pk))
    office.get_by_label("Название опроса").fill("Мнение родителей")
    office.get_by_label(place.name, exact=True).check()
    office.get_by_role("button", name="Создать опрос и ссылки").click()
    link = office.locator("main table a[href^='/s/']").get_attribute("href")
    phone = open_page(str(link), size=PHONE, scripts=False)
    for question in phone.locator("fieldset").all():
        question.get_by_text("Да", exact=True).click()
    phone.get_by_role("button", name="Отправить").click()
    expect(phone.locator("h1")).to_have_text("Спасибо, ответ принят")
    survey = Survey.objects.get(title="Мнение родителей")
    overall = survey.questionnaire.sections.last().questions.get(symbol="noko.5.3.u")
    answer(survey.places.get(), {overall: 1}, 5)
    office.goto(f"/office/noko/internal/{survey.pk}/")
    expect(office.get_by_text("Это не независимая оценка.")).to_be_visible()
    expect(office.get_by_role("row", name=place.name)).to_contain_text("100,0")


def test_four_kinds_of_organisations_answer_by_page_and_by_workbook(
    open_page: OpenPage, run_jobs: Callable[[], list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for command in ("load_packs", "load_forms"):
        call_command(command, verbosity=0)
    load_templates()
    monkeypatch.setattr(devices, "FASTEST", timedelta(0))
    specialist = MembershipFactory(role=Role.SPECIALIST, organization=AuthorityFactory()).user
    school, double, garden, club = organizations_of_the_walk()
    office = open_page("/office/campaigns/", user=specialist)
    open_campaign(office, title="Самообследование", whom="4 организации, 5 форм")
    compose_form(office, "Работа с одарёнными детьми")
    open_campaign(office, title="Одарённые дети", form="Работа с одарёнными детьми", whom="2 организации, 2 формы")
    own = Form.objects.get(title="Работа с одарёнными детьми")
    ways = [
        (school, "so_oo", by_workbook, True), (double, "so_oo", by_page, False), (double, "so_doo", by_workbook, True),
        (garden, "so_doo", by_page, True), (club, "so_dod", by_page, False),
        (school, own.code, by_page, True), (double, own.code, by_workbook, True),
    ]  # fmt: skip
    assert Submission.objects.count() == len(ways)
    for place, code, way, scripts in ways:
        director = User.objects.filter(memberships__organization=place).first()
        director = director or MembershipFactory(role=Role.DIRECTOR, organization=place).user
        submission = Submission.objects.get(organization=place, form__code=code)
        page = open_page("/school/forms/", user=director, scripts=scripts)
        expect(page.locator("main")).to_contain_text(submission.form.short_title)
        way(page, submission, tmp_path)
        hand_in_and_accept(page, office, submission)
    parents_answer(open_page, office, school)

    run_jobs()
    for campaign in Campaign.objects.all():
        office.goto(f"/office/campaigns/{campaign.pk}/?state=accepted")
        for submission in campaign.submissions.select_related("organization"):
            expect(office.locator("main table")).to_contain_text(submission.organization.name)
    for pack, code in PUPILS.items():
        found = Aggregate.objects.get(version__indicator__code=code, scope="municipality")
        assert found.value is not None, pack
        assert found.reported == {"so_oo": 2, "so_doo": 2, "so_dod": 1}[pack]
    of_own = Aggregate.objects.filter(version__in=own.fields.values("version"), scope="municipality")
    assert set(of_own.values_list("version__indicator__number", "value", "reported")) == {
        (number, Decimal(2 * each), 2) for number, each in OWN_ROWS.items()
    }
