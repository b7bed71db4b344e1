"""Pages of internal marks against external results."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.core.charts import Chart, HeatCell, HeatTable, ShareChart
from apps.procedures import access
from apps.procedures.marking import selectors
from apps.procedures.marking.selectors import Line, Marking
from apps.procedures.models import Subject

HEAT_ROWS = 60


@require_safe
@role_required(*access.READERS)
def marking(request: SignedInRequest) -> HttpResponse:
    """By school and subject; a school reads its own subjects."""
    years = selectors.years(request.user)
    if not years:
        return render(request, "procedures/marking/page.html", {"years": []})
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0])
    found = selectors.marking(year=year, reader=request.user)
    organization = request.user.organization if request.user.is_school else None
    if organization is None and (code := request.GET.get("school", "")):
        organization = get_object_or_404(access.organizations(request.user), code=code)
    subject = _subject(request, found.subjects)
    lines = found.of_school(organization) if organization else found.schools(subject)
    context = {
        "years": years,
        "found": found,
        "organization": organization,
        "subject": subject,
        "lines": lines,
        "shows_others": found.shows_others(request.user),
        "share_chart": _shares(lines) if lines else None,
        "heat_chart": _heat(found) if not request.user.is_school and not organization and not subject else None,
    }
    return render(request, "procedures/marking/page.html", context)


def _subject(request: SignedInRequest, subjects: list[Subject]) -> Subject | None:
    asked = request.GET.get("subject", "")
    if not asked:
        return None
    found = next((one for one in subjects if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _shares(lines: list[Line]) -> Chart:
    return ShareChart(
        title="Отметка за работу и отметка в журнале",
        description="Доли тех, чья отметка за внешнюю работу ниже журнальной, совпала с ней или выше. В скобках — "
        "участники, у которых есть обе отметки.",
        labels=[line.name for line in lines],
        parts=("понизили", "подтвердили", "повысили"),
        counts=[[line.own.lower, line.own.equal, line.own.higher] for line in lines],
    )


def _heat(found: Marking) -> Chart | None:
    """«Понизили» by school and subject; a cell is stressed where the difference to the others is beyond chance."""
    if not found.organizations:
        return None
    by_subject = {subject.pk: {line.code: line for line in found.schools(subject)} for subject in found.subjects}

    def cell(code: str, subject: Subject) -> HeatCell | None:
        line = by_subject[subject.pk].get(code)
        if line is None or line.own.is_few or line.own.lower_share.value is None:
            return None
        return HeatCell(line.own.lower_share.value, 0 if line.calls_for_a_look else 2)

    shown = found.organizations[:HEAT_ROWS]
    return HeatTable(
        title="Доля понизивших отметку: школы и предметы",
        description="В процентах, по всем работам года. Меньше 10 участников с обеими отметками — прочерк.",
        rows=[one.name for one in shown],
        columns=[str(subject) for subject in found.subjects],
        cells=[[cell(one.code, subject) for subject in found.subjects] for one in shown],
        steps=("чаще, чем у остальных: стоит посмотреть", "", "не отличается или реже"),
        row_title="Школа",
    )
