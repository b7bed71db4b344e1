"""Notices: told once, risen again on another day, settled when done; nobody reads the inbox of another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core import notices
from apps.core.models import Digest, Notice
from tests.factories.accounts import UserFactory

KEY = "roadmaps.issued:1"


def tell(*users, **changes):
    fields = {"key": KEY, "title": "Направлена рекомендация", "url": "/school/recommendations/1/"} | changes
    return notices.tell(users=users, **fields)


def remind(*users, **changes):
    fields = {"key": KEY, "title": "Напоминание", "url": "/school/recommendations/1/"} | changes
    return notices.remind(users=users, **fields)


@pytest.fixture
def people(db):
    return [UserFactory(), UserFactory()]


def test_a_thing_is_told_once_to_each(people):
    first, second = people
    assert tell(first) == 1
    assert tell(first, second, second, title="Другие слова") == 1
    assert tell(first.pk, key="roadmaps.issued:2") == 1
    assert Notice.objects.get(user=first, key=KEY).title == "Направлена рекомендация"
    assert Notice.objects.visible_to(second).count() == 1


def test_nobody_is_no_error(db):
    assert tell() == 0
    assert remind() == 0


def test_long_and_wild_texts_are_shortened_to_be_seen(people):
    tell(people[0], title="<b>😀\x00" + "а" * 20_000, note="б " * 20_000)
    notice = Notice.objects.get()
    assert notice.title.startswith("<b>😀а")
    assert (len(notice.title), notice.title[-1], notice.note[-1]) == (300, "…", "…")


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_notice_never_leads_outside(people, url):
    with pytest.raises(ValueError, match="page of the portal"):
        tell(people[0], url=url)


def test_a_reminder_rises_once_a_day(people):
    today = timezone.localdate()
    assert remind(people[0]) == 1
    assert remind(people[0]) == 0
    Notice.objects.update(read_at=timezone.now(), created_at=timezone.now() - timedelta(days=2))
    assert remind(people[0], note="Осталось 2 дня.") == 1
    notice = Notice.objects.get()
    assert (notice.read_at, notice.note) == (None, "Осталось 2 дня.")
    notice.digest = Digest.objects.create(user=people[0], day=today)
    notice.save()
    assert remind(people[0]) == 0  # today's letter carries it already
    assert remind(people[0], today=today + timedelta(days=1)) == 1
    assert Notice.objects.awaiting_letter().count() == 1


def test_what_is_done_is_settled_for_all(people):
    tell(*people)
    tell(people[0], key="roadmaps.issued:2")
    assert notices.settle(KEY) == 2
    assert notices.settle(KEY) == 0
    assert [notice.key for notice in Notice.objects.awaiting_letter()] == ["roadmaps.issued:2"]


def test_unread_come_first_then_the_newest(people):
    for number in range(3):
        tell(people[0], key=f"a:{number}")
    Notice.objects.filter(key="a:2").update(read_at=timezone.now())
    assert [notice.key for notice in Notice.objects.unread_first()] == ["a:1", "a:0", "a:2"]
