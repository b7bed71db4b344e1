"""Asking for an evidence file."""

from django.db import transaction

from apps.accounts.models import User
from apps.core import events, findings, jobs
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.reports.evidence.models import EvidenceFile

JOB = "reports.evidence"


@transaction.atomic
def ask(*, period: Period, organization: Organization | None, url: str, by: User) -> EvidenceFile:
    """Let a worker make the file. The authority asks for any cycle, a school for its own. Raises Refused."""
    own = by.is_school and organization is not None and organization == by.organization
    if not (by.is_authority or own):
        message = "Доказательный файл собирает управление, а файл своего цикла — организация."
        raise findings.Refused([findings.error("no_right", message)])
    row = EvidenceFile.objects.create(period=period, organization=organization, created_by=by)
    row.job = jobs.enqueue(kind=JOB, arguments={"evidence_id": row.pk}, by=by, url=url)
    row.save(update_fields=["job"])
    events.record(kind="reports.evidence_asked", subject=row, by=by, text=str(row)[:500])
    return row
