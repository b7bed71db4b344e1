"""Pages of state exams."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.organizations.models import Organization
from apps.procedures import access
from apps.procedures.exams import charts, selectors
from apps.procedures.models import Procedure, Subject


def _organization(request: SignedInRequest) -> Organization | None:
    """A school's own; for others the one they ask for, or the municipality."""
    if request.user.is_school:
        return request.user.organization
    code = request.GET.get("school", "")
    return get_object_or_404(Organization, code=code) if code else None


@require_safe
@role_required(*access.READERS)
def exams(request: SignedInRequest) -> HttpResponse:
    """Subjects of the chosen kind and year, of the municipality or of one school; one subject by school and year."""
    seasons = selectors.seasons(request.user)
    if not seasons:
        return render(request, "procedures/exams/page.html", {"seasons": []})
    asked = (request.GET.get("kind", ""), request.GET.get("year", ""))
    kind, year = next((one for one in seasons if (one[0], str(one[1])) == asked), seasons[0])
    organization = _organization(request)
    rows = selectors.by_subject(reader=request.user, kind=kind, year=year, organization=organization)
    subject = _subject(request, rows)
    found = selectors.Exams(kind, year, rows)
    if subject:
        if not request.user.is_school:
            found.schools = selectors.by_school(reader=request.user, kind=kind, year=year, subject=subject)
        found.years = selectors.over_years(reader=request.user, kind=kind, subject=subject, organization=organization)
    context = {
        "seasons": [(one, number, Procedure.Kind(one).label) for one, number in seasons],
        "found": found,
        "kind_name": Procedure.Kind(kind).label,
        "organization": organization,
        "subject": subject,
        "charts": [chart for has_tests in (False, True) if (chart := charts.subjects(rows, has_tests=has_tests))],
        "years_chart": charts.years(found.years, str(subject)) if subject else None,
        "few": selectors.statistics.FEW,
    }
    return render(request, "procedures/exams/page.html", context)


def _subject(request: SignedInRequest, rows: list[selectors.SubjectRow]) -> Subject | None:
    asked = request.GET.get("subject", "")
    if not asked:
        return None
    found = next((row.subject for row in rows if str(row.subject.pk) == asked), None)
    if found is None:
        raise Http404
    return found
