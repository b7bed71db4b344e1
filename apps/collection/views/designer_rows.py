"""The form designer: rows and sections of a draft."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.collection.designer_forms import IndicatorSearch, RowForm
from apps.collection.models import Form, FormField
from apps.collection.selectors.design import FOUND, candidates
from apps.collection.selectors.duplicates import duplicates_of
from apps.collection.selectors.values import same_codes
from apps.collection.services import designing_rows as services
from apps.collection.states import LAUNCHERS
from apps.collection.views import tell
from apps.collection.views.designer import UNPROCESSABLE, found_form, into_form
from apps.core.figures import plural
from apps.core.findings import Refused
from apps.indicators.models import Indicator, IndicatorVersion


def _back(form: Form, anchor: str = "rows") -> HttpResponse:
    return redirect(f"{reverse('collection:form', args=[form.code])}#{anchor}")


def _draft(request: SignedInRequest, code: str) -> Form | None:
    """The draft, or nothing with a word why."""
    found = found_form(code)
    if found.is_draft:
        return found
    messages.info(request, "Опубликованная версия не меняется. Начните новую версию: нажмите «Изменить».")
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def rows_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Find indicators and put them into a section."""
    draft = _draft(request, code)
    if draft is None:
        return redirect("collection:form", code=code)
    if request.method == "POST":
        codes = request.POST.getlist("code")[:FOUND]
        versions = IndicatorVersion.objects.current().filter(indicator__code__in=codes).select_related("indicator")
        found = list(versions.order_by("indicator__pack", "indicator__order"))
        try:
            if not found:
                messages.warning(request, "Отметьте показатели, которые нужно добавить.")
            else:
                count = services.add_rows(
                    form=draft, versions=found, section=request.POST.get("section", ""), by=request.user
                )
                messages.success(request, f"Добавлено: {count} {plural(count, 'строка', 'строки', 'строк')}.")
                return _back(draft)
        except Refused as refusal:
            tell(request, refusal)
    search = IndicatorSearch(request.GET or None)
    query = search.cleaned_data if search.is_bound and search.is_valid() else {}
    shown, total = candidates(draft, query)
    sections = list(dict.fromkeys(draft.fields.order_by("order").values_list("section", flat=True)))
    context = {"form": draft, "search": search, "candidates": shown, "total": total, "sections": sections}
    return render(request, "collection/designer/rows_add.html", context)


def _field(form: Form, pk: int) -> FormField:
    return get_object_or_404(form.fields.select_related("version__indicator"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def row(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """One row: place, help, whom it concerns, what to do with what is collected already."""
    draft = _draft(request, code)
    if draft is None:
        return redirect("collection:form", code=code)
    field = _field(draft, pk)
    typed = RowForm(request.POST or None, field=field)
    if request.method == "POST" and typed.is_valid():
        try:
            services.edit_row(form=draft, pk=pk, values=typed.cleaned_data, by=request.user)
        except Refused as refusal:
            into_form(typed, refusal)
        else:
            messages.success(request, f"Строка {field.version.indicator.number} сохранена.")
            return _back(draft, f"row-{pk}")
    same = sorted(same_codes([field.version.indicator.code]).get(field.version.indicator.code, ()))
    context = {
        "form": draft,
        "field": field,
        "typed": typed,
        "duplicates": duplicates_of(draft).get(pk, []),
        "same": Indicator.objects.filter(code__in=same),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "collection/designer/row.html", context, status=status)


@require_POST
@role_required(*LAUNCHERS)
def row_move(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    form = found_form(code)
    try:
        services.move_row(form=form, pk=pk, step=-1 if "up" in request.POST else 1, by=request.user)
    except Refused as refusal:
        tell(request, refusal)
    return _back(form, f"row-{pk}")


@require_POST
@role_required(*LAUNCHERS)
def row_remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    form = found_form(code)
    try:
        services.remove_row(form=form, pk=pk, by=request.user)
        messages.success(request, "Строка убрана из черновика. Показатель и его данные остались на портале.")
    except Refused as refusal:
        tell(request, refusal)
    return _back(form)


@require_POST
@role_required(*LAUNCHERS)
def row_same(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Mark another indicator as the same number, or take the mark away."""
    form = found_form(code)
    field = _field(form, pk)
    other = Indicator.objects.filter(code=request.POST.get("code", "").strip()[:40]).first()
    if other is None:
        messages.error(request, "Показателя с таким кодом на портале нет. Код виден на странице показателя.")
        return redirect("collection:form_row", code=code, pk=pk)
    service = services.unmark_same if "unmark" in request.POST else services.mark_same
    try:
        service(indicator=field.version.indicator, other=other, by=request.user)
        messages.success(request, "Записано.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect("collection:form_row", code=code, pk=pk)


@require_POST
@role_required(*LAUNCHERS)
def section(request: SignedInRequest, code: str) -> HttpResponse:
    """Move a section as a whole, or name it anew."""
    form = found_form(code)
    name = request.POST.get("section", "")
    try:
        if "up" in request.POST or "down" in request.POST:
            services.move_section(form=form, section=name, step=-1 if "up" in request.POST else 1, by=request.user)
        elif "rename" in request.POST:
            services.rename_section(form=form, section=name, name=request.POST.get("name", ""), by=request.user)
        else:
            raise Http404
    except Refused as refusal:
        tell(request, refusal)
    return _back(form)
