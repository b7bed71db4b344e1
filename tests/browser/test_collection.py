"""A year of collection walked in a browser: four kinds of organisations, by the page and by the workbook.

A school, a school with preschool groups (two forms), a kindergarten and an organisation of additional education
answer order № 1324; the answers are those of the demonstration's portraits.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.definition import definition_of
from apps.collection.models import Form, Submission
from apps.core.models import Period
from apps.desk.demo import catalog
from apps.desk.demo.answers import FORMS
from apps.desk.demo.chance import Draw
from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from tests.browser.test_year import fill
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AdditionalFactory, AuthorityFactory, KindergartenFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)

PORTRAITS = {"so_oo": catalog.SCHOOLS[0], "so_doo": catalog.KINDERGARTENS[0], "so_dod": catalog.ADDITIONALS[0]}
PUPILS = {"so_oo": "so_oo.1.1", "so_doo": "so_doo.1.1", "so_dod": "so_dod.1.1"}
WHY = "Учёт не ведётся"

OpenPage = Callable[..., Page]


def answers_for(submission: Submission) -> dict[str, Any]:
    pack = submission.form.pack
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
        page.get_by_role("button", name="Сохранить", exact=True).last.click()
        page.wait_for_load_state()
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
    page.get_by_role("button", name="Записать эти данные").click()
    page.wait_for_load_state()
    assert set(submission.answers.values_list("origin", flat=True)) == {"workbook"}


def hand_in_and_accept(page: Page, office: Page, submission: Submission) -> None:
    page.goto(f"/school/forms/{submission.pk}/check/")
    page.get_by_label("Данные проверены и достоверны").check()
    page.get_by_role("button", name="Отправить на проверку").click()
    expect(page.locator("main")).to_contain_text("СО-")
    office.goto(f"/office/submissions/{submission.pk}/")
    office.get_by_role("button", name="Принять данные").first.click()
    office.wait_for_load_state()
    submission.refresh_from_db()
    assert submission.state == "accepted"


def asked(specialist: User) -> list[Organization]:
    """The four organisations, asked for the calendar year."""
    places = [
        SchoolFactory(name="Школа", programmes=["primary", "basic", "secondary"]),
        SchoolFactory(name="Школа с дошкольными группами", programmes=["primary", "basic", "secondary", "preschool"]),
        KindergartenFactory(name="Сад", programmes=["preschool"]),
        AdditionalFactory(name="Дом творчества", programmes=["additional"]),
    ]
    today = timezone.localdate()
    services.open_campaign(
        title="Самообследование", period=Period.objects.named("2025"), forms=Form.objects.filter(pack__in=PORTRAITS),
        organizations=Organization.objects.filter(pk__in=[place.pk for place in places]),
        opens_on=today, due_on=today + timedelta(days=3), closes_on=today + timedelta(days=9), by=specialist,
    )  # fmt: skip
    return places


def test_four_kinds_of_organisations_answer_by_page_and_by_workbook(
    open_page: OpenPage, run_jobs: Callable[[], list[Any]], tmp_path: Path
) -> None:
    for command in ("load_packs", "load_forms"):
        call_command(command, verbosity=0)
    specialist = MembershipFactory(role=Role.SPECIALIST, organization=AuthorityFactory()).user
    school, double, garden, club = asked(specialist)
    ways = [
        (school, "so_oo", by_workbook, True), (double, "so_oo", by_page, False), (double, "so_doo", by_workbook, True),
        (garden, "so_doo", by_page, True), (club, "so_dod", by_page, False),
    ]  # fmt: skip
    assert Submission.objects.count() == len(ways)
    office = open_page("/office/campaigns/", user=specialist)
    for place, pack, way, scripts in ways:
        director = User.objects.filter(memberships__organization=place).first()
        director = director or MembershipFactory(role=Role.DIRECTOR, organization=place).user
        submission = Submission.objects.get(organization=place, form__pack=pack)
        page = open_page("/school/forms/", user=director, scripts=scripts)
        expect(page.locator("main")).to_contain_text(submission.form.short_title)
        way(page, submission, tmp_path)
        hand_in_and_accept(page, office, submission)

    run_jobs()
    office.goto(f"/office/campaigns/{submission.campaign_id}/?state=accepted")
    for place in (school, double, garden, club):
        expect(office.locator("main table")).to_contain_text(place.name)
    for pack, code in PUPILS.items():
        found = Aggregate.objects.get(version__indicator__code=code, scope="municipality")
        assert found.value is not None, pack
        assert found.reported == {"so_oo": 2, "so_doo": 2, "so_dod": 1}[pack]
