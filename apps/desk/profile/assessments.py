"""Self-assessment, external assessment and НОКО side by side, with their differences. Sources are never added up."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.urls import reverse

from apps.collection.models import SelfExamination
from apps.core import periods
from apps.core.figures import figure, percent, points
from apps.core.periods import PeriodSpan
from apps.indicators.models import Aggregate, IndicatorVersion, Value
from apps.noko.models import Assessment
from apps.noko.selectors.conformity import conformity
from apps.noko.selectors.year import NAMES, number
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, ResultAggregate

WIDE = Decimal(20)  # percentage points from which a difference is named (own choice)
SATISFIED = "5.3"  # «удовлетворены условиями в целом» of НОКО


@dataclass(frozen=True)
class Line:
    """A figure of one source."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Comparison:
    """The same thing by two sources, and how far they differ."""

    title: str
    own: str
    outside: str
    difference: str
    note: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class Assessments:
    self_made: list[Line]
    external: list[Line]
    noko: list[Line]
    differences: list[Comparison]


def assessments(organization: Organization, span: PeriodSpan, *, is_school: bool) -> Assessments:
    """The three sources of a school year; for the organisation itself links lead to its own pages."""
    marks = _journal(organization, span)
    official = Assessment.objects.filter(organization=organization).select_related("period").first()
    return Assessments(
        self_made=[*_self_examination(organization, span, is_school), *_internal_system(organization)],
        external=_external(organization, span, marks),
        noko=_noko(official),
        differences=[*_marks(marks), *_exams(organization, span), *_satisfaction(organization, official)],
    )


# --- self-assessment


def _self_examination(organization: Organization, span: PeriodSpan, is_school: bool) -> Iterator[Line]:
    year = periods.self_examination_year(span)
    found = SelfExamination.objects.filter(organization=organization, period__code=year.code).first()
    page = reverse("collection:selfexam_own") if is_school else ""
    state = found.get_step_display() if found else "отчёт не начат"
    yield Line(f"Самообследование за {year.code} год", state, page)
    rows = Aggregate.objects.filter(
        scope="organization",
        scope_key=str(organization.pk),
        period__code=year.code,
        version__indicator__code__in=["so_oo.1.5%", "so_oo.1.6", "so_oo.1.7"],
        value__isnull=False,
    ).select_related("version__indicator")
    for row in rows.order_by("version__indicator__order"):
        yield Line(row.version.name, _written(row), reverse("indicators:detail", args=[row.version.indicator.code]))


def _written(row: Aggregate) -> str:
    from apps.indicators import display

    return display.written_figure(row)


def _internal_system(organization: Organization) -> Iterator[Line]:
    """ВСОКО: how many of the conditions of the internal system the school says it meets."""
    counted = (
        Value.objects.filter(
            organization=organization,
            version__indicator__pack__in=["vsoko_oo", "vsoko_doo"],
            version__value_type=IndicatorVersion.ValueType.BOOLEAN,
            number__isnull=False,
        )
        .values("period__code", "period__starts_on")
        .annotate(yes=Count("pk", filter=Q(number=1)), asked=Count("pk"))
        .order_by("-period__starts_on")
        .first()
    )
    if counted:
        share = percent(Decimal(100) * counted["yes"] / counted["asked"])
        text = f"{counted['yes']} из {counted['asked']}, {share}"
        yield Line(f"ВСОКО: выполнено условий, по ответу школы ({counted['period__code']})", text)


# --- external assessment


@dataclass(frozen=True)
class _Journal:
    lower: int
    equal: int
    higher: int
    participants: int

    @property
    def n(self) -> int:
        return self.lower + self.equal + self.higher


def _journal(organization: Organization, span: PeriodSpan) -> _Journal:
    found = ResultAggregate.objects.filter(
        school__organization=organization, procedure__period__code=span.code, procedure__kind=Procedure.Kind.VPR
    ).aggregate(
        lower=Sum("journal_lower", default=0),
        equal=Sum("journal_equal", default=0),
        higher=Sum("journal_higher", default=0),
        participants=Sum("participants", default=0),
    )
    return _Journal(**found)


