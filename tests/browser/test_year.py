"""The year of the authority, walked in a browser on the demonstration as a newcomer would walk it.

Every page on the way is looked at by axe-core and measured for sideways scrolling, on a desktop and on a phone.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection.workbook.layout import KEY, VALUE
from apps.core.periods import school_year
from apps.desk.demo import catalog
from apps.desk.demo.answers import FORMS
from apps.desk.demo.chance import Draw
from apps.organizations.models import Organization
from tests.browser import cycle
from tests.browser.conftest import Walk
from tests.factories.accounts import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)

CLUB = catalog.ADDITIONALS[0]  # the demonstration has not asked it yet


@pytest.fixture
def walk(walk: Walk) -> Walk:
    """Over the whole demonstration."""
    for command in ("load_packs", "load_forms", "load_demo"):
        call_command(command, verbosity=0)
    return walk


def person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.invalid")


def year_in_work() -> str:
    """The school year that the demonstration is in the middle of."""
    return school_year(timezone.localdate().year - 1).code


def fill(book: bytes, answers: dict[str, Any]) -> bytes:
    """The organisation's own workbook with its answers typed in, as a coordinator fills it in Excel."""
    workbook = load_workbook(BytesIO(book))
    sheet = workbook.worksheets[1]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in sheet.iter_rows(min_row=2):
        number = str(row[places[KEY] - 1].value or "").partition(".")[2]
        if number in answers and not row[places[VALUE] - 1].protection.locked and answers[number] is not None:
            answer = answers[number]
            row[places[VALUE] - 1].value = ("да" if answer else "нет") if isinstance(answer, bool) else answer
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def open_campaign(walk: Walk) -> Page:
    """Step 1: a specialist asks the organisations that nobody has asked yet. Returns the page of the board."""
    page = walk.open("/today/", person("specialist"))
    walk.press(page, "Кампании сбора", "link")
    walk.press(page, "Открыть кампанию", "link")
    page.get_by_label("Название").fill("Самообследование организаций дополнительного образования")
    page.get_by_label("организациям выбранных видов").check()
    page.get_by_label("организация дополнительного образования").check()
    walk.press(page, "Показать, кто получит")
    expect(page.locator("main")).to_contain_text("4 организации, 4 формы")
    walk.press(page, "Открыть кампанию")
    expect(page.locator("main")).to_contain_text("Всего форм: 4")
    return page


def member(role: str, organization: Organization) -> User:
    return MembershipFactory(role=role, organization=organization, user__email=f"{role}@walk.invalid").user


def fill_in(walk: Walk, club: Organization, tmp_path: Path) -> str:
    """Step 2: a coordinator fills the workbook, is told of a mistake, corrects it. Returns the form's address."""
    school_page = walk.open("/school/forms/", member(Role.COORDINATOR, club))
    school_page.locator("main .lines a").first.click()
    walk.look(school_page)
    form_url = school_page.url
    school_page.get_by_text("Заполнить в книге Excel").click()
    with school_page.expect_download() as download:
        school_page.get_by_role("link", name="Скачать книгу").click()
    book = Path(download.value.path()).read_bytes()

    answers = FORMS["so_dod"](Draw(CLUB, 2, 1))
    total = next(iter(answers))
    bad = tmp_path / "с ошибкой.xlsx"
    bad.write_bytes(fill(book, {**answers, total: "много"}))
    school_page.locator("input[type=file]").set_input_files(bad)
    walk.press(school_page, "Загрузить и проверить")
    expect(school_page.get_by_role("heading", level=1)).to_have_text("В книге есть ошибки")
    expect(school_page.locator("main")).to_contain_text("много")

    good = tmp_path / "заполнено.xlsx"
    good.write_bytes(fill(book, answers))
    school_page.goto(form_url)
    school_page.get_by_text("Заполнить в книге Excel").click()
    school_page.locator("input[type=file]").set_input_files(good)
    walk.press(school_page, "Загрузить и проверить")
    walk.press(school_page, "Записать эти данные")
    school_page.goto(form_url)
    walk.press(school_page, "Проверить данные", "link")
    for explanation in school_page.get_by_placeholder("Почему так").all():  # a jump against last year wants a word
        explanation.fill("Открыты новые объединения.")
    walk.press(school_page, "Записать пояснения")
    expect(school_page.locator("main")).to_contain_text("Отправляет форму руководитель организации")
    return form_url


def hand_in(walk: Walk, page: Page, form_url: str, club: Organization) -> None:
    """The director sends and gets a receipt; the form is returned with a comment, sent again and accepted."""
    board = page.url
    director = member(Role.DIRECTOR, club)
    for attempt in range(2):  # sent, returned with a comment, sent again
        director_page = walk.open(form_url, director)
        walk.press(director_page, "Проверить и отправить", "link")
        director_page.get_by_label("Данные проверены и достоверны").check()
        walk.press(director_page, "Отправить на проверку")
        expect(director_page.locator("main")).to_contain_text(re.compile(r"СО-\d{4}-\d+"))
        page.goto(board)
        page.locator("main table").get_by_role("link", name=CLUB.name).click()
        walk.look(page)
        if attempt == 0:
            page.get_by_text("Вернуть на доработку").click()
            page.locator("form[action*='return'] textarea").fill("Уточните численность педагогов.")
            walk.press(page, "Вернуть")
    walk.press(page, "Принять данные")
    walk.work()
    page.goto(board + "?state=accepted")
    expect(page.locator("main table")).to_contain_text(CLUB.name)


