"""The browser form: a section as one page, one field saved as it is left, the check before handing in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import SCHOOL
from apps.collection.models import Submission
from apps.collection.selectors import filling as selectors
from apps.collection.selectors.filling import SectionPage
from apps.collection.selectors.page import SubmissionPage
from apps.collection.services import repeat_explanation
from apps.collection.services.filling import SavedRows, save_typed, take_known
from apps.collection.typed import THEIRS, Typed, typed_rows
from apps.collection.views.school import own_submission
from apps.core.figures import plural
from apps.core.findings import Finding, Refused

UNPROCESSABLE = 422


def _section(found: Submission, number: int, known: SubmissionPage | None = None) -> SectionPage:
    page = SubmissionPage(found)
    if known is not None:
        page.asked = known.asked  # a version of a form never changes
    if not 1 <= number <= len(page.definition.sections):
        raise Http404
    return SectionPage(page, number)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*SCHOOL)
def section(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The rows of a section. «Сохранить» writes all that can be read and shows the rest as it was typed."""
    found = own_submission(request, pk)
    shown = _section(found, number)
    if request.method == "POST":
        return _save(request, found, shown)
    if not found.is_open:
        messages.info(request, "Изменить данные сейчас нельзя. Ниже то, что записано.")
        return redirect(found)
    return _render(request, shown)


def _render(
    request: SignedInRequest, shown: SectionPage, *, refused: list[Finding] | None = None, status: int = 200
) -> HttpResponse:
    context = {"submission": shown.submission, "section": shown, "refused": refused, "is_tried": status != 200}
    return render(request, "collection/section.html", context, status=status)


def _save(request: SignedInRequest, found: Submission, shown: SectionPage) -> HttpResponse:
    typed = typed_rows(request.POST.dict(), shown.rows)
    try:
        if "take" in request.POST or "same" in request.POST:
            return _press(request, found, shown, typed)
        saved = save_typed(submission=found, definition=shown.page.definition, typed=typed, by=request.user)
    except Refused as refusal:
        return _render(request, shown.kept(typed), refused=refusal.findings, status=UNPROCESSABLE)
    if saved.is_whole:
        messages.success(request, _saved_words(saved.count))
        return _onwards(request, found, shown)
    again = _again(request, shown, typed, saved)
    return _render(request, again, status=UNPROCESSABLE)


def _press(request: SignedInRequest, found: Submission, shown: SectionPage, typed: dict[str, Typed]) -> HttpResponse:
    """One press takes a known number or last year's explanation; what else was typed is saved first."""
    name = "take" if "take" in request.POST else "same"
    keys = {str(row.field_id): row.key for row in shown.rows}
    key = keys.get(request.POST[name])
    if key is None:
        raise Http404
    others = {other: row for other, row in typed.items() if name == "same" or other != key}
    definition = shown.page.definition
    saved = save_typed(submission=found, definition=definition, typed=others, by=request.user)
    if name == "take":
        take_known(submission=found, definition=definition, key=key, by=request.user)
    elif key not in saved.problems and key not in saved.conflicts:
        repeat_explanation(submission=found, key=key, by=request.user)
    if saved.is_whole:
        messages.success(request, "Число записано." if name == "take" else "Пояснение записано.")
        return redirect(f"{request.path}#row-{request.POST[name]}")
    return _render(request, _again(request, shown, others, saved), status=UNPROCESSABLE)


def _again(request: SignedInRequest, shown: SectionPage, typed: dict[str, Typed], saved: SavedRows) -> SectionPage:
    """The section read anew after a save, with what could not be written as it was typed."""
    fresh = _section(own_submission(request, shown.submission.pk), shown.number, shown.page)
    return SectionPage(fresh.page, shown.number, typed, saved.problems, saved.conflicts)


def _saved_words(count: int) -> str:
    if not count:
        return "Изменений нет: всё уже записано."
    return f"Записано: {count} {plural(count, 'строка', 'строки', 'строк')}."


def _onwards(request: SignedInRequest, found: Submission, shown: SectionPage) -> HttpResponse:
    if "next" not in request.POST:
        return redirect(request.path)
    if shown.next_number:
        return redirect("collection:section", pk=found.pk, number=shown.next_number)
    return redirect("collection:check", pk=found.pk)


@require_POST
@role_required(*SCHOOL)
def field(request: SignedInRequest, pk: int, field_pk: int) -> HttpResponse:
    """Save one row as its field is left; answers what is to be said about it, and what changed with it."""
    found = own_submission(request, pk)
    shown, key = _section_of_field(found, field_pk)
    typed = typed_rows(request.POST.dict(), [shown.page.definition.by_key[key]])
    context: dict[str, object] = {}
    try:
        saved = save_typed(submission=found, definition=shown.page.definition, typed=typed, by=request.user)
        shown = _again(request, shown, typed, saved)
    except Refused as refusal:
        shown, context = shown.kept(typed), {"refused": refusal.findings}
    if not request.htmx:
        return redirect("collection:section", pk=pk, number=shown.number)
    own = next(item for item in shown.fields if item.row.key == key)
    touched = [item for item in shown.touched(key) if item.row.key != key]
    context |= {"section": shown, "field": own, "touched": touched, "submission": shown.submission}
    context["refresh"] = typed[key].choice == THEIRS if key in typed else False
    response = render(request, "collection/field_answer.html", context)
    response["X-Fill"] = "1"  # what has it is an answer of this page and not, say, the log-in page
    return response


def _section_of_field(found: Submission, field_pk: int) -> tuple[SectionPage, str]:
    page = SubmissionPage(found)
    for number, (_, rows) in enumerate(page.definition.sections, 1):
        for row in rows:
            if row.field_id == field_pk and not row.is_given:
                return SectionPage(page, number), row.key
    raise Http404


@require_safe
@role_required(*SCHOOL)
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """All answers once more before they are handed in: what is missing, what changed since last year."""
    found = own_submission(request, pk)
    page = SubmissionPage(found)
    context = {
        "submission": found,
        "page": page,
        "missing": selectors.missing_rows(page),
        "errors": selectors.erroneous_rows(page),
        "can_change": found.is_open,
    }
    return render(request, "collection/check.html", context)
