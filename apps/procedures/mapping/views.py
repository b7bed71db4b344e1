"""The wizard of columns: the first rows of a file, what each column is, saved profiles."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core.findings import Refused
from apps.procedures.mapping import services, table
from apps.procedures.mapping.forms import WorkStep
from apps.procedures.mapping.table import Mapping
from apps.procedures.models import MappingProfile, ResultFile
from apps.procedures.readers.neutral import SheetRows
from apps.workbooks.cells import column_letters

_EXAMPLES = 3
_BELOW = 6


def _whole(value: str, most: int) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and int(value) <= most else None


def _sheet(file: ResultFile, name: str) -> tuple[SheetRows, list[str]]:
    shown = file.mapping.get("preview") or []
    if not shown:
        raise Http404
    names = [sheet["name"] for sheet in shown]
    chosen = next((sheet for sheet in shown if sheet["name"] == name), shown[0])
    return SheetRows(chosen["name"], chosen["rows"]), names


def _profile(sheet: SheetRows, header: int, wanted: str) -> MappingProfile | None:
    """The profile of this very header: the one asked for, else the one used last; «0» asks for none."""
    if wanted == "0" or header >= len(sheet.rows):
        return None
    fitting = MappingProfile.objects.filter(digest=table.header_digest(sheet.rows[header]))
    number = _whole(wanted, 10**9)
    return (fitting.filter(pk=number).first() if number else None) or fitting.first()


def _columns(sheet: SheetRows, header: int) -> list[dict[str, Any]]:
    """Columns with their letter, header and first values; wholly empty ones are left out."""
    below = sheet.rows[header + 1 :]
    found = []
    for index in range(max((len(row) for row in sheet.rows), default=0)):
        head = sheet.rows[header][index] if index < len(sheet.rows[header]) else ""
        values = [row[index] for row in below if index < len(row) and row[index]]
        if head or values:
            examples = list(dict.fromkeys(values))[:_EXAMPLES]
            found.append({"index": index, "letter": column_letters(index + 1), "head": head, "examples": examples})
    return found


@role_required(*DEPARTMENT)
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what each column of an unknown table is, and which work it is about."""
    file = get_object_or_404(ResultFile.objects.visible_to(request.user).select_related("batch"), pk=pk)
    sheet, names = _sheet(file, request.GET.get("sheet", ""))
    guessed = table.guess_header(sheet.rows)
    wanted = _whole(request.GET.get("header", ""), len(sheet.rows))
    header = wanted - 1 if wanted else guessed
    profile = _profile(sheet, header, request.GET.get("profile", ""))
    guess = table.guess(sheet, header)
    if profile:
        guess = Mapping.from_json({**profile.columns, "sheet": sheet.name, "header": header})
    form = WorkStep(
        request.POST or None,
        columns=_columns(sheet, header),
        mapping=guess,
        initial={"kind": profile.kind if profile else "", "organization": file.organization},
    )
    if request.method == "POST" and form.is_valid():
        return _import(request, file, form, sheet.rows[header], profile)
    context = {
        "file": file,
        "form": form,
        "sheet": sheet,
        "sheets": names,
        "header": header,
        "above": sheet.rows[max(header - 2, 0) : header],
        "heads": sheet.rows[header],
        "below": sheet.rows[header + 1 : header + 1 + _BELOW],
        "profile": profile,
        "query": request.GET.urlencode(),
    }
    return render(request, "procedures/mapping/columns.html", context)


def _import(
    request: SignedInRequest, file: ResultFile, form: WorkStep, heads: list[str], profile: MappingProfile | None
) -> HttpResponse:
    data = form.cleaned_data
    try:
        services.name_columns(
            file=file,
            mapping=form.mapping,
            stated=form.stated,
            more=form.more,
            organization=data["organization"],
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(file.batch)
    if profile:
        services.mark_used(profile=profile)
    if data["save_as"]:
        services.save_profile(
            title=data["save_as"],
            digest=table.header_digest(heads),
            kind=data["kind"],
            header=heads,
            mapping=form.mapping,
            by=request.user,
        )
    messages.success(request, "Столбцы указаны, файл обрабатывается.")
    return redirect(file.batch)


@require_safe
@role_required(*AUTHORITY)
def profiles(request: SignedInRequest) -> HttpResponse:
    """Saved profiles of columns."""
    found = [
        {"profile": profile, "roles": [_named(index, profile) for index in profile.columns["columns"]]}
        for profile in MappingProfile.objects.select_related("created_by")
    ]
    return render(request, "procedures/mapping/profiles.html", {"profiles": found})


def _named(index: str, profile: MappingProfile) -> str:
    head = profile.header[int(index)] if int(index) < len(profile.header) else ""
    return f"«{head or column_letters(int(index) + 1)}» — {table.ROLES[profile.columns['columns'][index]]}"


@require_POST
@role_required(*DEPARTMENT)
def profile_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    profile = get_object_or_404(MappingProfile, pk=pk)
    services.delete_profile(profile=profile, by=request.user)
    messages.success(request, f"Профиль «{profile.title}» удалён. Загруженные результаты остались.")
    return redirect("procedures:profiles")
