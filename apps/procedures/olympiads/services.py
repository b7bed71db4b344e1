"""Writes about olympiads by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import events, files, periods
from apps.core.findings import Refused, error
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import Olympiad, OlympiadCount, Subject


@dataclass(frozen=True)
class Written:
    """What a person wrote about a stage; `protocol` is an uploaded PDF or nothing (the kept one stays)."""

    period: str
    stage: str
    subject: str
    contest: str = ""
    held_on: date | None = None
    sites: str = ""
    observers: str = ""
    document: str = ""
    protocol: Any = None
    note: str = ""


@transaction.atomic
def save_olympiad(*, written: Written, by: Any, olympiad: Olympiad | None = None) -> Olympiad:
    """Make a subject of a stage, or change it. Raises Refused when there is such a one."""
    row = olympiad or Olympiad()
    row.period = Period.objects.named(periods.parse_period(written.period))
    row.stage, row.contest = written.stage, written.contest if written.stage == Olympiad.Stage.CONTEST else ""
    row.subject, _ = Subject.objects.get_or_create(name=written.subject)
    row.held_on, row.sites, row.observers = written.held_on, written.sites, written.observers
    row.document, row.note = written.document, written.note
    if written.protocol:
        row.protocol = files.store(
            stream=written.protocol, name=written.protocol.name, content_type="application/pdf", by=by
        )
    try:
        row.validate_constraints()
    except ValidationError as problem:
        raise Refused([error("olympiad_exists", message) for message in problem.messages]) from problem
    row.save()
    made = "Создан" if olympiad is None else "Изменён"
    events.record(kind="procedures.olympiad_saved", subject=row, by=by, text=f"{made}: {row}")
    return row


@transaction.atomic
def save_count(
    *,
    olympiad: Olympiad,
    organization: Organization,
    grade: int,
    participants: int,
    winners: int,
    prize_winners: int,
    by: Any,
) -> None:
    """Write the counts of one organisation and grade; no participants and nobody awarded removes them."""
    found = OlympiadCount.objects.filter(olympiad=olympiad, organization=organization, grade=grade)
    text = f"{organization}, класс {grade or 'не указан'}: участников {participants}"
    if not participants:
        found.delete()
        text += " (строка убрана)"
    else:
        OlympiadCount.objects.update_or_create(
            olympiad=olympiad, organization=organization, grade=grade,
            defaults={
                "participants": participants, "winners": winners, "prize_winners": prize_winners, "file": None,
                "entered_by": by, "entered_at": timezone.now(),
            },
        )  # fmt: skip
    events.record(kind="procedures.olympiad_counted", subject=olympiad, by=by, text=text[:500])
