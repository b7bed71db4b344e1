"""Entries as files: an empty one to fill in, one to load with a look before, one to take away."""

import uuid
from io import BytesIO
from typing import Any, Literal

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core import files
from apps.core.findings import Refused, has_errors
from apps.core.models import PrivateFile
from apps.registers import importing
from apps.registers.catalogue import Register
from apps.registers.forms import FileForm
from apps.registers.views.entries import narrowed, register_of


def _writable(request: SignedInRequest, code: str) -> Register:
    register = register_of(request, code)
    if not register.may_write(request.user):
        raise Http404
    return register


def _with_owner(request: SignedInRequest, register: Register) -> bool:
    return request.user.is_authority and not register.of_authority


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY, *SCHOOL)
def load(request: SignedInRequest, code: str) -> HttpResponse:
    """First what the file would change, then exactly that on confirmation."""
    register = _writable(request, code)
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, register)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"register": register, "form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = importing.plan_of(register=register, source=upload, user=request.user)
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            context |= {"plan": plan, "findings": plan.findings}
            if not has_errors(plan.findings):
                context["kept"] = files.store(
                    stream=upload, name=upload.name, content_type="application/octet-stream", by=request.user
                )
    return render(request, "registers/load.html", context)


def _confirm(request: SignedInRequest, register: Register) -> HttpResponse:
    """Apply the file that this person has just looked at."""
    try:
        number = uuid.UUID(request.POST.get("file", ""))
    except ValueError:
        raise Http404 from None
    kept = get_object_or_404(PrivateFile, pk=number, created_by=request.user)
    try:
        with kept.file.open("rb") as stream:
            digest = request.POST.get("digest", "")
            done = importing.apply(register=register, source=stream, digest=digest, by=request.user)
    except Refused as refusal:
        context = {"register": register, "form": FileForm(), "findings": refusal.findings}
        return render(request, "registers/load.html", context)
    messages.success(request, f"Файл загружен. Внесено: {len(done.created)}, изменено: {len(done.updated)}.")
    return redirect("registers:list", register.code)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def template(request: SignedInRequest, code: str) -> FileResponse:
    register = _writable(request, code)
    content = importing.template(register=register, with_owner=_with_owner(request, register))
    return files.send(BytesIO(content), name=f"{register.title}, образец.xlsx", content_type=files.XLSX)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def export(request: SignedInRequest, code: str, kind: str) -> FileResponse:
    """The list as it is narrowed."""
    register = register_of(request, code)
    if kind not in {"xlsx", "csv"}:
        raise Http404
    form: Literal["xlsx", "csv"] = "csv" if kind == "csv" else "xlsx"
    _, found = narrowed(request, register)
    content = importing.export(register=register, entries=found, kind=form, with_owner=_with_owner(request, register))
    name = f"{register.title} {timezone.localdate():%Y-%m-%d}.{form}"
    content_type = files.CSV if form == "csv" else files.XLSX
    return files.send(BytesIO(content), name=name, content_type=content_type)
