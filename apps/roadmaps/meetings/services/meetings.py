"""A meeting is planned, changed, announced, cancelled."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import refuse
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.roadmaps.meetings.models import Meeting, Subgroup
from apps.roadmaps.meetings.services.ground import Texts, keep_hours, locked, open_one, require_writer
from apps.roadmaps.meetings.telling import settle_invitations, tell_invited

MOST_SUBGROUPS = 8


@dataclass(frozen=True)
class NewMeeting:
    """What the form of a meeting holds; `starts` are the beginnings of its subgroups, one at least."""

    kind: str
    theme: str
    place: str
    starts: list[datetime]
    audience: str = ""
    purpose: str = ""
    base_organization: Organization | None = None
    headline: Indicator | None = None


def _checked(new: NewMeeting) -> dict[str, object]:
    texts = Texts()
    fields: dict[str, object] = {
        "theme": texts.take(new.theme, 500, "тема", required=True),
        "place": texts.take(new.place, 300, "место", required=True),
        "audience": texts.take(new.audience, 300, "для кого"),
        "purpose": texts.take(new.purpose, 5000, "о чём и зачем"),
        "kind": new.kind,
        "base_organization": new.base_organization,
        "headline": new.headline,
    }
    if new.kind not in Meeting.Kind.values:
        texts.fault("kind", "Выберите вид: коллегия, совещание или семинар.")
    if not new.starts:
        texts.fault("no_start", "Укажите день и время начала.")
    if len(new.starts) > MOST_SUBGROUPS:
        texts.fault("many", f"Подгрупп больше {MOST_SUBGROUPS}: проверьте время начала.")
    if len(set(new.starts)) != len(new.starts):
        texts.fault("same_start", "Две подгруппы начинают в одно время.", "Укажите каждой подгруппе своё время.")
    texts.refuse_if_faulty()
    return fields


@transaction.atomic
def create_meeting(*, new: NewMeeting, by: User) -> Meeting:
    """Plan a meeting; nobody is told before it is announced."""
    require_writer(by)
    fields = _checked(new)
    made = Meeting.objects.create(**fields, starts_at=min(new.starts), author=by)
    _set_subgroups(made, new.starts)
    events.record(kind="roadmaps.meeting_planned", subject=made, by=by, text=f"Запланировано: {made.title}")
    return made


@transaction.atomic
def change_meeting(*, meeting: Meeting, new: NewMeeting, by: User) -> Meeting:
    """Change the plan; those already invited are told when hour or place became others."""
    row = open_one(meeting, by)
    fields = _checked(new)
    before = (row.place, list(row.subgroups.values_list("starts_at", flat=True)))
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    _set_subgroups(row, new.starts)
    keep_hours(row)
    after = (row.place, list(row.subgroups.values_list("starts_at", flat=True)))
    events.record(kind="roadmaps.meeting_changed", subject=row, by=by, text="План изменён")
    if before != after and row.state == Meeting.State.ANNOUNCED:
        key = f"moved.{timezone.now():%Y%m%d%H%M%S%f}"
        tell_invited(row, key=key, title=f"Изменились время или место: {row.theme}")
    return row


def _set_subgroups(meeting: Meeting, moments: list[datetime]) -> None:
    """Subgroups by number; people of those that are no more go to the last one left."""
    known = {one.number: one for one in meeting.subgroups.all()}
    ordered = sorted(moments)
    for number, moment in enumerate(ordered, start=1):
        Subgroup.objects.update_or_create(meeting=meeting, number=number, defaults={"starts_at": moment})
    last = meeting.subgroups.get(number=len(ordered))
    for number, group in known.items():
        if number > len(ordered):
            group.invitees.update(subgroup=last)
            group.delete()


@transaction.atomic
def announce_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Show the meeting to those who are invited, and tell them."""
    row = open_one(meeting, by)
    texts = Texts()
    if row.state == Meeting.State.ANNOUNCED:
        texts.fault("announced", "Приглашения уже разосланы.")
    if not row.invitees.exists():
        texts.fault("nobody", "Никто не приглашён.", "Отметьте участников и разошлите приглашения ещё раз.")
    if not row.items.exists():
        texts.fault("no_agenda", "Повестка пуста.", "Внесите хотя бы один вопрос.")
    texts.refuse_if_faulty()
    row.state, row.announced_at = Meeting.State.ANNOUNCED, timezone.now()
    row.save(update_fields=["state", "announced_at"])
    events.record(kind="roadmaps.meeting_announced", subject=row, by=by, text="Приглашения разосланы")
    tell_invited(row, key="invited", title=f"Приглашение: {row.theme}")
    return row


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Cancel what has not been held; those who were invited are told why."""
    require_writer(by)
    row = locked(meeting)
    if not row.is_open:
        raise refuse("closed", f"Отменить нельзя: {row.state_text}.")
    texts = Texts()
    reason = texts.take(reason, 500, "причина отмены", required=True)
    texts.refuse_if_faulty()
    was_announced = row.state == Meeting.State.ANNOUNCED
    row.state, row.cancel_reason = Meeting.State.CANCELLED, reason
    row.save(update_fields=["state", "cancel_reason"])
    events.record(kind="roadmaps.meeting_cancelled", subject=row, by=by, text=f"Отменено: {reason}"[:500])
    if was_announced:
        settle_invitations(row)
        tell_invited(row, key="cancelled", title=f"Отменено: {row.theme}", note=reason)
    return row
