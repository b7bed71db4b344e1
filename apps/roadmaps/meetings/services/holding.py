"""The meeting was held: protocol, votes, approved documents, the decision that participants read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import refuse
from apps.library.documents import services as library
from apps.library.models import DocumentVersion
from apps.roadmaps.meetings.models import AgendaItem, ApprovedDocument, Invitee, Meeting, Vote
from apps.roadmaps.meetings.services.ground import Texts, attach, not_cancelled
from apps.roadmaps.meetings.telling import READ_IT, tell_invited


@transaction.atomic
def hold_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Say that it took place."""
    row = not_cancelled(meeting, by)
    if row.state == Meeting.State.HELD:
        raise refuse("held", "Уже отмечено, что мероприятие состоялось.")
    if row.starts_at > timezone.now():
        raise refuse("early", "Мероприятие ещё не началось.", "Если день изменился, исправьте его в плане.")
    row.state, row.held_at = Meeting.State.HELD, timezone.now()
    row.save(update_fields=["state", "held_at"])
    events.record(kind="roadmaps.meeting_held", subject=row, by=by, text=f"{row.title}: {row.state_text}")
    return row


@dataclass(frozen=True)
class Minutes:
    """What a protocol says beside the agenda; by key of the item what was heard and what was resolved."""

    chairman_name: str = ""
    chairman_post: str = ""
    secretary_name: str = ""
    secretary_post: str = ""
    number: str = ""
    on: date | None = None
    items: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@transaction.atomic
def write_protocol(*, meeting: Meeting, minutes: Minutes, by: User) -> Meeting:
    """Write the protocol down; number and date stay once documents were approved by them or the decision was told."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    fields: dict[str, Any] = {
        "chairman_name": texts.take(minutes.chairman_name, 150, "председатель"),
        "chairman_post": texts.take(minutes.chairman_post, 200, "должность председателя"),
        "secretary_name": texts.take(minutes.secretary_name, 150, "секретарь"),
        "secretary_post": texts.take(minutes.secretary_post, 200, "должность секретаря"),
        "protocol_number": texts.take(minutes.number, 40, "номер протокола"),
        "protocol_on": minutes.on,
    }
    if bool(fields["protocol_number"]) != bool(minutes.on):
        texts.fault("half", "У протокола нужны и номер, и дата.")
    if minutes.on and minutes.on < row.day:
        texts.fault("before", "Дата протокола раньше самого мероприятия.")
    renumbered = (row.protocol_number, row.protocol_on) != (fields["protocol_number"], minutes.on)
    if row.protocol_on and renumbered and (row.published_at or _approved(row).exists()):
        texts.fault("fixed", f"По протоколу уже действуют документы или решение: {row.protocol_text} не изменить.")
    said = _said(row, minutes, texts)
    texts.refuse_if_faulty()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    AgendaItem.objects.bulk_update(said, ["heard", "resolved"])
    events.record(kind="roadmaps.protocol", subject=row, by=by, text="Протокол записан")
    return row


def _said(meeting: Meeting, minutes: Minutes, texts: Texts) -> list[AgendaItem]:
    changed = []
    for item in meeting.items.select_for_update():
        if item.pk not in minutes.items:
            continue
        heard, resolved = minutes.items[item.pk]
        item.heard = texts.take(heard, 10_000, f"«Слушали» по вопросу {item.order}")
        item.resolved = texts.take(resolved, 5000, f"«Решили» по вопросу {item.order}")
        changed.append(item)
    return changed


def _approved(meeting: Meeting) -> Any:
    return ApprovedDocument.objects.filter(vote__meeting=meeting)


@dataclass(frozen=True)
class NewVote:
    """A vote as it was counted."""

    question: str
    in_favour: int
    against: int = 0
    abstained: int = 0
    is_adopted: bool = True
    item: AgendaItem | None = None


@transaction.atomic
def record_vote(*, meeting: Meeting, new: NewVote, by: User) -> Vote:
    """Write a vote down. «Adopted» with fewer for than against is refused; any other rule is the collegium's own."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    question = texts.take(new.question, 1000, "за что голосовали", required=True)
    counts = (new.in_favour, new.against, new.abstained)
    if any(not 0 <= count <= 10_000 for count in counts):
        texts.fault("count", "Голосов — от 0 до 10 000.")
    elif not sum(counts):
        texts.fault("nobody", "Никто не голосовал: впишите число голосов.")
    elif new.is_adopted and new.in_favour <= new.against:
        texts.fault("minority", "Отмечено «принято», но «за» не больше, чем «против».")
    if new.item is not None and new.item.meeting_id != row.pk:
        texts.fault("foreign", "Этот вопрос — из другой повестки.")
    texts.refuse_if_faulty()
    made = Vote.objects.create(
        meeting=row,
        item=new.item,
        question=question,
        in_favour=new.in_favour,
        against=new.against,
        abstained=new.abstained,
        is_adopted=new.is_adopted,
    )
    text = f"Голосование: {question}: {made.counted}"[:500]
    events.record(kind="roadmaps.vote", subject=row, by=by, text=text)
    return made


