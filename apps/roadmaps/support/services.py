"""Writes of methodical support. A refusal raises `Refused` and changes nothing."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.interpretation.services import WRITERS
from apps.analysis.models import Conclusion
from apps.core import events, findings
from apps.organizations.models import Kind, Organization
from apps.roadmaps.support.models import SupportCase
from apps.workbooks.cells import clean_text


@dataclass(frozen=True)
class NewSupport:
    """What is typed into the form."""

    title: str
    plan: str
    responsible: str
    starts_on: date
    due_on: date


def _refuse(code: str, message: str, action: str = "") -> findings.Refused:
    return findings.Refused([findings.error(code, message, action=action)])


def _require_writer(by: User) -> None:
    if by.role not in WRITERS:
        raise _refuse("not_allowed", "Сопровождение ведут методисты и сотрудники управления.")


@transaction.atomic
def plan_support(*, conclusion: Conclusion, organization: Organization, new: NewSupport, by: User) -> SupportCase:
    """Write an action down. Raises Refused with all faults at once."""
    _require_writer(by)
    faults = []
    if conclusion.withdrawn_at:
        faults.append(findings.error("withdrawn", "Вывод снят: сопровождать по нему нечего."))
    if conclusion.organization_id and conclusion.organization_id != organization.pk:
        faults.append(findings.error("other_school", "Вывод — о другой школе."))
    if organization.kind == Kind.AUTHORITY:
        faults.append(findings.error("no_school", "Выберите школу."))
    texts = {
        "title": (clean_text(new.title).strip()[:200], "Напишите, что делается."),
        "plan": (clean_text(new.plan).strip()[:2000], "Напишите, как это делается."),
        "responsible": (clean_text(new.responsible).strip()[:200], "Укажите, кто отвечает."),
    }
    faults += [findings.error(f"no_{key}", message) for key, (text, message) in texts.items() if not text]
    if new.due_on < new.starts_on:
        faults.append(findings.error("days", "Окончание раньше начала."))
    if faults:
        raise findings.Refused(faults)
    made = SupportCase.objects.create(
        conclusion=conclusion,
        organization=organization,
        starts_on=new.starts_on,
        due_on=new.due_on,
        author=by,
        **{key: text for key, (text, _) in texts.items()},
    )
    text = f"Запланировано: {made.title}, {organization}, до {made.due_on:%d.%m.%Y}."
    events.record(kind="roadmaps.support_planned", subject=made, by=by, text=text[:500])
    return made


@transaction.atomic
def finish_support(*, action: SupportCase, on: date, result: str, by: User) -> SupportCase:
    """Say what was done. Its effect is read a year later, it is not typed."""
    _require_writer(by)
    row = SupportCase.objects.select_for_update(of=("self",)).get(pk=action.pk)
    result = clean_text(result).strip()[:2000]
    faults = []
    if row.done_on:
        faults.append(findings.error("done", "Сопровождение уже завершено."))
    if not result:
        faults.append(findings.error("no_result", "Напишите, что сделано."))
    if on > timezone.localdate():
        faults.append(findings.error("future", "День завершения ещё не наступил."))
    if faults:
        raise findings.Refused(faults)
    row.done_on, row.result = on, result
    row.save(update_fields=["done_on", "result"])
    events.record(kind="roadmaps.support_done", subject=row, by=by, text=f"Завершено {on:%d.%m.%Y}: {result}"[:500])
    return row
