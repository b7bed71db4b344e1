"""The report as one document of plain data: what page, PDF and DOCX show. Equal content has an equal digest."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from apps.collection.models import SelfExamination, SelfExamStep, Submission
from apps.collection.selectors.page import SubmissionPage
from apps.collection.selfexam.sections import sections_for
from apps.collection.selfexam.steps import Step, due_of
from apps.core.documents.frozen import without_control_characters
from apps.core.models import Period
from apps.organizations.models import Kind, Organization

FORMAT = 1
PACKS = ("so_oo", "so_doo", "so_dod")  # forms whose rows are the indicators of a self-examination


def forms_of(organization: Organization, period: Any) -> list[Submission]:
    """The forms of indicators that the organisation hands in for the year, the school's first."""
    found = Submission.objects.filter(organization=organization, period=period, form__pack__in=PACKS)
    rows = found.select_related("form", "campaign__period", "organization", "period")
    return sorted(rows, key=lambda row: PACKS.index(row.form.pack))


def due_on(forms: Iterable[Submission], period: Period) -> date:
    """20 April, or later where the authority itself asked for the figures later."""
    return max(due_of(period.ends_on.year), *(form.due_on for form in forms), date.min)


def assemble(examination: SelfExamination, pages: Iterable[SubmissionPage] | None = None) -> dict[str, Any]:
    """The document as it stands now: texts, tables, steps up to the approval. Nothing of the moment is in it."""
    organization, period = examination.organization, examination.period
    if pages is None:
        pages = [SubmissionPage(form) for form in forms_of(organization, period)]
    texts = dict(examination.sections.values_list("code", "text")) if examination.pk else {}
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    document = {
        "format": FORMAT,
        "period": period.code,
        "period_title": f"{period.code} год",
        "organization": organization.full_name or organization.name,
        "short_name": organization.name,
        "founder": authority.full_name or authority.name if authority else settings.MUNICIPALITY_NAME,
        "place": organization.settlement or settings.MUNICIPALITY_NAME,
        "sections": [
            {"code": section.code, "title": section.title, "text": texts.get(section.code, "")}
            for section in sections_for(organization.programmes)
        ],
        "tables": [_table(page) for page in pages],
        "attachments": list(examination.attachments.values_list("title", flat=True)) if examination.pk else [],
        "steps": _steps(examination),
        "head": organization.head_name,
    }
    cleaned: dict[str, Any] = without_control_characters(document)
    return cleaned


def _table(page: SubmissionPage) -> dict[str, Any]:
    form = page.submission.form
    return {
        "title": form.title,
        "basis": form.legal_basis,
        "is_confirmed": form.is_confirmed,
        "sections": [
            {
                "title": title,
                "rows": [
                    {
                        "number": item.row.number,
                        "name": item.row.name,
                        "unit": item.row.unit,
                        "value": item.value or (f"нет данных: {item.note}" if item.note else "—"),
                        "previous": item.previous or "—",
                        "marks": ", ".join(item.row.marks),
                    }
                    for item in rows
                ],
            }
            for title, rows in page.sections
        ],
    }


def _steps(examination: SelfExamination) -> dict[str, dict[str, str]]:
    """The council and the order that stand on the title page."""
    if not examination.pk:
        return {}
    taken = examination.steps.filter(undone_at__isnull=True, step__in=(Step.DISCUSSED, Step.APPROVED))
    return {row.step: _paper(row) for row in taken}


def _paper(row: SelfExamStep) -> dict[str, str]:
    return {"on": f"{row.happened_on:%d.%m.%Y}", "body": row.body, "number": row.number}
