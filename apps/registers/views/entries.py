"""Lists and entries of the registers, whichever it is."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core import events
from apps.core.findings import Refused
from apps.registers import services
from apps.registers.catalogue import BY_CODE, KEEPERS, Register, registers_for
from apps.registers.cells import OWNER, title_of
from apps.registers.forms import FilterForm, ReasonForm, ReviewForm, entry_form
from apps.registers.models import Entry, UpbringingPractice
from apps.registers.tables import table_of


def register_of(request: SignedInRequest, code: str) -> Register:
    """The register of an address if the person's role reads it. Raises Http404."""
    register = BY_CODE.get(code)
    if register is None or request.user.role not in register.readers:
        raise Http404
    return register


def shows_owner(register: Register, request: SignedInRequest) -> bool:
    """Where the list names schools of its own accord, whose the entry is says little."""
    if "schools" in register.columns:
        return False
    return not register.of_authority and (request.user.is_authority or register.model is UpbringingPractice)


def narrowed(request: SignedInRequest, register: Register) -> tuple[FilterForm, Any]:
    entries = register.entries(request.user)
    form = FilterForm(request.GET, register=register, user=request.user, entries=entries)
    return form, form.narrowed(entries)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def index(request: SignedInRequest) -> HttpResponse:
    """The registers that the person may open, with how much is in them."""
    rows = [(one, one.entries(request.user).current().count()) for one in registers_for(request.user)]
    return render(request, "registers/index.html", {"rows": rows})


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def listing(request: SignedInRequest, code: str) -> HttpResponse:
    register = register_of(request, code)
    form, found = narrowed(request, register)
    related = [name for name in register.columns if name == "schools"]
    rows = found.select_related("organization").prefetch_related(*related)
    table = table_of(register, rows, with_owner=shows_owner(register, request))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context: dict[str, Any] = {
        "register": register,
        "filter": form,
        "table": table,
        "found": table.paginator.count,
        "is_empty": not register.entries(request.user).exists(),
        "may_write": register.may_write(request.user),
        "query": request.GET.urlencode(),
    }
    if register.panel:
        template, reading = register.panel
        context |= {"panel": template, **reading(found, request.user)}
    return render(request, "registers/list.html", context)


def _entry(request: SignedInRequest, register: Register, pk: int) -> Entry:
    entries = register.entries(request.user).select_related("organization", "created_by", "archived_by")
    entry: Entry = get_object_or_404(entries, pk=pk)
    return entry


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def detail(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """One entry with all its fields; the trail is for those who keep it."""
    register = register_of(request, code)
    entry = _entry(request, register, pk)
    may_change = register.may_change(request.user, entry)
    names = ([] if register.of_authority else [OWNER]) + list(register.fields)
    context = {
        "register": register,
        "entry": entry,
        "facts": [_fact(register, entry, name) for name in names],
        "may_change": may_change,
        "may_review": isinstance(entry, UpbringingPractice) and request.user.role in KEEPERS and not entry.is_archived,
        "is_practice": isinstance(entry, UpbringingPractice),
        "history": events.history(entry)[:20] if may_change or request.user.is_authority else [],
    }
    return render(request, "registers/entry.html", context)


def _fact(register: Register, entry: Any, name: str) -> tuple[str, Any, str]:
    """The name of a field, its value, and how the page writes it: text, link, day, number."""
    field: Any = register.model._meta.get_field(name)
    if name == OWNER:
        return "Организация", entry.organization.name, "text"
    title, value = title_of(register, name).split(" (коды")[0], getattr(entry, name)
    if field.many_to_many:
        return title, ", ".join(one.name for one in value.all()), "text"
    if field.choices:
        return title, getattr(entry, f"get_{name}_display")(), "text"
    if field.get_internal_type() == "PositiveSmallIntegerField":
        return title, str(value), "text"  # a year has no thousands
    kinds = {"URLField": "link", "DateField": "day"}
    internal = "URLField" if name == "link" else field.get_internal_type()
    return title, value, kinds.get(internal, "text")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY, *SCHOOL)
def create(request: SignedInRequest, code: str) -> HttpResponse:
    register = register_of(request, code)
    if not register.may_write(request.user):
        raise Http404
    return _edit(request, register, None)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY, *SCHOOL)
def edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    register = register_of(request, code)
    entry = _entry(request, register, pk)
    if not register.may_change(request.user, entry) or entry.is_archived:
        raise Http404
    return _edit(request, register, entry)


def _edit(request: SignedInRequest, register: Register, entry: Entry | None) -> HttpResponse:
    form = entry_form(register, request.user)(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_entry(register=register, form=form, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Запись сохранена.")
            return redirect("registers:entry", register.code, saved.pk)
    stored = register.model._default_manager.filter(pk=entry.pk).first() if entry else None
    return render(request, "registers/edit.html", {"register": register, "form": form, "entry": stored})


@require_POST
@role_required(*AUTHORITY, *SCHOOL)
def archive(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Into the archive with a reason, or back from it."""
    register = register_of(request, code)
    entry = _entry(request, register, pk)
    if not register.may_change(request.user, entry):
        raise Http404
    try:
        if "restore" in request.POST:
            services.restore_entry(register=register, entry=entry, by=request.user)
            messages.success(request, "Запись возвращена из архива.")
        else:
            form = ReasonForm(request.POST)
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            services.archive_entry(register=register, entry=entry, reason=reason, by=request.user)
            messages.success(request, "Запись в архиве: в списке её нет, но она сохранена.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect("registers:entry", register.code, entry.pk)


@require_POST
@role_required(*KEEPERS)
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """A methodologist accepts a practice into the bank or gives it back."""
    practice = get_object_or_404(UpbringingPractice.objects.visible_to(request.user), pk=pk)
    form = ReviewForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"verdict": "", "remark": ""}
    try:
        services.review_practice(practice=practice, by=request.user, **given)
        messages.success(request, "Решение записано.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect("registers:entry", "practices", practice.pk)
