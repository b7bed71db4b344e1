"""The bank of practices: proposed by schools, published by the office, recommended to others."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.library.access import WRITERS
from apps.library.asking import tell
from apps.library.practices import services
from apps.library.practices.forms import AdviseForm, PracticeForm
from apps.library.practices.models import Practice, PracticeAdvice

READS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER, Role.EXPERT)


@require_safe
@role_required(*READS)
def practices(request: SignedInRequest) -> HttpResponse:
    """The bank by categories; what was proposed stands first for those who decide."""
    visible = Practice.objects.visible_to(request.user).select_related("organization")
    category, state = request.GET.get("category", ""), request.GET.get("state", "")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = visible.filter(category=category) if category in Practice.Category.values else visible
    found = found.filter(state=state) if state in Practice.State.values else found
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(problem__icontains=word) | Q(done__icontains=word) | Q(effect__icontains=word)
        )
    context = {
        "page": Paginator(found, 20).get_page(request.GET.get("page")),
        "categories": Practice.Category.choices,
        "states": Practice.State.choices,
        "category": category,
        "state": state,
        "q": words,
        "any": visible.exists(),
        "may_propose": request.user.is_school or request.user.role in WRITERS,
        "advised": _advised(request),
    }
    return render(request, "library/practices/list.html", context)


def _advised(request: SignedInRequest) -> Any:
    """What the office recommends to the person's school and is not answered yet."""
    if not request.user.is_school:
        return []
    own = PracticeAdvice.objects.filter(organization=request.user.organization, answered_at__isnull=True)
    return own.filter(practice__state=Practice.State.PUBLISHED).select_related("practice__organization")


def _edit(request: SignedInRequest, found: Practice | None) -> HttpResponse:
    own = request.user.is_school
    form = PracticeForm(request.POST or None, request.FILES or None, own=own, practice=found)
    if request.method == "POST" and form.is_valid():
        values = form.values
        organization = values.pop("organization", None) or request.user.organization
        new = services.NewPractice(**values)
        try:
            if found:
                saved = services.change(practice=found, new=new, by=request.user, file=form.upload)
            else:
                assert organization is not None  # of a school the role has one
                saved = services.propose(new=new, organization=organization, by=request.user, file=form.upload)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Практика записана. В банке она появится после решения управления.")
            return redirect(saved)
    return render(request, "library/practices/edit.html", {"form": form, "practice": found})


@role_required(*WRITERS, *SCHOOL)
def practice_new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


def _practice(request: SignedInRequest, pk: int) -> Practice:
    visible = Practice.objects.visible_to(request.user).select_related("organization", "author", "file", "decided_by")
    return get_object_or_404(visible, pk=pk)


def _own(request: SignedInRequest, found: Practice) -> bool:
    return request.user.is_school and request.user.organization == found.organization


@role_required(*WRITERS, *SCHOOL)
def practice_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _practice(request, pk)
    if request.user.is_school and not (_own(request, found) and found.can_be_edited_by_school):
        raise Http404
    return _edit(request, found)


def _show(request: SignedInRequest, found: Practice, advise_form: AdviseForm | None = None) -> HttpResponse:
    advice = found.advice.select_related("organization", "by")
    if request.user.is_school:
        advice = advice.filter(organization=request.user.organization)
    elif not request.user.is_authority:
        advice = advice.none()
    writes = request.user.role in WRITERS
    may_advise = writes and found.state == Practice.State.PUBLISHED
    context = {
        "practice": found,
        "advice": advice,
        "writes": writes,
        "may_edit": writes or (_own(request, found) and found.can_be_edited_by_school),
        "advise_form": (advise_form or AdviseForm(practice=found)) if may_advise else None,
        "history": events.history(found)[:30] if request.user.is_authority or _own(request, found) else [],
    }
    return render(request, "library/practices/detail.html", context)


@require_safe
@role_required(*READS)
def practice(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, _practice(request, pk))


@require_safe
@role_required(*READS)
def practice_file(request: SignedInRequest, pk: int) -> FileResponse:
    found = _practice(request, pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)


@require_POST
@role_required(*WRITERS)
def practice_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish, give back or withdraw, by the button that was pressed."""
    found = _practice(request, pk)
    remark = request.POST.get("remark", "")
    try:
        if "publish" in request.POST:
            services.publish(practice=found, is_open="is_open" in request.POST, by=request.user)
            messages.success(request, "Практика в банке: её видят все организации.")
        elif "withdraw" in request.POST:
            services.withdraw(practice=found, remark=remark, by=request.user)
            messages.success(request, "Практика снята.")
        else:
            services.give_back(practice=found, remark=remark, by=request.user)
            messages.success(request, "Практика возвращена на доработку.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect(found)


@require_POST
@role_required(*WRITERS)
def practice_advise(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _practice(request, pk)
    form = AdviseForm(request.POST, practice=found)
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            count = services.advise(practice=found, organizations=form.chosen, text=text, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Рекомендована организациям: {count}.")
            return redirect(found)
    return _show(request, found, form)


@require_POST
@role_required(*SCHOOL)
def advice_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the school will do with the practice recommended to it."""
    mine = PracticeAdvice.objects.filter(organization=request.user.organization).select_related("practice")
    advice = get_object_or_404(mine, pk=pk)
    try:
        services.answer_advice(advice=advice, text=request.POST.get("text", ""), by=request.user)
        messages.success(request, "Ответ записан, управление его увидит.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect(advice.practice)
