"""Telling people. A few statements for any number of them; it belongs into the transaction of its cause."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.notices.models import Notice

_BATCH = 500


@dataclass(frozen=True)
class Line:
    """What people are told. `key` names the thing (`roadmaps.issued:12`), `url` is a path of the portal."""

    users: Sequence[Any]
    key: str
    title: str
    url: str
    note: str = ""
    due_on: date | None = None

    def rows(self) -> list[Notice]:
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError(f"a notice leads to a page of the portal, not to {self.url!r}")
        title, note = _shortened(self.title, 300), _shortened(self.note, 1000)
        people = sorted({user if isinstance(user, int) else user.pk for user in self.users})
        return [
            Notice(user_id=pk, key=self.key, title=title, url=self.url, note=note, due_on=self.due_on) for pk in people
        ]


def _shortened(text: str, limit: int) -> str:
    """At most `limit` letters; what is left out is seen: the whole text stands on the page."""
    text = " ".join(text.replace("\x00", "").split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def tell(
    *, users: Iterable[Any], key: str, title: str, url: str, note: str = "", due_on: date | None = None
) -> int:  # fmt: skip
    """A line in the inbox of each person (users or their numbers). Idempotent by (user, key); returns how many are new.

    The mail leaves later, one letter a day.
    """
    return tell_all([Line(list(users), key, title, url, note, due_on)])


@transaction.atomic
def tell_all(lines: Iterable[Line]) -> int:
    """Several lines at once, each to its people. Idempotent like `tell`."""
    rows = [row for line in lines for row in line.rows()]
    standing = _standing(rows).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_BATCH)
    return len({(row.user_id, row.key) for row in rows}) - standing


def _standing(rows: Iterable[Notice]) -> Any:
    people: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        people[row.key].append(row.user_id)
    wanted = Q(pk__in=[])
    for key, users in people.items():
        wanted |= Q(key=key, user__in=users)
    return Notice.objects.filter(wanted)


def remind(
    *, users: Iterable[Any], key: str, title: str, url: str, note: str = "", due_on: date | None = None,
    today: date | None = None,
) -> int:  # fmt: skip
    """Like `tell`, for a thing that stays undone: a line of an earlier day rises again."""
    return remind_all([Line(list(users), key, title, url, note, due_on)], today=today)


@transaction.atomic
def remind_all(lines: Sequence[Line], *, today: date | None = None) -> int:
    """Like `tell_all`, but a line of an earlier day rises again: unread, with the new words, and into a letter again.

    For things that stay undone. A second call of a day changes nothing. Returns how many lines are new or risen.
    """
    day = today or timezone.localdate()
    rows = [row for line in lines for row in line.rows()]
    before = {(notice.user_id, notice.key): notice for notice in _standing(rows).select_related("digest")}
    risen = []
    for row in rows:
        notice = before.get((row.user_id, row.key))
        if notice is None or _day_of(notice) >= day:
            continue
        notice.title, notice.note, notice.url, notice.due_on = row.title, row.note, row.url, row.due_on
        notice.created_at, notice.read_at, notice.mailed_at, notice.digest = timezone.now(), None, None, None
        risen.append(notice)
    fields = ["title", "note", "url", "due_on", "created_at", "read_at", "mailed_at", "digest"]
    Notice.objects.bulk_update(risen, fields, batch_size=_BATCH)
    return len(risen) + tell_all(lines)


def _day_of(notice: Notice) -> date:
    """The day on which the person was told last: that of the letter if there was one."""
    if notice.digest:
        return notice.digest.day
    return timezone.localdate(notice.created_at)


@transaction.atomic
def settle(*keys: str) -> int:
    """The thing is done: its lines count as read everywhere and go into no letter. Returns how many."""
    return Notice.objects.unread().filter(key__in=keys).update(read_at=timezone.now())
