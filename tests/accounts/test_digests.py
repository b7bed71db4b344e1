"""Letters of the day: one a person, only to those who still work in an open organisation, never twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from apps.accounts import digests
from apps.accounts.tasks import send_digests as task
from apps.core import notices
from apps.core.models import Digest, Notice
from msoko.celery import app
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def tell(*users, key="a:1", **fields):
    values = {"title": "Приказ № 390: новый пункт", "url": "/school/decisions/1/"} | fields
    return notices.tell(users=users, key=key, **values)


@pytest.fixture
def send(commit):
    def run(**options):
        with commit():
            return digests.send_digests(**options)

    return run


def test_one_letter_carries_everything_of_the_day(director, send, mailoutbox):
    tell(director, note="Пункт 3.1 & «срок»", due_on=TODAY() + timedelta(days=5))
    tell(director, key="a:2", title="Совещание", url="/meetings/1/")
    assert send() == 1
    assert send() == 0
    (letter,) = mailoutbox
    assert letter.to == [director.email]
    for words in ("Приказ № 390", "Пункт 3.1 & «срок»", "/school/decisions/1/", "Совещание", "/inbox/"):
        assert words in letter.body
    assert letter.body.index("Приказ") < letter.body.index("Совещание")  # what has a term comes first
    assert not Notice.objects.awaiting_letter().exists()


def test_what_comes_later_waits_for_tomorrow_and_what_is_read_for_nothing(director, send, mailoutbox):
    tell(director)
    send()
    tell(director, key="a:2", title="Второе")
    tell(director, key="a:3", title="Прочитанное")
    Notice.objects.filter(key="a:3").update(read_at=timezone.now())
    assert send() == 0
    assert send(today=TODAY() + timedelta(days=1)) == 1
    assert "Второе" in mailoutbox[-1].body
    assert "Прочитанное" not in mailoutbox[-1].body
    assert "Приказ № 390" not in mailoutbox[-1].body


def test_the_dismissed_the_blocked_and_the_closed_get_nothing(director, other_director, school, send, mailoutbox):
    dismissed = MembershipFactory(organization=school, ended_at=timezone.now()).user
    blocked = MembershipFactory(organization=school, user=UserFactory(is_active=False)).user
    stranger = UserFactory()
    other_director.organization.closed_on = TODAY() - timedelta(days=1)
    other_director.organization.save()
    tell(director, other_director, dismissed, blocked, stranger)
    assert send() == 1
    assert [letter.to for letter in mailoutbox] == [[director.email]]


def test_a_worker_that_died_with_a_letter_in_its_hands_does_not_repeat_it(
    director, coordinator, send, mailoutbox, monkeypatch
):
    tell(director, coordinator)
    letter = "django.core.mail.EmailMessage.send"
    monkeypatch.setattr(letter, lambda self: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(MemoryError):
        send()
    monkeypatch.undo()
    assert (Digest.objects.filter(tried_at__isnull=True).count(), len(mailoutbox)) == (1, 0)
    assert send() == 0  # nobody new, and the letter that was never tried leaves now
    assert len(mailoutbox) == 1
    assert Notice.objects.unread().count() == 2  # the inbox holds both
    send(today=TODAY() + timedelta(days=1))
    assert len(mailoutbox) == 1


def test_a_letter_claimed_yesterday_and_never_tried_goes_today(director, send, mailoutbox):
    tell(director)
    Digest.objects.create(user=director, day=TODAY() - timedelta(days=1))
    assert send() == 1
    assert len(mailoutbox) == 1


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9)
def test_a_mail_server_out_of_reach_is_tried_again(director, send, mailoutbox):
    tell(director)
    assert send() == 1
    assert not Digest.objects.exists()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert send() == 1
    assert len(mailoutbox) == 1
    assert Notice.objects.get().mailed_at is not None


def test_a_long_letter_counts_what_it_leaves_out(director, send, mailoutbox):
    for number in range(digests.LONGEST + 7):
        tell(director, key=f"a:{number}")
    send()
    assert "И ещё 7 — во входящих" in mailoutbox[0].body


def test_beat_knows_the_task():
    assert app.conf.beat_schedule["send-digests"]["task"] == task.name
    assert not connection.needs_rollback
