"""Pages by role: what is seen, what is hidden, and the job walked from the first page to the receipt."""

import re
from collections.abc import Callable
from datetime import timedelta
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
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Campaign, Form, Submission, SubmissionUpload
from apps.collection.states import LAUNCHERS, State
from apps.collection.todo import todo_for
from apps.core.models import Period
from apps.organizations.models import Organization
from tests.collection.conftest import GOOD, filled, form_sheet, row_of
from tests.factories.collection import SubmissionFactory
from tests.factories.organizations import GroupFactory, SchoolFactory

ClientOf = Callable[..., Client]


def text_of(response: Any) -> str:
    return str(response.content.decode())


def send(client: Client, submission: Submission, content: bytes, name: str = "книга.xlsx") -> Any:
    url = reverse("collection:upload_create", args=[submission.pk])
    return client.post(url, {"workbook": SimpleUploadedFile(name, content)})


# --- who may open what


@pytest.mark.parametrize("role", list(Role))
def test_pages_of_the_authority(client_of: ClientOf, role: Role, submission: Submission) -> None:
    client = client_of(role)
    pages = {
        reverse("collection:campaigns"): AUTHORITY,
        reverse("collection:campaign_create"): LAUNCHERS,
        reverse("collection:board", args=[submission.campaign_id]): AUTHORITY,
        reverse("collection:board_export", args=[submission.campaign_id]): AUTHORITY,
        reverse("collection:review", args=[submission.pk]): AUTHORITY,
        reverse("collection:tasks"): SCHOOL,
        reverse("collection:submission", args=[submission.pk]): SCHOOL,
        reverse("collection:workbook", args=[submission.pk]): SCHOOL,
        reverse("collection:section", args=[submission.pk, 1]): SCHOOL,
        reverse("collection:check", args=[submission.pk]): SCHOOL,
    }
    got = {url: client.get(url).status_code for url in pages}
    assert got == {url: 200 if role in allowed else 404 for url, allowed in pages.items()}


@pytest.mark.parametrize("name", ["accept", "return", "reopen", "bulk_accept", "campaign_close"])
@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.ADMIN, Role.DIRECTOR, Role.OBSERVER])
def test_decisions_are_the_departments(client_of: ClientOf, submitted: Submission, name: str, role: Role) -> None:
    pk = submitted.campaign_id if name in {"bulk_accept", "campaign_close"} else submitted.pk
    data = {"comment": "нет", "submission": submitted.pk, "revision": submitted.revision}
    assert client_of(role).post(reverse(f"collection:{name}", args=[pk]), data).status_code == 404
    submitted.refresh_from_db()
    assert submitted.state == State.SUBMITTED
    assert submitted.campaign.state == "open"


def test_a_foreign_submission_is_not_found_and_not_written(
    client_of: ClientOf, other_submission: Submission, submission: Submission, director: User,
    other_director: User, upload: Callable[..., SubmissionUpload],
) -> None:  # fmt: skip
    made = upload(other_submission, filled(other_submission, GOOD), other_director)
    client, own = client_of(director), submission.pk
    pk = other_submission.pk
    gets = ["submission", "workbook", "receipt", "check"]
    posts = ["explain", "submit", "upload_create"]
    uploads = ["upload", "upload_annotated", "upload_original"]
    answers = [client.get(reverse(f"collection:{name}", args=[pk])) for name in gets]
    answers += [client.post(reverse(f"collection:{name}", args=[pk]), {"confirmed": 1}) for name in posts]
    field_pk = submission.form.fields.get(order=1).pk
    for name, part in (("section", 1), ("field", field_pk)):
        answers.append(client.post(reverse(f"collection:{name}", args=[pk, part]), {f"value-{field_pk}": "5"}))
    for owner in (pk, own):  # the other's upload, also under an address of one's own
        answers += [client.get(reverse(f"collection:{name}", args=[owner, made.pk])) for name in uploads]
        answers.append(
            client.post(reverse("collection:upload_confirm", args=[owner, made.pk]), {"digest": made.digest})
        )
    assert {answer.status_code for answer in answers} == {404}
    other_submission.refresh_from_db()
    assert other_submission.state == State.NOT_STARTED
    assert client_of(other_director).get(made.get_absolute_url()).status_code == 200


def test_tasks_show_the_own_forms_only(
    client_of: ClientOf, submission: Submission, other_submission: Submission
) -> None:
    page = text_of(client_of(Role.COORDINATOR).get(reverse("collection:tasks")))
    assert submission.get_absolute_url() in page
    assert other_submission.get_absolute_url() not in page


def test_a_campaign_that_has_not_opened_is_not_shown(client_of: ClientOf, submission: Submission) -> None:
    Campaign.objects.update(opens_on=timezone.localdate() + timedelta(days=1))
    client = client_of(Role.COORDINATOR)
    assert submission.get_absolute_url() not in text_of(client.get(reverse("collection:tasks")))
    assert client.get(submission.get_absolute_url()).status_code == 404


