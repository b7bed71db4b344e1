"""Pages of the register. Its rows are open to every signed-in person; changes are for those who keep it."""

import uuid
from io import BytesIO
from typing import Any, BinaryIO, Literal, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from apps.core import files
from apps.core.findings import Refused
from apps.core.models import PrivateFile
from apps.organizations import selectors, services
from apps.organizations.access import keepers_only
from apps.organizations.filters import OrganizationFilter
from apps.organizations.forms import CloseForm, ContactsForm, FeaturesForm, MergeForm, RegisterFileForm, RenameForm
from apps.organizations.models import Organization
from apps.organizations.register import files as register_files
from apps.organizations.register.applying import import_organizations, preview
from apps.organizations.tables import OrganizationTable


def _filtered(request: HttpRequest) -> OrganizationFilter:
    register = Organization.objects.visible_to(request.user).educational()
    return OrganizationFilter(request.GET, queryset=register, request=request)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The register: search, filters, counts."""
    found = _filtered(request)
    table = OrganizationTable(found.qs)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "filter": found,
        "table": table,
        "found": table.paginator.count,
        "counts": selectors.counts_by_kind(),
        "query": request.GET.urlencode(),
    }
    return render(request, "organizations/list.html", context)


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user).select_related("successor"), code=code
    )
    return render(request, "organizations/detail.html", {"card": selectors.card(organization, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, code: str) -> HttpResponse:
    """Contacts: a school its own, the authority all."""
    organization = get_object_or_404(Organization.objects.editable_by(request.user), code=code)
    form = ContactsForm(request.POST or None, instance=organization)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_contacts(organization=organization, by=request.user, values=form.cleaned_data)
        except Refused as refusal:
            _into_form(form, refusal)
        else:
            messages.success(request, "Контакты сохранены.")
            return redirect(organization)
    return render(request, "organizations/contacts.html", {"form": form, "organization": organization})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def features(request: HttpRequest, code: str) -> HttpResponse:
    """What is special about an organisation: forms leave out the rows that do not concern it."""
    organization = get_object_or_404(Organization.objects.educational(), code=code)
    form = FeaturesForm(initial={"features": organization.features})
    if request.method == "POST":
        form = FeaturesForm(request.POST)  # no tick at all is an answer, too
        if form.is_valid():
            marked = form.cleaned_data["features"]
            if services.update_features(organization=organization, by=request.user, features=marked):
                messages.success(request, "Особенности записаны. Новые и незавершённые формы учтут их сразу.")
            return redirect(organization)
    context = {"form": form, "organization": organization, "title": "Особенности организации", "change": "features"}
    return render(request, "organizations/change.html", context)


CHANGES: dict[str, tuple[type[Any], Any, str]] = {
    "rename": (RenameForm, services.rename_organization, "Переименовать организацию"),
    "merge": (MergeForm, services.merge_organizations, "Присоединить к другой организации"),
    "close": (CloseForm, services.close_organization, "Закрыть организацию"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def change(request: HttpRequest, code: str, change: str) -> HttpResponse:
    """A dated change of the network: rename, merge, close."""
    if change not in CHANGES:
        raise Http404
    form_class, service, title = CHANGES[change]
    organization = get_object_or_404(Organization.objects.educational(), code=code)
    form = form_class(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            service(organization=organization, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _into_form(form, refusal)
        else:
            messages.success(request, "Изменение внесено в реестр.")
            return redirect(organization)
    context = {"form": form, "organization": organization, "title": title, "change": change}
    return render(request, "organizations/change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def import_register(request: HttpRequest) -> HttpResponse:
    """A file of the register: first what it would change, then exactly that on confirmation."""
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = preview(upload)
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            context |= {"plan": plan, "findings": plan.findings}
            if not plan.is_refused:
                context["kept"] = files.store(
                    stream=upload, name=upload.name, content_type="application/octet-stream", by=request.user
                )
    return render(request, "organizations/import.html", context)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Apply the file that this person has just looked at."""
    try:
        number = uuid.UUID(request.POST.get("file", ""))
    except ValueError:
        raise Http404 from None
    kept = get_object_or_404(PrivateFile, pk=number, created_by=request.user)
    digest = request.POST.get("digest", "") or "none"
    try:
        with kept.file.open("rb") as stream:
            done = import_organizations(source=cast(BinaryIO, stream), by=request.user, digest=digest)
    except Refused as refusal:
        context = {"form": RegisterFileForm(), "findings": refusal.findings}
        return render(request, "organizations/import.html", context)
    text = f"Реестр обновлён. Внесено: {len(done.created)}, изменено: {len(done.updated)}."
    messages.success(request, text)
    return redirect("organizations:list")


@require_safe
@keepers_only
def register_template(request: HttpRequest) -> FileResponse:
    return _download(register_files.template(), "Реестр организаций, образец.xlsx", files.XLSX)


@require_safe
def export_register(request: HttpRequest, kind: str) -> FileResponse:
    """The list as it is filtered, as a file. Codes of other systems go only to the authority."""
    if kind not in {"xlsx", "csv"} or not getattr(request.user, "is_authority", False):
        raise Http404
    form: Literal["xlsx", "csv"] = "csv" if kind == "csv" else "xlsx"
    data = register_files.export(_filtered(request).qs, kind=form)
    name = f"Организации {timezone.localdate():%Y-%m-%d}.{form}"
    return _download(data, name, files.CSV if form == "csv" else files.XLSX)


def _download(data: bytes, name: str, content_type: str) -> FileResponse:
    return files.send(BytesIO(data), name=name, content_type=content_type)


def _into_form(form: Any, refusal: Refused) -> None:
    for finding in refusal.findings:
        form.add_error(None, str(finding))
