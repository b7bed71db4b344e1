"""Pages of the yearly list: the lists, one list, one sign, the rules; the school's own signs; the open method page."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.analysis import services as rules
from apps.analysis.interpretation.figures import Target
from apps.analysis.interpretation.selectors import address_of
from apps.analysis.interpretation.services import WRITERS
from apps.analysis.models import Conclusion, Sign, SignList, SignRule
from apps.analysis.signs import papers, selectors, services
from apps.analysis.signs.content import annex_of
from apps.analysis.signs.forms import AnswerForm, BeginForm, DecisionForm, OrderForm, RuleForm
from apps.analysis.signs.kinds import BY_CODE
from apps.core import events, files
from apps.core.findings import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def tell(request: HttpRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


def _list(request: SignedInRequest, pk: int) -> SignList:
    found = SignList.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("period", "job", "pdf", "approved_by", "shown_by"), pk=pk)


@role_required(*AUTHORITY)
def sign_lists(request: SignedInRequest) -> HttpResponse:
    """Lists by year and version; a post counts a year."""
    form = BeginForm(request.POST or None)
    if request.method == "POST":
        if not request.user.is_department:
            raise Http404
        if form.is_valid():
            try:
                return redirect(services.begin_list(period=form.cleaned_data["period"], by=request.user))
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings])
    context = {"lists": selectors.lists(request.user), "form": form, "may_write": request.user.is_department}
    return render(request, "analysis/signs/lists.html", context)


@require_safe
@role_required(*AUTHORITY)
def sign_list(request: SignedInRequest, pk: int) -> HttpResponse:
    return _list_page(request, _list(request, pk))


def _list_page(
    request: SignedInRequest, found: SignList, decision: DecisionForm | None = None, order: OrderForm | None = None
) -> HttpResponse:
    """The list; bound forms carry what was typed and what is wrong with it."""
    page = selectors.list_page(sign_list=found, show=request.GET.get("show", ""), code=request.GET.get("sign", ""))
    context = {
        "page": page,
        "sign_list": found,
        "views": selectors.VIEWS,
        "decision_form": decision or DecisionForm(),
        "order_form": order or OrderForm(),
        "ticked": selectors.chosen(request.POST.getlist("signs")),
        "history": events.history(found)[:30],
        "may_write": request.user.is_department and found.is_draft,
        "is_department": request.user.is_department,
        "newer": selectors.newer_inputs(found),
    }
    return render(request, "analysis/signs/list.html", context)


@require_POST
@role_required(*DEPARTMENT)
def sign_list_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One decision for the ticked signs."""
    found = _list(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        ticked = selectors.chosen(request.POST.getlist("signs"))
        try:
            count = services.decide_many(sign_list=found, signs=ticked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, f"Решение записано, признаков: {count}.")
            return redirect(found)
    return _list_page(request, found, decision=form)


@require_POST
@role_required(*DEPARTMENT)
def sign_list_act(request: SignedInRequest, pk: int, act: str) -> HttpResponse:
    """Count anew, show to schools, typeset."""
    found = _list(request, pk)
    try:
        if act == "count":
            found = services.begin_list(period=found.period, by=request.user)
        elif act == "show":
            services.show_to_schools(sign_list=found, by=request.user)
            messages.success(request, "Школы видят свои признаки и могут дать пояснения.")
        elif act == "print":
            services.request_pdf(sign_list=found, by=request.user)
            messages.success(request, "PDF собирается. Когда он будет готов, ссылка появится на этой странице.")
        else:
            raise Http404
    except Refused as refusal:
        tell(request, refusal)
    return redirect(found)


@require_POST
@role_required(*DEPARTMENT)
def sign_list_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _list(request, pk)
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            services.approve_list(sign_list=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Перечень утверждён и больше не меняется.")
            return redirect(found)
    return _list_page(request, found, order=form)


@require_safe
@role_required(*AUTHORITY)
def sign_list_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    """The annex to the order as a file."""
    found = _list(request, pk)
    if kind == "pdf":
        if found.pdf is None:
            raise Http404
        return files.send_private(found.pdf, inline=True)
    makers = {"xlsx": (papers.xlsx, files.XLSX), "docx": (papers.docx, DOCX)}
    if kind not in makers:
        raise Http404
    make, content_type = makers[kind]
    name = f"Перечень школ с признаками {found.period.slug}, версия {found.version}.{kind}"
    return files.send(BytesIO(make(annex_of(found))), name=name, content_type=content_type)


def _sign_context(request: SignedInRequest, sign: Sign) -> dict[str, Any]:
    return {
        "sign": sign,
        "figures": selectors.figures_of(sign, request.user),
        "answers": selectors.answers_of(sign),
        "before": selectors.year_before(sign),
        "card": selectors.RuleCard(sign.kind, sign.rule),
        "history": events.history(sign)[:20],
        "caution": selectors.caution(),
    }


@role_required(*AUTHORITY)
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """One sign of a school: value, rule, figures, the school's words, the decision."""
    found = get_object_or_404(Sign.objects.visible_to(request.user).with_details(), pk=pk)
    may_decide = request.user.is_department and found.is_marked and found.sign_list.is_draft
    initial = {"decision": found.decision if found.decided_at else None, "reason": found.reason}
    form = DecisionForm(request.POST or None, initial=initial)
    if request.method == "POST":
        if not may_decide:
            raise Http404
        if form.is_valid():
            try:
                services.decide(sign=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings])
            else:
                messages.success(request, "Решение записано.")
                return redirect(found)
    context = {**_sign_context(request, found), "form": form, "may_decide": may_decide}
    if found.is_marked and request.user.role in WRITERS:
        context["conclude_url"] = address_of(Target(found.sign_list.period, found.organization, sign=found))
        context["conclusions"] = Conclusion.objects.visible_to(request.user).standing().filter(sign=found)
    return render(request, "analysis/signs/sign.html", context)


@role_required(*DEPARTMENT)
def sign_rule(request: SignedInRequest, code: str = SignRule.Code.FAILING_SHARE) -> HttpResponse:
    """The rule of a sign: its versions, and the form of a new one."""
    if code not in BY_CODE:
        raise Http404
    current, kind = SignRule.objects.current(code), BY_CODE[code]
    initial = {field: getattr(current, field) for field in ("minimum_participants", "source_state", "act")}
    initial["threshold"] = f"{current.threshold.normalize():f}"
    form = RuleForm(request.POST or None, initial=initial, kind=kind, parameters=current.parameters)
    if request.method == "POST" and form.is_valid():
        change = rules.RuleChange(
            **{field: form.cleaned_data[field] for field in ("threshold", "minimum_participants", "source_state")},
            act=form.cleaned_data["act"],
            reason=form.cleaned_data["reason"],
            parameters=form.parameters,
        )
        try:
            rules.change_rule(code=code, change=change, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Новая версия правила действует с сегодняшнего дня. Пересчитайте проект перечня.")
            return redirect(reverse("analysis:signs" if code == SignRule.Code.FAILING_SHARE else "analysis:sign_lists"))
    context = {
        "form": form,
        "rule": current,
        "card": selectors.RuleCard(kind, current),
        "history": [selectors.RuleCard(kind, version) for version in SignRule.objects.history(code)],
    }
    return render(request, "analysis/rule.html", context)


@require_safe
@role_required(*SCHOOL)
def own_signs(request: SignedInRequest) -> HttpResponse:
    """What the school sees of itself; no other school stands here."""
    context = {"signs": selectors.own_signs(request.user), "caution": selectors.caution()}
    return render(request, "analysis/signs/own.html", context)


@role_required(*SCHOOL)
def own_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """One sign of the own school, with the form to explain it."""
    found = get_object_or_404(Sign.objects.visible_to(request.user).with_details(), pk=pk)
    may_answer = request.user.role == Role.DIRECTOR and found.is_marked and found.sign_list.is_draft
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not may_answer:
            raise Http404
        if form.is_valid():
            try:
                services.answer(sign=found, text=form.cleaned_data["text"], by=request.user)
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings])
            else:
                messages.success(request, "Пояснение записано. Специалист прочитает его до решения.")
                return redirect("analysis:own_sign", pk)
    context = {**_sign_context(request, found), "form": form, "may_answer": may_answer}
    return render(request, "analysis/signs/own_sign.html", context)


@login_not_required
@cache_control(public=True, max_age=60)
@require_safe
def sign_methods(request: HttpRequest) -> HttpResponse:
    """The open page: each sign's rule, source and state. No school is named."""
    return render(request, "analysis/signs/methods.html", {"cards": selectors.rule_cards()})
