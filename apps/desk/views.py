"""Signed-in pages that join many rooms."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import Role
from apps.core import files
from apps.core.models import PrivateFile
from apps.desk.demo import example
from apps.desk.today import today_for


@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """«Сегодня»: the first page after logging in."""
    return render(request, "desk/today.html", {"today": today_for(request.user)})


def _example() -> PrivateFile:
    """The demonstration's file of results; there is none outside a demonstration."""
    kept = example.example() if settings.DEMO else None
    if kept is None:
        raise Http404
    return kept


@role_required(Role.SPECIALIST, Role.HEAD)
@require_safe
def example_file(request: SignedInRequest) -> FileResponse:
    """Download the example to look at it or to upload it by hand."""
    return files.send_private(_example())


@role_required(Role.SPECIALIST, Role.HEAD)
@require_POST
def example_import(request: SignedInRequest) -> HttpResponse:
    """Hand the example over for import, as an upload would."""
    kept = _example()
    if example.waiting_example() is None:
        messages.info(request, "Пример уже загружен: откройте его результаты.")
        return redirect("procedures:list")
    return redirect(example.import_example(kept=kept, by=request.user))
