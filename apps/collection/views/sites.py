"""Documents on the sites of organisations: a school marks them with links, the authority sees the board."""

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.collection.selectors import sites as selectors
from apps.collection.services import sites as services
from apps.collection.site_documents import site_documents
from apps.collection.views import tell
from apps.core import files
from apps.core.findings import Refused

UNPROCESSABLE = 422
PREFIX = "url-"


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*SCHOOL)
def own(request: SignedInRequest) -> HttpResponse:
    """The list of documents with a link each."""
    organization = request.user.organization
    if organization is None:
        raise Http404
    typed: dict[str, str] | None = None
    refused = None
    if request.method == "POST":
        typed = {name.removeprefix(PREFIX): str(url) for name, url in request.POST.items() if name.startswith(PREFIX)}
        try:
            count = services.save_links(organization=organization, urls=typed, by=request.user)
        except Refused as refusal:
            refused = refusal.findings
        else:
            messages.success(request, f"Записано ссылок: {count}." if count else "Изменений нет.")
            return redirect("collection:site_documents")
    context = {
        "rows": selectors.document_rows(organization, typed if refused else None),
        "about": site_documents(),
        "site": organization.disclosure_url,
        "checks": settings.SITE_LINK_CHECKS,
        "refused": refused,
    }
    return render(request, "collection/site/own.html", context, status=UNPROCESSABLE if refused else 200)


@require_POST
@role_required(*(SCHOOL | DEPARTMENT))
def check(request: SignedInRequest) -> HttpResponse:
    """Have the links asked: a school its own, the department all."""
    own_links = request.user.is_school
    try:
        job = services.request_check(by=request.user, organization=request.user.organization if own_links else None)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("collection:site_documents" if own_links else "collection:site_board")
    return redirect("core:job", pk=job.pk)


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest) -> HttpResponse:
    """Who has marked what, missing and broken links."""
    rows = selectors.board()
    context = {
        "rows": rows,
        "about": site_documents(),
        "checks": settings.SITE_LINK_CHECKS,
        "missing": sum(len(row.missing) for row in rows),
        "broken": sum(len(row.broken) for row in rows),
    }
    return render(request, "collection/site/board.html", context)


@require_safe
@role_required(*AUTHORITY)
def export(request: SignedInRequest) -> FileResponse:
    content = selectors.board_workbook(selectors.board())
    return files.send(BytesIO(content), name="Документы сайтов.xlsx", content_type=files.XLSX)
