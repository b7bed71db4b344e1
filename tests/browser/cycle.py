"""Steps of the management cycle, walked on the demonstration: from a recommendation to a decision and its report."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from apps.accounts.models import User
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
