"""Reminding organisations of their forms by mail: one digest a person and day, never twice.

Letters carry no figures: those are read after logging in.
"""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import SCHOOL
from apps.collection.models import Campaign, Reminder, Submission
from apps.collection.selectors.tasks import term_words
from apps.core import events
from apps.core.findings import Refused, error

logger = logging.getLogger(__name__)
DAYS_BEFORE = (7, 3, 1)
GIVE_UP_AFTER = 3  # letters refused one after another: the mail server is out of reach


@dataclass(frozen=True)
class Due:
    """A form of the digest."""

    submission: Submission
    term: str

    @property
    def url(self) -> str:
        return settings.SITE_URL.rstrip("/") + self.submission.get_absolute_url()


@dataclass(frozen=True)
class Reminded:
    """Late organisations, letters sent, people who had a letter of today, organisations that nobody acts for."""

    organizations: int
    letters: int
    already: int
    unreachable: int


def due_submissions(today: date) -> list[Submission]:
    """Forms to be reminded of on this day: due in 7, 3 and 1 days, or late while they are still taken in."""
    still_open = Q(campaign__closes_on__gte=today) | Q(extended_to__gte=today)
    found = (
        Submission.objects.awaiting_organization()
        .of_open_campaigns(today)
        .with_due()
        .filter(Q(due__in=[today + timedelta(days=days) for days in DAYS_BEFORE]) | Q(due__lt=today) & still_open)
    )
    return list(found.select_related("campaign", "form", "organization").order_by("due", "form__code", "pk"))


@transaction.atomic
def send_reminders(*, today: date | None = None) -> int:
    """Prepare the digests of this day and send them after the commit. Returns how many; a second call finds none."""
    day = today or timezone.localdate()
    by_organization: dict[int, list[Due]] = {}
    for submission in due_submissions(day):
        by_organization.setdefault(submission.organization_id, []).append(Due(submission, term_words(submission)))
    run = uuid.uuid4()
    digests = [
        Reminder(user_id=user_id, day=day, run=run, text=_text(forms))
        for user_id, forms in _by_person(by_organization).items()
    ]
    Reminder.objects.bulk_create(digests, ignore_conflicts=True, batch_size=500)
    transaction.on_commit(partial(_send, run))
    return Reminder.objects.filter(run=run).count()


@transaction.atomic
def remind_late(*, campaign: Campaign, by: Any, today: date | None = None) -> Reminded:
    """Remind now all who are late in the campaign; whoever got a letter today gets no second one. Raises Refused."""
    if by is None or not by.is_active or not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    day = today or timezone.localdate()
    if campaign.state == Campaign.State.CLOSED:
        raise Refused([error("closed", "Кампания завершена: напоминать не о чем.")])
    by_organization: dict[int, list[Due]] = {}
    for submission in campaign.submissions.late(day).select_related("campaign", "form", "organization"):
        by_organization.setdefault(submission.organization_id, []).append(Due(submission, term_words(submission)))
    if not by_organization:
        raise Refused([error("nobody_late", "Просрочивших нет: напоминать некому.")])
    people = _by_person(by_organization)
    run = uuid.uuid4()
    digests = [Reminder(user_id=pk, day=day, run=run, text=_text(forms)) for pk, forms in people.items()]
    Reminder.objects.bulk_create(digests, ignore_conflicts=True, batch_size=500)
    sent = Reminder.objects.filter(run=run).count()
    transaction.on_commit(partial(_send, run))
    reached = set(Membership.objects.current().filter(user__in=people).values_list("organization", flat=True))
    unreachable = len(set(by_organization) - reached)
    result = Reminded(len(by_organization), sent, len(people) - sent, unreachable)
    text = f"Напоминание просрочившим: организаций — {result.organizations}, писем — {sent}"
    events.record(kind="campaign.reminded", subject=campaign, by=by, text=text, letters=sent)
    return result


def _by_person(by_organization: dict[int, list[Due]]) -> dict[int, list[Due]]:
    """Who fills and confirms; a person of two organisations gets one letter on both."""
    members = Membership.objects.current().filter(organization__in=by_organization, role__in=SCHOOL)
    pairs = members.order_by("user_id", "organization_id").values_list("user_id", "organization_id").distinct()
    people: dict[int, list[Due]] = {}
    for user_id, organization_id in pairs:
        people.setdefault(user_id, []).extend(by_organization[organization_id])
    return people


def _text(forms: Iterable[Due]) -> str:
    context = {
        "forms": list(forms), "authority_name": settings.AUTHORITY_NAME, "municipality_name": settings.MUNICIPALITY_NAME
    }  # fmt: skip
    return render_to_string("collection/mail/reminder.txt", context)


def _send(run: uuid.UUID) -> None:
    """Send what this run has claimed. A refused letter is given up, so that a later run of the day tries again."""
    waiting = list(Reminder.objects.filter(run=run, sent_at__isnull=True).select_related("user").order_by("pk"))
    if not waiting:
        return
    connection = get_connection()
    refused_in_a_row = 0
    for place, reminder in enumerate(waiting):
        if refused_in_a_row >= GIVE_UP_AFTER:
            Reminder.objects.filter(pk__in=[item.pk for item in waiting[place:]]).delete()
            break
        if _send_one(reminder, connection):
            refused_in_a_row = 0
        else:
            refused_in_a_row += 1


def _send_one(reminder: Reminder, connection: Any) -> bool:
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}напоминание о формах"
    letter = EmailMessage(subject, reminder.text, None, [reminder.user.email], connection=connection)
    try:
        letter.send()
    except OSError:  # what smtplib raises, too
        logger.exception("the reminder %s was not sent", reminder.pk)
        reminder.delete()
        return False
    Reminder.objects.filter(pk=reminder.pk).update(sent_at=timezone.now())
    return True