def read_figures(walk: Walk) -> None:
    """Step 3: a figure of the municipality explains itself down to the cell of a workbook."""
    page = walk.open(f"/indicators/?pack=so_dod&period={year_in_work()[:4]}", person("specialist"))
    page.get_by_role("link", name="Общая численность учащихся").click()
    walk.look(page)
    page.get_by_role("link", name="откуда это число").first.click()
    walk.look(page)
    expect(page.locator("main")).to_contain_text(CLUB.name)


def import_results(walk: Walk) -> None:
    """Step 4: a file of ФИС ОКО is dropped, read by a worker, and its analysis is seen."""
    page = walk.open("/office/results/upload/", person("specialist"))
    file = next((settings.BASE_DIR / "fixtures" / "demo").glob("*.xlsx"))
    page.locator("input[type=file]").set_input_files(file)
    walk.press(page, "Загрузить")
    walk.work()
    page.reload()
    walk.look(page)
    expect(page.locator("main")).to_contain_text("Русский язык")
    page.get_by_role("link", name=re.compile("Русский язык, 4 класс")).first.click()
    walk.look(page)
    expect(page.locator("main")).to_contain_text("Качество")
    assert page.locator("main svg[role=img]").count() >= 2


def recommend(walk: Walk) -> tuple[str, User]:
    """Step 5: from a sign to a recommendation in one step; the school reports, the report is accepted.

    Returns the page of the recommendation and the director of its school.
    """
    specialist = person("specialist")
    page = walk.open("/office/signs/", specialist)
    link = page.locator("a[href*='/office/recommendations/new/']").first
    code = re.search(r"organization=([\w-]+)", link.get_attribute("href") or "").group(1)  # type: ignore[union-attr]
    link.click()
    walk.look(page)
    title = f"Разбор заданий {code}"
    page.get_by_label("О чём").fill(title)
    page.get_by_label("Что рекомендуется").fill("Провести разбор заданий.")
    walk.press(page, "Направить рекомендацию")
    sent = page.url

    head_of_school = MembershipFactory(role=Role.DIRECTOR, organization=Organization.objects.get(code=code))
    own = walk.open("/school/recommendations/", head_of_school.user)
    own.get_by_role("link", name=title).first.click()
    walk.look(own)
    walk.press(own, "Подтвердить получение")
    own.get_by_label("Что сделано").fill("Разбор проведён, план изменён.")
    walk.press(own, "Направить отчёт")

    page.goto(sent)
    walk.press(page, "Принять отчёт")
    expect(page.locator("main")).to_contain_text("исполнен")
    return sent, head_of_school.user


def manage(walk: Walk, recommendation: str, director: User) -> None:
    """Step 6: the recommendation leads to a decision, a measure of a roadmap, and an effect that is measured."""
    assert director.organization
    specialist = person("specialist")
    cycle.decide(walk, recommendation, director.organization, specialist, director)
    page = cycle.plan(walk, director.organization, specialist)
    cycle.measure_effect(walk, page)
    walk.open("/cycle/", specialist)


def publish(walk: Walk, client: Client) -> None:
    """Steps 7 and 8: the report is written, printed, approved by a second person, and open to everybody."""
    period = year_in_work()
    address = f"/reports/{period.replace('/', '-')}/"
    marker = "Главный вывод года: учимся на задачах."
    page = walk.open(f"/office{address}", person("specialist"))
    chapter = page.locator("form[action*='/chapters/']").last
    chapter.locator("textarea").fill(marker)
    chapter.get_by_role("button", name="Сохранить главу").click()
    walk.look(page)
    walk.press(page, "Собрать PDF")
    walk.work()
    for path in ("/", "/reports/", address):
        assert marker not in client.get(path).content.decode()

    second = walk.open(f"/office{address}", person("head"))
    pages = pages_of(fetch(second, "Читать черновик"))
    assert all("черновик" in page.lower() for page in pages)
    second.locator("form[action*='/approve/'] input[type=checkbox]").check()
    walk.press(second, "Опубликовать")
    walk.work()

    public = walk.open("/")
    walk.press(public, re.compile("читать отчёт"), "link")
    expect(public.locator("main")).to_contain_text(marker)
    pages = pages_of(fetch(public, "PDF"))
    assert marker in " ".join(" ".join(pages).split())
    assert sum("черновик" in page.lower() for page in pages) <= 1  # the text of a chapter calls itself so
    assert fetch(public, "Данные, CSV").startswith(b"\xef\xbb\xbf")
    for path in ("/reports/", "/organizations/", "/schedule/", "/methods/"):
        walk.open(path)


def fetch(page: Page, link: str) -> bytes:
    """The file behind a link, asked for with the cookies of the page."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    response = page.context.request.get(str(address))
    assert response.ok
    return response.body()


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_the_year_is_walked_from_collection_to_publication(walk: Walk, tmp_path: Path, client: Client) -> None:
    club = Organization.objects.get(code=CLUB.code)
    board = open_campaign(walk)
    form_url = fill_in(walk, club, tmp_path)
    hand_in(walk, board, form_url, club)
    read_figures(walk)
    import_results(walk)
    recommendation, director = recommend(walk)
    manage(walk, recommendation, director)
    publish(walk, client)
