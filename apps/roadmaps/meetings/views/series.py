"""Cycles of seminars."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import files
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.forms.series import SeriesForm, SessionForm
from apps.roadmaps.meetings.models import Meeting, Series, Session
from apps.roadmaps.meetings.services import WRITERS, NewSession
from apps.roadmaps.meetings.views.asking import filled, meeting_of

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)


@require_safe
@role_required(*READERS)
def series_list(request: SignedInRequest) -> HttpResponse:
    rows = Series.objects.visible_to(request.user).prefetch_related("sessions__meeting")
    context = {"rows": rows, "may_write": request.user.has_role(*WRITERS)}
    return render(request, "roadmaps/meetings/series_list.html", context)


@role_required(*WRITERS)
def series_new(request: SignedInRequest) -> HttpResponse:
    form = SeriesForm(request.POST or None)
    made: list[Series] = []
    if filled(request, form, lambda: made.append(services.create_series(by=request.user, **form.cleaned_data))):
        return redirect(made[0])
    return render(request, "roadmaps/meetings/series_new.html", {"form": form})


@require_safe
@role_required(*READERS)
def series(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sessions one after another: products, tasks between them."""
    row = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    sessions = row.sessions.select_related("meeting", "product_file").order_by("meeting__starts_at")
    if not request.user.is_authority:
        sessions = sessions.filter(meeting__in=Meeting.objects.visible_to(request.user))
    context = {"series": row, "sessions": sessions, "may_write": request.user.has_role(*WRITERS)}
    return render(request, "roadmaps/meetings/series.html", context)


@role_required(*WRITERS)
def session_edit(request: SignedInRequest, pk: int, meeting: int) -> HttpResponse:
    """Product and task of a session."""
    row = get_object_or_404(Series, pk=pk)
    seminar = meeting_of(request, meeting)
    known = Session.objects.filter(meeting=seminar).first()
    names = ("product", "task", "task_due_on", "product_done")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = SessionForm(request.POST or None, request.FILES or None, initial=initial)

    def act() -> None:
        new = NewSession(**{name: form.cleaned_data[name] for name in names})
        services.save_session(series=row, meeting=seminar, new=new, upload=form.cleaned_data["upload"], by=request.user)

    if filled(request, form, act, "Сохранено."):
        return redirect(row)
    return render(request, "roadmaps/meetings/session.html", {"form": form, "series": row, "meeting": seminar})


@require_safe
@role_required(*READERS)
def product_file(request: SignedInRequest, pk: int, meeting: int) -> FileResponse:
    """The product of a session, for those who see its meeting."""
    seminar = meeting_of(request, meeting)
    found = get_object_or_404(Session, series=pk, meeting=seminar)
    if found.product_file is None:
        raise Http404
    return files.send_private(found.product_file)
