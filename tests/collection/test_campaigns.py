"""A campaign from its addressees to the comparison of two periods: materials, reminders, repetition, roles."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Campaign, CampaignMaterial, Form, Submission
from apps.collection.services.repeating import following, shift
from apps.core.periods import parse_period
from apps.organizations.models import Organization
from tests.factories.collection import SubmissionFactory, trial_form
from tests.factories.organizations import AdditionalFactory, GroupFactory

ClientOf = Callable[..., Client]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def opening(form: Form, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title": "Сбор", "form_set": [form.pk], "year": "2025", "opens_on": today.isoformat(), "whom": "all",
        "due_on": (today + timedelta(days=5)).isoformat(), "closes_on": (today + timedelta(days=9)).isoformat(),
        "open": "1", **changed,
    }  # fmt: skip


# --- addressees


@pytest.mark.capability("S-017")
@pytest.mark.parametrize(
    ("whom", "asked"),
    [
        ({"whom": "all"}, {"school-01", "school-02"}),
        ({"whom": "kinds", "kinds": ["school"]}, {"school-01", "school-02"}),
        ({"whom": "programmes", "programmes": ["secondary"]}, {"school-01"}),
        ({"whom": "group"}, {"school-02"}),
        ({"whom": "chosen"}, {"school-01"}),
    ],
)
def test_addressees_are_seen_before_anything_is_opened(
    client_of: ClientOf, form: Form, school: Organization, other_school: Organization, kindergarten: Organization,
    whom: dict[str, Any], asked: set[str],
) -> None:  # fmt: skip
    Organization.objects.filter(pk=other_school.pk).update(programmes=["primary"])
    group = GroupFactory()
    group.organizations.add(other_school, kindergarten)
    data = opening(form, group=group.pk, organizations=[school.pk], **whom)
    client = client_of(Role.SPECIALIST)
    looked_at = {key: value for key, value in data.items() if key != "open"} | {"preview": "1"}
    preview = client.post(reverse("collection:campaign_create"), looked_at)
    assert {organization.code for organization, _ in preview.context["addressees"].asked} == asked
    assert not Campaign.objects.exists()
    client.post(reverse("collection:campaign_create"), data)
    assert set(Submission.objects.values_list("organization__code", flat=True)) == asked


@pytest.mark.capability("S-144")
def test_a_methodologist_opens_a_campaign_of_schools_and_additional_education(
    client_of: ClientOf, school: Organization, kindergarten: Organization
) -> None:
    house = AdditionalFactory(code="house")
    form = trial_form()
    Form.objects.filter(pk=form.pk).update(
        title="Одарённые дети", kinds=["school", "additional"], programmes=[], period_kind="school_year"
    )
    client = client_of(Role.METHODOLOGIST)
    assert client.get(reverse("collection:campaign_create")).status_code == 200
    client.post(reverse("collection:campaign_create"), opening(form, year="2025/26", title="Одарённые дети"))
    campaign = Campaign.objects.get()
    assert campaign.period.code == "2025/26"
    assert set(campaign.submissions.values_list("organization", flat=True)) == {school.pk, house.pk}
    assert client.get(campaign.get_absolute_url()).status_code == 200
    assert client.post(reverse("collection:campaign_close", args=[campaign.pk])).status_code == 404
    assert client_of(Role.COORDINATOR).get(reverse("collection:campaign_create")).status_code == 404


@pytest.mark.parametrize("button", ["preview", "open"])
def test_a_form_is_asked_for_its_own_kind_of_period(
    client_of: ClientOf, form: Form, school: Organization, button: str
) -> None:
    data = {key: value for key, value in opening(form, year="2025/26").items() if key != "open"} | {button: "1"}
    answer = client_of(Role.SPECIALIST).post(reverse("collection:campaign_create"), data)
    assert f"«{form.short_title}» собирается за календарный год." in text_of(answer)
    assert not Campaign.objects.exists()


# --- materials


@pytest.mark.capability("S-018")
def test_materials_and_experts_are_seen_in_the_form_of_those_who_are_asked(
    client_of: ClientOf, submission: Submission, kindergarten: Organization
) -> None:
    campaign = submission.campaign
    Campaign.objects.update(instructions="Данные на 31 декабря", experts="Методист Проверкина, тел. 4-56")
    client = client_of(Role.SPECIALIST)
    file = SimpleUploadedFile("Пример.pdf", b"%PDF-1.7 example")
    url = reverse("collection:material_add", args=[campaign.pk])
    client.post(url, {"kind": "example", "title": "Пример заполнения", "file": file})
    material = CampaignMaterial.objects.get()
    client.post(url, {"kind": "example", "file": SimpleUploadedFile("run.exe", b"MZ")})
    client.post(url, {"kind": "example"})
    assert CampaignMaterial.objects.count() == 1
    own = client_of(Role.COORDINATOR)
    page = text_of(own.get(submission.get_absolute_url()))
    for words in ("Пример заполнения", "Методист Проверкина", "Данные на 31 декабря", "Проверкина А. И., тел. 1-23"):
        assert words in page
    answer = own.get(material.get_absolute_url())
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 example"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(Role.COORDINATOR, kindergarten).get(material.get_absolute_url()).status_code == 404
    assert own.post(url, {"kind": "example", "file": SimpleUploadedFile("a.pdf", b"x")}).status_code == 404
    remove = reverse("collection:material_remove", args=[campaign.pk, material.pk])
    assert own.post(remove).status_code == 404
    client.post(remove)
    assert own.get(material.get_absolute_url()).status_code == 404


# --- the late


@pytest.mark.capability("S-113")
def test_the_late_are_seen_and_reminded_once_a_day(
    client_of: ClientOf, submitted: Submission, other_submission: Submission, other_director: User,
    mailoutbox: list[Any], commit: Callable[[], AbstractContextManager[Any]],
) -> None:  # fmt: skip
    campaign = submitted.campaign
    client = client_of(Role.SPECIALIST)
    remind = reverse("collection:campaign_remind", args=[campaign.pk])
    assert "напоминать некому" in text_of(client.post(remind, follow=True))
    Campaign.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    board = client.get(campaign.get_absolute_url() + "?late=on")
    assert [row.organization.name for row in board.context["table"].data] == ["Школа № 2"]
    assert board.context["late_text"].splitlines()[1:] == ["— Школа № 2"]
    with commit():
        page = text_of(client.post(remind, follow=True))
    assert "Напоминание отправлено: 1 письмо, организаций: 1" in page
    assert [letter.to for letter in mailoutbox] == [[other_director.email]]
    with commit():
        again = text_of(client.post(remind, follow=True))
    assert "второго не получат: 1" in again
    assert len(mailoutbox) == 1
    assert client_of(Role.METHODOLOGIST).post(remind).status_code == 404
    assert client_of(Role.DIRECTOR).post(remind).status_code == 404


def test_late_organisations_without_people_are_named(
    client_of: ClientOf, submission: Submission, other_submission: Submission, coordinator: User
) -> None:
    Campaign.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    remind = reverse("collection:campaign_remind", args=[submission.campaign_id])
    page = text_of(client_of(Role.HEAD).post(remind, follow=True))
    assert "Организаций без учётных записей: 1" in page


# --- the next period


@pytest.mark.parametrize(
    ("code", "later"),
    [("2025", "2026"), ("2025/26", "2026/27"), ("2025-H1", "2025-H2"), ("2025-H2", "2026-H1"), ("2025-Q4", "2026-Q1"),
     ("2024-02-29", "2025-02-28")],
)  # fmt: skip
def test_the_period_that_follows(code: str, later: str) -> None:
    assert following(parse_period(code)).code == later


def test_a_day_of_a_longer_month_moves_to_the_last_of_a_shorter() -> None:
    assert shift(date(2025, 8, 31), 6) == date(2026, 2, 28)


@pytest.mark.capability("S-097")
def test_a_campaign_is_repeated_with_the_same_versions_and_compared(
    client_of: ClientOf, accepted: Submission, other_submission: Submission, coordinator: User, director: User
) -> None:
    campaign = accepted.campaign
    Campaign.objects.filter(pk=campaign.pk).update(experts="Эксперт", instructions="Указания")
    form = accepted.form
    Form.objects.filter(pk=form.pk).update(is_active=False)  # a newer version is in force: the old one is repeated
    client = client_of(Role.SPECIALIST)
    url = reverse("collection:campaign_repeat", args=[campaign.pk])
    page = client.get(url)
    initial = page.context["typed"].initial
    assert initial["due_on"].year == campaign.due_on.year + 1
    today = timezone.localdate()
    days = {"opens_on": today, "due_on": today + timedelta(days=2), "closes_on": today + timedelta(days=4)}
    client.post(url, {"title": "Пробная кампания, 2026 год", **{name: day.isoformat() for name, day in days.items()}})
    later = Campaign.objects.get(repeats=campaign)
    assert later.period.code == "2026"
    assert list(later.forms.all()) == [form]
    assert later.submissions.count() == 2
    assert (later.experts, later.instructions) == ("Эксперт", "Указания")
    client.post(url, {"title": "Ещё раз", **{name: day.isoformat() for name, day in days.items()}})
    assert Campaign.objects.filter(repeats=campaign).count() == 1  # pressed twice: nobody is asked again
    submission = later.submissions.get(organization=accepted.organization)
    numbers = {"1": 120, "2": 30, "3": 4, "4": 0, "5": 12}
    answers = {f"trial.{key}": Given(number=Decimal(value)) for key, value in numbers.items()}
    services.save_answers(submission=submission, answers=answers, by=coordinator)
    services.submit_submission(submission=submission, by=director)
    compare = reverse("collection:campaign_compare", args=[later.pk])
    found = client.get(compare).context["compared"][0]
    rows = {row.version.indicator.number: (row.how, row.before, row.now) for row in found.rows}
    assert rows["1"] == ("сумма", 100, 120)
    assert rows["2%"] == ("доля от сумм", 40, 25)
    assert rows["4"] == ("доля «да», %", 100, 0)
    assert rows["3"][1:] == (Decimal("4.2"), 4)
    assert not found.is_other_version
    export = client.get(reverse("collection:campaign_compare_export", args=[later.pk]))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(export.streaming_content))).active
    assert [cell.value for cell in sheet[2]][6:9] == [100, 120, 20]
    assert client_of(Role.DIRECTOR).get(compare).status_code == 404


def test_only_organisations_that_answered_both_times_are_compared(
    client_of: ClientOf, accepted: Submission, other_school: Organization, form: Form
) -> None:
    later = SubmissionFactory(
        campaign__title="Следующая", campaign__period__code="2026", form=form, organization=other_school
    )
    later.campaign.forms.add(form)
    page = client_of(Role.HEAD).get(reverse("collection:campaign_compare", args=[later.campaign_id]))
    assert {row.organizations for row in page.context["compared"][0].rows} == {0}
    assert "нет данных" in text_of(page)


def test_a_campaign_without_another_is_told_so(client_of: ClientOf, submission: Submission) -> None:
    page = text_of(client_of(Role.HEAD).get(reverse("collection:campaign_compare", args=[submission.campaign_id])))
    assert "Сравнивать пока не с чем" in page
