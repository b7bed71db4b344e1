"""Pages of the department's work with result files: upload, progress, quarantine, unknown schools, undo."""

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events, files
from apps.core.addresses import number_in
from apps.core.figures import plural
from apps.core.findings import Refused
from apps.procedures import batches as batches_at_glance
from apps.procedures import identify, importing, selectors, services
from apps.procedures.forms import CommonWorkForm, LinkForm, UploadForm, WorkForm
from apps.procedures.intake import Incoming
from apps.procedures.models import Batch, ParticipatingSchool, Procedure, QuarantinedRow, ResultFile
from apps.procedures.readers.detect import FAMILIES, system_of
from apps.procedures.readers.neutral import Identity
from apps.procedures.tables import QuarantineTable, UnknownSchoolTable

_SHOWN = 5


@role_required(*DEPARTMENT)
def upload(request: SignedInRequest) -> HttpResponse:
    """Take result files in and start reading them."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        incoming = [Incoming(file.name or "файл", file.file) for file in form.cleaned_data["files"]]
        batch = services.upload(
            incoming=incoming,
            by=request.user,
            stated=form.stated,
            organization=form.cleaned_data["organization"],
            create_organizations=form.cleaned_data["create_organizations"],
        )
        return redirect(batch)
    return render(request, "procedures/upload.html", {"form": form, "families": FAMILIES})


@require_safe
@role_required(*AUTHORITY)
def batches(request: SignedInRequest) -> HttpResponse:
    return render(request, "procedures/batches.html", {"batches": selectors.recent_batches(request.user)[:50]})


@require_safe
@role_required(*AUTHORITY)
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Progress of a batch, then each file: what it is, what was counted, what waits for a decision."""
    found = get_object_or_404(Batch.objects.visible_to(request.user).select_related("job", "created_by"), pk=pk)
    files = list(found.files.select_related("organization").prefetch_related("procedures"))
    state = QuarantinedRow.State.HELD
    held = list(QuarantinedRow.objects.filter(file__in=files, state=state).select_related("school"))
    cards = [_card(file, [row for row in held if row.file_id == file.pk], request) for file in files]
    waiting = [card for card in cards if card["form"]]
    context = {
        "batch": found,
        "job": found.job,
        "cards": cards,
        "summary": batches_at_glance.summary(files, held),
        "waiting": waiting if len(waiting) > 1 else [],
        "common_form": CommonWorkForm(prefix="common") if not all(card["suggested"] for card in waiting) else None,
    }
    return render(request, "procedures/batch.html", context)


def _card(file: ResultFile, held: list[QuarantinedRow], request: SignedInRequest) -> dict[str, object]:
    options = file.mapping.get("options") if file.state == ResultFile.State.UNCLEAR else None
    unclear = file.state == ResultFile.State.UNCLEAR and not options
    hint = importing.identity_from_json({**file.hint, **file.stated})
    initial = {"subject": hint.subject, "grade": hint.grade, "year": hint.year, "organization": file.organization}
    may_decide = request.user.is_department
    return {
        "file": file,
        "family": FAMILIES.get(file.family, ""),
        "options": Procedure.objects.filter(pk__in=options["works"]) if options and may_decide else [],
        "asks": any(finding["severity"] == "query" for finding in file.findings),
        "held": held[:_SHOWN],
        "held_count": len(held),
        "suggested": identify.title_of(hint) if hint.is_complete else "",
        "partly": _partly(hint),
        "needs_school": file.family == "form" and file.organization is None,
        "form": WorkForm(initial=initial, prefix=f"file-{file.pk}", family=file.family)
        if unclear and may_decide
        else None,
    }


def _partly(hint: Identity) -> str:
    """What a suggestion has and what it lacks, in words."""
    parts = (("предмет", hint.subject), ("класс", hint.grade), ("год", hint.year))
    told = ", ".join(f"{name}: {value}" for name, value in parts if value)
    lacking = ", ".join(name for name, value in parts if not value)
    return f"{told}; не указано: {lacking}" if told and lacking else ""


@require_safe
@role_required(*AUTHORITY)
def result_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """All quarantined rows and unknown schools of one file."""
    file = _file(request, pk)
    may_decide = request.user.is_department
    rows = QuarantineTable(file.quarantined_rows.select_related("school"), may_decide=may_decide, prefix="rows-")
    unknown = selectors.unknown_schools(file)
    places = sorted(Counter(school.municipality for school, _ in unknown).items())
    place = request.GET.get("place", "")
    place = place if place in dict(places) else ""
    shown = [row for row in unknown if not place or row[0].municipality == place]
    schools = UnknownSchoolTable(shown, may_decide=may_decide, back=request.path, prefix="schools-")
    for table in (rows, schools):
        RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "file": file,
        "family": FAMILIES.get(file.family, ""),
        "system": system_of(file.family),
        "rows": rows,
        "held_count": file.quarantined_rows.filter(state=QuarantinedRow.State.HELD).count(),
        "schools": schools,
        "schools_count": len(unknown),
        "places": places,
        "place": place,
        "history": events.history(file),
    }
    return render(request, "procedures/file.html", context)


