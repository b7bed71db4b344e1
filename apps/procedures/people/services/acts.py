"""The act of observation: saved as often as wanted, sent once; its remarks become work."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Refused, error, refuse
from apps.procedures.people import checklist
from apps.procedures.people.models import Act, Assignment, Person, Remark
from apps.procedures.people.services import act_forms, telling
from apps.procedures.people.services.register import require_department

LONGEST = 4000  # letters of the remarks


def _own(assignment: Assignment, by: User) -> None:
    if not Person.objects.of_user(by).filter(pk=assignment.person_id).exists():
        raise refuse("not_yours", "Акт заполняет тот, кого назначили.")


def _locked(assignment: Assignment, by: User) -> Act:
    """The act of the assignment, made on first use and locked: two clicks give one act."""
    _own(assignment, by)
    if Assignment.objects.select_for_update().get(pk=assignment.pk).is_cancelled:
        raise refuse("cancelled", "Назначение отменено, акт не нужен.")
    form = act_forms.form_for(assignment.venue.procedure)
    act, _ = (
        Act.objects.select_for_update(of=("self",))
        .select_related("form")
        .get_or_create(assignment=assignment, defaults={"form": form})
    )
    return act


def _fill(act: Act, answers: Mapping[str, str], text: str) -> None:
    if len(text.strip()) > LONGEST:
        message = f"Замечания длиннее {LONGEST} знаков: {len(text.strip())}."
        raise refuse("long_text", message, "Сократите текст; остальное сообщите управлению отдельно.")
    act.answers = checklist.clean(act.form.asked, answers)
    act.text, act.saved_at = text.strip(), timezone.now()


@transaction.atomic
def save_act(*, assignment: Assignment, answers: Mapping[str, str], text: str, by: User) -> Act:
    """Keep a draft."""
    act = _locked(assignment, by)
    if act.is_sent:
        raise refuse("sent", f"Акт № {act.number} уже отправлен и не меняется.")
    _fill(act, answers, text)
    act.save()
    return act


@transaction.atomic
def send_act(*, assignment: Assignment, answers: Mapping[str, str], text: str, by: User) -> Act:
    """Send the act: it gets its number and time. A second press gives the same act and changes nothing."""
    act = _locked(assignment, by)
    if act.is_sent:
        return act
    _fill(act, answers, text)
    against = [
        error("no_answer", f"Нет ответа: «{question.text}».", action="Выберите «да», «нет» или «не наблюдал(а)».")
        for question in checklist.missing(act.form.asked, act.answers)
    ]
    if assignment.on > timezone.localdate():
        message = f"Процедура {assignment.on:%d.%m.%Y}, акт отправляют в этот день или позже."
        against.append(error("too_early", message, action="Сохраните черновик."))
    if checklist.violated(act.form.asked, act.answers) and not act.text:
        message = "Есть ответы «нет», но замечания не описаны."
        against.append(error("no_text", message, action="Напишите, что именно вы видели."))
    if against:
        raise Refused(against)
    act.state, act.sent_at = Act.State.SENT, timezone.now()
    act.number = f"{timezone.localdate():%Y}-{act.pk:05d}"
    act.save()
    noticed = [question.text for question in checklist.violated(act.form.asked, act.answers)]
    Remark.objects.bulk_create(
        Remark(act=act, text=text) for text in [*(f"Не соблюдено: {each}" for each in noticed), act.text] if text
    )
    telling.act_sent(assignment)
    events.record(kind="procedures.act_sent", subject=act, by=by, text=f"Отправлен акт № {act.number}.")
    return act


@transaction.atomic
def close_remark(*, remark: Remark, answer: str, by: User) -> None:
    """Say what was done about a remark. Once."""
    require_department(by)
    row = Remark.objects.select_for_update().select_related("act").get(pk=remark.pk)
    if not row.is_open:
        raise refuse("closed", "Это замечание уже отработано.")
    if not answer.strip():
        raise refuse("no_answer", "Не указано, что сделано.", "Напишите коротко: проверка, беседа, решение.")
    row.answer, row.closed_by, row.closed_at = answer.strip(), by, timezone.now()
    row.save(update_fields=["answer", "closed_by", "closed_at"])
    text = f"Замечание отработано: {row.answer}"
    events.record(kind="procedures.remark_closed", subject=row.act, by=by, text=text[:500])