# --- the job of a school


def test_from_the_workbook_to_the_receipt(client_of: ClientOf, submission: Submission) -> None:
    coordinator, director = client_of(Role.COORDINATOR), client_of(Role.DIRECTOR)
    book = coordinator.get(reverse("collection:workbook", args=[submission.pk]))
    assert openpyxl.load_workbook(BytesIO(b"".join(book.streaming_content))).sheetnames[0] == "Как заполнить"

    first = send(coordinator, submission, filled(submission, {"1": 100, "2": 40}))
    preview = text_of(coordinator.get(first.url))
    assert "Осталось 2 ячейки" in preview
    assert "не заполнено" in preview
    digest = re.search(r'name="digest" value="(\w+)"', preview)
    assert digest
    coordinator.post(f"{first.url}confirm/", {"digest": digest[1]})
    page = text_of(coordinator.get(submission.get_absolute_url()))
    assert "Заполнено 2 из 4" in page
    assert "Отправить на проверку" not in page

    second = send(coordinator, submission, filled(submission, {"3": 4.2, "4": "да"}))
    digest = re.search(r'name="digest" value="(\w+)"', text_of(coordinator.get(second.url)))
    assert digest
    coordinator.post(f"{second.url}confirm/", {"digest": digest[1]})
    assert "попросите его" in text_of(coordinator.get(submission.get_absolute_url()))

    assert "Проверить и отправить" in text_of(director.get(submission.get_absolute_url()))
    page = text_of(director.get(reverse("collection:check", args=[submission.pk])))
    assert "40,0\u00a0%" in page
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    submit = reverse("collection:submit", args=[submission.pk])
    director.post(submit, {"revision": revision[1]})
    submission.refresh_from_db()
    assert submission.state == State.DRAFT  # the tick was forgotten
    done = director.post(submit, {"revision": revision[1], "confirmed": 1})
    receipt = text_of(director.get(done.url))
    assert "СО-2025-0001" in receipt
    assert "Что дальше" in receipt


def test_the_returned_comment_stands_on_top(client_of: ClientOf, submitted: Submission, specialist: User) -> None:
    client = client_of(specialist)
    client.post(reverse("collection:return", args=[submitted.pk]), {"comment": "Проверьте строку 3 <b>"})
    page = text_of(client_of(Role.COORDINATOR).get(submitted.get_absolute_url()))
    assert page.index("Проверьте строку 3 &lt;b&gt;") < page.index("Что дальше")


def test_faulty_cells_come_back_with_comments(client_of: ClientOf, submission: Submission) -> None:
    client = client_of(Role.COORDINATOR)
    answer = send(client, submission, filled(submission, {**GOOD, "1": "12 чел.", "2": "=1+1"}))
    page = text_of(client.get(answer.url))
    assert "В книге есть ошибки" in page
    assert "12 чел." in page
    assert 'name="digest"' not in page
    book = b"".join(client.get(f"{answer.url}workbook/").streaming_content)
    sheet = form_sheet(openpyxl.load_workbook(BytesIO(book)))
    cell = sheet[f"D{row_of(sheet, '1')}"]
    assert cell.value == "12 чел."
    assert cell.comment is not None
    assert "рядом с числом" in cell.comment.text
    assert sheet[f"D{row_of(sheet, '3')}"].comment is None
    submission.refresh_from_db()
    assert submission.state == State.NOT_STARTED


def test_an_outdated_preview_says_so_and_writes_nothing(
    client_of: ClientOf, submission: Submission, director: User
) -> None:
    client = client_of(Role.COORDINATOR)
    answer = send(client, submission, filled(submission, GOOD))
    made = SubmissionUpload.objects.get()
    services.save_answers(submission=submission, answers={"trial.1": Given(number=Decimal(7))}, by=director)
    assert "данные формы изменились" in text_of(client.get(answer.url))
    page = text_of(client.post(f"{answer.url}confirm/", {"digest": made.digest}, follow=True))
    assert "Ничего не записано" in page
    assert submission.answers.get().number == 7


# --- the authority