def _external(organization: Organization, span: PeriodSpan, marks: _Journal) -> list[Line]:
    lines = []
    if marks.participants:
        lines.append(Line(f"ВПР {span.code}: участий", figure(marks.participants)))
    for row in _exam_means(organization, span):
        lines.append(Line(*row))
    return lines


def _exam_means(organization: Organization, span: PeriodSpan) -> Iterator[tuple[str, str]]:
    for title, mean, n in _means(organization, span):
        yield f"{title}: средняя отметка по протоколам", f"{figure(mean, 2)} (n = {n})"


def _means(organization: Organization, span: PeriodSpan) -> list[tuple[str, Decimal, int]]:
    rows = ResultAggregate.objects.filter(
        school__organization=organization, procedure__period__code=span.code, procedure__kind=Procedure.Kind.OGE
    ).select_related("procedure__subject")
    found = []
    for row in rows:
        n = sum(row.marks)
        if n:
            total = sum(mark * count for mark, count in enumerate(row.marks, start=2))
            found.append((f"ОГЭ, {row.procedure.subject}", Decimal(total) / n, n))
    return found


# --- НОКО


def _noko(official: Assessment | None) -> list[Line]:
    if official is None:
        return []
    page = official.get_absolute_url()
    lines = []
    for code, title in NAMES.items():
        value = number(official.figures.get(code))
        if value is not None:
            lines.append(Line(f"{title}, {official.period.code}", f"{figure(value, 1)} из 100", page))
    return lines


# --- differences


def _marks(marks: _Journal) -> Iterator[Comparison]:
    if marks.n:
        lower, higher = (Decimal(100) * part / marks.n for part in (marks.lower, marks.higher))
        yield Comparison(
            "Отметки: журнал школы и ВПР",
            "журнал",
            f"ВПР ниже журнала — {percent(lower)}, выше — {percent(higher)}",
            f"совпали {percent(Decimal(100) * marks.equal / marks.n)}",
            f"n = {marks.n}; расхождение — маркер, а не вывод",
            abs(lower - higher) >= WIDE,
        )


def _exams(organization: Organization, span: PeriodSpan) -> Iterator[Comparison]:
    """Mean marks of ГИА-9: as the school reported them and as the protocols have them."""
    codes = {"Русский язык": "so_oo.1.6", "Математика": "so_oo.1.7"}
    reported = {
        row.version.indicator.code: row.value
        for row in Aggregate.objects.filter(
            scope="organization",
            scope_key=str(organization.pk),
            period__code=str(span.ends_on.year),
            version__indicator__code__in=codes.values(),
            value__isnull=False,
        ).select_related("version__indicator")
    }
    for title, mean, n in _means(organization, span):
        own = reported.get(codes.get(title.removeprefix("ОГЭ, "), ""))
        if own is not None:
            gap = mean - own
            written = figure(gap, 2) if gap <= 0 else f"+{figure(gap, 2)}"
            yield Comparison(title, figure(own, 2), figure(mean, 2), written, f"n = {n}", abs(gap) >= Decimal("0.3"))


def _satisfaction(organization: Organization, official: Assessment | None) -> Iterator[Comparison]:
    """The school's own survey beside НОКО, and what people say beside the conditions that the operator saw."""
    line = next((row for row in conformity().lines if row.organization.pk == organization.pk), None)
    if line is None:
        return
    outside = number(official.figures.get(SATISFIED)) if official else None
    if line.satisfied is not None and outside is not None and not line.is_hidden:
        gap = outside - line.satisfied
        yield Comparison(
            "Удовлетворены условиями: своё анкетирование и НОКО",
            percent(line.satisfied),
            percent(outside),
            points(gap),
            f"в своём анкетировании ответов: {line.answered}",
            abs(gap) >= WIDE,
        )
    if line.gap is not None and line.met is not None:
        yield Comparison(
            "Довольны условиями и сами условия",
            f"довольны {percent(line.satisfied)}",
            f"условий есть {line.met.yes} из {line.met.asked}, {percent(line.met.share)}",
            points(line.gap),
            line.text,
            bool(line.text),
        )
