"""Telling people. Each call is one statement a few hundred people; it belongs into the transaction of its cause."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.notices.models import Notice

_BATCH = 500


def _shortened(text: str, limit: int) -> str:
    """At most `limit` letters; what is left out is seen: the whole text stands on the page."""
    text = " ".join(text.replace("\x00", "").split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _rows(
    *, users: Iterable[Any], key: str, title: str, url: str, note: str, due_on: date | None
) -> list[Notice]:  # fmt: skip
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"a notice leads to a page of the portal, not to {url!r}")
    title, note = _shortened(title, 300), _shortened(note, 1000)
    people = sorted({user if isinstance(user, int) else user.pk for user in users})
    return [Notice(user_id=pk, key=key, title=title, url=url, note=note, due_on=due_on) for pk in people]


@transaction.atomic
def tell(
    *, users: Iterable[Any], key: str, title: str, url: str, note: str = "", due_on: date | None = None
) -> int:  # fmt: skip
    """A line in the inbox of each person (users or their numbers). Idempotent by (user, key); returns how many are new.

    `key` names the thing (`roadmaps.issued:12`), `url` is a path of the portal. The mail leaves later, one a day.
    """
    rows = _rows(users=users, key=key, title=title, url=url, note=note, due_on=due_on)
    standing = set(
        Notice.objects.filter(key=key, user__in=[row.user_id for row in rows]).values_list("user", flat=True)
    )
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_BATCH)
    return len(rows) - len(standing)


@transaction.atomic
def remind(
    *, users: Iterable[Any], key: str, title: str, url: str, note: str = "", due_on: date | None = None,
    today: date | None = None,
) -> int:  # fmt: skip
    """Like `tell`, but a line of an earlier day rises again: unread, with the new words, and into a letter again.

    For things that stay undone. A second call of a day changes nothing. Returns how many people are reminded.
    """
    day = today or timezone.localdate()
    now = timezone.now()
    users = list(users)
    rows = _rows(users=users, key=key, title=title, url=url, note=note, due_on=due_on)
    told = tell(users=users, key=key, title=title, url=url, note=note, due_on=due_on)
    earlier = Notice.objects.filter(key=key, user__in=[row.user_id for row in rows])
    earlier = earlier.filter(Q(digest__day__lt=day) | Q(digest__isnull=True, created_at__date__lt=day))
    if not rows:
        return 0
    risen = earlier.update(
        title=rows[0].title, note=rows[0].note, url=url, due_on=due_on, created_at=now, read_at=None, mailed_at=None,
        digest=None,
    )  # fmt: skip
    return told + risen


@transaction.atomic
def settle(*keys: str) -> int:
    """The thing is done: its lines count as read everywhere and go into no letter. Returns how many."""
    return Notice.objects.unread().filter(key__in=keys).update(read_at=timezone.now())
