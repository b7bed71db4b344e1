"""The gate of every write to a report: the organisation's own people, one after another, and before the approval."""

from typing import Any

from apps.accounts.roles import SCHOOL
from apps.collection.models import SelfExamination
from apps.collection.selfexam.content import due_on, forms_of
from apps.core.findings import refuse
from apps.core.models import Period
from apps.organizations.models import Organization


def begin(*, organization: Organization, period: Period, by: Any) -> SelfExamination:
    """The report of the organisation for the year, locked; made on first use. Raises Refused."""
    _require_own(organization, by)
    found = SelfExamination.objects.filter(organization=organization, period=period)
    if not found.exists():
        forms = forms_of(organization, period)
        if not forms:
            message = f"Показатели самообследования за {period} у вашей организации не запрашивали."
            raise refuse("not_asked", message, "Обратитесь в управление образования.")
        defaults = {"due_on": due_on(forms, period)}
        SelfExamination.objects.get_or_create(organization=organization, period=period, defaults=defaults)
    locked = SelfExamination.objects.select_for_update(of=("self",)).select_related("organization", "period")
    return locked.get(organization=organization, period=period)


def lock(examination: SelfExamination) -> SelfExamination:
    locked = SelfExamination.objects.select_for_update(of=("self",)).select_related("organization", "period")
    return locked.get(pk=examination.pk)


def _require_own(organization: Organization, by: Any) -> None:
    if not (by.is_active and by.role in SCHOOL and by.organization == organization):
        raise refuse("no_right", "Отчёт пишут сотрудники самой организации.")


def require_draft(examination: SelfExamination) -> None:
    """Texts and attachments change until the head has approved them."""
    if examination.is_approved:
        raise refuse(
            "approved",
            "Отчёт утверждён, его текст больше не меняется.",
            "Чтобы исправить отчёт, сначала отмените утверждение и напишите причину.",
        )
