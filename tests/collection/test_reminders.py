"""Reminders: the right forms to the right people, one letter a person and day, never twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.collection import services
from apps.collection.models import Campaign, Submission
from apps.collection.services.reminders import send_reminders
from apps.collection.tasks import send_reminders as task
from apps.core.models import Digest
from apps.organizations.models import Organization
from msoko.celery import app
from tests.collection.test_concurrency import at_once
from tests.factories.accounts import MembershipFactory


def due_in(days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    Campaign.objects.update(due_on=day, closes_on=day + timedelta(days=5))


@pytest.fixture
def send(django_capture_on_commit_callbacks: Any) -> Callable[..., int]:
    def run(today: date | None = None) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return send_reminders(today=today)

    return run


@pytest.mark.capability("S-017")
@pytest.mark.parametrize(
    ("days", "letters"), [(8, 0), (7, 1), (6, 0), (3, 1), (2, 0), (1, 1), (0, 0), (-1, 1), (-5, 1), (-6, 0)]
)
def test_days_of_the_letters(
    submission: Submission, coordinator: User, send: Callable[..., int], days: int, letters: int
) -> None:
    due_in(days)
    assert send() == letters
    assert [letter.to for letter in mail.outbox] == [[coordinator.email]] * letters


def test_one_digest_a_person_and_day(
    submission: Submission, other_submission: Submission, coordinator: User, director: User,
    other_school: Organization, specialist: User, user_of: Callable[..., User], send: Callable[..., int],
) -> None:  # fmt: skip
    """The coordinator works in both schools; an observer and the department get nothing."""
    user_of(Role.OBSERVER)
    MembershipFactory(user=coordinator, organization=other_school, role=Role.COORDINATOR)
    MembershipFactory(user=coordinator, organization=submission.organization, role=Role.DIRECTOR)
    due_in(3)
    assert send() == 2
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(letters) == {coordinator.email, director.email}
    assert letters[coordinator.email].count("Пробная форма") == 2
    assert "осталось 3 дня" in letters[coordinator.email]
    assert other_submission.get_absolute_url() not in letters[director.email]
    assert "&" not in letters[director.email]
    for _ in range(3):
        assert send() == 0
    assert len(mail.outbox) == 2
    assert send(timezone.localdate() + timedelta(days=2)) == 2  # one day is left


def test_the_own_day_counts_and_what_is_handed_in_is_left_alone(
    confirmed: Submission, director: User, specialist: User, send: Callable[..., int]
) -> None:
    due_in(1)
    day = timezone.localdate() + timedelta(days=5)
    services.extend_term(
        campaign=confirmed.campaign, organization=confirmed.organization, due_on=day, reason="Карантин", by=specialist
    )
    assert send() == 0
    assert send(day - timedelta(days=3)) == 2
    services.submit_submission(submission=confirmed, by=director)
    assert send(day - timedelta(days=1)) == 0


@pytest.mark.parametrize("change", [{"state": "closed", "closed_at": timezone.now()}, {"opens_on": date(2999, 1, 1)}])
def test_closed_and_unopened_campaigns_are_silent(
    submission: Submission, coordinator: User, send: Callable[..., int], change: dict[str, Any]
) -> None:
    due_in(3)
    if "opens_on" in change:
        Campaign.objects.update(due_on=date(2999, 1, 2), closes_on=date(2999, 1, 3), **change)
        assert send(date(2998, 12, 30)) == 0
    else:
        Campaign.objects.update(**change)
        assert send() == 0


def test_an_ended_role_gets_nothing(submission: Submission, coordinator: User, send: Callable[..., int]) -> None:
    coordinator.memberships.update(ended_at=timezone.now())
    due_in(3)
    assert send() == 0


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9)
def test_a_mail_server_out_of_reach_is_tried_again(
    submission: Submission, coordinator: User, send: Callable[..., int]
) -> None:
    due_in(3)
    assert send() == 1
    assert not Digest.objects.exists()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert send() == 1
    assert len(mail.outbox) == 1
    assert Digest.objects.get().sent_at is not None


def test_a_dry_run_sends_nothing(submission: Submission, coordinator: User, capsys: Any) -> None:
    due_in(3)
    call_command("send_reminders", "--dry-run")
    assert "Писем: 1" in capsys.readouterr().out
    assert mail.outbox == []
    assert not Digest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_one_letter(
    transactional_db: None, submission: Submission, coordinator: User, director: User
) -> None:
    due_in(3)
    counts = at_once(*[send_reminders] * 4)
    assert sum(counts) == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([coordinator.email, director.email])
    assert not connection.in_atomic_block


def test_beat_knows_the_task() -> None:
    assert app.conf.beat_schedule["send-reminders"]["task"] == task.name
