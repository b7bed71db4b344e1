"""Writes of the register of acts. A refusal raises `Refused` and changes nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, cast

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Field, Model
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT
from apps.core import attachments, events, files
from apps.core.findings import refuse
from apps.library.acts.models import Act, ActUse
from apps.library.texts import Texts, require

Upload = tuple[BinaryIO, str] | None
State = Act.State
DENIED = "Реестр актов ведут сотрудники управления."


@dataclass(frozen=True)
class NewAct:
    """What is typed about an act."""

    level: str
    kind: str
    title: str
    issuer: str = ""
    number: str = ""
    on: date | None = None
    edition: str = ""
    url: str = ""


def _checked(new: NewAct, besides: Act | None = None) -> dict[str, Any]:
    """The fields, cleaned. Refused with every fault at once; a second act of the same requisites is one."""
    texts = Texts()
    fields = {
        "level": new.level,
        "kind": new.kind,
        "title": texts.take(new.title, "Название", 600),
        "issuer": texts.take(new.issuer, "Кем принят", 250, required=False),
        "number": texts.take(new.number, "Номер", 60, required=False),
        "on": new.on,
        "edition": texts.take(new.edition, "Редакция", 200, required=False),
        "url": new.url,
    }
    if new.on and new.on > timezone.localdate():
        texts.add("future", "Дата акта ещё не наступила.")
    same = Act.objects.filter(kind=new.kind, number=fields["number"], on=new.on, issuer__iexact=fields["issuer"])
    same = same.exclude(pk=besides.pk) if besides else same
    if fields["number"] and new.on and same.exists():
        texts.add("known", "Акт с таким номером и датой уже есть в реестре.", "Найдите его поиском по номеру.")
    texts.raise_if_any()
    return fields


def _stored(file: Upload, by: User) -> Any:
    if file is None:
        return None
    stream, name = file
    content_type = attachments.check(stream, name)
    return files.store(stream=stream, name=name, content_type=content_type, by=by)


@transaction.atomic
def create_act(*, new: NewAct, by: User, file: Upload = None) -> Act:
    """Enter an act; its state stays «не подтверждено» until somebody looks it up."""
    require(by, DEPARTMENT, DENIED)
    act = Act.objects.create(**_checked(new), file=_stored(file, by))
    events.record(kind="library.act_created", subject=act, by=by, text="Акт внесён в реестр.")
    return act


@transaction.atomic
def change_act(*, act: Act, new: NewAct, by: User, file: Upload = None) -> Act:
    """Mend what was typed about an act; a new file takes the place of the former, whose name history keeps."""
    require(by, DEPARTMENT, DENIED)
    row = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    fields = _checked(new, besides=row)
    changed = [
        str(cast(Field, Act._meta.get_field(name)).verbose_name)
        for name in fields
        if getattr(row, name) != fields[name]
    ]
    for name, value in fields.items():
        setattr(row, name, value)
    if file is not None:
        row.file = _stored(file, by)
        changed.append("файл")
    row.save()
    text = f"Изменено: {', '.join(changed)}." if changed else "Изменений нет."
    events.record(kind="library.act_changed", subject=row, by=by, text=text[:500])
    return row


@transaction.atomic
def set_state(*, act: Act, state: str, note: str, by: User, replaced_by: Act | None = None) -> Act:
    """Say whether the act is in force, as looked up today. «Изменён» and «утратил силу» need a note."""
    require(by, DEPARTMENT, DENIED)
    texts = Texts()
    note = texts.take(note, "Пояснение", 500, required=state in {State.CHANGED, State.VOID})
    if state not in State.values:
        texts.add("state", "Такого состояния нет.")
    if replaced_by is not None and replaced_by.pk == act.pk:
        texts.add("itself", "Акт не может заменять сам себя.")
    texts.raise_if_any()
    row = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    row.state, row.state_note, row.replaced_by = state, note, replaced_by
    row.checked_on, row.checked_by = timezone.localdate(), by
    row.save(update_fields=["state", "state_note", "replaced_by", "checked_on", "checked_by"])
    text = f"Состояние: {row.get_state_display()}. {note}".strip()
    events.record(kind="library.act_state", subject=row, by=by, text=text[:500])
    return row


@transaction.atomic
def attach_act(*, act: Act, subject: Model, by: User) -> ActUse:
    """Say that an object rests on an act. A second time changes nothing."""
    require(by, DEPARTMENT, "Связывают с актами сотрудники управления.")
    if not subject.pk or isinstance(subject, Act):
        raise refuse("subject", "К такому объекту акт не привязывается.")
    kind = ContentType.objects.get_for_model(subject)
    use, is_new = ActUse.objects.get_or_create(act=act, content_type=kind, object_id=subject.pk, defaults={"by": by})
    if is_new:
        text = f"Привязан: {subject._meta.verbose_name} «{subject}»."
        events.record(kind="library.act_attached", subject=act, by=by, text=text[:500])
    return use


@transaction.atomic
def detach_act(*, use: ActUse, by: User) -> None:
    """Take the link away; history keeps that it was there."""
    require(by, DEPARTMENT, "Связывают с актами сотрудники управления.")
    row = ActUse.objects.select_for_update().filter(pk=use.pk).select_related("act").first()
    if row is None:
        return
    text = f"Отвязан: {row.content_type.name} «{row.subject or row.object_id}»."
    events.record(kind="library.act_detached", subject=row.act, by=by, text=text[:500])
    row.delete()
