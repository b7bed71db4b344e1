"""Agenda, reports of organisations, materials."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.core import events, findings
from apps.core.findings import refuse
from apps.indicators.models import Direction
from apps.library.models import Practice
from apps.library.practices import services as practices
from apps.library.practices.services import NewPractice
from apps.organizations.models import Organization
from apps.roadmaps.meetings.models import AgendaItem, Material, Meeting, Talk
from apps.roadmaps.meetings.services.ground import Texts, attach, keep_hours, not_cancelled, open_one

MOST_MINUTES = 600
MOST_ITEMS = 60


@dataclass(frozen=True)
class NewItem:
    """A line of the agenda as it is typed."""

    text: str
    minutes: int
    kind: str = AgendaItem.Kind.QUESTION
    speaker: str = ""
    post: str = ""
    directions: Iterable[Direction] = field(default_factory=list)
    reason: str = ""
    reason_key: str = ""


def _fields(new: NewItem, texts: Texts) -> dict[str, Any]:
    name = f"«{new.text[:40]}»" if new.text.strip() else "вопрос"
    if not 1 <= new.minutes <= MOST_MINUTES:
        texts.fault("minutes", f"{name}: минут должно быть от 1 до {MOST_MINUTES}.")
    if new.kind not in AgendaItem.Kind.values:
        texts.fault("kind", f"{name}: выберите вид.")
    return {
        "text": texts.take(new.text, 1000, "вопрос повестки", required=True),
        "speaker": texts.take(new.speaker, 200, "кто выступает"),
        "post": texts.take(new.post, 300, "должность"),
        "kind": new.kind,
        "minutes": new.minutes,
        "reason": texts.take(new.reason, 1000, "почему в повестке"),
        "reason_key": new.reason_key,
    }


@transaction.atomic
def add_items(*, meeting: Meeting, items: Iterable[NewItem], by: User) -> list[AgendaItem]:
    """Put items on the agenda: the opening words first, the closing ones last. All or none."""
    row = open_one(meeting, by)
    texts = Texts()
    wanted = [(new, _fields(new, texts)) for new in items]
    taken = set(row.items.exclude(reason_key="").values_list("reason_key", flat=True))
    wanted = [(new, fields) for new, fields in wanted if not new.reason_key or new.reason_key not in taken]
    if row.items.count() + len(wanted) > MOST_ITEMS:
        texts.fault("many", f"В повестке больше {MOST_ITEMS} вопросов.", "Проведите два мероприятия.")
    texts.refuse_if_faulty()
    last = row.items.aggregate(last=Max("order"))["last"] or 0
    made = []
    for order, (new, fields) in enumerate(wanted, start=last + 1):
        item = AgendaItem.objects.create(meeting=row, order=order, **fields)
        item.directions.set(new.directions)
        made.append(item)
    _renumber(row)
    keep_hours(row)
    if made:
        text = f"В повестку внесено: {'; '.join(item.text for item in made)}"[:500]
        events.record(kind="roadmaps.agenda", subject=row, by=by, text=text)
    return made


def _renumber(meeting: Meeting, order: list[AgendaItem] | None = None) -> None:
    """Opening words above, closing ones below, the others between as they stand; orders from 1."""
    items = order if order is not None else list(meeting.items.order_by("order", "pk"))
    rank = {AgendaItem.Kind.OPENING: 0, AgendaItem.Kind.CLOSING: 2}
    items = sorted(items, key=lambda item: rank.get(AgendaItem.Kind(item.kind), 1))
    for place, item in enumerate(items, start=1):
        if item.order != place:
            item.order = place
            item.save(update_fields=["order"])


@transaction.atomic
def save_item(*, item: AgendaItem, new: NewItem, by: User) -> AgendaItem:
    """Change a line of the agenda."""
    row = open_one(item.meeting, by)
    texts = Texts()
    fields = _fields(new, texts)
    texts.refuse_if_faulty()
    for name in ("text", "speaker", "post", "kind", "minutes"):
        setattr(item, name, fields[name])
    item.save(update_fields=["text", "speaker", "post", "kind", "minutes"])
    item.directions.set(new.directions)
    _renumber(row)
    keep_hours(row)
    events.record(kind="roadmaps.agenda", subject=row, by=by, text=f"В повестке изменено: {item.text}"[:500])
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User) -> None:
    """One place up or down among the questions; opening and closing words stay at the ends."""
    row = open_one(item.meeting, by)
    items = list(row.items.order_by("order", "pk"))
    here = next((place for place, one in enumerate(items) if one.pk == item.pk), None)
    if here is None:
        return
    there = here + (-1 if up else 1)
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        _renumber(row, items)


@transaction.atomic
def delete_item(*, item: AgendaItem, by: User) -> None:
    row = open_one(item.meeting, by)
    text = item.text
    item.delete()
    _renumber(row)
    keep_hours(row)
    events.record(kind="roadmaps.agenda", subject=row, by=by, text=f"Из повестки снято: {text}"[:500])


@transaction.atomic
def add_talk(
    *,
    meeting: Meeting,
    organization: Organization,
    theme: str,
    speaker: str,
    by: User,
    post: str = "",
    item: AgendaItem | None = None,
    upload: Any = None,
) -> Talk:
    """Write down a report of an organisation on its practice, with its file."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    fields = {
        "theme": texts.take(theme, 500, "тема сообщения", required=True),
        "speaker": texts.take(speaker, 200, "кто выступает", required=True),
        "post": texts.take(post, 300, "должность"),
    }
    if item is not None and item.meeting_id != row.pk:
        texts.fault("foreign", "Этот вопрос — из другой повестки.")
    file = None
    try:
        file = attach(upload, by)
    except findings.Refused as refused:
        texts.faults += refused.findings
    texts.refuse_if_faulty()
    made = Talk.objects.create(meeting=row, organization=organization, item=item, file=file, **fields)
    text = f"Сообщение об опыте: {organization} — {made.theme}"[:500]
    events.record(kind="roadmaps.talk", subject=row, by=by, text=text)
    return made


