"""Forms of finished campaigns, written at once into the tables that the services write one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from apps.accounts.models import User
from apps.collection.definition import FormDefinition, Given
from apps.collection.models import Answer, AnswerChange, Submission
from apps.collection.services.submissions import next_numbers
from apps.collection.states import State
from apps.core.models import Event
from apps.desk.demo.courses import Course, Days, date_values, is_late
from apps.indicators.models import IndicatorVersion, Value
from apps.indicators.services import NewValue, Origin, record_values

BATCH = 2000


@dataclass(frozen=True)
class HandedIn:
    """A form that was filled, handed in and accepted."""

    submission: Submission
    definition: FormDefinition
    given: Mapping[str, Given]
    course: Course
    signer: User


def write(forms: Sequence[HandedIn], days: Days, *, by: User) -> None:
    """Answers with their history, states with receipts, values, events: all on the days of the courses."""
    _write_states(forms, days, by)
    _write_answers(forms)
    Event.objects.bulk_create([event for form in forms for event in _events(form, by)], batch_size=BATCH)
    for form in forms:
        _write_values(form, by)
    date_values([(form.submission, form.course) for form in forms])


def _write_states(forms: Sequence[HandedIn], days: Days, by: User) -> None:
    in_order = sorted(forms, key=lambda form: (form.submission.form_id, form.course.submitted))
    for _, group in groupby(in_order, key=lambda form: form.submission.form_id):
        found = list(group)
        first = found[0].submission
        for form, number in zip(found, next_numbers(first.form, first.period, len(found)), strict=True):
            _accept(form, number, days, by)
    changed = (
        "state",
        "revision",
        "number",
        "submitted_at",
        "submitted_by",
        "submitted_late",
        "accepted_at",
        "accepted_by",
    )
    Submission.objects.bulk_update([form.submission for form in forms], changed, batch_size=BATCH)


def _accept(form: HandedIn, number: str, days: Days, by: User) -> None:
    row, course = form.submission, form.course
    row.state, row.number, row.revision = State.ACCEPTED, number, 3  # filled, handed in, accepted
    row.submitted_at, row.submitted_by = course.submitted, form.signer
    row.submitted_late = is_late(course, days)
    row.accepted_at, row.accepted_by = course.decided, by


def _write_answers(forms: Sequence[HandedIn]) -> None:
    answers, changes = [], []
    for form in forms:
        for key, given in form.given.items():
            common = {
                "submission": form.submission,
                "field_id": form.definition.by_key[key].field_id,
                "origin": Answer.Origin.WEB,
                "changed_by": form.signer,
                "changed_at": form.course.filled,
            }
            answers.append(Answer(**common, number=given.number, absence_reason=given.absence_reason))
            changes.append(
                AnswerChange(**common, revision=1, new_number=given.number, new_absence_reason=given.absence_reason)
            )
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    AnswerChange.objects.bulk_create(changes, batch_size=BATCH)


def _events(form: HandedIn, by: User) -> list[Event]:
    course, number = form.course, form.submission.number
    late = form.submission.submitted_late
    count = len(form.given)
    sent = f"Отправлена на проверку, квитанция {number}" + (" (после срока)" if late else "")
    filled = {"changed": count, "day": f"{course.filled:%Y-%m-%d}"}
    lines = (
        ("submission.filled", form.signer, course.filled, "Заполняется на портале", filled),
        ("submission.submitted", form.signer, course.submitted, sent, {"number": number, "late": late}),
        ("submission.accepted", by, course.decided, f"Принята, значений: {count}", {"values": count}),
    )
    return [
        Event(
            kind=kind,
            subject=Submission._meta.label,
            subject_id=str(form.submission.pk),
            actor=actor,
            at=at or timezone.now(),
            text=text,
            data=data,
        )
        for kind, actor, at, text, data in lines
    ]


def _write_values(form: HandedIn, by: User) -> None:
    text = IndicatorVersion.ValueType.TEXT
    values = [
        NewValue(
            organization_id=form.submission.organization_id,
            indicator=form.definition.by_key[key].version_id,
            number=given.number,
            absence_reason=given.absence_reason,
        )
        for key, given in form.given.items()
        if form.definition.by_key[key].value_type != text
    ]
    origin = Origin.of(form.submission)
    record_values(period=form.submission.period, source=Value.Source.COLLECTION, values=values, by=by, origin=origin)
