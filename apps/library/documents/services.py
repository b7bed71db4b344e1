"""Writes of documents and their versions. A refusal raises `Refused` and changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, cast

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone

from apps.accounts.models import User
from apps.core import attachments, events, files
from apps.core.findings import refuse
from apps.indicators.models import Direction
from apps.library.access import WRITERS
from apps.library.acts.models import Act
from apps.library.documents.models import Adaptation, Category, Document, DocumentVersion, Reading
from apps.library.texts import LONG, STORY, Texts, require

Upload = tuple[BinaryIO, str] | None
State = DocumentVersion.State
DENIED = "Документы библиотеки ведут сотрудники управления и методисты."


@dataclass(frozen=True)
class NewDocument:
    """What is typed about a document. `category` is the name of a shelf; a new name makes a new shelf."""

    kind: str
    title: str
    summary: str = ""
    category: str = ""
    direction: Direction | None = None
    above: Act | None = None


@dataclass(frozen=True)
class NewVersion:
    """A text or a file, or both."""

    text: str = ""
    file: Upload = None
    dated_on: date | None = None
    changes: str = ""


def _stored(file: Upload, by: User) -> Any:
    if file is None:
        return None
    stream, name = file
    content_type = attachments.check(stream, name)
    return files.store(stream=stream, name=name, content_type=content_type, by=by)


def _may_write(kind: str, by: User) -> None:
    require(by, WRITERS, DENIED)
    if kind in Document.BY_ACT and not by.is_department:
        raise refuse("not_allowed", "Документы, которые утверждаются актом, ведут сотрудники управления.")


def _fields(new: NewDocument) -> dict[str, Any]:
    texts = Texts()
    title = texts.take(new.title, "Название", 300)
    summary = texts.take(new.summary, "О чём", 2000, required=False)
    shelf = texts.take(new.category, "Рубрика", 80, required=False)
    if new.kind not in Document.Kind.values:
        texts.add("kind", "Выберите вид документа.")
    texts.raise_if_any()
    category = None
    if shelf:
        category = Category.objects.filter(name__iexact=shelf).first()
        category = category or Category.objects.get_or_create(name=shelf)[0]  # two people may name a new one at once
    return {
        "kind": new.kind,
        "title": title,
        "summary": summary,
        "category": category,
        "direction": new.direction,
        "above": new.above,
    }


@transaction.atomic
def create_document(*, new: NewDocument, first: NewVersion, by: User, subject: Model | None = None) -> Document:
    """A document with its first draft; `subject` is the object that it regulates."""
    _may_write(new.kind, by)
    kind = ContentType.objects.get_for_model(subject) if subject else None
    object_id = subject.pk if subject else None
    document = Document.objects.create(**_fields(new), content_type=kind, object_id=object_id, author=by)
    events.record(kind="library.document_created", subject=document, by=by, text="Документ заведён в библиотеке.")
    add_version(document=document, new=first, by=by)
    return document


@transaction.atomic
def change_document(*, document: Document, new: NewDocument, by: User) -> Document:
    """Mend what the card says; versions stay."""
    _may_write(new.kind, by)
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _may_write(row.kind, by)
    fields = _fields(new)
    changed = [
        str(cast(Field, Document._meta.get_field(name)).verbose_name)
        for name in fields
        if getattr(row, name) != fields[name]
    ]
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    text = f"Карточка изменена: {', '.join(changed)}." if changed else "Карточка сохранена без изменений."
    events.record(kind="library.document_changed", subject=row, by=by, text=text[:500])
    return row


def _content(new: NewVersion, *, has_file: bool) -> tuple[str, str]:
    texts = Texts()
    text = texts.take(new.text, "Текст", LONG, required=False)
    changes = texts.take(new.changes, "Что изменено", 500, required=False)
    if not text and not new.file and not has_file:
        texts.add("no_content", "Вставьте текст или приложите файл.")
    texts.raise_if_any()
    return text, changes


@transaction.atomic
def add_version(*, document: Document, new: NewVersion, by: User) -> DocumentVersion:
    """The next draft. Adaptations of the newest version come along."""
    row = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _may_write(row.kind, by)
    text, changes = _content(new, has_file=False)
    newest = row.versions.order_by("-number").first()
    made = DocumentVersion.objects.create(
        document=row,
        number=newest.number + 1 if newest else 1,
        text=text,
        file=_stored(new.file, by),
        dated_on=new.dated_on or timezone.localdate(),
        changes=changes,
        author=by,
    )
    for one in newest.adaptations.all() if newest else ():
        one.pk, one.version = None, made
        one.save(force_insert=True)
    events.record(kind="library.version_added", subject=row, by=by, text=f"Добавлен проект: версия {made.number}.")
    return made


def _draft(version: DocumentVersion, by: User) -> DocumentVersion:
    """The draft as it stands now, held until the end."""
    found = DocumentVersion.objects.select_for_update(of=("self",)).select_related("document").get(pk=version.pk)
    _may_write(found.document.kind, by)
    if found.state != State.DRAFT:
        message = f"Версия {found.number} уже не проект: {found.state_text}."
        raise refuse("not_draft", message, "Добавьте новую версию.")
    return found


@transaction.atomic
def change_version(*, version: DocumentVersion, new: NewVersion, by: User) -> DocumentVersion:
    """Mend a draft; a new file takes the place of the former."""
    row = _draft(version, by)
    row.text, row.changes = _content(new, has_file=row.file_id is not None)
    row.dated_on = new.dated_on or row.dated_on
    row.file = _stored(new.file, by) or row.file
    row.save()
    text = f"Изменён проект: версия {row.number}."
    events.record(kind="library.version_changed", subject=row.document, by=by, text=text)
    return row


@transaction.atomic
def approve_version(
    *, version: DocumentVersion, by: User, act_text: str = "", on: date | None = None
) -> DocumentVersion:
    """Put a draft into force by an act («приказ от 15.12.2022 № 283»); the former version loses its force that day.

    Guides, recommendations and materials are published without an act.
    """
    Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
    row = _draft(version, by)
    texts = Texts()
    act_text = texts.take(act_text, "Чем утверждён", 500, required=row.document.needs_act)
    on = on or timezone.localdate()
    former = row.document.versions.filter(state=State.APPROVED).first()
    if on > timezone.localdate():
        texts.add("future", "День утверждения ещё не наступил.")
    if former and former.approved_on and on < former.approved_on:
        texts.add("earlier", f"Действующая версия утверждена позже: {former.approved_on:%d.%m.%Y}.", "Проверьте дату.")
    texts.raise_if_any()
    if former:
        former.state, former.voided_on = State.VOID, on
        former.save(update_fields=["state", "voided_on"])
    row.state, row.act_text, row.approved_on, row.approved_by = State.APPROVED, act_text, on, by
    row.save(update_fields=["state", "act_text", "approved_on", "approved_by"])
    text = (
        f"Версия {row.number} утверждена {on:%d.%m.%Y}: {act_text}"
        if act_text
        else f"Версия {row.number} опубликована."
    )
    events.record(kind="library.version_approved", subject=row.document, by=by, text=text[:500])
    return row


@transaction.atomic
def void_version(*, version: DocumentVersion, by: User, reason: str, on: date | None = None) -> DocumentVersion:
    """An approved version loses its force without a successor."""
    row = DocumentVersion.objects.select_for_update(of=("self",)).select_related("document").get(pk=version.pk)
    _may_write(row.document.kind, by)
    texts = Texts()
    reason = texts.take(reason, "Почему утратила силу", 500)
    if row.state != State.APPROVED:
        texts.add("not_approved", f"Версия {row.number} не действует: {row.state_text}.")
    texts.raise_if_any()
    row.state, row.voided_on = State.VOID, on or timezone.localdate()
    row.save(update_fields=["state", "voided_on"])
    text = f"Версия {row.number} утратила силу {row.voided_on:%d.%m.%Y}: {reason}"
    events.record(kind="library.version_voided", subject=row.document, by=by, text=text[:500])
    return row


@transaction.atomic
def add_adaptation(
    *,
    version: DocumentVersion,
    title: str,
    kinds: Sequence[str],
    features: Sequence[str],
    text: str,
    by: User,
    file: Upload = None,
) -> Adaptation:
    """How the method reads for organisations of these kinds and features; a note to a version in force, too."""
    require(by, WRITERS, DENIED)
    row = DocumentVersion.objects.select_for_update(of=("self",)).select_related("document").get(pk=version.pk)
    texts = Texts()
    title = texts.take(title, "Для кого", 200)
    text = texts.take(text, "Что иначе", STORY, required=file is None)
    if not kinds and not features:
        texts.add("for_whom", "Отметьте вид организаций или особенность: иначе адаптация подходит всем.")
    if row.state == State.VOID:
        texts.add("void", "Версия утратила силу: адаптируйте действующую.")
    texts.raise_if_any()
    made = Adaptation.objects.create(
        version=row,
        title=title,
        kinds=list(kinds),
        features=list(features),
        text=text,
        file=_stored(file, by),
        author=by,
    )
    note = f"Версия {row.number}: добавлена адаптация «{title}»."
    events.record(kind="library.adaptation_added", subject=row.document, by=by, text=note[:500])
    return made


@transaction.atomic
def remove_adaptation(*, adaptation: Adaptation, by: User) -> None:
    require(by, WRITERS, DENIED)
    row = Adaptation.objects.select_for_update(of=("self",)).select_related("version__document").get(pk=adaptation.pk)
    note = f"Версия {row.version.number}: снята адаптация «{row.title}»."
    events.record(kind="library.adaptation_removed", subject=row.version.document, by=by, text=note[:500], was=row.text)
    row.delete()


@transaction.atomic
def note_reading(*, version: DocumentVersion, by: User) -> None:
    """A person of an organisation has opened the version: kept once, with the time."""
    if by.organization is None or by.is_authority or version.state == State.DRAFT:
        return
    Reading.objects.bulk_create(
        [Reading(version=version, user=by, organization=by.organization)], ignore_conflicts=True
    )
