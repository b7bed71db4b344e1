"""The way of forms through a campaign in the demonstration, and moving it to its own days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from apps.collection.models import Answer, AnswerChange, Campaign, Submission
from apps.collection.states import State
from apps.core.models import Event
from apps.desk.demo.dating import at, date_events
from apps.indicators.models import Value


@dataclass(frozen=True)
class Days:
    """The dates of a campaign."""

    opens: date
    due: date
    closes: date


@dataclass(frozen=True)
class Course:
    """How far a form goes and when it took each step."""

    state: State
    filled: datetime | None = None
    submitted: datetime | None = None
    decided: datetime | None = None  # returned or accepted
    comment: str = ""


def is_late(course: Course, days: Days) -> bool:
    return bool(course.submitted and timezone.localdate(course.submitted) > days.due)


def date_campaign(campaign: Campaign, days: Days, courses: Sequence[tuple[Submission, Course]]) -> None:
    """Give the campaign, its forms and their history the days they had."""
    opened, closed = at(days.opens, 9), at(days.closes + timedelta(days=1), 9)
    campaign.opens_on, campaign.due_on, campaign.closes_on, campaign.created_at = (
        days.opens,
        days.due,
        days.closes,
        opened,
    )
    if campaign.state == Campaign.State.CLOSED:
        campaign.closed_at = closed
    campaign.save(update_fields=["opens_on", "due_on", "closes_on", "created_at", "closed_at"])
    date_events(campaign, {"campaign.opened": opened, "campaign.closed": closed})
    by_id = {submission.pk: course for submission, course in courses}
    _date_submissions(days, by_id)
    _date_answers(by_id)
    _date_history(by_id)
    date_values(courses)


def _date_submissions(days: Days, courses: dict[int, Course]) -> None:
    rows = list(Submission.objects.filter(pk__in=courses))
    for row in rows:
        course = courses[row.pk]
        if row.submitted_at:
            row.submitted_at = course.submitted
            row.submitted_late = is_late(course, days)
        if row.returned_at:
            row.returned_at = course.decided
        if row.accepted_at:
            row.accepted_at = course.decided
    Submission.objects.bulk_update(rows, ["submitted_at", "submitted_late", "returned_at", "accepted_at"])


def _date_answers(courses: dict[int, Course]) -> None:
    for pk, course in courses.items():
        if course.filled:
            Answer.objects.filter(submission=pk).update(changed_at=course.filled)
            AnswerChange.objects.filter(submission=pk).update(changed_at=course.filled)


def _date_history(courses: dict[int, Course]) -> None:
    own = list(Event.objects.filter(subject=Submission._meta.label, subject_id__in=[str(pk) for pk in courses]))
    for event in own:
        course = courses[int(event.subject_id)]
        moments = {"submission.filled": course.filled, "submission.submitted": course.submitted}
        event.at = moments.get(event.kind, course.decided) or event.at
        if "day" in event.data:  # a day of work on the page has one line
            event.data["day"] = f"{timezone.localdate(event.at):%Y-%m-%d}"
    Event.objects.bulk_update(own, ["at", "data"], batch_size=500)


def date_values(rows: Sequence[tuple[Submission, Course]]) -> None:
    """Values, and the lines of history about them, are of the day of acceptance."""
    decided = {str(row.pk): course.decided for row, course in rows if course.decided}
    for row, course in rows:
        if course.decided:
            own = Value.objects.filter(organization=row.organization_id, period=row.period_id, origin_id=str(row.pk))
            own.filter(origin=Submission._meta.label).update(recorded_at=course.decided)
    events = Event.objects.filter(kind="indicators.values_recorded", data__origin=Submission._meta.label)
    found = [event for event in events if event.data["id"] in decided]
    for event in found:
        event.at = decided[event.data["id"]]
    Event.objects.bulk_update(found, ["at"], batch_size=500)
