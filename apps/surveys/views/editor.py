"""The editor of questionnaires: sections, questions, order, preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.core.findings import Refused
from apps.surveys import services
from apps.surveys.definition import definition_of
from apps.surveys.forms import QuestionForm, QuestionnaireForm, SectionForm
from apps.surveys.models import Question, Questionnaire, Section
from apps.surveys.selectors.answering import page_of
from apps.surveys.selectors.results import limits
from apps.surveys.services.access import WRITERS

WITH_OPTIONS = (Question.Kind.YES_NO, Question.Kind.SINGLE, Question.Kind.MULTIPLE, Question.Kind.SCALE)


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


@require_safe
@role_required(*AUTHORITY)
def questionnaires(request: SignedInRequest) -> HttpResponse:
    """Templates, and questionnaires of our own with their versions."""
    rows = Questionnaire.objects.prefetch_related("surveys")
    context = {
        "templates": [row for row in rows if row.is_template],
        "own": [row for row in rows if not row.is_template],
        "may_write": request.user.has_role(*WRITERS),
    }
    return render(request, "surveys/questionnaires.html", context)


@role_required(*WRITERS)
def questionnaire_create(request: SignedInRequest) -> HttpResponse:
    form = QuestionnaireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.create_questionnaire(**form.cleaned_data, by=request.user)
        messages.success(request, "Анкета создана. Добавьте разделы и вопросы.")
        return redirect(made)
    return render(request, "surveys/questionnaire_create.html", {"form": form})


@require_POST
@role_required(*WRITERS)
def questionnaire_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """A template becomes one of our own; of our own the next version is made."""
    source = get_object_or_404(Questionnaire, pk=pk)
    made = services.copy_questionnaire(source=source, by=request.user)
    messages.success(request, f"Сделана копия: версия {made.version}. Её можно править.")
    return redirect(made)


@require_safe
@role_required(*AUTHORITY)
def questionnaire(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questionnaire with all its questions; what was used once is only read."""
    row = get_object_or_404(Questionnaire, pk=pk)
    sections = row.sections.prefetch_related("questions__depends_on")
    may_edit = row.is_editable and request.user.has_role(*WRITERS)
    context = {
        "questionnaire": row,
        "parts": sections,
        "may_edit": may_edit,
        "may_write": request.user.has_role(*WRITERS),
        "surveys": row.surveys.all(),
    }
    return render(request, "surveys/questionnaire.html", context)


@require_safe
@role_required(*AUTHORITY)
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """As the respondent will see it; it cannot be sent."""
    row = get_object_or_404(Questionnaire, pk=pk)
    context = {
        "questionnaire": row,
        "survey": {"questionnaire": row, "title": row.title},
        "page": page_of(definition_of(row)),
        "places": None,
        "preview": True,
        "minimum": limits().minimum_count,
    }
    return render(request, "surveys/preview.html", context)


def _editable(pk: int) -> Questionnaire:
    return get_object_or_404(Questionnaire, pk=pk, is_template=False)


@role_required(*WRITERS)
def section_edit(request: SignedInRequest, pk: int, section: int | None = None) -> HttpResponse:
    """A new section, or the words of one."""
    questionnaire = _editable(pk)
    row = get_object_or_404(questionnaire.sections, pk=section) if section else None
    initial = {"title": row.title, "note": row.note} if row else {}
    form = SectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_section(questionnaire=questionnaire, section=row, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            return redirect(questionnaire)
    context = {"form": form, "questionnaire": questionnaire, "title": "Раздел" if row else "Новый раздел"}
    return render(request, "surveys/part_edit.html", context)


def _initial(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    names = ("kind", "text", "note", "is_required", "minimum", "maximum", "depends_on")
    return {
        **{name: getattr(question, name) for name in names},
        "options": "\n".join(question.options),
        "depends_options": ", ".join(str(option) for option in question.depends_options),
    }


@role_required(*WRITERS)
def question_edit(request: SignedInRequest, pk: int, section: int, question: int | None = None) -> HttpResponse:
    """A new question, or one as it stands."""
    questionnaire = _editable(pk)
    part = get_object_or_404(questionnaire.sections, pk=section)
    row = get_object_or_404(part.questions, pk=question) if question else None
    filters = Question.objects.filter(section__questionnaire=questionnaire, kind__in=WITH_OPTIONS)
    form = QuestionForm(
        request.POST or None, initial=_initial(row), filters=filters.exclude(pk=row.pk) if row else filters
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.save_question(section=part, question=row, new=form.new, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            return redirect(questionnaire)
    context = {"form": form, "questionnaire": questionnaire, "title": "Вопрос" if row else "Новый вопрос"}
    return render(request, "surveys/part_edit.html", context)


def _part(pk: int, kind: str, part: int) -> Section | Question:
    questionnaire = _editable(pk)
    if kind == "section":
        return get_object_or_404(questionnaire.sections, pk=part)
    return get_object_or_404(Question, section__questionnaire=questionnaire, pk=part)


@require_POST
@role_required(*WRITERS)
def part_move(request: SignedInRequest, pk: int, kind: str, part: int) -> HttpResponse:
    """One place up or down."""
    try:
        services.move_part(part=_part(pk, kind, part), up="up" in request.POST, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("surveys:questionnaire", pk=pk)


@role_required(*WRITERS)
def part_delete(request: SignedInRequest, pk: int, kind: str, part: int) -> HttpResponse:
    """Asks first, then removes."""
    row = _part(pk, kind, part)
    if request.method == "POST":
        try:
            services.delete_part(part=row, by=request.user)
            messages.success(request, "Удалено.")
        except Refused as refusal:
            _tell(request, refusal)
        return redirect("surveys:questionnaire", pk=pk)
    return render(request, "surveys/part_delete.html", {"part": row, "kind": kind, "questionnaire": _editable(pk)})
