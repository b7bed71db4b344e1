"""Pages of an organisation: its tasks, one form in three steps, the receipt."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import SCHOOL
from apps.collection import services
from apps.collection.forms import UploadForm
from apps.collection.models import Submission
from apps.collection.selectors.filling import section_states
from apps.collection.selectors.page import SubmissionPage
from apps.collection.selectors.tasks import next_step, tasks_of, term_words
from apps.collection.services.workbooks import file_name, workbook_of
from apps.collection.views import tell
from apps.core import events, files
from apps.core.findings import Refused


def own_submission(request: SignedInRequest, pk: int) -> Submission:
    """The submission, if this organisation may see it; a foreign one is a 404 like an unknown one."""
    found = Submission.objects.visible_to(request.user).select_related(
        "campaign__period", "organization", "form", "period", "submitted_by", "returned_by", "accepted_by"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
@role_required(*SCHOOL)
def tasks(request: SignedInRequest) -> HttpResponse:
    found = tasks_of(request.user)
    waiting = [task for task in found if task.submission.awaits_organization]
    handed_in = [task for task in found if not task.submission.awaits_organization]
    return render(request, "collection/tasks.html", {"waiting": waiting, "handed_in": handed_in, "total": len(found)})


@require_safe
@role_required(*SCHOOL)
def submission(request: SignedInRequest, pk: int) -> HttpResponse:
    return render(request, "collection/submission.html", submission_context(request, own_submission(request, pk)))


def submission_context(request: SignedInRequest, found: Submission) -> dict[str, object]:
    page = SubmissionPage(found)
    return {
        "submission": found,
        "page": page,
        "section_states": section_states(page) if found.is_open else [],
        "upload_form": UploadForm(),
        "next_step": next_step(found, len(page.left), request.user.role),
        "term": term_words(found),
        "uploads": found.uploads.select_related("file", "uploaded_by")[:5],
        "history": events.history(found)[:20],
    }


@require_safe
@role_required(*SCHOOL)
def workbook(request: SignedInRequest, pk: int) -> FileResponse:
    """The workbook made for this organisation, with all that is known filled in."""
    found = own_submission(request, pk)
    return files.send(BytesIO(workbook_of(found)), name=file_name(found), content_type=files.XLSX)


@require_POST
@role_required(*SCHOOL)
def explain(request: SignedInRequest, pk: int) -> HttpResponse:
    """Explanations of queries; fields are named `explain-<code of the row>`."""
    found = own_submission(request, pk)
    prefix = "explain-"
    texts = {name.removeprefix(prefix): text for name, text in request.POST.items() if name.startswith(prefix) and text}
    try:
        count = services.explain(
            submission=found, texts={key: str(text) for key, text in texts.items()}, by=request.user
        )
        same = request.POST.get("same")
        if same:
            count += services.repeat_explanation(submission=found, key=same, by=request.user)
        if count:
            messages.success(request, "Пояснения записаны.")
        else:
            messages.info(request, "Новых пояснений нет.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect("collection:check", pk=pk)


@require_POST
@role_required(*SCHOOL)
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand in what was seen; only the director may."""
    found = own_submission(request, pk)
    if not request.POST.get("confirmed"):
        messages.error(request, "Поставьте отметку, что данные проверены, и отправьте форму ещё раз.")
        return redirect("collection:check", pk=pk)
    seen = request.POST.get("revision", "")
    try:
        revision = int(seen) if seen.isascii() and seen.isdigit() else -1
        services.submit_submission(submission=found, by=request.user, revision=revision)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("collection:check", pk=pk)
    return redirect("collection:receipt", pk=pk)


@require_safe
@role_required(*SCHOOL)
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page that stays after handing in; printable."""
    found = own_submission(request, pk)
    if not found.number:
        raise Http404
    return render(request, "collection/receipt.html", {"submission": found, "page": SubmissionPage(found)})
