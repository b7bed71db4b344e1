"""Pages of scales and lists of items: all works, one work of a year with what marks show, its editing."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events
from apps.core.findings import Refused
from apps.procedures import catalogue
from apps.procedures.catalogue import Work
from apps.procedures.intake import Incoming
from apps.procedures.models import Procedure, SourceState, WorkDescription
from apps.procedures.readers.subjects import SUBJECTS
from apps.procedures.scales import services
from apps.procedures.scales.forms import LoadForm, ScaleForm, condition_line
from apps.procedures.scales.loading import load_tasks
from apps.procedures.scales.observing import Observed, disagrees, words

_STATES = dict(SourceState.choices)


def _url(name: str, work: Work) -> str:
    return reverse(f"procedures:{name}", args=[work.kind, work.year, work.grade, work.subject])


def _line(work: Work) -> dict[str, Any]:
    return {
        "work": work,
        "title": f"{Procedure.Kind(work.kind).label} {work.year}. {work.subject}, {work.grade} класс",
        "url": _url("scale", work),
        "scale_state": _STATES.get(work.scale_state, ""),
        "items_state": _STATES.get(work.items_state, ""),
    }


@require_safe
@role_required(*AUTHORITY)
def works(request: SignedInRequest) -> HttpResponse:
    """All known works, narrowed by kind, grade and subject."""
    found = sorted(catalogue.works().values(), key=lambda w: (w.kind, -w.year, w.grade, w.subject))
    chosen = {name: request.GET.get(name, "") for name in ("kind", "year", "grade", "subject")}
    lines = [
        _line(work)
        for work in found
        if all(not wanted or str(getattr(work, name)) == wanted for name, wanted in chosen.items())
    ]
    context = {
        "lines": lines[:200],
        "count": len(lines),
        "chosen": chosen,
        "kinds": [(kind, Procedure.Kind(kind).label) for kind in dict.fromkeys(work.kind for work in found)],
        "years": sorted({str(work.year) for work in found}, reverse=True),
        "grades": sorted({work.grade for work in found}),
        "subjects": sorted({work.subject for work in found}),
    }
    return render(request, "procedures/scales/list.html", context)


def _work(kind: str, year: int, grade: int, subject: str) -> Work:
    """The work of a page; one that is not known yet may be written, if its kind and subject exist."""
    found = catalogue.find(kind, year, subject, grade)
    if found:
        return found
    if kind not in Procedure.Kind.values or not 2015 <= year <= 2100 or not 1 <= grade <= 12:
        raise Http404
    known = subject in SUBJECTS or Procedure.objects.filter(kind=kind, subject__name=subject).exists()
    if not known:
        raise Http404
    return Work(kind, year, subject, grade, None, (), (), "", "", "")


def _loaded(work: Work) -> list[dict[str, Any]]:
    """Works with results, what their marks show of the bounds, and whether they use this scale."""
    lines = []
    for procedure in services.works_of(work):
        observed = Observed(**procedure.observed) if procedure.observed else None
        lines.append(
            {
                "procedure": procedure,
                "observed": observed,
                "words": words(observed) if observed else "",
                "disagrees": bool(observed and work.bounds and disagrees(work.bounds, observed)),
                "is_same": list(procedure.bounds) == list(work.bounds)
                and procedure.conditions == list(work.conditions),
            }
        )
    return lines


@require_safe
@role_required(*AUTHORITY)
def work(request: SignedInRequest, kind: str, year: int, grade: int, subject: str) -> HttpResponse:
    """Scale, conditions and items of one work of a year, and how they stand to the marks of files."""
    found = _work(kind, year, grade, subject)
    row = WorkDescription.objects.filter(kind=kind, year=year, grade=grade, subject__name=subject).first()
    versions = sorted(
        (w for w in catalogue.works().values() if (w.kind, w.subject, w.grade) == (kind, subject, grade)),
        key=lambda w: -w.year,
    )
    context = {
        **_line(found),
        "conditions": [condition.get("label") or condition_line(condition) for condition in found.conditions],
        "loaded": _loaded(found),
        "versions": [_line(one) for one in versions if one.year != year],
        "edit_url": _url("scale_edit", found),
        "apply_url": _url("scale_apply", found),
        "contents": found.contents,
        "history": events.history(row) if row else [],
        "total": sum(item.maximum or 0 for item in found.items),
    }
    return render(request, "procedures/scales/work.html", context)


@role_required(*DEPARTMENT)
def edit(request: SignedInRequest, kind: str, year: int, grade: int, subject: str) -> HttpResponse:
    found = _work(kind, year, grade, subject)
    others = sorted(
        {one[1] for one in catalogue.works() if (one[0], one[2], one[3]) == (kind, subject, grade)} - {year}
    )
    form = ScaleForm(request.POST or None, work=_based_on(found, request.GET.get("from", ""), others))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_description(work=form.described, by=request.user)
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error(None, str(finding))
        else:
            messages.success(request, "Сохранено. Чтобы пересчитать загруженные работы, нажмите «Применить».")
            return redirect(_url("scale", form.described))
    context = {**_line(found), "form": form, "others": [] if found.items or found.bounds else others[::-1]}
    return render(request, "procedures/scales/edit.html", context)


def _based_on(found: Work, text: str, years: list[int]) -> Work:
    """The work as a form begins with it: as it stands, or, not confirmed, with what is known of another year."""
    if not text.isascii() or not text.isdigit() or int(text) not in years:
        return found
    base = catalogue.find(found.kind, int(text), found.subject, found.grade)
    if base is None:
        return found
    source = f"По описанию {base.year} года: {base.source}"[:400]
    items_source = f"По описанию {base.year} года: {base.items_source or base.source}"[:400]
    return replace(
        base, year=found.year, source=source, items_source=items_source, scale_state=SourceState.UNCONFIRMED,
        items_state=SourceState.UNCONFIRMED,
    )  # fmt: skip


@require_POST
@role_required(*DEPARTMENT)
def apply(request: SignedInRequest, kind: str, year: int, grade: int, subject: str) -> HttpResponse:
    found = _work(kind, year, grade, subject)
    changed = services.apply(work=found, by=request.user)
    messages.success(request, f"Описание применено к работам: {changed}. Отметки, рассчитанные по шкале, пересчитаны.")
    return redirect(_url("scale", found))


@role_required(*DEPARTMENT)
def load(request: SignedInRequest) -> HttpResponse:
    """Load lists of tasks from files."""
    form = LoadForm(request.POST or None, request.FILES or None, initial={"year": timezone.localdate().year})
    loaded = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        incoming = [Incoming(file.name or "файл", file.file) for file in data["files"]]
        loaded = load_tasks(
            incoming=incoming,
            kind=data["kind"],
            year=data["year"],
            grade=data["grade"],
            subject=data["subject"],
            by=request.user,
        )
    lines = [_line(catalogue.of_row(row)) for row in loaded.works] if loaded else []
    return render(request, "procedures/scales/load.html", {"form": form, "loaded": loaded, "lines": lines})
