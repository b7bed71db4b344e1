"""The form designer: the list of forms, a form with its versions, its passport, publication."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.collection import preparing
from apps.collection.designer_forms import PassportForm
from apps.collection.models import Form
from apps.collection.selectors.design import FormPage, forms_list, version_of
from apps.collection.services import designing
from apps.collection.states import LAUNCHERS
from apps.collection.views import tell
from apps.core.findings import Refused

UNPROCESSABLE = 422


def found_form(code: str, number: str = "") -> Form:
    """The version, or 404."""
    form = version_of(code, number)
    if form is None:
        raise Http404
    return form


@require_safe
@role_required(*AUTHORITY)
def forms(request: SignedInRequest) -> HttpResponse:
    context = {"forms": forms_list(), "may_design": request.user.role in LAUNCHERS}
    return render(request, "collection/designer/forms.html", context)


@require_safe
@role_required(*AUTHORITY)
def teacher_documents(request: SignedInRequest) -> HttpResponse:
    """What a teacher may be asked to prepare, and how sure the list is."""
    context = {"documents": preparing.DOCUMENTS, "order": preparing.ORDER, "note": preparing.ORDER_NOTE}
    return render(request, "collection/designer/documents.html", context)


@require_safe
@role_required(*AUTHORITY)
def form(request: SignedInRequest, code: str) -> HttpResponse:
    """A version of a form; `?version=2` for one that is not the newest."""
    page = FormPage(found_form(code, request.GET.get("version", "")))
    context = {"page": page, "form": page.form, "may_design": request.user.role in LAUNCHERS}
    return render(request, "collection/designer/form.html", context)


def into_form(form: Any, refusal: Refused) -> None:
    for finding in refusal.findings:
        form.add_error(None, str(finding))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def form_create(request: SignedInRequest) -> HttpResponse:
    typed = PassportForm(request.POST or None, button="Составить форму")
    if request.method == "POST" and typed.is_valid():
        try:
            made = designing.create_form(values=typed.cleaned_data, by=request.user)
        except Refused as refusal:
            into_form(typed, refusal)
        else:
            messages.success(request, "Черновик создан. Добавьте показатели, которые нужно собрать.")
            return redirect("collection:form_rows_add", code=made.code)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "collection/designer/passport.html", {"typed": typed}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def form_passport(request: SignedInRequest, code: str) -> HttpResponse:
    draft = found_form(code)
    if not draft.is_draft:
        messages.info(request, "Опубликованная версия не меняется. Начните новую версию: нажмите «Изменить».")
        return redirect(draft)
    typed = PassportForm(request.POST) if request.method == "POST" else PassportForm.of(draft)
    if request.method == "POST" and typed.is_valid():
        try:
            designing.edit_form(form=draft, values=typed.cleaned_data, by=request.user)
        except Refused as refusal:
            into_form(typed, refusal)
        else:
            messages.success(request, "Сохранено.")
            return redirect(draft)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "collection/designer/passport.html", {"typed": typed, "form": draft}, status=status)


@require_POST
@role_required(*LAUNCHERS)
def form_start(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin the next version of the one in force."""
    current = found_form(code)
    try:
        draft = designing.start_version(form=current, by=request.user)
        messages.success(
            request, f"Черновик версии {draft.version} готов к изменениям. Кампании идут по прежней версии."
        )
    except Refused as refusal:
        tell(request, refusal)
    return redirect(current)


@require_POST
@role_required(*LAUNCHERS)
def form_discard(request: SignedInRequest, code: str) -> HttpResponse:
    draft = found_form(code)
    if not request.POST.get("confirmed"):
        messages.error(request, "Поставьте отметку, что черновик нужно удалить.")
        return redirect(draft)
    try:
        active = designing.discard_draft(form=draft, by=request.user)
    except Refused as refusal:
        tell(request, refusal)
        return redirect(draft)
    messages.success(request, "Черновик удалён.")
    return redirect(active) if active else redirect("collection:forms")


@require_POST
@role_required(*LAUNCHERS)
def form_publish(request: SignedInRequest, code: str) -> HttpResponse:
    draft = found_form(code)
    try:
        published = designing.publish_form(form=draft, by=request.user)
        messages.success(request, f"Версия {published.version} опубликована: её можно запросить у организаций.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect(draft)
