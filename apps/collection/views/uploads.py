"""Uploading a filled workbook: check, preview of every change, confirmation."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import SCHOOL
from apps.collection import services
from apps.collection.forms import UploadForm
from apps.collection.models import SubmissionUpload
from apps.collection.selectors.preview import UploadPreview
from apps.collection.services.workbooks import file_name, workbook_of
from apps.collection.views import tell
from apps.collection.views.school import own_submission, submission_context
from apps.core import files
from apps.core.findings import Refused

TOO_MANY = 429
UNPROCESSABLE = 422


@require_POST
@role_required(*SCHOOL)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the file in; a file refused as a whole is told here, one with faulty cells on its preview page."""
    found = own_submission(request, pk)
    form = UploadForm(request.POST, request.FILES)
    refused: dict[str, object] = {}
    status = UNPROCESSABLE
    if form.is_valid():
        workbook = form.cleaned_data["workbook"]
        try:
            upload = services.preview_upload(
                submission=found, stream=workbook.file, name=workbook.name, by=request.user
            )
        except Refused as refusal:
            refused["file_findings"] = refusal.findings
            status = TOO_MANY if refusal.findings[0].code == "too_many" else UNPROCESSABLE
        else:
            return redirect(upload)
    context = {**submission_context(request, found), "upload_form": form, **refused}
    return render(request, "collection/submission.html", context, status=status)


def _upload(request: SignedInRequest, pk: int, upload_pk: int) -> SubmissionUpload:
    found = SubmissionUpload.objects.visible_to(request.user).select_related(
        "file", "submission__form", "submission__campaign__period", "submission__organization", "submission__period"
    )
    return get_object_or_404(found, pk=upload_pk, submission=pk)


@require_safe
@role_required(*SCHOOL)
def preview(request: SignedInRequest, pk: int, upload_pk: int) -> HttpResponse:
    """What the workbook would change, row by row, and its remarks."""
    upload = _upload(request, pk, upload_pk)
    context = {"upload": upload, "submission": upload.submission, "preview": UploadPreview(upload)}
    return render(request, "collection/upload.html", context)


@require_POST
@role_required(*SCHOOL)
def confirm(request: SignedInRequest, pk: int, upload_pk: int) -> HttpResponse:
    upload = _upload(request, pk, upload_pk)
    shown = UploadPreview(upload)
    shown.choices = {row.key: request.POST.get(f"choose-{row.field_id}", "") for row in shown.definition.inputs}
    digest = request.POST.get("digest", "")
    try:
        count = services.confirm_upload(upload=upload, digest=digest, choices=shown.choices, by=request.user)
    except Refused as refusal:
        if refusal.findings[0].code == "conflict":  # nothing chosen is lost
            context = {"upload": upload, "submission": upload.submission, "preview": shown, "is_tried": True}
            return render(request, "collection/upload.html", context, status=UNPROCESSABLE)
        tell(request, refusal)
        return redirect(upload)
    messages.success(request, f"Данные записаны, изменено строк: {count}." if count else "Данные уже записаны.")
    return redirect("collection:submission", pk=pk)


@require_safe
@role_required(*SCHOOL)
def annotated(request: SignedInRequest, pk: int, upload_pk: int) -> FileResponse:
    """The uploaded values in a fresh workbook with a comment in each faulty cell."""
    upload = _upload(request, pk, upload_pk)
    content = workbook_of(upload.submission, upload=upload)
    name = file_name(upload.submission).removesuffix(".xlsx") + ", замечания.xlsx"
    return files.send(BytesIO(content), name=name, content_type=files.XLSX)


@require_safe
@role_required(*SCHOOL)
def original(request: SignedInRequest, pk: int, upload_pk: int) -> FileResponse:
    """The file as it was uploaded, for the organisation that uploaded it."""
    return files.send_private(_upload(request, pk, upload_pk).file)
