"""Which questions an act asks: the form of its kind of procedure, published in versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Finding, Refused, error, refuse
from apps.procedures.models.works import Procedure, SourceState
from apps.procedures.people import checklist
from apps.procedures.people.checklist import Question
from apps.procedures.people.models import ActForm
from apps.procedures.people.services.register import require_department


@dataclass(frozen=True)
class NewForm:
    """What a version says. Empty `texts` are left out."""

    texts: Sequence[str]
    source: str
    state: str = SourceState.MUNICIPAL
    note: str = ""


@transaction.atomic
def load_shipped() -> int:
    """The forms the portal comes with, where a kind has no form yet. Returns how many are new."""
    known = set(ActForm.objects.values_list("kind", flat=True))
    if not set(checklist.SHIPPED) - known:
        return 0
    made = [
        ActForm(
            kind=kind, version=1, questions=_stored(form.questions), source=form.source, note=form.note,
            state=SourceState.UNCONFIRMED,
        )
        for kind, form in checklist.SHIPPED.items()
        if kind not in known
    ]  # fmt: skip
    ActForm.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def latest(kind: str) -> ActForm | None:
    """The form of a kind that is in force; not that of another kind."""
    found: ActForm | None = ActForm.objects.filter(kind=kind).order_by("-version").first()
    return found if found and found.ended_at is None else None


def form_for(procedure: Procedure) -> ActForm:
    """What an act of the procedure asks now: its kind's form, else the general one."""
    load_shipped()
    found = latest(procedure.kind) or latest("")
    assert found is not None  # the general form is shipped and never ended
    return found


def _stored(questions: Iterable[Question]) -> list[dict[str, str]]:
    return [{"code": each.code, "text": each.text} for each in questions]


def _faults(texts: Sequence[str], new: NewForm) -> list[Finding]:
    found = []
    if not texts:
        found.append(error("no_questions", "В форме нет ни одного вопроса.", action="Напишите каждый с новой строки."))
    if len(texts) > checklist.MOST:
        action = f"Оставьте не больше {checklist.MOST}: акт заполняют с телефона."
        found.append(error("many_questions", f"Вопросов {len(texts)}.", action=action))
    twice = sorted({text for text in texts if texts.count(text) > 1})
    found += [error("same_question", f"Вопрос повторяется: «{text[:80]}».", action="Оставьте один.") for text in twice]
    long = [text for text in texts if len(text) > 200]
    found += [
        error("long_question", f"Вопрос длиннее 200 знаков: «{text[:60]}…».", action="Сократите его.") for text in long
    ]
    if new.state not in (SourceState.OFFICIAL, SourceState.MUNICIPAL, SourceState.UNCONFIRMED):
        found.append(error("state", "Не указано, чем утверждена форма."))
    if new.state != SourceState.UNCONFIRMED and not new.source.strip():
        action = "Назовите документ с датой и номером или отметьте форму как неподтверждённую."
        found.append(error("no_source", "Не указано, на чём основана форма.", action=action))
    return found


@transaction.atomic
def publish(*, kind: str, new: NewForm, by: User) -> ActForm:
    """A new version of the form of a kind; acts begun before keep theirs. The same text again makes no version."""
    require_department(by)
    if kind and kind not in Procedure.Kind.values:
        raise refuse("kind", "Такого вида процедур нет.")
    texts = [clean for text in new.texts if (clean := " ".join(text.replace("\x00", "").split()))]
    if found := _faults(texts, new):
        raise Refused(found)
    load_shipped()
    versions = list(ActForm.objects.select_for_update().filter(kind=kind).order_by("version"))
    alike = ActForm.objects.filter(kind__in=("", kind)).order_by("-kind", "-version")
    known = {question.text: question for form in alike for question in form.asked}
    standing = versions[-1] if versions else None
    row = ActForm(
        kind=kind, version=standing.version + 1 if standing else 1, note=new.note.strip()[:400],
        questions=_stored(checklist.coded(texts, known.values())), source=new.source.strip()[:400], state=new.state,
        published_by=by,
    )  # fmt: skip
    said = ("questions", "note", "source", "state")
    if standing and standing.ended_at is None and all(getattr(standing, n) == getattr(row, n) for n in said):
        return standing
    row.save()
    text = f"Форма акта: редакция {row.version}, вопросов {len(texts)}."
    events.record(kind="procedures.act_form_published", subject=row, by=by, text=text)
    return row


@transaction.atomic
def end(*, kind: str, by: User) -> None:
    """Use the general form for a kind again; its versions stay with their acts."""
    require_department(by)
    if not kind:
        raise refuse("general", "Общая форма нужна всегда.", "Её можно изменить.")
    row = ActForm.objects.select_for_update().filter(kind=kind).order_by("-version").first()
    if row is None or row.ended_at:
        return
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    events.record(kind="procedures.act_form_ended", subject=row, by=by, text="Применяется общая форма.")