def test_a_campaign_is_opened_after_a_look_at_its_addressees(
    client_of: ClientOf, form: Form, school: Organization, other_school: Organization, kindergarten: Organization
) -> None:
    client = client_of(Role.SPECIALIST)
    today = timezone.localdate()
    group = GroupFactory(name="Сельские")
    group.organizations.add(school, kindergarten)
    data = {
        "title": "Сбор", "form_set": [form.pk], "year": 2025, "opens_on": today.isoformat(),
        "due_on": (today + timedelta(days=5)).isoformat(), "closes_on": (today + timedelta(days=9)).isoformat(),
        "whom": "group", "group": group.pk,
    }  # fmt: skip
    url = reverse("collection:campaign_create")
    page = text_of(client.post(url, {**data, "preview": "1"}))
    assert "1 организация, 1 форма" in page
    assert kindergarten.name in page
    assert not Campaign.objects.exists()
    client.post(url, {**data, "open": "1"})
    campaign = Campaign.objects.get()
    assert [row.organization for row in campaign.submissions.all()] == [school]
    wrong = text_of(client.post(url, {**data, "due_on": "2020-01-01", "open": "1"}))
    assert "Проверьте сроки" in wrong


def test_the_board_counts_filters_and_lists_the_late(
    client_of: ClientOf, submitted: Submission, other_submission: Submission
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Campaign.objects.update(due_on=yesterday)
    client = client_of(Role.SPECIALIST)
    board = reverse("collection:board", args=[submitted.campaign_id])
    page = client.get(board)
    counts = page.context["counts"]
    assert (counts.submitted, counts.not_started, counts.late) == (1, 1, 1)
    assert page.context["late_text"].splitlines()[1:] == ["— Школа № 2"]
    names = lambda query: [row.organization.name for row in client.get(board + query).context["table"].data]  # noqa: E731
    assert names("?state=submitted") == ["Школа № 1"]
    assert names("?late=on") == ["Школа № 2"]
    assert names("?query=ШКОЛА № 2") == ["Школа № 2"]
    assert names("?query=%00") == []  # a letter that no name has
    assert names("?state=nothing&organization__id=1") == ["Школа № 1", "Школа № 2"]
    book = b"".join(client.get(reverse("collection:board_export", args=[submitted.campaign_id])).streaming_content)
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Организация", "Школа № 1", "Школа № 2"]
    assert rows[1][8] == submitted.number


@pytest.mark.parametrize("address", ["board", "review", "tasks", "submission"])
def test_queries_do_not_grow(
    client_of: ClientOf, submitted: Submission, form: Form, django_assert_max_num_queries: Any, address: str
) -> None:
    for number in range(10, 40):
        SubmissionFactory(campaign=submitted.campaign, form=form, organization=SchoolFactory(number=number))
    args = {"board": [submitted.campaign_id], "tasks": []}.get(address, [submitted.pk])
    client = client_of(Role.SPECIALIST if address in {"board", "review"} else Role.DIRECTOR)
    with django_assert_max_num_queries(22):
        assert client.get(reverse(f"collection:{address}", args=args)).status_code == 200


def test_accepted_on_the_board_in_bulk(
    client_of: ClientOf, submitted: Submission, other_submission: Submission
) -> None:
    client = client_of(Role.SPECIALIST)
    url = reverse("collection:bulk_accept", args=[submitted.campaign_id])
    page = text_of(client.post(url, {"submission": [submitted.pk, other_submission.pk, "x", "²"]}, follow=True))
    assert "Принято форм: 1" in page
    assert "ещё не начата" in page


def test_what_was_seen_is_accepted(client_of: ClientOf, submitted: Submission) -> None:
    client = client_of(Role.SPECIALIST)
    url = reverse("collection:accept", args=[submitted.pk])
    for revision in ("0", "", "abc"):
        client.post(url, {"revision": revision})
        submitted.refresh_from_db()
        assert submitted.state == State.SUBMITTED
    client.post(url, {"revision": submitted.revision})
    submitted.refresh_from_db()
    assert submitted.state == State.ACCEPTED


# --- «Сегодня»


def titles(user: User) -> list[str]:
    return [todo.title.split(":")[0] for todo in todo_for(user)]


def test_what_awaits_each_role(confirmed: Submission, coordinator: User, director: User, specialist: User) -> None:
    assert titles(director) == ["Проверить и отправить"]
    assert titles(coordinator) == ["Попросить руководителя отправить"]
    assert titles(specialist) == []
    services.submit_submission(submission=confirmed, by=director)
    assert titles(director) == []
    assert titles(specialist) == ["Проверить формы"]
    services.return_submission(submission=confirmed, comment="Исправьте", by=specialist)
    Campaign.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert titles(coordinator) == ["Исправить и отправить снова"]
    assert titles(specialist) == ["Напомнить просрочившим"]


def test_the_observer_has_nothing_to_do(submission: Submission, user_of: Callable[..., User]) -> None:
    assert todo_for(user_of(Role.OBSERVER)) == []


def test_periods_of_forms_are_calendar_years(client_of: ClientOf, form: Form) -> None:
    page = client_of(Role.SPECIALIST).get(reverse("collection:campaign_create"))
    assert page.context["form"].initial["year"] == timezone.localdate().year - 1
    assert not Period.objects.filter(kind="school_year", code="2025").exists()
