"""The board of a campaign: counts by state, the table behind it, the late ones as plain text, the same as a file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from apps.collection.models import Campaign, Form, Submission
from apps.collection.querysets import AWAITING_ORGANIZATION, SubmissionQuerySet
from apps.collection.selectors.needed import Needed
from apps.collection.states import State
from apps.workbooks.writing import export_table


@dataclass(frozen=True)
class Counts:
    total: int
    not_started: int
    draft: int
    submitted: int
    returned: int
    accepted: int
    late: int
    handed_in_late: int

    @property
    def handed_in(self) -> int:
        return self.submitted + self.accepted


def counts_of(campaign: Campaign, today: date | None = None) -> Counts:
    """One query."""
    day = today or timezone.localdate()
    waiting = Q(state__in=AWAITING_ORGANIZATION, due__lt=day)
    by_state = {str(state): Count("pk", filter=Q(state=state)) for state in State}
    found = campaign.submissions.with_due().aggregate(
        total=Count("pk"), late=Count("pk", filter=waiting),
        handed_in_late=Count("pk", filter=Q(submitted_late=True)), **by_state,
    )  # fmt: skip
    return Counts(**found)


def board_rows(campaign: Campaign) -> SubmissionQuerySet:
    """Submissions with organisation, form and progress, in the order of the register."""
    rows: SubmissionQuerySet = (
        campaign.submissions.select_related("organization", "form", "campaign").with_progress().with_due()
    )
    return rows.order_by("-organization__kind", "organization__number", "organization__name_key", "form__code")


def needed_by_form(campaign: Campaign) -> "Needed":
    """How many required rows an organisation has to fill. Two queries."""
    return Needed.of(campaign.forms.values_list("pk", flat=True))


def outdated_forms(campaign: Campaign) -> list[tuple[Form, Form]]:
    """Forms of the campaign that have a newer version in force now, with that version."""
    forms = list(campaign.forms.filter(is_active=False))
    current = {form.code: form for form in Form.objects.filter(is_active=True, code__in=[form.code for form in forms])}
    return [(form, current[form.code]) for form in forms if form.code in current]


def late_text(campaign: Campaign) -> str:
    """Late organisations as text for a messenger: one line each."""
    late = campaign.submissions.late().select_related("organization", "form", "campaign")
    rows = late.order_by("-organization__kind", "organization__number", "organization__name_key")
    forms: dict[str, list[str]] = {}
    for row in rows:
        own = f" — срок был продлён до {row.extended_to:%d.%m.%Y}" if row.extended_to else ""
        forms.setdefault(f"{row.organization}{own}", []).append(row.form.short_title)
    if not forms:
        return ""
    many = campaign.forms.count() > 1
    head = f"{campaign.title}: срок сдачи был {campaign.due_on:%d.%m.%Y}. Ждём данные от организаций:"
    lines = [f"— {name} ({', '.join(titles)})" if many else f"— {name}" for name, titles in forms.items()]
    return "\n".join([head, *lines])


HEADERS = ("Организация", "Код", "Вид", "Форма", "Состояние", "Просрочено", "Заполнено", "Нужно", "Квитанция",
           "Отправлена", "После срока", "Принята", "Срок сдачи", "Почему срок продлён")  # fmt: skip


def board_workbook(campaign: Campaign) -> bytes:
    """The board as an xlsx."""
    needed = needed_by_form(campaign)
    return export_table(HEADERS, (_cells(row, needed) for row in board_rows(campaign)), title="Ход сбора")


def _cells(row: Submission, needed: Needed) -> tuple[Any, ...]:
    organization = row.organization
    return (
        organization.name, organization.code, organization.get_kind_display(), row.form.short_title,
        row.get_state_display(), "да" if row.is_late else "нет", row.filled, needed.by(row),  # type: ignore[attr-defined]
        row.number or "", _moment(row.submitted_at), "да" if row.submitted_late else "нет", _moment(row.accepted_at),
        f"{row.due_on:%d.%m.%Y}", row.extension_reason,
    )  # fmt: skip


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}" if at else ""