@require_safe
@role_required(*DEPARTMENT)
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The file as it is kept: without names where it had any. Who took it is written down."""
    file = _file(request, pk)
    events.record(kind="procedures.file_downloaded", subject=file, by=request.user, text="Файл скачан")
    return files.send_private(file.file)


def _file(request: SignedInRequest, pk: int) -> ResultFile:
    return get_object_or_404(
        ResultFile.objects.visible_to(request.user).select_related("batch__created_by", "file"), pk=pk
    )


def _try(request: SignedInRequest, action: Callable[[], None], done: str) -> None:
    try:
        action()
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    else:
        messages.success(request, done)


@require_POST
@role_required(*DEPARTMENT)
def state_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which work a file is about."""
    file = _file(request, pk)
    form = WorkForm(request.POST, prefix=f"file-{file.pk}", family=file.family)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {errors[0]}")
        return redirect(file.batch)
    organization = form.cleaned_data.get("organization")
    _try(
        request,
        lambda: services.state_work(file=file, stated=form.stated, by=request.user, organization=organization),
        "Работа указана, файл обрабатывается.",
    )
    return redirect(file.batch)


@require_POST
@role_required(*DEPARTMENT)
def choose_planned(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say to which planned work the results of a file belong."""
    file = _file(request, pk)
    number = number_in(request.POST.get("work", ""))
    if number is None:
        messages.warning(request, "Выберите работу.")
        return redirect(file.batch)
    procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=number) if number else None
    done = "Работа выбрана, файл обрабатывается."
    _try(request, lambda: services.choose_planned(file=file, procedure=procedure, by=request.user), done)
    return redirect(file.batch)


@require_POST
@role_required(*DEPARTMENT)
def state_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm the suggested works of all waiting files of a batch at once."""
    found = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    form = CommonWorkForm(request.POST, prefix="common")
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {errors[0]}")
        return redirect(found)
    chosen = [number for value in request.POST.getlist("chosen") if (number := number_in(value)) is not None]
    files = found.files.filter(pk__in=chosen)
    count = services.state_all(files=files, batch=found, common=form.stated, by=request.user)
    if not chosen:
        messages.warning(request, "Отметьте хотя бы один файл.")
    elif count:
        noun = plural(count, "файл", "файла", "файлов")
        messages.success(request, f"Работы указаны: {count} {noun}. Они обрабатываются.")
    else:
        messages.warning(request, "Ни у одного файла работа не указана полностью: нужны предмет, класс и год.")
    return redirect(found)


@require_POST
@role_required(*DEPARTMENT)
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    try:
        came_back = services.undo_file(file=file, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(file.batch)
    done = f"Загрузка файла «{file.name}» отменена: его результаты убраны."
    if came_back:
        done += f" Прежние результаты, которые он заменил, возвращены: {came_back}."
    messages.success(request, done)
    return redirect(file.batch)


@require_POST
@role_required(*DEPARTMENT)
def repeat(request: SignedInRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    _try(request, lambda: services.repeat_file(file=file, by=request.user), f"Файл «{file.name}» загружается снова.")
    return redirect(file.batch)


@require_POST
@role_required(*DEPARTMENT)
def decide_rows(request: SignedInRequest, pk: int) -> HttpResponse:
    """Release or drop the marked rows of a file."""
    file = _file(request, pk)
    held = file.quarantined_rows.filter(state=QuarantinedRow.State.HELD)
    chosen = [number for value in request.POST.getlist("chosen") if (number := number_in(value)) is not None]
    rows = list(held if "all" in request.POST else held.filter(pk__in=chosen))
    if not rows:
        messages.warning(request, "Отметьте хотя бы одну строку.")
        return redirect("procedures:file", pk)
    release = "release" in request.POST
    count = services.decide_rows(rows=rows, release=release, by=request.user)
    noun = plural(count, "строка", "строки", "строк")
    what = "учтено без ошибочных ячеек" if release else "исключено"
    messages.success(request, f"Готово: {count} {noun} — {what}.")
    return redirect("procedures:file", pk)


@require_POST
@role_required(*DEPARTMENT)
def create_organizations(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make organisations of the marked unknown schools, or of all."""
    file = _file(request, pk)
    unknown = services.unknown_schools_of(file)
    if place := request.POST.get("place", ""):
        unknown = [school for school in unknown if school.municipality == place]
    if "all" not in request.POST:
        chosen = set(request.POST.getlist("chosen"))
        unknown = [school for school in unknown if str(school.pk) in chosen]
    if not unknown:
        messages.warning(request, "Отметьте хотя бы одну школу.")
        return redirect("procedures:file", pk)
    made = services.create_organizations(unknown=unknown, by=request.user)
    messages.success(request, f"Создано организаций: {made}. Проверьте их названия в реестре.")
    return redirect("procedures:file", pk)


@role_required(*DEPARTMENT)
def link_school(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which organisation of the register a school of the files is."""
    school = get_object_or_404(ParticipatingSchool, pk=pk)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = ""
    form = LinkForm(request.POST) if request.method == "POST" else LinkForm()
    if request.method == "POST" and form.is_valid():
        organization = form.cleaned_data["organization"]
        services.link_school(school=school, organization=organization, by=request.user)
        messages.success(request, f"Школа связана с организацией «{organization}».")
        return redirect(back or "procedures:batches")
    return render(request, "procedures/link.html", {"school": school, "form": form, "back": back})


@require_POST
@role_required(*DEPARTMENT)
def level(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a procedure with its level."""
    procedure = get_object_or_404(Procedure.objects.visible_to(request.user), pk=pk)
    try:
        services.set_level(procedure=procedure, level=request.POST.get("level", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Уровень процедуры: {procedure.get_level_display()}.")
    return redirect(procedure)
