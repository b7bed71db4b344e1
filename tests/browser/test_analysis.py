"""From the files of ФИС ОКО to a recommendation, walked in a browser: import, items, objectivity, conclusion, signs.

Fourteen invented schools; in one of them totals were lifted to the bounds of marks. A specialist drops an archive,
puts a held row right, reads the items, runs the tests of objectivity; the school explains, a preventive case is opened
and closed; a conclusion becomes a recommendation that the school reads. Every page on the way is looked at.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.organizations.models import Organization
from tests.browser import results
from tests.browser.conftest import Walk
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory, ExternalIdFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORK = re.compile("Математика, 5 класс")
HELD = 2  # the school in whose file a cell is above its maximum


@pytest.fixture
def schools(transactional_db: None) -> list[Organization]:
    found = [SchoolFactory(number=number) for number in range(1, results.SCHOOLS + 1)]
    for school in found:
        ExternalIdFactory(organization=school, prefix="edu", value=results.login(school.number or 0)[3:])
    return found


@pytest.fixture
def specialist(schools: list[Organization]) -> User:
    return MembershipFactory(role=Role.SPECIALIST, organization=AuthorityFactory()).user


def drop_files(walk: Walk, page: Page, content: bytes) -> None:
    """The archive is read by the worker; its one impossible cell waits in quarantine and is put right."""
    page.locator("input[type=file]").set_input_files(
        {"name": "Ф1 района.zip", "mimeType": "application/zip", "buffer": content}
    )
    walk.press(page, "Загрузить")
    walk.work()
    page.reload()
    walk.look(page)
    expect(page.locator("main")).to_contain_text(f"Ф1 школа {results.SCHOOLS}.xlsx")
    expect(page.get_by_role("link", name="Разобрать")).to_have_count(1)
    walk.press(page, "Разобрать", "link")
    walk.press(page, "Исправить ячейки", "link")
    cell = page.locator("main form input[type=text], main form input[type=number]").first
    cell.fill("1")
    walk.press(page, re.compile("Записать|Исправить"))
    walk.work()
    page.goto("/results/")
    walk.look(page)


def read_items(walk: Walk, page: Page, school: Organization) -> None:
    """The municipality, a school of it, its items."""
    page.get_by_role("link", name=WORK).first.click()
    walk.look(page)
    page.get_by_role("link", name=school.name, exact=True).first.click()
    walk.look(page)
    for tab in ("Задания", "По годам", "В контексте", "Итоги"):
        page.get_by_role("navigation", name="Разделы анализа").get_by_role("link", name=tab, exact=True).click()
        walk.look(page)


def check_objectivity(walk: Walk, page: Page, planted: Organization, director: User) -> None:
    """The tests find the planted school; it explains; a preventive case is opened and closed with a result."""
    page.goto("/office/objectivity/")
    walk.look(page)
    walk.press(page, "Провести проверку")
    walk.work()
    page.goto("/office/objectivity/")
    walk.look(page)
    board = page.get_by_role("region", name="Школы")
    row = board.get_by_role("row").filter(has=page.get_by_role("link", name=planted.name, exact=True))
    expect(row).to_contain_text("требует проверки")
    row.get_by_role("link", name=planted.name, exact=True).click()
    walk.look(page)
    expect(page.locator("main")).to_contain_text("Бывает и честно")
    assert page.locator("main svg[role=img]").count() >= 1  # the histogram with its bounds

    own = walk.open("/school/objectivity/", director)
    own.get_by_label("Что стоит за этими результатами").fill("Работу проверяли вдвоём, критерии обсудим заново.")
    walk.press(own, "Отправить пояснение")

    page.reload()
    expect(page.locator("#explanation")).to_contain_text("критерии обсудим заново")
    walk.press(page, "Открыть случай профилактики", "link")
    page.get_by_label("Почему нужна работа со школой").fill("Много работ ровно на границе отметок.")
    page.get_by_label("Что сделать").fill("Перепроверить десять работ вместе со школой.")
    page.get_by_label("Срок").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    walk.press(page, "Открыть случай")
    page.get_by_label("Итог").select_option(index=1)
    page.get_by_label("Результат").fill("Работы перепроверены, расхождения разобраны с учителями.")
    walk.press(page, "Завершить случай")
    expect(page.locator("main")).to_contain_text("расхождения разобраны")


def conclude(walk: Walk, page: Page, school: Organization) -> None:
    """What the figure says hangs on the figure; one press leads on to a recommendation of the school."""
    page.goto("/results/")
    page.get_by_role("link", name=WORK).first.click()
    page.get_by_role("link", name=school.name, exact=True).first.click()
    page.get_by_role("link", name="В контексте", exact=True).click()
    walk.look(page)
    walk.press(page, "Написать вывод", "link")
    page.get_by_label("Текст").fill("Границы отметок понимают по-разному.")
    walk.press(page, "Записать")
    walk.press(page, "Дать рекомендацию по этому выводу", "link")
    page.get_by_label("О чём").fill("Единые критерии проверки")
    page.get_by_label("Что рекомендуется").fill("Обсудить критерии на методическом объединении.")
    walk.press(page, "Направить рекомендацию")


def settle_signs(walk: Walk, page: Page) -> None:
    """The six signs are counted, shown, decided one and all, approved by an order."""
    page.goto("/office/signs/lists/")
    walk.look(page)
    page.locator("main select").first.select_option(label="2025/26 учебный год")
    walk.press(page, "Посчитать признаки")
    walk.work()
    page.reload()
    walk.look(page)
    walk.press(page, "Показать школам")
    for box in page.locator("main input[name=signs]").all():
        box.check()
    page.get_by_role("radio", name="Подтвердить признак").check()
    page.get_by_role("textbox", name="Основание").fill("Проверено по протоколам.")
    walk.press(page, "Записать решение")
    page.get_by_label("Номер приказа").fill("12-о")
    page.get_by_label("Дата приказа").fill(timezone.localdate().isoformat())
    walk.press(page, "Утвердить перечень")
    expect(page.locator("main")).to_contain_text("12-о")


def test_the_files_of_a_district_lead_to_a_recommendation(
    walk: Walk, schools: list[Organization], specialist: User
) -> None:
    work, number = results.district()
    planted = schools[number - 1]
    director = MembershipFactory(role=Role.DIRECTOR, organization=planted).user

    page = walk.open("/office/results/upload/", specialist)
    drop_files(walk, page, results.archive(work, impossible=HELD))
    read_items(walk, page, planted)
    check_objectivity(walk, page, planted, director)
    conclude(walk, page, planted)
    settle_signs(walk, page)

    own = walk.open("/results/", director)
    own.get_by_role("link", name=WORK).first.click()
    walk.look(own)
    expect(own.locator("main")).to_contain_text(planted.name)
    stranger = schools[number % results.SCHOOLS]
    assert planted.code in own.url
    assert own.context.request.get(own.url).status == 200
    assert own.context.request.get(own.url.replace(planted.code, stranger.code)).status == 404
    own.goto("/school/recommendations/")
    walk.press(own, "Единые критерии проверки", "link")
    walk.press(own, "Подтвердить получение")
