"""Order the paper of a school's work, and give it out to who ordered it."""

import uuid

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.core import papers
from apps.procedures import access

PRINT = "procedures.school_pdf"


@require_POST
@role_required(*access.READERS)
def school_pdf(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Have a worker typeset what this reader sees of the school's work."""
    procedure, organization = access.participation(request.user, pk, code)
    job = papers.order(
        kind=PRINT,
        arguments={"procedure_id": procedure.pk, "code": organization.code},
        url_name="procedures:school_paper",
        title=f"Печать результатов: {procedure}, {organization}",
        by=request.user,
    )
    return redirect("core:job", job.pk)


@require_safe
@role_required(*access.READERS)
def school_paper(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file, for the person who asked for it."""
    return papers.give(kind=PRINT, identifier=pk, to=request.user)
