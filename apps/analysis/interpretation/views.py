"""Pages of conclusions: the list, one conclusion, the form over a figure, results without words."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.analysis.interpretation import selectors, services
from apps.analysis.interpretation.figures import Target, figure_of
from apps.analysis.interpretation.forms import ConclusionForm, WithdrawForm
from apps.analysis.interpretation.models import Conclusion
from apps.analysis.models import Sign
from apps.core import events
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.core.models import Period
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.procedures.models import Procedure
from apps.procedures.printed.points import points_of

PAGE = 25


@require_safe
@role_required(*AUTHORITY)
def conclusions(request: SignedInRequest) -> HttpResponse:
    """All conclusions, newest first, narrowed by kind and year."""
    found = Conclusion.objects.visible_to(request.user).with_details()
    kind, code = request.GET.get("kind", ""), request.GET.get("organization", "")
    if kind in Conclusion.Kind.values:
        found = found.filter(kind=kind)
    if request.GET.get("show") != "all":
        found = found.standing()
    if code and "\x00" not in code:
        found = found.filter(organization__code=code)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kinds": Conclusion.Kind.choices,
        "kind": kind,
        "show": request.GET.get("show", ""),
        "may_write": request.user.role in services.WRITERS,
    }
    return render(request, "analysis/interpretation/list.html", context)


@require_safe
@role_required(*AUTHORITY)
def missing(request: SignedInRequest) -> HttpResponse:
    """«Результаты без интерпретации»: of a year, by what they are."""
    years = selectors.years()
    period = next((one for one in years if one.code == request.GET.get("period")), years[0] if years else None)
    what = request.GET.get("what", "works")
    if what not in selectors.MISSING:
        what = "works"
    rows = selectors.missing(what=what, period=period) if period else []
    context = {
        "years": years,
        "period": period,
        "what": what,
        "kinds": selectors.MISSING,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_write": request.user.role in services.WRITERS,
    }
    return render(request, "analysis/interpretation/missing.html", context)


def _target(given: Any, user: Any) -> Target:
    """What the address names; 404 where it names nothing."""
    code = given.get("organization", "").replace("\x00", "")
    organization = get_object_or_404(Organization.objects.educational(), code=code) if code else None
    if given.get("sign"):
        signs = Sign.objects.visible_to(user).with_details()
        sign = get_object_or_404(signs, pk=number_in(given["sign"]))
        return Target(sign.sign_list.period, sign.organization, sign=sign)
    if given.get("procedure"):
        works = Procedure.objects.visible_to(user).select_related("period", "subject")
        work = get_object_or_404(works, pk=number_in(given["procedure"]))
        return Target(work.period, organization, procedure=work)
    period = get_object_or_404(Period, code=given.get("period", "").replace("\x00", ""))
    indicator = get_object_or_404(Indicator, code=given.get("indicator", "").replace("\x00", ""), is_group=False)
    return Target(period, organization, indicator=indicator)


@role_required(*services.WRITERS)
def conclude(request: SignedInRequest) -> HttpResponse:
    """A conclusion over one figure: the figure stands above, the words are typed below."""
    target = _target(request.GET, request.user)
    figure = figure_of(target)
    if figure is None:
        raise Http404
    form = ConclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = services.NewConclusion(**form.cleaned_data)
        try:
            made = services.conclude(target=target, new=new, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Вывод записан.")
            return redirect(made)
    others = Conclusion.objects.visible_to(request.user).standing().filter(
        organization=target.organization, procedure=target.procedure, indicator=target.indicator, sign=target.sign,
        period=target.period,
    )  # fmt: skip
    points = []
    if target.procedure and target.organization:
        points = points_of(procedure=target.procedure, organization=target.organization, reader=request.user)
    context = {
        "target": target,
        "figure": figure,
        "form": form,
        "others": others.select_related("author"),
        "points": points,
    }
    return render(request, "analysis/interpretation/conclude.html", context)


@require_safe
@role_required(*AUTHORITY)
def conclusion(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Conclusion.objects.visible_to(request.user).with_details(), pk=pk)
    return _page(request, found)


def _page(request: SignedInRequest, found: Conclusion, form: WithdrawForm | None = None) -> HttpResponse:
    context = {
        "told": selectors.with_effect(found),
        "conclusion": found,
        "form": form or WithdrawForm(),
        "history": events.history(found)[:20],
        "may_write": request.user.role in services.WRITERS and not found.withdrawn_at,
        "is_department": request.user.is_department,
    }
    return render(request, "analysis/interpretation/detail.html", context)


@require_POST
@role_required(*services.WRITERS)
def conclusion_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Conclusion.objects.visible_to(request.user).with_details(), pk=pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.withdraw(conclusion=found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Вывод снят. Он остаётся в списке с причиной.")
            return redirect("analysis:conclusions")
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
    return _page(request, found, form)


@require_POST
@role_required(*services.WRITERS)
def conclusion_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into the annual report, or out of it."""
    found = get_object_or_404(Conclusion.objects.visible_to(request.user), pk=pk)
    try:
        services.put_into_report(conclusion=found, on=request.POST.get("on") == "1", by=request.user)
        messages.success(request, "Сохранено. Новый выпуск отчёта это учтёт.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect(found)
