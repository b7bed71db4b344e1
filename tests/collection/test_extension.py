"""A later day for one organisation: given by the department for a reason, shown everywhere, late is counted by it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT, Role
from apps.collection import services
from apps.collection.models import Campaign, Submission
from apps.collection.selectors.board import counts_of
from apps.collection.todo import todo_for
from apps.core.findings import Refused


def today(shift: int = 0) -> date:
    return timezone.localdate() + timedelta(days=shift)


@pytest.fixture
def overdue(submission: Submission, other_submission: Submission) -> Campaign:
    """The day of delivery was yesterday, the campaign closes today."""
    Campaign.objects.update(due_on=today(-1), closes_on=today())
    return Campaign.objects.get()


def extend(submission: Submission, by: User, days: int = 5, reason: str = "Карантин в школе") -> Submission:
    campaign = Campaign.objects.get(pk=submission.campaign_id)
    services.extend_term(
        campaign=campaign, organization=submission.organization, due_on=today(days), reason=reason, by=by
    )
    return Submission.objects.get(pk=submission.pk)


@pytest.mark.capability("S-017")
def test_late_is_counted_by_the_own_day(
    overdue: Campaign, submission: Submission, other_submission: Submission, specialist: User, coordinator: User
) -> None:
    assert counts_of(overdue).late == 2
    own = extend(submission, specialist)
    assert counts_of(overdue).late == 1
    assert Campaign.objects.with_counts().get().late == 1  # type: ignore[attr-defined]
    assert list(Submission.objects.late()) == [other_submission]
    assert not own.is_late
    todo = todo_for(coordinator)[0]
    assert (todo.due_on, todo.tone) == (today(5), "info")
    Submission.objects.filter(pk=own.pk).update(extended_to=today(-1))
    assert counts_of(overdue).late == 2


def test_what_is_handed_in_by_the_own_day_is_in_time_even_after_the_close(
    overdue: Campaign, confirmed: Submission, specialist: User, director: User
) -> None:
    Campaign.objects.update(due_on=today(-3), closes_on=today(-1))
    with pytest.raises(Refused, match="завершён"):
        services.submit_submission(submission=confirmed, by=director)
    extend(confirmed, specialist)
    handed_in = services.submit_submission(submission=confirmed, by=director)
    assert not handed_in.submitted_late


def test_the_organisation_and_the_board_see_it_and_others_do_not(
    client_of: Callable[..., Client], overdue: Campaign, submission: Submission, other_submission: Submission,
    director: User, other_director: User,
) -> None:  # fmt: skip
    client = client_of(Role.SPECIALIST)
    url = reverse("collection:extend", args=[submission.pk])
    wrong = client.post(url, {"due_on": today(-9).isoformat(), "reason": "Карантин"})
    assert wrong.status_code == 422
    assert "позже общего" in wrong.content.decode()
    assert client.post(url, {"due_on": "когда-нибудь", "reason": ""}).status_code == 422
    done = client.post(url, {"due_on": today(5).isoformat(), "reason": "Карантин <b>"}, follow=True)
    assert "Карантин &lt;b&gt;" in done.content.decode()
    day = f"{today(5):%d.%m.%Y}"
    board = client.get(reverse("collection:board", args=[overdue.pk])).content.decode()
    assert board.count(day) == 1
    own = client_of(director)
    assert "Карантин &lt;b&gt;" in own.get(submission.get_absolute_url()).content.decode()
    assert f"продлён до {day}" in own.get(reverse("collection:tasks")).content.decode()
    assert day not in client_of(other_director).get(reverse("collection:tasks")).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in DEPARTMENT])
def test_only_the_department_gives_it(
    client_of: Callable[..., Client], user_of: Callable[..., User], submission: Submission, role: Role
) -> None:
    data = {"due_on": today(9).isoformat(), "reason": "Просим"}
    assert client_of(role).post(reverse("collection:extend", args=[submission.pk]), data).status_code == 404
    with pytest.raises(Refused, match="нет права"):
        extend(submission, user_of(role))
    assert not Submission.objects.filter(extended_to__isnull=False).exists()


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [
        pytest.param(0, "Карантин", "not_later", id="not later than the common day"),
        pytest.param(5, " \u200b ", "no_reason", id="no reason"),
        pytest.param(4000, "Карантин", "too_late", id="a slip in the year"),
    ],
)
def test_what_is_not_an_extension_is_refused(
    submission: Submission, specialist: User, days: int, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        extend(submission, specialist, days, reason)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_nothing_is_extended_where_all_is_handed_in_or_closed(submitted: Submission, specialist: User) -> None:
    with pytest.raises(Refused) as refused:
        extend(submitted, specialist)
    assert [finding.code for finding in refused.value.findings] == ["nothing_owed"]
    Campaign.objects.update(state="closed", closed_at=timezone.now())
    with pytest.raises(Refused) as closed:
        extend(submitted, specialist)
    assert [finding.code for finding in closed.value.findings] == ["closed"]
