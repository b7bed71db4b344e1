"""Reminding organisations of their forms: lines of inboxes that the letter of the day carries (`accounts.digests`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.accounts import digests
from apps.accounts.roles import SCHOOL
from apps.collection.models import Campaign, Submission
from apps.collection.selectors.tasks import term_words
from apps.core import events, notices
from apps.core.findings import Refused, error

DAYS_BEFORE = (7, 3, 1)


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
    """Remind of the forms of this day; letters leave after the commit. Returns how many; a second call finds none."""
    day = today or timezone.localdate()
    people = _remind(due_submissions(day), day)
    return digests.send_digests(today=day, users=people)


@transaction.atomic
def remind_late(*, campaign: Campaign, by: Any, today: date | None = None) -> Reminded:
    """Remind now all who are late in the campaign; whoever got a letter today gets no second one. Raises Refused."""
    if by is None or not by.is_active or not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    day = today or timezone.localdate()
    if campaign.state == Campaign.State.CLOSED:
        raise Refused([error("closed", "Кампания завершена: напоминать не о чем.")])
    late = list(campaign.submissions.late(day).select_related("campaign", "form", "organization"))
    if not late:
        raise Refused([error("nobody_late", "Просрочивших нет: напоминать некому.")])
    people = _remind(late, day)
    sent = digests.send_digests(today=day, users=people)
    organizations = {submission.organization_id for submission in late}
    reached = set(digests.reachable(day).filter(user__in=people).values_list("organization", flat=True))
    result = Reminded(len(organizations), sent, len(people) - sent, len(organizations - reached))
    text = f"Напоминание просрочившим: организаций — {result.organizations}, писем — {sent}"
    events.record(kind="campaign.reminded", subject=campaign, by=by, text=text, letters=sent)
    return result


def key_of(submission: Submission) -> str:
    """The name of a form's reminder in inboxes."""
    return f"collection.due:{submission.pk}"


def _remind(submissions: Iterable[Submission], day: date) -> set[int]:
    """Lines in the inboxes of those who fill and confirm; a person of two organisations reads of both."""
    submissions = list(submissions)
    organizations = {submission.organization_id for submission in submissions}
    members = digests.reachable(day).filter(organization__in=organizations, role__in=SCHOOL)
    people: dict[int, set[int]] = {}
    for organization_id, user_id in members.values_list("organization_id", "user_id"):
        people.setdefault(organization_id, set()).add(user_id)
    lines = [
        notices.Line(
            users=sorted(people.get(submission.organization_id, ())), key=key_of(submission),
            title=f"Заполнить и отправить форму: {submission.form.short_title}", url=submission.get_absolute_url(),
            note=f"{submission.organization}, {term_words(submission)}.", due_on=submission.due_on,
        )
        for submission in submissions
    ]  # fmt: skip
    notices.remind_all(lines, today=day)
    return set().union(*people.values())