@transaction.atomic
def delete_talk(*, talk: Talk, by: User) -> None:
    row = not_cancelled(talk.meeting, by)
    if talk.practice_id:
        raise refuse("sent", "Сообщение уже предложено в банк практик.")
    events.record(kind="roadmaps.talk", subject=row, by=by, text=f"Сообщение снято: {talk.theme}"[:500])
    talk.delete()


@transaction.atomic
def send_to_bank(*, talk: Talk, new: NewPractice, by: User) -> Practice:
    """Offer a good report to the bank of practices in the name of its organisation, with its file."""
    row = not_cancelled(talk.meeting, by)
    found = Talk.objects.select_for_update(of=("self",)).select_related("organization", "file").get(pk=talk.pk)
    if found.practice_id:
        raise refuse("sent", "Сообщение уже предложено в банк практик.")
    opened: Any = found.file.file.open("rb") if found.file else None
    file = (opened, found.file.name) if found.file else None
    made = practices.propose(new=new, organization=found.organization, by=by, file=file)
    found.practice = made
    found.save(update_fields=["practice"])
    text = f"В банк практик предложено: {found.theme}"[:500]
    events.record(kind="roadmaps.talk", subject=row, by=by, text=text)
    return made


@transaction.atomic
def add_material(*, meeting: Meeting, title: str, upload: Any, by: User) -> Material:
    """A file for the participants."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    title = texts.take(title, 300, "название материала", required=True)
    try:
        file = attach(upload, by)
    except findings.Refused as refused:
        texts.faults += refused.findings
    texts.refuse_if_faulty()
    if file is None:
        raise refuse("no_file", "Выберите файл.")
    made = Material.objects.create(meeting=row, title=title, file=file)
    events.record(kind="roadmaps.material", subject=row, by=by, text=f"Добавлен материал: {title}"[:500])
    return made


@transaction.atomic
def delete_material(*, material: Material, by: User) -> None:
    row = not_cancelled(material.meeting, by)
    events.record(kind="roadmaps.material", subject=row, by=by, text=f"Материал снят: {material.title}"[:500])
    material.delete()
