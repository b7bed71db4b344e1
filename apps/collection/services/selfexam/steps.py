"""Taking and undoing the steps of a report: council, approval, publication, sending."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from apps.accounts.roles import DEPARTMENT
from apps.collection.models import SelfExamination, SelfExamStep
from apps.collection.selectors.page import SubmissionPage
from apps.collection.selfexam.content import assemble, forms_of
from apps.collection.selfexam.sections import sections_for
from apps.collection.selfexam.steps import BY_CODE, ORDER, Step, StepKind, next_step
from apps.collection.services.selfexam.access import lock
from apps.core import events, personal
from apps.core.documents.frozen import digest_of
from apps.core.findings import Finding, Refused, error, refuse
from apps.workbooks.cells import clean_text


@transaction.atomic
def take_step(
    *,
    examination: SelfExamination,
    step: str,
    happened_on: date,
    by: Any,
    body: str = "",
    number: str = "",
    url: str = "",
    today: date | None = None,
) -> SelfExamination:
    """Take the next step. Raises Refused with everything that stands in its way; nothing is written then.

    The council needs all sections written; the head approves with all indicators filled in, and what is approved is
    frozen with its digest.
    """
    examination = lock(examination)
    kind = BY_CODE.get(step)
    if kind is None or kind != next_step(examination.step):
        raise refuse(
            "state", f"Сейчас этот шаг невозможен: отчёт {examination.get_step_display()}.", "Обновите страницу."
        )
    _require_right(examination, kind, by)
    given = {"body": clean_text(body)[:150], "number": clean_text(number)[:40], "url": url.strip()[:500]}
    given = {name: text if name in kind.asks else "" for name, text in given.items()}
    found = [*_faults(kind, given), *_day_faults(examination, happened_on, today or timezone.localdate())]
    found += _readiness(examination, kind.step)
    if found:
        raise Refused(found)
    SelfExamStep.objects.create(examination=examination, step=kind.step, happened_on=happened_on, taken_by=by, **given)
    _move(examination, kind.step, happened_on)
    events.record(
        kind=f"selfexam.{kind.step}", subject=examination, by=by, text=_said(kind, happened_on, given), **given
    )
    return examination


def _require_right(examination: SelfExamination, kind: StepKind, by: Any) -> None:
    if by.is_active and by.role in kind.roles and by.organization == examination.organization:
        return
    if by.organization == examination.organization:
        raise refuse("director_only", "Утвердить отчёт может только руководитель организации.")
    raise refuse("no_right", "У вас нет права на это действие.")


def _faults(kind: StepKind, given: dict[str, str]) -> list[Finding]:
    words = {
        "body": "Укажите, какой орган рассмотрел отчёт, например «педагогический совет».",
        "number": "Укажите номер документа: протокола или приказа.",
        "url": "Укажите ссылку на отчёт на сайте организации.",
    }
    found = [error(f"no_{name}", words[name]) for name in kind.asks if not given[name]]
    if given["url"]:
        try:
            URLValidator(schemes=["http", "https"])(given["url"])
        except ValidationError:
            message = "Ссылка не похожа на адрес страницы."
            found.append(error("bad_url", message, expected="адрес, который начинается с https:// или http://"))
    return found


def _day_faults(examination: SelfExamination, day: date, today: date) -> list[Finding]:
    if day > today:
        return [error("future", "Дата ещё не наступила.", found=f"{day:%d.%m.%Y}", expected="сегодня или раньше")]
    last = examination.steps.filter(undone_at__isnull=True).order_by("-happened_on").first()
    if last is not None and day < last.happened_on:
        message = f"Дата раньше предыдущего шага ({last.get_step_display()} {last.happened_on:%d.%m.%Y})."
        return [error("days_in_order", message, found=f"{day:%d.%m.%Y}")]
    if day <= examination.period.ends_on:
        message = f"Отчёт за {examination.period} не мог быть рассмотрен до конца этого года."
        return [error("before_the_end", message, found=f"{day:%d.%m.%Y}")]
    return []


def _readiness(examination: SelfExamination, step: Step) -> list[Finding]:
    if step == Step.DISCUSSED:
        return unwritten(examination)
    return unfilled(examination) if step == Step.APPROVED else []


def unwritten(examination: SelfExamination) -> list[Finding]:
    """What the council cannot discuss yet: empty sections, last year's texts, unclear names."""
    texts = {section.code: section for section in examination.sections.all()} if examination.pk else {}
    found = []
    for kind in sections_for(examination.organization.programmes):
        section = texts.get(kind.code)
        if section is None or not section.text:
            found.append(error("empty_section", f"Раздел «{kind.title}» не написан."))
        elif section.is_copied:
            message = f"В разделе «{kind.title}» текст прошлого года."
            found.append(error("copied_section", message, action="Измените его или подтвердите, что он верен."))
        elif not section.is_cleared and (kinds := personal.kinds(section.text)):
            message = f"В разделе «{kind.title}» похоже на личные данные: {personal.said(kinds)}."
            action = "Уберите их или подтвердите в разделе, что они не относятся к детям и родителям."
            found.append(error("personal_data", message, action=action))
    return found


def unfilled(examination: SelfExamination) -> list[Finding]:
    """Forms of indicators with empty rows."""
    pages = [SubmissionPage(form) for form in forms_of(examination.organization, examination.period)]
    return [
        error(
            "unfilled_form",
            f"Показатели заполнены не все («{page.submission.form.short_title}»), осталось строк: {len(page.left)}.",
            action="Заполните форму, потом утвердите отчёт.",
        )
        for page in pages
        if page.left
    ]


def _move(examination: SelfExamination, step: Step, day: date) -> None:
    examination.step = step
    if step == Step.APPROVED:
        examination.document = assemble(examination)
        examination.digest = digest_of(examination.document)
    examination.sent_on = day if step == Step.SENT else None
    examination.save(update_fields=["step", "document", "digest", "sent_on"])


def _said(kind: StepKind, day: date, given: dict[str, str]) -> str:
    paper = f", № {given['number']}" if given["number"] else ""
    return f"{kind.title}: {day:%d.%m.%Y}{paper}"


@transaction.atomic
def undo_step(*, examination: SelfExamination, reason: str, by: Any) -> SelfExamination:
    """Take back the last step for a stated reason. Raises Refused.

    Who may take a step may undo it; the department may give back a report that was sent. Undoing the approval opens the
    texts again.
    """
    examination = lock(examination)
    if examination.step == Step.DRAFT:
        raise refuse("state", "Отменять нечего: отчёт — черновик.")
    kind = BY_CODE[examination.step]
    if not (by.is_active and by.role in DEPARTMENT and examination.step == Step.SENT):
        _require_right(examination, kind, by)
    reason = clean_text(reason)[:500]
    if not reason:
        raise refuse("no_reason", "Напишите, почему шаг отменяется: причина останется в истории.")
    taken = SelfExamStep.objects.select_for_update().get(
        examination=examination, step=kind.step, undone_at__isnull=True
    )
    taken.undone_by, taken.undone_at, taken.undo_reason = by, timezone.now(), reason
    taken.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    examination.step = next(step for step, order in ORDER.items() if order == kind.order - 1)
    if kind.step == Step.APPROVED:
        examination.document, examination.digest = None, ""
    examination.sent_on = None
    examination.save(update_fields=["step", "document", "digest", "sent_on"])
    text = f"Отменён шаг «{kind.title}»"
    events.record(kind="selfexam.undone", subject=examination, by=by, text=text, step=kind.code, reason=reason)
    return examination
