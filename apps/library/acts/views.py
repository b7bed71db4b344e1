"""Pages of the register of acts."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.core import events, files
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.library.access import LIBRARY
from apps.library.acts import selectors, services
from apps.library.acts.filters import ActFilter
from apps.library.acts.forms import ActForm, StateForm
from apps.library.acts.models import Act, ActUse
from apps.library.acts.tokens import subject_in
from apps.library.asking import tell


@require_safe
@role_required(*LIBRARY)
def acts(request: SignedInRequest) -> HttpResponse:
    """The register, narrowed by what is asked."""
    visible = Act.objects.visible_to(request.user)
    narrowed = ActFilter(request.GET, queryset=visible.annotate(used=Count("uses")).in_order())
    page = Paginator(narrowed.qs, 25).get_page(request.GET.get("page"))
    states = dict(visible.order_by().values_list("state").annotate(count=Count("pk")))
    return render(request, "library/acts/list.html", {"filter": narrowed, "page": page, "states": states})


@require_safe
@role_required(*LIBRARY)
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """An act: requisites, state, where it is used."""
    found = get_object_or_404(Act.objects.visible_to(request.user).select_related("file", "replaced_by"), pk=pk)
    context = {
        "act": found,
        "groups": selectors.uses_of(found, request.user),
        "replaces": found.replaces.all(),
        "state_form": StateForm(act=found) if request.user.is_department else None,
        "history": events.history(found)[:30],
    }
    return render(request, "library/acts/detail.html", context)


def _edit(request: SignedInRequest, found: Act | None) -> HttpResponse:
    form = ActForm(request.POST or None, request.FILES or None, act=found)
    if request.method == "POST" and form.is_valid():
        new = services.NewAct(**form.values)
        try:
            if found:
                saved = services.change_act(act=found, new=new, by=request.user, file=form.upload)
            else:
                saved = services.create_act(new=new, by=request.user, file=form.upload)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Акт записан в реестр.")
            return redirect(saved)
    return render(request, "library/acts/edit.html", {"form": form, "act": found})


@role_required(*DEPARTMENT)
def act_new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@role_required(*DEPARTMENT)
def act_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Act.objects.visible_to(request.user), pk=pk))


@require_POST
@role_required(*DEPARTMENT)
def act_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether it is in force, as looked up today."""
    found = get_object_or_404(Act.objects.visible_to(request.user), pk=pk)
    form = StateForm(request.POST, act=found)
    if form.is_valid():
        try:
            saved = services.set_state(act=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Записано: {saved.get_state_display()}.")
            return redirect(saved)
    context: dict[str, Any] = {
        "act": found,
        "groups": selectors.uses_of(found, request.user),
        "state_form": form,
        "history": events.history(found)[:30],
    }
    return render(request, "library/acts/detail.html", context)


@require_safe
@role_required(*LIBRARY)
def act_file(request: SignedInRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Act.objects.visible_to(request.user).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)


@require_POST
@role_required(*DEPARTMENT)
def attach(request: SignedInRequest) -> HttpResponse:
    """Bind the chosen act to the object whose page carried the form; its name comes signed."""
    try:
        subject, back = subject_in(request.POST.get("subject", ""))
    except signing.BadSignature:
        raise Http404 from None
    number = number_in(request.POST.get("act", "")) or 0
    chosen = Act.objects.visible_to(request.user).filter(pk=number).first()
    if chosen is None:
        messages.error(request, "Выберите акт из списка. Если его нет, внесите его в реестр актов.")
    else:
        services.attach_act(act=chosen, subject=subject, by=request.user)
        messages.success(request, "Акт привязан.")
    return redirect(back)


@require_POST
@role_required(*DEPARTMENT)
def detach(request: SignedInRequest, pk: int) -> HttpResponse:
    use = get_object_or_404(ActUse.objects.select_related("act"), pk=pk)
    services.detach_act(use=use, by=request.user)
    messages.success(request, "Связь с актом снята, запись об этом осталась в истории акта.")
    try:
        _, back = subject_in(request.POST.get("subject", ""))
    except signing.BadSignature:
        return redirect(use.act)
    return redirect(back)
