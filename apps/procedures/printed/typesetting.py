"""The paper as a tagged PDF. Imported by workers only: the typesetter is heavy."""

import hashlib
from io import BytesIO

from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core import files
from apps.core.documents.pdf import Progress, typeset
from apps.core.models import PrivateFile
from apps.procedures import access
from apps.procedures.printed.content import Paper, paper_of


def printed(*, procedure_id: int, code: str, user: User, tell: Progress | None = None) -> PrivateFile:
    """Typeset what the reader sees now. Raises Http404 for who may not read it (any more)."""
    procedure = access.procedure(user, procedure_id)
    organization = access.organizations(user).filter(code=code).first()
    paper = paper_of(procedure=procedure, organization=organization, reader=user) if organization else None
    if organization is None or paper is None:
        raise Http404
    source = source_of(paper)
    pdf = typeset(source, identifier=hashlib.sha256(source.encode()).hexdigest(), tell=tell)
    name = f"{procedure} {organization.name}.pdf".replace("/", "-")
    return files.store(stream=BytesIO(pdf), name=name, content_type=files.PDF, by=user)


def source_of(paper: Paper) -> str:
    """The paper as HTML."""
    context = {
        "paper": paper,
        "day": timezone.localdate(),
        "methods_url": settings.SITE_URL.rstrip("/") + reverse("procedures:methods"),
    }
    return render_to_string("procedures/printed/school.html", context)
