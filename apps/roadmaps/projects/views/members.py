"""Organisations in projects: applying, deciding, key results, products, opinions, reports."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.library.asking import tell
from apps.roadmaps.projects import selectors
from apps.roadmaps.projects.forms import ApplyForm, LevelForm, OpinionForm, ProductForm, ReportForm
from apps.roadmaps.projects.models import Member, Product, ProjectStage, StageReport
from apps.roadmaps.projects.services import members as services
from apps.roadmaps.projects.services import stages
from apps.roadmaps.projects.views.pages import READERS, visible


def _member(request: SignedInRequest, pk: int) -> Member:
    shown = Member.objects.visible_to(request.user).select_related("project", "organization", "applied_by")
    return get_object_or_404(shown, pk=pk)


def _say(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


@role_required(Role.DIRECTOR)
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The director's application."""
    project = visible(request, pk)
    form = ApplyForm(request.POST or None, initial={"contact": request.user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.apply(project=project, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Заявка подана. О решении вы узнаете во входящих.")
            return redirect(made)
    context = {"project": project, "form": form, "title": "Заявка на участие", "button": "Подать заявку"}
    return render(request, "roadmaps/projects/part.html", context)


@require_safe
@role_required(*READERS)
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    """An organisation in a project: its application, key results by level, products, reports."""
    return _member_page(request, _member(request, pk))


def _member_page(request: SignedInRequest, found: Member, **typed: str) -> HttpResponse:
    """`typed` are reasons that were refused, by the name of their form."""
    texts = {row.level: row.text for row in found.level_results.all()}
    works = request.user.is_school and found.state == Member.State.ACCEPTED and not found.project.is_over
    cells = selectors.level_cells(found, texts)
    context = {
        "member": found,
        "project": found.project,
        "cells": [cell for cell in cells if cell.has is not None],
        "level_forms": [
            (
                selectors.SHORT[level],
                texts.get(level, ""),
                LevelForm(initial={"level": level, "text": texts.get(level)}),
            )
            for level in selectors.LEVELS
            if level in found.levels
        ],
        "products": list(found.products.select_related("file").prefetch_related("opinions")),
        "reports": list(found.reports.select_related("stage", "file", "by")),
        "works": works,
        "may_decide": request.user.is_department and found.state == Member.State.APPLIED,
        "may_leave": found.state == Member.State.ACCEPTED
        and (request.user.is_department or request.user.has_role(Role.DIRECTOR)),
        "history": events.history(found)[:20],
        "typed": typed,
    }
    return render(request, "roadmaps/projects/member.html", context)


@require_POST
@role_required(*DEPARTMENT)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept or decline with a reason."""
    found = _member(request, pk)
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("decision") == "accept":
            services.accept(member=found, by=request.user, reason=reason)
            messages.success(request, f"{found.organization} принята в число участников.")
        else:
            services.decline(member=found, by=request.user, reason=reason)
            messages.success(request, "Заявка отклонена, организация увидит причину.")
    except Refused as refusal:
        _say(request, refusal)
        return _member_page(request, _member(request, pk), decide=reason)
    return redirect(found)


@require_POST
@role_required(*DEPARTMENT, Role.DIRECTOR)
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    found, reason = _member(request, pk), request.POST.get("reason", "")
    try:
        services.leave(member=found, by=request.user, reason=reason)
    except Refused as refusal:
        _say(request, refusal)
        return _member_page(request, _member(request, pk), leave=reason)
    messages.success(request, "Записано: организация вышла из проекта.")
    return redirect(found)


@require_POST
@role_required(*SCHOOL)
def results(request: SignedInRequest, pk: int) -> HttpResponse:
    """The key results of a level."""
    found, form = _member(request, pk), LevelForm(request.POST)
    if form.is_valid():
        try:
            services.define_results(member=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Ключевые результаты сохранены.")
            return redirect(found.get_absolute_url() + "#levels")
    context = {"project": found.project, "member": found, "form": form, "title": "Ключевые результаты"}
    return render(request, "roadmaps/projects/part.html", context)


# --- products


@role_required(*SCHOOL)
def product_new(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _member(request, pk)
    return _product_form(request, found, None)


@role_required(*SCHOOL)
def product_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    product = _product(request, pk)
    return _product_form(request, product.member, product)


def _product_form(request: SignedInRequest, found: Member, standing: Product | None) -> HttpResponse:
    initial = {"kind": standing.kind, "title": standing.title, "text": standing.text} if standing else None
    form = ProductForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.hand_in(member=found, by=request.user, file=form.upload, standing=standing, **form.values)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Отправлено. Экспертное мнение придёт во входящие.")
            return redirect(made)
    title = "Изменить продукт" if standing else "Новый продукт"
    context = {"project": found.project, "member": found, "form": form, "title": title, "product": standing}
    context["button"] = "Отправить на экспертизу"
    return render(request, "roadmaps/projects/part.html", context)


def _product(request: SignedInRequest, pk: int) -> Product:
    shown = Product.objects.visible_to(request.user).select_related(
        "member__project", "member__organization", "file", "created_by"
    )
    return get_object_or_404(shown.prefetch_related("opinions__author"), pk=pk)


@role_required(*READERS)
def product(request: SignedInRequest, pk: int) -> HttpResponse:
    """A product with what experts said; a post gives an opinion."""
    found = _product(request, pk)
    may_judge = request.user.role in services.EXPERTS
    form = OpinionForm(request.POST or None, initial={"seen_at": found.changed_at.isoformat()})
    if request.method == "POST":
        if not may_judge:
            raise Http404
        if form.is_valid():
            try:
                services.give_opinion(product=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, "Мнение отправлено организации.")
                return redirect(found)
    context = {
        "product": found,
        "project": found.member.project,
        "form": form if may_judge else None,
        "may_edit": request.user.is_school and not found.member.project.is_over and found.member.state == "accepted",
        "history": events.history(found)[:20],
    }
    return render(request, "roadmaps/projects/product.html", context)


@require_safe
@role_required(*READERS)
def product_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    found = _product(request, pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)


# --- reports


@role_required(*SCHOOL)
def stage_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report of the reader's organisation on a stage."""
    stage = get_object_or_404(ProjectStage.objects.select_related("project"), pk=pk)
    project = visible(request, stage.project_id)
    found = selectors.own_member(project, request.user)
    if found is None or found.state != Member.State.ACCEPTED:
        raise Http404
    standing = StageReport.objects.filter(stage=stage, member=found).first()
    form = ReportForm(request.POST or None, request.FILES or None, initial={"text": standing.text if standing else ""})
    if request.method == "POST" and form.is_valid():
        try:
            stages.report_stage(stage=stage, member=found, by=request.user, file=form.upload, **form.values)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Отчёт отправлен.")
            return redirect(project.get_absolute_url() + "#stages")
    context = {
        "project": project,
        "member": found,
        "form": form,
        "title": f"Отчёт: {stage}",
        "button": "Отправить отчёт",
    }
    return render(request, "roadmaps/projects/part.html", context)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def report_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(StageReport.objects.visible_to(request.user).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)
