"""What the page of graduates reads from four rooms: a dozen statements whatever the number of schools."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Sum

from apps.analysis.objectivity.models import Evidence, ObjectivityRun
from apps.core import periods
from apps.core.figures import figure
from apps.core.models import Period
from apps.desk.graduates.honours import Honours, honours
from apps.indicators import display
from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from apps.procedures.exams import selectors as exams
from apps.procedures.models import Procedure
from apps.procedures.olympiads.models import Olympiad, OlympiadCount

MEDALS = ("so_oo.1.16", "so_oo.1.16%", "so_oo.1.17", "so_oo.1.17%", "so_oo.1.14", "so_oo.1.15")
CAREER = ("plan_4.1.13", "plan_4.3.2%", "plan_4.3.4%")


@dataclass(frozen=True)
class Fact:
    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Marked:
    """A marker of the objectivity analysis: a reason to check, not a conclusion."""

    title: str
    text: str


@dataclass
class Graduates:
    """One school year of a school, or of the municipality."""

    year: int
    oge: list[exams.SubjectRow] = field(default_factory=list)
    ege: list[exams.SubjectRow] = field(default_factory=list)
    medals: list[Fact] = field(default_factory=list)
    career: list[Fact] = field(default_factory=list)
    olympiads: list[Fact] = field(default_factory=list)
    markers: list[Marked] = field(default_factory=list)
    checked: bool = False  # whether an analysis of objectivity has been run for the year
    marked_schools: int = 0
    honours: list[Honours] = field(default_factory=list)


def years(reader: Any) -> list[int]:
    """Years with exams, and the newest with figures of graduates; the newest first."""
    found = {year for _, year in exams.seasons(reader)}
    known = Aggregate.objects.filter(version__indicator__code__in=MEDALS[:1], value__isnull=False)
    newest = known.order_by("-period__starts_on").values_list("period__starts_on", flat=True).first()
    return sorted(found | ({newest.year} if newest else set()), reverse=True)


def graduates(*, reader: Any, year: int, organization: Organization | None) -> Graduates:
    """Everything about the graduates of the summer of `year`."""
    found = Graduates(year)
    for kind in (Procedure.Kind.OGE, Procedure.Kind.EGE):
        rows = exams.by_subject(reader=reader, kind=kind, year=year, organization=organization)
        setattr(found, kind, rows)
    school_year = periods.school_year(year - 1)
    found.medals = _facts(MEDALS, (str(year), str(year - 1)), organization)
    found.career = _facts(CAREER, (school_year.code, periods.school_year(year - 2).code), organization)
    found.olympiads = _olympiads(school_year.code, organization)
    _markers(found, school_year.code, organization, reader)
    found.honours = honours(reader=reader, year=year, organization=organization)
    return found


def _facts(codes: tuple[str, ...], period_codes: tuple[str, ...], organization: Organization | None) -> list[Fact]:
    """Figures of indicators, of a school beside the municipality: of the year itself, else of the year before; the
    note says of which."""
    scopes = {Aggregate.Scope.MUNICIPALITY: ""}
    if organization:
        scopes[Aggregate.Scope.ORGANIZATION] = str(organization.pk)
    rows = Aggregate.objects.filter(
        version__indicator__code__in=codes, period__code__in=period_codes, scope__in=scopes,
        scope_key__in=scopes.values(), value__isnull=False,
    ).select_related("version__indicator", "period")  # fmt: skip
    known: dict[tuple[str, str], Aggregate] = {}
    for row in sorted(rows, key=lambda one: period_codes.index(one.period.code), reverse=True):
        known[row.version.indicator.code, row.scope] = row
    main = Aggregate.Scope.ORGANIZATION if organization else Aggregate.Scope.MUNICIPALITY
    facts = []
    for code in codes:
        own, whole = known.get((code, main)), known.get((code, Aggregate.Scope.MUNICIPALITY))
        if own is None:
            continue
        note = str(own.period)
        if organization and whole and display.is_share(own.version):
            note += f"; по муниципалитету {display.written_figure(whole)}"
        facts.append(Fact(own.version.name, display.written_figure(own), note))
    return facts


def _olympiads(period_code: str, organization: Organization | None) -> list[Fact]:
    """Participations and places by stage; a pupil in two subjects takes part twice."""
    counts = OlympiadCount.objects.filter(olympiad__period__code=period_code).exclude(olympiad__stage="contest")
    if organization:
        counts = counts.filter(organization=organization)
    stages = (
        counts.values("olympiad__stage")
        .annotate(took=Sum("participants"), prizes=Sum("prize_winners"), won=Sum("winners"))
        .order_by("olympiad__stage")
    )
    labels = dict(Olympiad.Stage.choices)
    order = list(labels)
    return [
        Fact(
            f"ВсОШ, {labels[row['olympiad__stage']]}",
            f"участий: {figure(row['took'])}",
            f"победителей: {figure(row['won'])}, призёров: {figure(row['prizes'])}",
        )
        for row in sorted(stages, key=lambda row: order.index(row["olympiad__stage"]))
    ]


def _markers(found: Graduates, period_code: str, organization: Organization | None, reader: Any) -> None:
    """Markers of the newest finished analysis of the year; of a school by name, of the municipality as a count."""
    period = Period.objects.filter(code=period_code).first()
    runs = ObjectivityRun.objects.filter(period=period, finished_at__isnull=False, procedure__isnull=True)
    run = runs.order_by("-finished_at").first() if period else None
    if run is None:
        return
    found.checked = True
    marked = Evidence.objects.visible_to(reader).filter(run=run, marked=True)
    if organization is None:
        counted = marked.aggregate(schools=Count("organization", distinct=True))
        found.marked_schools = counted["schools"]
        return
    found.markers = [
        Marked(f"{one.procedure}: {one.sign.title}", one.words)
        for one in marked.filter(organization=organization).select_related("procedure")
    ]
