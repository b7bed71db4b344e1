"""Pages of the core: jobs, robots, and error pages that depend on nothing that may itself be broken."""

import logging
import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.models import Job

logger = logging.getLogger(__name__)

_BARE_500 = """<!doctype html><html lang="ru"><meta charset="utf-8"><title>Сбой на портале</title>
<h1>На портале произошёл сбой</h1><p>Это наша ошибка, не ваша. Уже принятые данные сохранены. Подождите минуту и
повторите.</p></html>"""
_SIGNED_IN = ("/accounts/", "/indicators/", "/jobs/", "/office/", "/results/", "/school/", "/statistics/", "/today/")


@never_cache
@require_safe
def job_detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The progress of a job; to htmx only the component itself, which asks again until the job is over."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    template = "components/job.html" if request.headers.get("HX-Request") else "core/job.html"
    return render(request, template, {"job": job})


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    jobs = Job.objects.visible_to(request.user).select_related("created_by")
    page = Paginator(jobs, 25).get_page(request.GET.get("page"))
    return render(request, "core/jobs.html", {"page": page})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots read the open pages; a demonstration must not be mistaken for facts."""
    closed = (
        ["/"]
        if settings.DEMO
        else [
            "/accounts/",
            "/office/",
            "/school/",
            "/jobs/",
            "/today/",
            "/results/",
            "/indicators/",
            "/statistics/",
            "/s/",
        ]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _error_page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Rendered without context processors: no database, no session."""
    context = {
        "municipality_name": settings.MUNICIPALITY_NAME,
        "authority_name": settings.AUTHORITY_NAME,
        "support": {"email": settings.SUPPORT_EMAIL, "phone": settings.SUPPORT_PHONE},
    }
    return HttpResponse(render_to_string(template, context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "errors/400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "errors/403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Whatever is broken, people get an answer: where even the template cannot be drawn, bare words."""
    try:
        return _error_page(request, "errors/500.html", 500)
    except Exception:
        logger.exception("the page of errors could not be drawn")
        return HttpResponse(_BARE_500, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or the browser keeps no cookies; what was typed is one step back."""
    return _error_page(request, "errors/csrf.html", 403)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, "errors/429.html", 429)
