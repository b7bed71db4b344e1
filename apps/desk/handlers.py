"""Jobs of the room. The typesetter is imported inside, not by the web process."""

from typing import Any

from django.http import Http404

from apps.accounts.models import User
from apps.core import findings, jobs
from apps.desk.profile.views import PRINT
from apps.organizations.models import Organization


@jobs.handler(PRINT, title="Печать профиля")
def print_profile(run: jobs.Run, *, organization_id: int, period: str, file: str) -> dict[str, Any]:
    from apps.desk.profile.printing import printed

    user = User.objects.get(pk=run.job.created_by_id or 0)
    organization = Organization.objects.get(pk=organization_id)
    try:
        kept = printed(organization=organization, period=period, user=user, tell=run.progress)
    except Http404:
        message = "У вас больше нет доступа к этому профилю."
        raise findings.Refused([findings.error("no_access", message)]) from None
    return {"file": str(kept.pk)}
