"""Chromium of the system, driven by Playwright over the live server; axe-core looks for barriers.

Without Chromium these tests are skipped with a reason; where CI=true a skip is a failure (tests/conftest.py).
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from apps.accounts.models import User

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
SERIOUS = {"serious", "critical"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once. Django must allow its database beside Playwright's event loop."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("нет браузера: sudo apt-get install --no-install-recommends chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page("/today/", user=head, size=PHONE, scripts=False)`: a page of the live server, logged in or not.

    The test fails when a page of it had a script error or broke the content security policy.
    """
    contexts, errors = [], []

    def get(path: str, *, user: User | None = None, size: dict[str, int] = DESKTOP, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=size, java_script_enabled=scripts, locale="ru-RU"
        )
        context.set_default_timeout(45_000)  # a busy machine is no fault of the page
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    yield get
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """`assert barriers(page) == []`: serious and critical findings of axe-core, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def look(page: Page) -> list[str]:
        found = axe.run(page).response["violations"]
        return [
            f"{rule['id']}: {rule['help']}: {node['target']}"
            for rule in found
            if rule["impact"] in SERIOUS
            for node in rule["nodes"]
        ]

    return look


@pytest.fixture(scope="session")
def overflow() -> Callable[[Page], int]:
    """`assert overflow(page) == 0`: by how many pixels the page is wider than its window."""

    def measure(page: Page) -> int:
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(page.evaluate(width))

    return measure


@dataclass
class Walk:
    """Opens pages as a person and looks at each kind once: no serious barrier, no sideways scrolling."""

    open_page: Callable[..., Page]
    barriers: Callable[[Page], list[str]]
    overflow: Callable[[Page], int]
    run_jobs: Callable[[], list[Any]]
    seen: set[str] = field(default_factory=set)

    def open(self, path: str, user: User | None = None) -> Page:
        page = self.open_page(path, user=user)
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        page.wait_for_load_state()
        kind = re.sub(r"\d+", "N", page.url.partition("?")[0]) + page.locator("h1").first.inner_text()
        if kind in self.seen:
            return
        self.seen.add(kind)
        assert self.barriers(page) == [], page.url
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert self.overflow(page) == 0, f"{page.url} scrolls sideways at {size['width']} px"

    def press(self, page: Page, name: str | re.Pattern[str], role: Any = "button") -> None:
        page.get_by_role(role, name=name).first.click()
        self.look(page)

    def work(self) -> None:
        """Let the worker do what waits, with all that follows from it."""
        while self.run_jobs():
            pass


@pytest.fixture
def walk(
    transactional_db: None,
    open_page: Callable[..., Page],
    barriers: Callable[[Page], list[str]],
    overflow: Callable[[Page], int],
    run_jobs: Callable[[], list[Any]],
) -> Walk:
    return Walk(open_page, barriers, overflow, run_jobs)
