"""Making a draft: its words, items, annexes; templates of acts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.procedures.people.forms.base import tell
from apps.roadmaps.decisions import filling
from apps.roadmaps.decisions.forms import AnnexForm, DecisionForm, ItemForm, ItemsForm, TemplateForm
from apps.roadmaps.decisions.models import Decision, DecisionAnnex, DecisionItem, DecisionTemplate
from apps.roadmaps.decisions.services import NewItem, annexes, create_decision, registering, signing

EDITORS = (*DEPARTMENT, *SCHOOL)


def own_draft(request: SignedInRequest, pk: int) -> Decision:
    """A decision that the reader may change; anything else is not there."""
    found: Decision = get_object_or_404(Decision.objects.editable_by(request.user), pk=pk)
    return found


def own_item(request: SignedInRequest, pk: int) -> DecisionItem:
    editable = Decision.objects.editable_by(request.user)
    found: DecisionItem = get_object_or_404(
        DecisionItem.objects.filter(decision__in=editable).select_related("decision", "person"), pk=pk
    )
    return found


def _frozen(request: SignedInRequest, decision: Decision) -> HttpResponse | None:
    """Back to the act where its words cannot change now, before anything is typed in vain."""
    if request.method == "POST" or decision.state == Decision.State.DRAFT:
        return None
    waits = decision.state == Decision.State.ON_APPROVAL
    messages.error(
        request, "Проект на согласовании: отзовите его, чтобы править." if waits else "Решение уже подписано."
    )
    return redirect(decision)


def as_items(text: str) -> list[NewItem]:
    """Pasted items; those who execute them are chosen afterwards."""
    return [
        NewItem(text=one.text, number=one.number, kind=one.kind, due_on=one.due_on, is_heading=one.is_heading)
        for one in filling.items_of(text)
    ]


def _start(request: SignedInRequest) -> tuple[dict[str, Any], DecisionTemplate | None]:
    """What the address says about a new decision: a template, what it follows, what it rests on."""
    number = number_in(request.GET.get("template", "")) or 0
    template = DecisionTemplate.objects.filter(is_active=True, pk=number).first()
    initial: dict[str, Any] = filling.initial(template) if template else {}
    if request.user.is_school:
        initial.setdefault("kind", Decision.Kind.SCHOOL)
    initial["bases"] = request.GET.getlist("basis")[:20]
    follows = number_in(request.GET.get("follows", ""))
    initial["follows"] = Decision.objects.visible_to(request.user).filter(pk=follows).first() if follows else None
    initial["directions"] = [key for key in map(number_in, request.GET.getlist("direction")) if key]
    return initial, template


def templates_for(user: Any) -> Any:
    found = DecisionTemplate.objects.filter(is_active=True)
    school = Decision.Kind.SCHOOL
    return found.filter(kind=school) if user.is_school else found.exclude(kind=school)


@role_required(*EDITORS)
def decision_new(request: SignedInRequest) -> HttpResponse:
    """A draft of the authority, or of the reader's own organisation; from a template, from what it rests on."""
    organization = request.user.organization if request.user.is_school else None
    initial, template = _start(request)
    form = DecisionForm(request.POST or None, initial=initial, user=request.user, organization=organization)
    if request.method == "POST" and form.is_valid():
        items = as_items(form.cleaned_data["items_text"])
        try:
            made = create_decision(new=form.new_decision(items), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Проект сохранён. Укажите исполнителей, приложите документы и подпишите.")
            return redirect(made)
    context = {"form": form, "templates": templates_for(request.user), "template": template}
    return render(request, "roadmaps/decisions/new.html", context)


@role_required(*EDITORS)
def decision_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = own_draft(request, pk)
    if frozen := _frozen(request, decision):
        return frozen
    names = ("kind", "title", "number", "signed_on", "signer", "place", "preamble", "reason_without_analysis",
             "follows", "controller", "control_text")  # fmt: skip
    initial = {name: getattr(decision, name) for name in names} | {"directions": decision.directions.all()}
    form = DecisionForm(
        request.POST or None, initial=initial, user=request.user, organization=decision.organization, decision=decision
    )
    if request.method == "POST" and form.is_valid():
        try:
            registering.change_decision(decision=decision, new=form.new_decision([]), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Изменения сохранены.")
            return redirect(decision)
    return render(request, "roadmaps/decisions/edit.html", {"form": form, "decision": decision})


@role_required(*EDITORS)
def items_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Items pasted at the end of a draft, or one filled in field by field."""
    decision = own_draft(request, pk)
    if frozen := _frozen(request, decision):
        return frozen
    pasting = "paste" in request.POST
    paste = ItemsForm(request.POST if pasting else None)
    one = ItemForm(request.POST if request.method == "POST" and not pasting else None, decision=decision)
    form: Any = paste if pasting else one
    if request.method == "POST" and form.is_valid():
        items = as_items(form.cleaned_data["items_text"]) if pasting else [one.new_item()]
        try:
            registering.add_items(decision=decision, items=items, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Добавлено пунктов: {len(items)}.")
            return redirect(decision)
    context = {"decision": decision, "paste": paste, "form": one, "failed": form}
    return render(request, "roadmaps/decisions/items_new.html", context)


@role_required(*EDITORS)
def item_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change or remove an item of a draft."""
    item = own_item(request, pk)
    if frozen := _frozen(request, item.decision):
        return frozen
    if "remove" in request.POST:
        try:
            registering.remove_item(item=item, by=request.user)
            messages.success(request, "Пункт удалён.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(item.decision)
    form = ItemForm(request.POST or None, initial=ItemForm.initial_of(item), decision=item.decision)
    if request.method == "POST" and form.is_valid():
        try:
            registering.change_item(item=item, new=form.new_item(), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Пункт сохранён.")
            return redirect(item.decision)
    return render(request, "roadmaps/decisions/item_edit.html", {"form": form, "item": item})


@role_required(*EDITORS)
def annex_new(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = own_draft(request, pk)
    if frozen := _frozen(request, decision):
        return frozen
    form = AnnexForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = data["file"]
        try:
            annexes.add_annex(
                decision=decision,
                title=data["title"],
                upload=(given.file, given.name) if given else None,
                version=data.get("version"),
                is_approved_by_act=data["is_approved_by_act"],
                by=request.user,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Документ приложен.")
            return redirect(decision)
    return render(request, "roadmaps/decisions/annex.html", {"form": form, "decision": decision})


@require_POST
@role_required(*EDITORS)
def annex_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish an annex, or take it out of a draft, by the button that was pressed."""
    editable = Decision.objects.editable_by(request.user)
    annex = get_object_or_404(DecisionAnnex.objects.filter(decision__in=editable).select_related("decision"), pk=pk)
    try:
        if "publish" in request.POST:
            annexes.publish_annex(annex=annex, by=request.user)
            messages.success(request, "Документ опубликован в открытом разделе. Пункты о публикации закрыты.")
        else:
            annexes.remove_annex(annex=annex, by=request.user)
            messages.success(request, "Документ убран.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(annex.decision)


@require_POST
@role_required(*EDITORS)
def decision_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = own_draft(request, pk)
    try:
        signing.drop_draft(decision=decision, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(decision)
    messages.success(request, "Проект удалён.")
    return redirect("roadmaps:own_decisions" if request.user.is_school else "roadmaps:decisions")


@role_required(*DEPARTMENT)
def acts(request: SignedInRequest) -> HttpResponse:
    """Templates of acts."""
    context = {"templates": DecisionTemplate.objects.all(), "tab": "templates"}
    return render(request, "roadmaps/decisions/templates.html", context)


@role_required(*DEPARTMENT)
def act(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """One template, or a new one."""
    template = get_object_or_404(DecisionTemplate, pk=pk) if pk else None
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Шаблон сохранён.")
        return redirect("roadmaps:decision_templates")
    return render(request, "roadmaps/decisions/template.html", {"form": form, "template": template})
