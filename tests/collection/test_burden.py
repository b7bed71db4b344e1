"""The burden meter by hand-worked numbers: of a form, of a campaign, of a year, and on the open page."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.roles import Role
from apps.collection.models import Campaign, Form, FormField, Submission
from apps.collection.selectors.burden import load_of_campaign, load_of_form, years
from apps.organizations.models import Organization
from tests.factories.collection import CampaignFactory, SubmissionFactory
from tests.factories.core import PeriodFactory

# The trial form: three whole numbers (2 minutes each), a mean (3), a yes or no (1); the share is computed.
EACH = Decimal(2 + 2 + 3 + 1 + 2)


def test_rows_by_organisations_by_minutes(form: Form, school: Organization, other_school: Organization) -> None:
    load = load_of_form(form)
    assert (load.rows, load.organizations, load.answers, load.minutes) == (5, 2, 10, 2 * EACH)
    assert load.minutes_each == 10


def test_minutes_are_stated_and_taken_rows_cost_nothing(form: Form, school: Organization) -> None:
    FormField.objects.filter(version__indicator__code="trial.1").update(minutes_own=Decimal("12.5"))
    assert load_of_form(form).minutes == EACH - 2 + Decimal("12.5")
    FormField.objects.filter(version__indicator__code="trial.1").update(reuse="take")
    load = load_of_form(form)
    assert (load.rows, load.minutes) == (4, EACH - 2)
    FormField.objects.filter(version__indicator__code="trial.2").update(reuse="confirm")
    assert load_of_form(form).minutes == EACH - 2 - 1


def test_a_row_that_does_not_concern_an_organisation_costs_it_nothing(
    form: Form, submission: Submission, other_submission: Submission
) -> None:
    FormField.objects.filter(version__indicator__code="trial.3").update(features=["boarding"])
    Organization.objects.filter(pk=submission.organization_id).update(features=["boarding"])
    load = load_of_campaign(submission.campaign)
    assert (load.answers, load.minutes) == (9, 2 * EACH - 3)


@pytest.fixture
def two_years(form: Form, school: Organization, other_school: Organization) -> list[Campaign]:
    made = []
    for year, asked in ((2024, [school, other_school]), (2025, [school])):
        days = {"opens_on": date(year, 3, 1), "due_on": date(year, 3, 20), "closes_on": date(year, 4, 1)}
        campaign = CampaignFactory(period=PeriodFactory(code=str(year - 1)), title=f"Сбор {year}", **days)
        campaign.forms.add(form)
        for organization in asked:
            SubmissionFactory(campaign=campaign, form=form, organization=organization)
        made.append(campaign)
    return made


def test_a_year_is_compared_with_the_year_before(two_years: list[Campaign]) -> None:
    newest, oldest = years()
    assert [(item.year, item.load.minutes, item.organizations) for item in (newest, oldest)] == [
        (2025, EACH, 1), (2024, 2 * EACH, 2)
    ]  # fmt: skip
    assert newest.change == -EACH / 60
    assert oldest.change is None


def test_the_open_page_is_the_same_for_everybody(
    two_years: list[Campaign], client_of: Callable[..., Client], client: Client
) -> None:
    url = reverse("portal:burden")
    open_page = client.get(url)
    text = open_page.content.decode()
    assert "Приказ управления образования № 1" in text
    assert "2025 год" in text
    assert open_page["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in open_page
    assert client_of(Role.SPECIALIST).get(url).content == open_page.content
    book = openpyxl.load_workbook(BytesIO(client.get(reverse("portal:burden_xlsx")).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [(row[0], row[6], row[8]) for row in rows[1:]] == [(2025, 1, 10), (2024, 2, 20)]


def test_the_open_page_without_campaigns(client: Client, db: None) -> None:
    assert "Запросов ещё не было" in client.get(reverse("portal:burden")).content.decode()


def test_burden_stands_on_the_form_and_the_board(client_of: Callable[..., Client], submission: Submission) -> None:
    client = client_of(Role.SPECIALIST)
    assert "часов всего за один сбор" in client.get(submission.form.get_absolute_url()).content.decode()
    assert "Нагрузка: 5 ответов" in client.get(submission.campaign.get_absolute_url()).content.decode()
