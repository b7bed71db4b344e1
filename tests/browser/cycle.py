"""Steps of the management cycle, walked on the demonstration: a decision, a measure of a roadmap, its effect."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.core.periods import school_year
from apps.organizations.models import Organization

ITEM = "Разобрать с учителями задания, которые не выполнены."


def decide(walk: Any, recommendation: str, organization: Organization, specialist: User, director: User) -> str:
    """From the recommendation to a signed decision; the school reports its line. Returns the page of the decision."""
    page = walk.open(recommendation, specialist)
    walk.press(page, "Принять решение", "link")
    title = f"О помощи: {organization.code}"
    page.get_by_label("О чём").fill(title)
    page.get_by_label("Пункты", exact=True).fill(f"1. {ITEM}")
    walk.press(page, "Сохранить проект")
    address = page.url
    page.get_by_role("link", name="Изменить", exact=True).first.click()
    walk.look(page)
    page.get_by_label("Срок", exact=True).fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.get_by_label(organization.name, exact=True).check()
    walk.press(page, "Сохранить пункт")
    page.goto(address)
    walk.press(page, "Подписать и зарегистрировать", "link")
    page.get_by_label("Номер").fill("512")
    walk.press(page, "Подписать и ввести в действие")
    expect(page.locator("main")).to_contain_text("На чём основано")

    own = walk.open("/school/decisions/", director)
    own.get_by_role("link", name=re.compile(re.escape(ITEM[:20]))).first.click()
    walk.look(own)
    own.get_by_label("Что сделано").fill("Задания разобраны на заседании.")
    walk.press(own, "Отправить отчёт")
    expect(own.locator("main")).to_contain_text("Задания разобраны")
    return address


def plan(walk: Any, organization: Organization, specialist: User) -> Page:
    """A measure in a roadmap with somebody who answers for it. Returns its page."""
    page = walk.open("/roadmaps/", specialist)
    page.get_by_role("link", name=re.compile("^План мероприятий по")).first.click()
    walk.look(page)
    page.get_by_role("link", name="Мероприятие", exact=True).first.click()
    walk.look(page)
    title = f"Наставник для учителей: {organization.code}"
    page.get_by_label(re.compile(r"^\s*Мероприятие")).fill(title)
    page.get_by_label("Или кто отвечает").fill("методист управления")
    walk.press(page, "Сохранить мероприятие")
    page.get_by_role("link", name=title).first.click()
    walk.look(page)
    return page


def measure_effect(walk: Any, page: Page) -> None:
    """The measure names what it is to change; the portal measures and says plainly what it saw."""
    walk.press(page, "Назвать ожидаемый эффект", "link")
    page.get_by_label("По какому числу будет видно").select_option(index=1)
    page.get_by_label("На сколько изменится").fill("5")
    before = school_year(timezone.localdate().year - 1)
    page.get_by_label("Начало меры").fill(before.starts_on.isoformat())
    page.get_by_label("Почему ждём этого").fill("Наставник приходит раз в неделю.")
    for box in page.locator("input[name=organizations]").all()[:10]:
        box.check()
    walk.press(page, "Посмотреть, какой эффект можно увидеть")
    expect(page.locator("main")).to_contain_text("Какой эффект можно увидеть")
    walk.press(page, "Утвердить ожидание")
    walk.press(page, "Измерить сейчас")
    walk.work()
    page.reload()
    walk.look(page)
    expect(page.locator("main")).to_contain_text(re.compile("Эффект есть|Эффект не виден|Данных мало|в худшую сторону"))
