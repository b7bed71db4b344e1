"""The door: the log-in page in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from apps.accounts.models import User
from tests.browser.conftest import PHONE
from tests.factories.accounts import PASSWORD


def test_log_in_by_keyboard(open_page: Callable[..., Page], specialist: User) -> None:
    page = open_page("/accounts/login/")
    page.get_by_label("E-mail").or_(page.get_by_label("Почта")).first.fill(specialist.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")


def test_no_barriers_on_a_phone(
    open_page: Callable[..., Page], barriers: Callable[[Page], list[str]], overflow: Callable[[Page], int]
) -> None:
    page = open_page("/accounts/login/", size=PHONE)
    expect(page.locator("h1")).to_be_visible()
    assert barriers(page) == []
    assert overflow(page) == 0
