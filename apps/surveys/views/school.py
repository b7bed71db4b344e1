"""An organisation's pages: its links, its results beside all together."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import SCHOOL
from apps.surveys.models import Survey
from apps.surveys.selectors import pages
from apps.surveys.selectors.results import own_results
from apps.surveys.tables import OwnSurveyTable


@require_safe
@role_required(*SCHOOL)
def own_surveys(request: SignedInRequest) -> HttpResponse:
    table = OwnSurveyTable(pages.surveys_of(request.user))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(request, "surveys/own_surveys.html", {"table": table})


@require_safe
@role_required(*SCHOOL)
def own_survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """The link to give to people; after the survey the results."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user).select_related("questionnaire"), pk=pk)
    results = own_results(survey, request.user.organization) if survey.is_over() else None
    pairs = []
    if results and results.groups:
        pairs = list(zip(results.groups[0].outcomes, results.total.outcomes, strict=True))
    context = {"survey": survey, "links": pages.links(survey, request.user), "results": results, "pairs": pairs}
    return render(request, "surveys/own_survey.html", context)
