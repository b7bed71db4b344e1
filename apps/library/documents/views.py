"""Pages of documents: the catalogue, a document, its versions, who has read it."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.core import events, files
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.library.access import LIBRARY, WRITERS
from apps.library.acts.tokens import subject_in
from apps.library.asking import tell
from apps.library.documents import selectors, services
from apps.library.documents.forms import AdaptationForm, ApproveForm, CardForm, NewDocumentForm, VersionForm
from apps.library.documents.models import Adaptation, Category, Document, DocumentVersion


@require_safe
@role_required(*LIBRARY)
def documents(request: SignedInRequest) -> HttpResponse:
    """The catalogue: by words, kind and shelf."""
    visible = Document.objects.visible_to(request.user).select_related("category", "direction")
    words, kind = request.GET.get("q", "").strip()[:200], request.GET.get("kind", "")
    shelf = number_in(request.GET.get("category", ""))
    found = visible.filter(kind=kind) if kind in Document.Kind.values else visible
    found = found.filter(category=shelf) if shelf else found
    found = selectors.found_by(found, words, request.user) if words else found
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": selectors.with_versions(list(page.object_list), request.user),
        "kinds": Document.Kind.choices,
        "categories": Category.objects.filter(documents__in=visible).distinct(),
        "kind": kind,
        "shelf": shelf,
        "q": words,
        "any": visible.exists(),
        "may_write": request.user.role in WRITERS,
    }
    return render(request, "library/documents/list.html", context)


@role_required(*WRITERS)
def document_new(request: SignedInRequest) -> HttpResponse:
    """A card with its first version; `subject` of the address names the object that it regulates."""
    subject, back = _subject(request)
    start = {"kind": request.GET.get("kind", ""), "direction": number_in(request.GET.get("direction", ""))}
    form = NewDocumentForm(
        request.POST or None, request.FILES or None, initial=start, by_act=request.user.is_department
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = services.NewDocument(**{name: data[name] for name in form.CARD})
        first = services.NewVersion(text=data["text"], file=form.upload, dated_on=data["dated_on"])
        try:
            made = services.create_document(new=new, first=first, by=request.user, subject=subject)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Документ заведён как проект. Утвердите версию, чтобы её увидели организации.")
            return redirect(made)
    context = {"form": form, "subject": subject, "back": back, "categories": Category.objects.all()}
    return render(request, "library/documents/edit.html", context)


def _subject(request: SignedInRequest) -> tuple[Any, str]:
    token = request.GET.get("subject", "")
    if not token:
        return None, ""
    try:
        return subject_in(token)
    except signing.BadSignature:
        raise Http404 from None


def _document(request: SignedInRequest, pk: int) -> Document:
    visible = Document.objects.visible_to(request.user).select_related("category", "direction", "above", "author")
    return get_object_or_404(visible, pk=pk)


def _version(request: SignedInRequest, pk: int) -> DocumentVersion:
    visible = DocumentVersion.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("document", "file", "approved_by"), pk=pk)
    if not Document.objects.visible_to(request.user).filter(pk=found.document_id).exists():
        raise Http404
    return found


def _show(request: SignedInRequest, document: Document, version: DocumentVersion | None, **forms: Any) -> HttpResponse:
    page = selectors.page_of(document, request.user, version)
    if page is None:
        raise Http404
    if request.method == "GET":
        services.note_reading(version=page.version, by=request.user)
    may_write = request.user.role in WRITERS and (request.user.is_department or not document.needs_act)
    context = {
        "page": page,
        "document": document,
        "version": page.version,
        "may_write": may_write,
        "approve_form": forms.get("approve_form") or ApproveForm(needs_act=document.needs_act),
        "adaptation_form": forms.get("adaptation_form") or AdaptationForm(),
        "discussions": page.version.discussions.all() if request.user.is_authority or _sits(request) else [],
        "history": events.history(document)[:30] if request.user.is_authority else [],
    }
    return render(request, "library/documents/detail.html", context)


def _sits(request: SignedInRequest) -> bool:
    return request.user.role == "public_representative"


@require_safe
@role_required(*LIBRARY)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The version in force; opening it is reading it."""
    return _show(request, _document(request, pk), None)


