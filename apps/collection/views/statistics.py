"""Federal statistics: a school uploads its own forms, the department many at once; what was read is shown."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.collection.forms_statistics import OwnerForm, StatisticsForm
from apps.collection.models import StatisticsFile
from apps.collection.selectors import statistics as selectors
from apps.collection.services import statistics as services
from apps.collection.services.statistics import Incoming
from apps.collection.views import tell
from apps.core import files
from apps.core.findings import Refused
from apps.organizations.models import Organization

UNPROCESSABLE = 422
ROOMS = AUTHORITY | SCHOOL


def _list(request: SignedInRequest, form: StatisticsForm, status: int = 200, **more: object) -> HttpResponse:
    found = selectors.files_for(request.user)
    state = request.GET.get("state", "")
    if state in StatisticsFile.State.values:
        found = found.filter(state=state)
    context = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "form": form,
        "unknown": found.filter(state=StatisticsFile.State.UNKNOWN).count(),
        "running": found.filter(state=StatisticsFile.State.QUEUED).select_related("job").first(),
        "may_upload": request.user.is_school or request.user.is_department,
        "state": state,
        **more,
    }
    return render(request, "collection/statistics/list.html", context, status=status)


@require_safe
@role_required(*ROOMS)
def statistics(request: SignedInRequest) -> HttpResponse:
    """Forms of statistics that were uploaded."""
    return _list(request, StatisticsForm())


@require_POST
@role_required(*(DEPARTMENT | SCHOOL))
def upload(request: SignedInRequest) -> HttpResponse:
    """Take the files in; a worker reads them."""
    form = StatisticsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, UNPROCESSABLE)
    incoming = [Incoming(item.name, item.file) for item in form.cleaned_data["books"]]
    organization: Organization | None = request.user.organization if request.user.is_school else None
    try:
        _, job = services.upload_statistics(
            incoming=incoming, by=request.user, organization=organization, as_of=form.cleaned_data["as_of"]
        )
    except Refused as refusal:
        return _list(request, form, UNPROCESSABLE, refused=refusal.findings)
    return redirect(f"{reverse('collection:statistics')}#job-{job.pk}")


def _row(request: SignedInRequest, pk: int) -> StatisticsFile:
    found = StatisticsFile.objects.visible_to(request.user).select_related("organization", "file", "uploaded_by")
    row: StatisticsFile = get_object_or_404(found, pk=pk)
    return row


@require_safe
@role_required(*ROOMS)
def statistics_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was read from a file, and its remarks."""
    row = _row(request, pk)
    chooses = request.user.is_department and row.state == StatisticsFile.State.UNKNOWN
    context = {"page": selectors.file_page(row), "row": row, "owner_form": OwnerForm() if chooses else None}
    return render(request, "collection/statistics/file.html", context)


@require_safe
@role_required(*ROOMS)
def statistics_original(request: SignedInRequest, pk: int) -> FileResponse:
    """The file as it was uploaded."""
    return files.send_private(_row(request, pk).file)


@require_POST
@role_required(*DEPARTMENT)
def statistics_owner(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whose form it is."""
    row = _row(request, pk)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        context = {"page": selectors.file_page(row), "row": row, "owner_form": form}
        return render(request, "collection/statistics/file.html", context, status=UNPROCESSABLE)
    try:
        services.choose_organization(row=row, organization=form.cleaned_data["organization"], by=request.user)
        messages.success(request, "Числа формы записаны.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect("collection:statistics_file", pk=pk)


@require_safe
@role_required(*ROOMS)
def statistics_layouts(request: SignedInRequest) -> HttpResponse:
    """Which cells are read, what they mean, what is not confirmed."""
    return render(request, "collection/statistics/layouts.html", {"pages": selectors.layout_pages()})
