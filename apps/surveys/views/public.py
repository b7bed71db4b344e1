"""Published results: the same page for everybody, all organisations together."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from apps.surveys.models import Survey
from apps.surveys.selectors.published import open_results


@login_not_required
@cache_control(public=True, max_age=60)
@require_safe
def published_surveys(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/published.html", {"surveys": Survey.objects.published()})


@login_not_required
@cache_control(public=True, max_age=60)
@require_safe
def published_survey(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.published().select_related("questionnaire"), pk=pk)
    return render(request, "surveys/published_survey.html", {"survey": survey, "results": open_results(survey)})
