"""What all writes of meetings share: who may write, texts, files, the hours of a meeting."""

from typing import Any

from django.db.models import Sum

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import attachments, files, findings
from apps.core.figures import figure
from apps.core.findings import refuse
from apps.core.models import PrivateFile
from apps.roadmaps.meetings.models import Meeting, Sheet
from apps.roadmaps.meetings.models.sheets import AFTER, BEFORE
from apps.roadmaps.meetings.timing import starts
from apps.workbooks.cells import clean_text

WRITERS = (Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST)
NOT_ALLOWED = "Совещания ведут сотрудники и методисты управления."


def require_writer(by: User) -> None:
    if by.role not in WRITERS:
        raise refuse("not_allowed", NOT_ALLOWED)


class Texts:
    """Cleans texts and gathers what is wrong with them, so that all faults are said at once. Nothing is cut."""

    def __init__(self) -> None:
        self.faults: list[findings.Finding] = []

    def take(self, text: str, most: int, name: str, *, required: bool = False) -> str:
        found = clean_text(text).strip()
        if required and not found:
            self.faults.append(findings.error("empty", f"Заполните: {name}."))
        if len(found) > most:
            message = f"Слишком длинно: {name} — {figure(len(found))} знаков, помещается {figure(most)}."
            self.faults.append(findings.error("long", message, action="Сократите текст."))
        return found

    def fault(self, code: str, message: str, action: str = "") -> None:
        self.faults.append(findings.error(code, message, action=action))

    def refuse_if_faulty(self) -> None:
        if self.faults:
            raise findings.Refused(self.faults)


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now; others who change it wait."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def open_one(meeting: Meeting, by: User) -> Meeting:
    """Locked; refused unless its plan may still be changed."""
    require_writer(by)
    row = locked(meeting)
    if not row.is_open:
        raise refuse("closed", f"План уже не изменить: {row.state_text}.", "То, что было, записывается в протокол.")
    return row


def not_cancelled(meeting: Meeting, by: User) -> Meeting:
    require_writer(by)
    row = locked(meeting)
    if row.state == Meeting.State.CANCELLED:
        raise refuse("cancelled", "Мероприятие отменено: записывать нечего.")
    return row


def attach(upload: Any, by: User) -> PrivateFile | None:
    """Keep an uploaded file after the check of its size, ending and bytes."""
    if not upload:
        return None
    content_type = attachments.check(upload.file, upload.name)
    return files.store(stream=upload.file, name=upload.name, content_type=content_type, by=by)


def total_minutes(meeting: Meeting) -> int:
    return int(meeting.items.aggregate(total=Sum("minutes"))["total"] or 0)


def keep_hours(meeting: Meeting) -> None:
    """After a change of hours or of the agenda: the first start, and when the task sheet opens and closes."""
    hours = list(meeting.subgroups.order_by("starts_at").values_list("starts_at", flat=True))
    if meeting.starts_at != hours[0]:
        meeting.starts_at = hours[0]
        meeting.save(update_fields=["starts_at"])
    _, end = starts(hours[-1], [total_minutes(meeting)])
    Sheet.objects.filter(meeting=meeting).update(opens_at=hours[0] - BEFORE, closes_at=end + AFTER)