@transaction.atomic
def delete_vote(*, vote: Vote, by: User) -> None:
    row = not_cancelled(vote.meeting, by)
    if vote.documents.exists():
        raise refuse("documents", "Этим голосованием утверждены документы: удалить его нельзя.")
    events.record(kind="roadmaps.vote", subject=row, by=by, text=f"Голосование удалено: {vote.question}"[:500])
    vote.delete()


@transaction.atomic
def approve_document(
    *, vote: Vote, title: str, by: User, upload: Any = None, version: DocumentVersion | None = None
) -> ApprovedDocument:
    """Approve a document by a vote that adopted it; the protocol has its number and date.

    A draft of the library comes into force by it; without one the title (and a file) is kept here.
    """
    row = not_cancelled(vote.meeting, by)
    texts = Texts()
    title = texts.take(title or (str(version.document) if version else ""), 500, "название документа", required=True)
    if not row.protocol_on:
        texts.fault("no_protocol", "Сначала впишите номер и дату протокола: документ утверждается ими.")
    if not vote.is_adopted:
        texts.fault("rejected", "Голосование не приняло документ.")
    texts.refuse_if_faulty()
    if version is not None:
        library.approve_version(
            version=version, by=by, act_text=f"решение {row.genitive}, {row.protocol_text}", on=row.protocol_on
        )
    made = ApprovedDocument.objects.create(vote=vote, title=title, file=attach(upload, by), version=version)
    text = f"Утверждено ({row.protocol_text}): {title}"[:500]
    events.record(kind="roadmaps.approved", subject=row, by=by, text=text)
    return made


@transaction.atomic
def publish_decision(*, meeting: Meeting, by: User) -> Meeting:
    """Bring the decision to all who were invited; each organisation confirms that it has read it."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    if row.published_at:
        texts.fault("published", "Решение уже доведено до участников.")
    if row.state != Meeting.State.HELD:
        texts.fault("not_held", "Сначала отметьте, что мероприятие состоялось.")
    if not row.protocol_on:
        texts.fault("no_protocol", "Впишите номер и дату протокола.")
    if not row.items.exclude(resolved="").exists():
        texts.fault("no_decision", "Решение пусто.", "Впишите «Решили» хотя бы по одному вопросу.")
    texts.refuse_if_faulty()
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    events.record(kind="roadmaps.published", subject=row, by=by, text="Решение доведено до участников")
    tell_invited(row, key="decision", title=f"Решение: {row.theme}", note=READ_IT)
    return row


@transaction.atomic
def confirm_reading(*, invitee: Invitee, by: User) -> Invitee:
    """The organisation says that it has read the decision; the first one who says so is kept."""
    row = Invitee.objects.select_for_update(of=("self",)).with_details().select_related("meeting").get(pk=invitee.pk)
    if not row.meeting.published_at:
        raise refuse("not_published", "Решение ещё не доведено до участников.")
    is_leader = row.association is not None and row.association.leader_id == by.pk
    is_own = row.organization is not None and by.is_school and by.organization == row.organization
    if not (is_own or is_leader or row.user_id == by.pk):
        raise refuse("foreign", "Подтверждает тот, кому решение адресовано.")
    if row.read_at is None:
        row.read_at, row.read_by = timezone.now(), by
        row.save(update_fields=["read_at", "read_by"])
        text = f"{row}: решение прочитано"
        events.record(kind="roadmaps.read", subject=row.meeting, by=by, text=text)
    return row
