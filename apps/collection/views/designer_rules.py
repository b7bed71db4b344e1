"""The form designer: rules of a draft, tried on what was collected before they are saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.collection.designer_forms import RuleForm
from apps.collection.models import Form, FormRule
from apps.collection.selectors.design import FormPage, rule_words
from apps.collection.selectors.readiness import rule_faults
from apps.collection.selectors.trial import try_rule
from apps.collection.services import designing_rules as services
from apps.collection.states import LAUNCHERS
from apps.collection.views import tell
from apps.collection.views.designer import UNPROCESSABLE, found_form, into_form
from apps.core.findings import Refused


def _rules(form: Form) -> HttpResponse:
    return redirect(f"{reverse('collection:form', args=[form.code])}#rules")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def rule_add(request: SignedInRequest, code: str) -> HttpResponse:
    return _edit(request, found_form(code), None)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def rule(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    form = found_form(code)
    return _edit(request, form, get_object_or_404(form.rules, pk=pk))


def _edit(request: SignedInRequest, draft: Form, found: FormRule | None) -> HttpResponse:
    """«Попробовать» changes nothing; «Сохранить» writes."""
    if not draft.is_draft:
        messages.info(request, "Опубликованная версия не меняется. Начните новую версию: нажмите «Изменить».")
        return redirect(draft)
    initial = {name: getattr(found, name) for name in ("rule", "severity", "message", "place")} if found else {}
    typed = RuleForm(request.POST or None, draft=draft, initial=initial)
    fields = FormPage(draft).fields
    names = {item.version.indicator.code: f"«{item.version.name}»" for item in fields}
    context: dict[str, object] = {"form": draft, "typed": typed, "rule": found, "fields": fields}
    status = 200
    if request.method == "POST" and "try" in request.POST:
        text = request.POST.get("rule", "")[:2000]
        faults = rule_faults(text, "", set(names))
        for fault in faults:
            typed.add_error("rule", str(fault))
        if not faults:
            context |= {"trial": try_rule(draft, text), "words": rule_words(text, names)}
    elif request.method == "POST":
        status = UNPROCESSABLE
        if typed.is_valid():
            try:
                if found:
                    services.edit_rule(form=draft, pk=found.pk, values=typed.cleaned_data, by=request.user)
                else:
                    services.add_rule(form=draft, values=typed.cleaned_data, by=request.user)
            except Refused as refusal:
                into_form(typed, refusal)
            else:
                messages.success(request, "Правило сохранено.")
                return _rules(draft)
    return render(request, "collection/designer/rule.html", context, status=status)


@require_POST
@role_required(*LAUNCHERS)
def rule_remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    form = found_form(code)
    try:
        services.remove_rule(form=form, pk=pk, by=request.user)
        messages.success(request, "Правило убрано.")
    except Refused as refusal:
        tell(request, refusal)
    return _rules(form)
