"""The catalogue of the year: procedures made, changed, taken off, carried over to the next year, approved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import attachments, events, files, periods
from apps.core.findings import Finding, Refused, error, refuse
from apps.core.models import Period, PrivateFile
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization
from apps.procedures.identify import title_of
from apps.procedures.models import Procedure, Subject
from apps.procedures.people.services import following
from apps.procedures.readers.neutral import Identity
from apps.procedures.schedule import telling


@dataclass(frozen=True)
class Plan:
    """What a person says of a procedure. Either a day or a window; `session` tells apart two of a year."""

    kind: str
    level: str
    span: PeriodSpan
    subject: str
    held_on: date | None = None
    window_starts_on: date | None = None
    window_ends_on: date | None = None
    session: str = ""
    title: str = ""
    document: str = ""
    note: str = ""
    is_public: bool = True


def require_department(by: User) -> None:
    if not by.is_department:
        raise refuse("not_allowed", "Перечень процедур ведут сотрудники управления.")


def faults_of(plan: Plan) -> list[Finding]:
    found = []
    if plan.held_on and (plan.window_starts_on or plan.window_ends_on):
        found.append(error("two_dates", "Указаны и день, и срок.", action="Оставьте что-то одно."))
    if bool(plan.window_starts_on) != bool(plan.window_ends_on):
        found.append(error("half_window", "Указан только один край срока.", action="Укажите оба дня."))
    if plan.window_starts_on and plan.window_ends_on and plan.window_ends_on < plan.window_starts_on:
        found.append(error("window_order", "Окончание срока раньше начала.", action="Проверьте дни."))
    days = (plan.held_on, plan.window_starts_on, plan.window_ends_on)
    if any(day and not plan.span.starts_on <= day <= plan.span.ends_on for day in days):
        found.append(
            error(
                "other_year",
                f"День не принадлежит выбранному году: {periods.title(plan.span)}.",
                action="Измените день или учебный год.",
            )
        )
    return found


_BY_SCHOOL_YEAR = frozenset({"rdr", "mdr", "vsoko"})  # held all year round: «2027» in December 2026 would mislead


def auto_title(plan: Plan, grade: int) -> str:
    """The title the portal makes."""
    title = title_of(Identity(kind=plan.kind, year=plan.span.ends_on.year, subject=plan.subject, grade=grade))
    if plan.kind in _BY_SCHOOL_YEAR:
        title = f"{Procedure.Kind(plan.kind).label} {plan.span.code}. {plan.subject}, {grade} класс"
    title = title[0].upper() + title[1:]
    return (f"{title} ({plan.session})" if plan.session else title)[:200]


def _title(plan: Plan, grade: int) -> str:
    return plan.title[:1].upper() + plan.title[1:] or auto_title(plan, grade)


def _put(row: Procedure, plan: Plan) -> None:
    row.level = plan.level
    row.held_on, row.window_starts_on, row.window_ends_on = plan.held_on, plan.window_starts_on, plan.window_ends_on
    row.document, row.note, row.is_public = plan.document.strip(), plan.note.strip(), plan.is_public


def _taken(plan: Plan, grade: int, organization: Organization | None, but: Procedure | None = None) -> list[Finding]:
    same = Procedure.objects.filter(
        kind=plan.kind, period__code=plan.span.code, subject__name=plan.subject, grade=grade, session=plan.session
    ).filter(organization=organization)
    if but:
        same = same.exclude(pk=but.pk)
    if not same.exists():
        return []
    advice = "Если это вторая такая работа за год, укажите, чем она отличается: например, «входная»."
    return [error("same_procedure", f"Такая процедура уже есть: {grade} класс.", action=advice)]


def subject_named(name: str) -> Subject:
    return Subject.objects.get_or_create(name=name.strip()[:120])[0]


@transaction.atomic
def create_procedures(
    *, plan: Plan, grades: Sequence[int], by: User, organization: Organization | None = None
) -> list[Procedure]:
    """A procedure for each grade; refused as a whole. A school makes only works of its own."""
    if organization is None:
        require_department(by)
    elif not by.is_department and organization != by.organization:
        raise refuse("not_allowed", "Работу вносит сама школа.")
    found = faults_of(plan) + [fault for grade in grades for fault in _taken(plan, grade, organization)]
    if not grades:
        found.append(error("no_grade", "Не выбран ни один класс."))
    if found:
        raise Refused(found)
    period, subject = Period.objects.named(plan.span), subject_named(plan.subject)
    made = []
    for grade in grades:
        row = Procedure(
            kind=plan.kind, period=period, year=plan.span.ends_on.year, subject=subject, grade=grade,
            session=plan.session, organization=organization, title=_title(plan, grade),
        )  # fmt: skip
        _put(row, plan)
        row.save()
        events.record(kind="procedures.planned", subject=row, by=by, text="Внесена в график.")
        made.append(row)
    return made


@transaction.atomic
def change_procedure(*, procedure: Procedure, plan: Plan, grade: int, by: User) -> Procedure:
    """Change the plan. What results hang on (kind, year, subject, grade) stays once there are results."""
    row = Procedure.objects.select_for_update(of=("self",)).select_related("period", "subject").get(pk=procedure.pk)
    if row.organization_id is None:
        require_department(by)
    elif not by.is_department and row.organization != by.organization:
        raise refuse("not_allowed", "Работу изменяет сама школа.")
    found = faults_of(plan) + _taken(plan, grade, row.organization, row)
    same = (row.kind, row.period.code, row.subject.name, row.grade, row.session)
    if (plan.kind, plan.span.code, plan.subject, grade, plan.session) != same:
        if row.aggregates.exists():
            advice = "Снимите её с графика и внесите новую или отмените загрузку результатов."
            found.append(
                error(
                    "has_results", "У процедуры есть результаты: вид, год, предмет и класс не меняются.", action=advice
                )
            )
        else:
            row.kind, row.grade, row.session = plan.kind, grade, plan.session
            row.period, row.subject = Period.objects.named(plan.span), subject_named(plan.subject)
            row.year = plan.span.ends_on.year
    if found:
        raise Refused(found)
    before = (row.held_on, row.window_starts_on, row.window_ends_on)
    row.title = _title(plan, grade)
    _put(row, plan)
    row.save()
    moved = before != (row.held_on, row.window_starts_on, row.window_ends_on)
    if moved:
        first, last = row.held_on or row.window_starts_on, row.held_on or row.window_ends_on
        stray = row.sittings.exclude(held_on__range=(first, last)) if first and last else row.sittings.all()
        dropped = set(stray.values_list("organization", flat=True))
        stray.delete()
        telling.days_changed(row, dropped)
    text = "Изменены дни проведения." if moved else "Изменены сведения."
    events.record(kind="procedures.plan_changed", subject=row, by=by, text=text)
    return row


@transaction.atomic
def cancel_procedure(*, procedure: Procedure, reason: str, by: User) -> None:
    """Take a procedure off the schedule; its history, documents and results stay."""
    if procedure.organization_id is None or procedure.organization != by.organization:
        require_department(by)
    if not reason.strip():
        raise refuse("no_reason", "Не указана причина.", "Напишите, почему процедура снимается с графика.")
    procedure.cancelled_on, procedure.cancel_reason = timezone.localdate(), reason.strip()[:300]
    procedure.save(update_fields=["cancelled_on", "cancel_reason"])
    released = following.release_all(procedure=procedure, reason=procedure.cancel_reason, by=by)
    telling.taken_off(procedure)
    text = f"Снята с графика: {procedure.cancel_reason}"
    text += f" Освобождено назначенных: {released}." if released else ""
    events.record(kind="procedures.cancelled", subject=procedure, by=by, text=text)


@transaction.atomic
def restore_procedure(*, procedure: Procedure, by: User) -> None:
    """Put a procedure back on the schedule."""
    if procedure.organization_id is None or procedure.organization != by.organization:
        require_department(by)
    procedure.cancelled_on, procedure.cancel_reason = None, ""
    procedure.save(update_fields=["cancelled_on", "cancel_reason"])
    events.record(kind="procedures.restored", subject=procedure, by=by, text="Возвращена в график.")


@transaction.atomic
def approve(
    *, procedures: Iterable[Procedure], document: str, by: User, stream: BinaryIO | None = None, name: str = ""
) -> int:
    """Attach the approving document to one procedure or to many: its particulars and, if given, its file."""
    require_department(by)
    if not document.strip():
        raise refuse("no_document", "Не указаны реквизиты документа.", "Напишите вид, дату, номер и название.")
    kept: PrivateFile | None = None
    if stream is not None:
        content_type = attachments.check(stream, name)
        kept = files.store(stream=stream, name=name, content_type=content_type, by=by)
    rows = list(procedures)
    for row in rows:
        row.document = document.strip()[:300]
        row.document_file = kept or row.document_file
        row.save(update_fields=["document", "document_file"])
        text = f"Утверждающий документ: {row.document}" + (f" (файл «{kept.name}»)" if kept else "")
        events.record(kind="procedures.approved", subject=row, by=by, text=text)
    return len(rows)


def may_change(user: Any, procedure: Procedure) -> bool:
    """The department all; a school its own works."""
    if user.is_department:
        return True
    return bool(user.is_school and user.organization and procedure.organization_id == user.organization.pk)
