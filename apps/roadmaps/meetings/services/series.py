"""Cycles of seminars."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.core import events
from apps.roadmaps.meetings.models import Meeting, Series, Session
from apps.roadmaps.meetings.services.ground import Texts, attach, not_cancelled, require_writer


@transaction.atomic
def create_series(*, theme: str, by: User, purpose: str = "", result: str = "") -> Series:
    """Begin a cycle; its sessions are added as meetings."""
    require_writer(by)
    texts = Texts()
    fields = {
        "theme": texts.take(theme, 500, "тема цикла", required=True),
        "purpose": texts.take(purpose, 5000, "зачем"),
        "result": texts.take(result, 1000, "что получится в конце"),
    }
    texts.refuse_if_faulty()
    made = Series.objects.create(author=by, **fields)
    events.record(kind="roadmaps.series", subject=made, by=by, text="Цикл запланирован")
    return made


@dataclass(frozen=True)
class NewSession:
    """What a session of a cycle brings, and what is done before the next one."""

    product: str
    task: str = ""
    task_due_on: date | None = None
    product_done: str = ""


@transaction.atomic
def save_session(*, series: Series, meeting: Meeting, new: NewSession, by: User, upload: Any = None) -> Session:
    """Make a meeting a session of the cycle, or change what it brings."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    fields: dict[str, Any] = {
        "product": texts.take(new.product, 500, "продукт занятия", required=True),
        "product_done": texts.take(new.product_done, 1000, "что получилось"),
        "task": texts.take(new.task, 3000, "задание до следующего занятия"),
        "task_due_on": new.task_due_on,
    }
    if new.task_due_on and not fields["task"]:
        texts.fault("no_task", "Указан срок, но нет задания.")
    if new.task_due_on and new.task_due_on < row.day:
        texts.fault("early", "Срок задания раньше самого занятия.")
    known = Session.objects.filter(meeting=row).first()
    if known and known.series_id != series.pk:
        texts.fault("other", "Это занятие уже входит в другой цикл.")
    texts.refuse_if_faulty()
    file = attach(upload, by)
    if file:
        fields["product_file"] = file
    session, _ = Session.objects.update_or_create(meeting=row, defaults={"series": series, **fields})
    text = f"Занятие {row.day:%d.%m.%Y}: продукт — {session.product}"[:500]
    events.record(kind="roadmaps.session", subject=series, by=by, text=text)
    return session
