"""Writes of studies and of requests for them. A refusal raises `Refused` and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.accounts.roles import Role
from apps.core import events, findings
from apps.core.findings import refuse
from apps.procedures.models import Procedure
from apps.procedures.studies.models import Study, StudyRequest

State = StudyRequest.State
DENIED = "Исследования ведут сотрудники управления."


@dataclass(frozen=True)
class NewStudy:
    title: str
    aim: str
    sample: str
    instrument: str
    starts_on: date
    ends_on: date
    level: str = Study.Level.MUNICIPAL


@transaction.atomic
def create_study(*, new: NewStudy, by: User, request: StudyRequest | None = None) -> Study:
    """Begin a study; one made for a request must follow an accepted one."""
    require_department(by, DENIED)
    if new.ends_on < new.starts_on:
        raise refuse("days", "Окончание раньше начала.", "Проверьте даты.")
    if request is not None and request.state != State.ACCEPTED:
        raise refuse("not_accepted", "Запрос ещё не принят.", "Сначала примите запрос и назначьте срок.")
    made = Study.objects.create(
        title=new.title,
        level=new.level,
        aim=new.aim,
        sample=new.sample,
        instrument=new.instrument,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        request=request,
        created_by=by,
    )
    events.record(kind="procedures.study_created", subject=made, by=by, text="Исследование создано.")
    return made


@transaction.atomic
def set_results(*, study: Study, procedures: Iterable[Procedure], conclusion: str, by: User) -> Study:
    """Say which imported works are the study's, and what follows from them."""
    require_department(by, DENIED)
    row = Study.objects.select_for_update().get(pk=study.pk)
    chosen = list(procedures)
    row.procedures.set(chosen)
    row.conclusion = conclusion.strip()
    row.save(update_fields=["conclusion"])
    text = f"Результаты исследования: работ {len(chosen)}."
    events.record(kind="procedures.study_results", subject=row, by=by, text=text, procedures=[p.pk for p in chosen])
    return row


@transaction.atomic
def request_study(*, topic: str, reason: str, by: User, wanted_by: date | None = None) -> StudyRequest:
    """A director asks for an additional study."""
    if not by.has_role(Role.DIRECTOR) or by.organization is None:
        raise refuse("not_allowed", "Запрос направляет руководитель организации.")
    if wanted_by and wanted_by < timezone.localdate():
        raise refuse("past", "Этот день уже прошёл.", "Укажите более поздний день.")
    made = StudyRequest.objects.create(
        organization=by.organization, topic=topic, reason=reason, wanted_by=wanted_by, created_by=by
    )
    events.record(kind="procedures.study_requested", subject=made, by=by, text="Запрос на обследование направлен.")
    return made


@transaction.atomic
def decide_request(
    *, request: StudyRequest, accept: bool, answer: str, by: User, due_on: date | None = None
) -> StudyRequest:
    """Accept with a term, or reject; both with a reason that the director reads."""
    require_department(by, DENIED)
    row = StudyRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != State.SENT:
        raise refuse("wrong_state", f"Запрос уже рассмотрен: {row.get_state_display()}.", "Откройте его заново.")
    found = []
    if not answer.strip():
        found.append(findings.error("no_answer", "Ответ пуст.", action="Напишите причину: её прочтёт руководитель."))
    if accept and due_on is None:
        found.append(findings.error("no_term", "Не указан срок обследования.", action="Укажите день."))
    if accept and due_on and due_on < timezone.localdate():
        found.append(findings.error("past", "Срок уже прошёл.", action="Укажите более поздний день."))
    if found:
        raise findings.Refused(found)
    row.state = State.ACCEPTED if accept else State.REJECTED
    row.answer, row.due_on = answer.strip(), due_on if accept else None
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    said = f"Запрос принят, срок {row.due_on:%d.%m.%Y}." if row.due_on else "Запрос отклонён."
    events.record(kind=f"procedures.study_{row.state}", subject=row, by=by, text=said, answer=answer)
    return row