@require_safe
@role_required(*LIBRARY)
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _version(request, pk)
    return _show(request, _document(request, found.document_id), found)


@role_required(*WRITERS)
def document_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _document(request, pk)
    form = CardForm(request.POST or None, document=found, by_act=request.user.is_department)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_document(document=found, new=services.NewDocument(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Карточка сохранена.")
            return redirect(found)
    context = {"form": form, "document": found, "categories": Category.objects.all()}
    return render(request, "library/documents/edit.html", context)


def _edit_version(request: SignedInRequest, found: Document, row: DocumentVersion | None) -> HttpResponse:
    form = VersionForm(request.POST or None, request.FILES or None, version=row)
    if request.method == "POST" and form.is_valid():
        new = services.NewVersion(**form.values, file=form.upload)
        try:
            if row:
                saved = services.change_version(version=row, new=new, by=request.user)
            else:
                saved = services.add_version(document=found, new=new, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Проект сохранён: версия {saved.number}.")
            return redirect(saved)
    return render(request, "library/documents/version.html", {"form": form, "document": found, "version": row})


@role_required(*WRITERS)
def version_new(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit_version(request, _document(request, pk), None)


@role_required(*WRITERS)
def version_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _version(request, pk)
    return _edit_version(request, row.document, row)


@require_POST
@role_required(*WRITERS)
def version_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _version(request, pk)
    form = ApproveForm(request.POST, needs_act=row.document.needs_act)
    if form.is_valid():
        try:
            services.approve_version(version=row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Версия действует: её видят организации.")
            return redirect(row)
    return _show(request, _document(request, row.document_id), row, approve_form=form)


@require_POST
@role_required(*WRITERS)
def version_void(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _version(request, pk)
    try:
        services.void_version(version=row, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, "Версия утратила силу.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect(row)


@require_safe
@role_required(*LIBRARY)
def version_file(request: SignedInRequest, pk: int) -> FileResponse:
    row = _version(request, pk)
    if row.file is None:
        raise Http404
    services.note_reading(version=row, by=request.user)
    return files.send_private(row.file)


@require_POST
@role_required(*WRITERS)
def adaptation_add(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _version(request, pk)
    form = AdaptationForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.add_adaptation(version=row, by=request.user, file=form.upload, **form.values)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Адаптация добавлена: её увидят организации, которым она подходит.")
            return redirect(row)
    return _show(request, _document(request, row.document_id), row, adaptation_form=form)


def _adaptation(request: SignedInRequest, pk: int) -> Adaptation:
    """One that the person may open: a school only those that fit it."""
    found = get_object_or_404(Adaptation.objects.select_related("version", "file"), pk=pk)
    _version(request, found.version_id)
    own = request.user.organization
    if request.user.is_school and not (own and found.fits(own)):
        raise Http404
    return found


@require_POST
@role_required(*WRITERS)
def adaptation_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _adaptation(request, pk)
    services.remove_adaptation(adaptation=found, by=request.user)
    messages.success(request, "Адаптация снята, её текст остался в истории документа.")
    return redirect(found.version)


@require_safe
@role_required(*LIBRARY)
def adaptation_file(request: SignedInRequest, pk: int) -> FileResponse:
    found = _adaptation(request, pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)


@require_safe
@role_required(*WRITERS, "admin")
def readers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has opened the version, by organisations, and where nobody has."""
    row = _version(request, pk)
    have, lack = selectors.readers_of(row)
    context = {"version": row, "document": row.document, "have": have, "lack": lack}
    return render(request, "library/documents/readers.html", context)
