"""The letter of the day: what a person was told and has not read, in one mail, never twice.

The row of a digest is claimed before anything is sent and marked as tried just before its letter leaves: a worker
that dies loses at most the letter in its hands, and that letter is not repeated. What it told stays in the inbox.
"""

import logging
from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from apps.accounts.models import Membership
from apps.core.models import Digest, Notice

logger = logging.getLogger(__name__)
GIVE_UP_AFTER = 3  # letters refused one after another: the mail server is out of reach
LONGEST = 40  # lines of a letter; the rest is counted and stands in the inbox
_CLAIMING = 7_304  # first key of the advisory lock


def reachable(day: date) -> QuerySet[Membership]:
    """Roles held today in organisations that are open: nobody else gets letters."""
    is_open = Q(organization__closed_on__isnull=True) | Q(organization__closed_on__gt=day)
    return Membership.objects.current().filter(is_open)


@transaction.atomic
def send_digests(*, today: date | None = None, users: Collection[int] | None = None) -> int:
    """Prepare the letters of this day (of all, or of these users) and send them after the commit.

    Returns how many people get one. Whoever has had theirs today gets no second one.
    """
    day = today or timezone.localdate()
    with database.cursor() as cursor:  # two callers at once must not count the same people
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_CLAIMING])
    Digest.objects.filter(day__lt=day, tried_at__isnull=True).delete()
    waiting = Notice.objects.awaiting_letter().filter(user__in=reachable(day).values("user"))
    if users is not None:
        waiting = waiting.filter(user__in=users)
    waiting = waiting.exclude(user__in=Digest.objects.filter(day=day).values("user"))
    people = list(waiting.order_by("user").values_list("user", flat=True).distinct())
    Digest.objects.bulk_create([Digest(user_id=pk, day=day) for pk in people], batch_size=500)
    transaction.on_commit(partial(_send, day))
    return len(people)


def _send(day: date) -> None:
    """Send what is claimed and was never tried. A refused letter is given up, so that a later run tries again."""
    waiting = list(Digest.objects.filter(day=day, tried_at__isnull=True).select_related("user").order_by("pk"))
    if not waiting:
        return
    connection = get_connection()
    refused_in_a_row = 0
    for place, digest in enumerate(waiting):
        if refused_in_a_row >= GIVE_UP_AFTER:
            Digest.objects.filter(pk__in=[item.pk for item in waiting[place:]], tried_at__isnull=True).delete()
            return
        sent = _send_one(digest, connection)
        refused_in_a_row = 0 if sent else refused_in_a_row + 1


@transaction.atomic
def _taken(digest: Digest) -> list[Notice] | None:
    """What the letter carries, once it is ours alone. None when somebody else has it, or nothing is left to tell."""
    mine = Digest.objects.filter(pk=digest.pk, tried_at__isnull=True).update(tried_at=timezone.now())
    if not mine:
        return None
    lines = Notice.objects.awaiting_letter().filter(user=digest.user_id)
    carried = list(lines.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk"))
    if not carried:  # read or done in the meantime
        digest.delete()
        return None
    Notice.objects.filter(pk__in=[notice.pk for notice in carried]).update(digest=digest)
    return carried


def _send_one(digest: Digest, connection: Any) -> bool:
    """Whether the mail server still answers."""
    carried = _taken(digest)
    if carried is None:
        return True
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}новое для вас"
    letter = EmailMessage(subject, _text(digest, carried), None, [digest.user.email], connection=connection)
    try:
        letter.send()
    except OSError:  # what smtplib raises, too
        logger.exception("the digest %s was not sent", digest.pk)
        digest.delete()  # its lines wait for a letter again
        return False
    now = timezone.now()
    Digest.objects.filter(pk=digest.pk).update(sent_at=now)
    Notice.objects.filter(digest=digest).update(mailed_at=now)
    return True


def _text(digest: Digest, notices: list[Notice]) -> str:
    user = digest.user
    context = {
        "name": " ".join(part for part in (user.first_name, user.patronymic) if part),
        "notices": notices[:LONGEST], "left": max(0, len(notices) - LONGEST), "site": settings.SITE_URL.rstrip("/"),
        "authority_name": settings.AUTHORITY_NAME, "municipality_name": settings.MUNICIPALITY_NAME,
    }  # fmt: skip
    return render_to_string("accounts/mail/digest.txt", context)
