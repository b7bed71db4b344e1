"""The set of documents of a procedure: text to edit, DOCX to download, one by one or all."""

import zipfile
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core.findings import Refused
from apps.procedures.documents import filling, services, word
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.models import Procedure
from apps.procedures.schedule.views.asking import attachment
from apps.procedures.schedule.views.catalogue import plan_or_404

NAMES = {"order": "prikaz", "regulation": "polozhenie", "schedule": "grafik", "instruction": "instrukciya",
         "protocol": "protokol"}  # fmt: skip


def _procedure(request: SignedInRequest, pk: int, kind: str) -> Procedure:
    if kind not in DocumentDraft.Kind.values:
        raise Http404
    return plan_or_404(request, pk)


@role_required(*DEPARTMENT)
def document(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The text of a document: changed, kept, downloaded; or the template again."""
    procedure = _procedure(request, pk, kind)
    text = filling.text_of(procedure, kind)
    faults: list[str] = []
    if request.method == "POST":
        if "reset" in request.POST:
            services.reset_text(procedure=procedure, kind=kind, by=request.user)
            messages.success(request, "Возвращён шаблон, заполненный сведениями процедуры.")
            return redirect("procedures:document", pk, kind)
        text = request.POST.get("text", "")
        try:
            services.save_text(procedure=procedure, kind=kind, text=text, by=request.user)
        except Refused as refusal:
            faults = [str(finding) for finding in refusal.findings]
        else:
            if "download" in request.POST:
                return redirect("procedures:document_docx", pk, kind)
            messages.success(request, "Текст сохранён.")
            return redirect("procedures:document", pk, kind)
    context = {
        "procedure": procedure,
        "kind": kind,
        "kind_title": DocumentDraft.Kind(kind).label,
        "heading": filling.heading(procedure, kind),
        "text": text,
        "faults": faults,
        "draft": procedure.drafts.filter(kind=kind).select_related("updated_by").first(),
        "kinds": DocumentDraft.Kind.choices,
        "gaps": filling.gaps(text),
        "may_be_clean": filling.may_be_clean(procedure, kind),
    }
    return render(request, "procedures/documents/document.html", context, status=422 if faults else 200)


@require_safe
@role_required(*AUTHORITY)
def document_docx(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    procedure = _procedure(request, pk, kind)
    if "clean" in request.GET and not filling.may_be_clean(procedure, kind):
        raise Http404
    content = word.render(procedure, kind, is_clean="clean" in request.GET)
    return attachment(content, name=f"{NAMES[kind]}-{pk}.docx", content_type=word.TYPE)


@require_safe
@role_required(*AUTHORITY)
def document_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """All documents of a procedure in one archive."""
    procedure = plan_or_404(request, pk)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in DocumentDraft.Kind.values:
            archive.writestr(f"{NAMES[kind]}.docx", word.render(procedure, kind))
    return attachment(stream.getvalue(), name=f"dokumenty-{pk}.zip", content_type="application/zip")
