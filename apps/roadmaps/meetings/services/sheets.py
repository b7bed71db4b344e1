"""The task sheet: made, filled in by phones without a log-in, grouped by the specialist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.figures import figure
from apps.core.findings import refuse
from apps.roadmaps.meetings.models import AnswerGroup, Invitee, Meeting, Sheet, SheetCell, SheetFill
from apps.roadmaps.meetings.services.ground import Texts, keep_hours, not_cancelled
from apps.workbooks.cells import clean_text

MOST_LINES = 8
MOST_LETTERS = 3000  # in a cell
PHONES = 6  # that fill the sheet of one organisation
REOPENED = timedelta(hours=2)


@transaction.atomic
def set_sheet(*, meeting: Meeting, title: str, rows: Iterable[str], columns: Iterable[str], by: User) -> Sheet:
    """Make the sheet of a meeting, or change it while nobody has answered."""
    row = not_cancelled(meeting, by)
    texts = Texts()
    fields = {
        "title": texts.take(title, 500, "задание", required=True),
        "rows": [texts.take(text, 200, "строка") for text in rows if text.strip()],
        "columns": [texts.take(text, 200, "столбец") for text in columns if text.strip()],
    }
    for name, words in (("rows", "строк"), ("columns", "столбцов")):
        if not 1 <= len(fields[name]) <= MOST_LINES:
            texts.fault(name, f"В листе от 1 до {MOST_LINES} {words}.")
    if SheetFill.objects.filter(sheet__meeting=row).exists():
        texts.fault("answered", "На лист уже отвечают: изменить его нельзя.")
    texts.refuse_if_faulty()
    now = timezone.now()
    sheet, _ = Sheet.objects.update_or_create(
        meeting=row, defaults=fields, create_defaults={**fields, "opens_at": now, "closes_at": now}
    )
    keep_hours(row)
    sheet.refresh_from_db()
    events.record(kind="roadmaps.sheet", subject=row, by=by, text=f"Лист задания: {sheet.title}"[:500])
    return sheet


@transaction.atomic
def close_sheet(*, sheet: Sheet, by: User) -> None:
    """Take no more answers."""
    row = not_cancelled(sheet.meeting, by)
    Sheet.objects.filter(pk=sheet.pk, closed_at=None).update(closed_at=timezone.now())
    events.record(kind="roadmaps.sheet", subject=row, by=by, text="Лист задания закрыт")


@transaction.atomic
def reopen_sheet(*, sheet: Sheet, by: User) -> None:
    """Take answers from now on for two hours more, though the meeting is over by its agenda."""
    row = not_cancelled(sheet.meeting, by)
    if row.state == Meeting.State.DRAFT:
        raise refuse("draft", "Сначала разошлите приглашения: лист открывают приглашённые организации.")
    now = timezone.now()
    found = Sheet.objects.get(pk=sheet.pk)
    found.closed_at, found.opens_at = None, min(found.opens_at, now)
    found.closes_at = max(found.closes_at, now + REOPENED)
    found.save(update_fields=["closed_at", "opens_at", "closes_at"])
    events.record(kind="roadmaps.sheet", subject=row, by=by, text="Лист задания открыт на два часа")


# --- phones


@transaction.atomic
def choose_organization(*, sheet: Sheet, device: str, invitee: Invitee) -> SheetFill:
    """The phone (by the digest of its number) fills the sheet for this organisation; it may think better of it."""
    _open(sheet)
    if invitee.meeting_id != sheet.meeting_id:
        raise refuse("foreign", "Этой организации нет в списке участников.")
    Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    fill = SheetFill.objects.filter(sheet=sheet, device=device).first()
    if fill and fill.invitee_id == invitee.pk:
        return fill
    if SheetFill.objects.filter(sheet=sheet, invitee=invitee).count() >= PHONES:
        raise refuse("phones", "От этой организации лист уже заполняют на нескольких телефонах.", "Заполните на одном.")
    if fill:
        fill.invitee = invitee
        fill.save(update_fields=["invitee"])
        return fill
    try:
        with transaction.atomic():
            return SheetFill.objects.create(sheet=sheet, device=device, invitee=invitee)
    except IntegrityError:  # the same button pressed twice
        return SheetFill.objects.get(sheet=sheet, device=device)


def _open(sheet: Sheet) -> Sheet:
    row = Sheet.objects.select_related("meeting").get(pk=sheet.pk)
    if not row.is_open():
        raise refuse("closed", "Лист больше не принимает ответы.")
    return row


@dataclass
class Saved:
    """What became of the cells that were sent: kept with their versions, refused, or changed by somebody meanwhile."""

    versions: dict[tuple[int, int], int] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    conflicts: dict[tuple[int, int], SheetCell] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.faults and not self.conflicts


@transaction.atomic
def save_cells(*, fill: SheetFill, cells: Mapping[tuple[int, int], tuple[str, int]]) -> Saved:
    """Keep cells: by row and column the text and the version that the page had seen (0: none).

    What is good is kept though another cell is not. A text that was changed meanwhile on another page of the same
    phone is never written over: both are shown.
    """
    sheet = _open(fill.sheet)
    row = SheetFill.objects.select_for_update(of=("self",)).get(pk=fill.pk)
    known = {(cell.row, cell.column): cell for cell in row.cells.all()}
    done = Saved()
    for place, (typed, version) in cells.items():
        if not (0 <= place[0] < len(sheet.rows) and 0 <= place[1] < len(sheet.columns)):
            continue
        _save_cell(row, place, (clean_text(typed).strip(), version), known.get(place), done)
    row.updated_at = timezone.now()
    row.save(update_fields=["updated_at"])
    return done


def _save_cell(
    fill: SheetFill, place: tuple[int, int], sent: tuple[str, int], cell: SheetCell | None, done: Saved
) -> None:
    text, version = sent
    if len(text) > MOST_LETTERS:
        done.faults[place] = (
            f"Здесь {figure(len(text))} знаков, помещается {figure(MOST_LETTERS)}. Сократите: ответ ещё не сохранён."
        )
    elif cell is None:
        if text:
            SheetCell.objects.create(fill=fill, row=place[0], column=place[1], text=text)
            done.versions[place] = 1
    elif cell.text == text:
        done.versions[place] = cell.version
    elif cell.version != version:
        done.conflicts[place] = cell
    else:
        cell.text, cell.version = text, cell.version + 1
        cell.save(update_fields=["text", "version"])
        done.versions[place] = cell.version


# --- the specialist


@transaction.atomic
def leave_out(*, fill: SheetFill, reason: str, by: User) -> None:
    """Do not count a sheet: filled in by mistake or by a stranger. Its answers stay to be read."""
    row = not_cancelled(fill.sheet.meeting, by)
    texts = Texts()
    reason = texts.take(reason, 300, "почему лист не учитывается", required=True)
    texts.refuse_if_faulty()
    SheetFill.objects.filter(pk=fill.pk).update(left_out=reason)
    text = f"Лист не учитывается ({fill.invitee}): {reason}"[:500]
    events.record(kind="roadmaps.sheet_left_out", subject=row, by=by, text=text)


@transaction.atomic
def count_again(*, fill: SheetFill, by: User) -> None:
    row = not_cancelled(fill.sheet.meeting, by)
    SheetFill.objects.filter(pk=fill.pk).update(left_out="")
    events.record(kind="roadmaps.sheet_left_out", subject=row, by=by, text=f"Лист снова учитывается: {fill.invitee}")


@transaction.atomic
def group_answers(
    *, sheet: Sheet, place: tuple[int, int], title: str, cells: Iterable[SheetCell], by: User, group: int | None = None
) -> AnswerGroup:
    """Say that answers of a cell say the same, under a title; `group` is the key of one that is changed."""
    not_cancelled(sheet.meeting, by)
    texts = Texts()
    title = texts.take(title, 300, "что сказано", required=True)
    chosen = list(cells)
    if any(cell.fill.sheet_id != sheet.pk or (cell.row, cell.column) != place for cell in chosen):
        texts.fault("foreign", "Отмечены ответы из другой ячейки.")
    if not chosen:
        texts.fault("empty", "Отметьте ответы, которые говорят об этом.")
    texts.refuse_if_faulty()
    known = AnswerGroup.objects.filter(sheet=sheet, row=place[0], column=place[1])
    found = known.filter(pk=group).first() if group else known.filter(title=title).first()
    if found is None:
        found = AnswerGroup.objects.create(sheet=sheet, row=place[0], column=place[1], title=title)
        found.cells.set(chosen)
        return found
    if known.filter(title=title).exclude(pk=found.pk).exists():
        raise refuse("same_title", "Группа с таким названием в этой ячейке уже есть.")
    found.title = title
    found.save(update_fields=["title"])
    if group:
        found.cells.set(chosen)
    else:
        found.cells.add(*chosen)
    return found


@transaction.atomic
def delete_group(*, group: AnswerGroup, by: User) -> None:
    """The name goes, the answers stay."""
    not_cancelled(group.sheet.meeting, by)
    group.delete()
