"""The open pages. They read published releases and the register; of work in progress only what was asked of whom."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag

from apps.collection.selectors import burden as burden_selectors
from apps.core import files
from apps.core.periods import PeriodSpan
from apps.indicators.models import IndicatorVersion
from apps.library.models import Practice
from apps.organizations.models import Kind
from apps.organizations.selectors import counts_by_kind, open_register
from apps.portal import class_schedules, selectors
from apps.portal import methods as all_methods
from apps.portal.access import FILE, open_page
from apps.procedures.schedule import ics
from apps.reports.models import Release
from apps.roadmaps.cycle import publishing
from apps.roadmaps.cycle.opened import from_json
from apps.workbooks.writing import export_table

KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.AUTHORITY]


@open_page
def home(request: HttpRequest) -> HttpResponse:
    """Five facts of the newest published report, what comes next, where to read more."""
    published = selectors.latest()
    context = {
        "published": published,
        "charts": published.charts(selectors.HOME_CHARTS, 2) if published else [],
        "soon": selectors.soon(),
        "counts": counts_by_kind(),
    }
    return render(request, "portal/home.html", context)


@open_page
def reports(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/reports.html", {"years": selectors.years()})


def _report_page(request: HttpRequest, published: selectors.Published) -> HttpResponse:
    context = {
        "published": published,
        "release": published.release,
        "document": published.document,
        "releases": selectors.releases_of_year(published.release),
        "passport": selectors.passport(published),
    }
    return render(request, "portal/report.html", context)


@open_page
def report(request: HttpRequest, period: PeriodSpan) -> HttpResponse:
    """The release in force of a year."""
    return _report_page(request, selectors.release_of(period))


@open_page
def release(request: HttpRequest, period: PeriodSpan, number: int) -> HttpResponse:
    """A release by its number; a replaced one says so."""
    return _report_page(request, selectors.release_of(period, number))


def _file(content: bytes, *, name: str, content_type: str, release: Release) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = FILE
    response["ETag"] = quote_etag(f"{release.digest[:24]}-{release.state}-{name}")
    return response


@open_page
def report_pdf(request: HttpRequest, period: PeriodSpan, number: int) -> HttpResponse:
    """The file as it was published: stored, never made anew."""
    found = selectors.release_of(period, number).release
    assert found.pdf is not None  # the database has no published release without a file
    name = f"msoko-report-{period.code.replace('/', '-')}-{number}.pdf"
    return _file(found.pdf.file.read(), name=name, content_type=files.PDF, release=found)


@open_page
def open_data(request: HttpRequest, period: PeriodSpan, number: int) -> HttpResponse:
    found = selectors.release_of(period, number).release
    content = export_table(selectors.DATA_HEADERS, selectors.data_rows(found), kind="csv")
    name = f"msoko-data-{period.code.replace('/', '-')}-{number}.csv"
    return _file(content, name=name, content_type=files.CSV, release=found)


@open_page
def open_data_passport(request: HttpRequest, period: PeriodSpan, number: int) -> HttpResponse:
    """What the open data is and how to read its columns."""
    published = selectors.release_of(period, number)
    content = export_table(("свойство", "значение"), selectors.passport(published), kind="csv")
    name = f"msoko-passport-{period.code.replace('/', '-')}-{number}.csv"
    return _file(content, name=name, content_type=files.CSV, release=published.release)


@open_page
def organizations(request: HttpRequest) -> HttpResponse:
    """The open register with search by name and kind."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    kind = request.GET.get("kind", "")
    kind = kind if kind in dict(KINDS) else ""
    found = open_register()
    if kind:
        found = found.filter(kind=kind)
    if text:
        found = found.named(text)
    page = Paginator(found.prefetch_related("sites"), 60).get_page(request.GET.get("page"))
    context = {"page": page, "q": text, "kind": kind, "kinds": KINDS, "counts": counts_by_kind()}
    return render(request, "portal/organizations.html", context)


@open_page
def schedule(request: HttpRequest) -> HttpResponse:
    """Works of the municipality in the school year; a school's own ones are on the page of its classes."""
    works = list(selectors.schedule())
    words = class_schedules.words_of(work.procedure.title for work in works)
    return render(request, "portal/schedule.html", {"works": works, "words": words})


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=ics.TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = FILE
    return response


@open_page
def schedule_ics(request: HttpRequest) -> HttpResponse:
    """The same schedule for a calendar on a phone or a computer."""
    return _calendar(class_schedules.feed_of_all(), "raspisanie.ics")


@open_page
def class_schedule(request: HttpRequest) -> HttpResponse:
    """«Когда контрольные у моего класса»: the school, the grade, the list."""
    shown = class_schedules.shown(request.GET.get("school", ""), request.GET.get("grade", ""))
    context = {"shown": shown, "words": shown.words}
    if shown.school and shown.grade:
        feed = reverse("portal:class_schedule_ics", args=[shown.school.code, shown.grade])
        context["feed"] = request.build_absolute_uri(feed)
        context["subscription"] = f"webcal://{request.get_host()}{feed}"
    return render(request, "portal/class_schedule.html", context)


@open_page
def class_schedule_ics(request: HttpRequest, code: str, grade: int) -> HttpResponse:
    return _calendar(class_schedules.feed_of(code, grade), f"{code}-{grade}.ics")


@open_page
def practices(request: HttpRequest) -> HttpResponse:
    """Practices of schools that the office has opened to everybody, by category."""
    found = Practice.objects.open().select_related("organization").order_by("category", "title", "pk")
    return render(request, "portal/practices.html", {"practices": found})


@open_page
def cycle(request: HttpRequest) -> HttpResponse:
    """What of the management cycle the authority has published."""
    publication = publishing.current()
    lines = from_json(publication.document["lines"]) if publication else []
    return render(request, "portal/cycle.html", {"publication": publication, "lines": lines})


@open_page
def methods(request: HttpRequest) -> HttpResponse:
    """Methods with their sources: groups with counts; rows of one group, or of what was searched for."""
    found = all_methods.methods()
    states = IndicatorVersion.Source.choices
    counts = [(value, text, sum(method.state == value for method in found)) for value, text in states]
    chosen = request.GET.get("source", "") if request.GET.get("source", "") in dict(states) else ""
    words = " ".join(request.GET.get("q", "").split())[: all_methods.LONGEST_SEARCH]
    shown = [one for one in found if (not chosen or one.state == chosen) and (not words or one.tells(words))]
    groups = all_methods.grouped(shown)
    group = next((one for one in groups if one.code == request.GET.get("group")), None)
    first = all_methods.grouped(shown[: all_methods.MOST_FOUND])
    context = {
        "groups": groups,
        "opened": [group] if group else first if words else [],
        "group": group,
        "words": words,
        "found": len(shown),
        "most": all_methods.MOST_FOUND,
        "counts": [count for count in counts if count[2]],
        "chosen": chosen,
        "minimum_count": settings.DISCLOSURE_MINIMUM_COUNT,
        "minimum_base": settings.DISCLOSURE_MINIMUM_SHARE_BASE,
    }
    return render(request, "portal/methods.html", context)


@open_page
def burden(request: HttpRequest) -> HttpResponse:
    """What was asked of organisations, on which ground, and how long it took them."""
    return render(request, "portal/burden.html", {"years": burden_selectors.years()})


@open_page
def burden_xlsx(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(burden_selectors.workbook(burden_selectors.years()), content_type=files.XLSX)
    response["Content-Disposition"] = 'attachment; filename="msoko-burden.xlsx"'
    response["Cache-Control"] = FILE
    return response
