"""What the page of a direction shows: its set with targets, figures by organisation, campaigns."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from apps.accounts.models import User
from apps.collection.models import Campaign, Form
from apps.collection.services.forms import forms_of_idle_directions
from apps.collection.states import State
from apps.core import periods
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Direction, IndicatorVersion, Pack, Target
from apps.indicators.selectors.targets import state_of, targets_of
from apps.indicators.trends.achievement import Achievement
from apps.indicators.trends.standing import FEWEST
from apps.organizations.models import Kind, Organization

Scopes = Aggregate.Scope


@dataclass
class Row:
    """An indicator of the set with the figure of the year in the chosen scope, the target and the change."""

    version: IndicatorVersion
    period: Period | None
    figure: Aggregate | None = None
    own: Aggregate | None = None
    change: display.Change | None = None
    target: Target | None = None
    achievement: Achievement | None = None

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)

    @property
    def own_written(self) -> str:
        return display.written_figure(self.own)

    @property
    def target_written(self) -> str:
        return display.written(self.version, self.target.number) if self.target else ""

    @property
    def source_tone(self) -> str:
        return display.source_tone(self.version)


@dataclass
class Section:
    """The indicators of one pack, or of one heading of it."""

    pack: Pack
    period: Period | None
    rows: list[Row] = field(default_factory=list)

    @property
    def reported(self) -> list[Row]:
        """Rows that have a figure."""
        return [row for row in self.rows if row.figure is not None and row.figure.value is not None]

    @property
    def silent(self) -> int:
        return len(self.rows) - len(self.reported)


def years_of(direction: Direction) -> tuple[list[periods.PeriodSpan], periods.PeriodSpan]:
    """School years that the direction has figures for and the present one, the newest first; and which to show."""
    found = Period.objects.filter(
        pk__in=Aggregate.objects.filter(
            version__indicator__direction=direction, scope=Scopes.MUNICIPALITY, value__isnull=False
        ).values("period")
    )
    spans = {periods.school_year(period.starts_on.year) for period in found}
    now = periods.school_year_of(timezone.localdate())
    return sorted(spans | {now}, reverse=True), max(spans, default=now)


def sections_of(*, direction: Direction, span: periods.PeriodSpan, user: User) -> list[Section]:
    """The sets of the direction for a school year; packs of calendar years stand with that of its self-examination."""
    versions = list(
        IndicatorVersion.objects.in_force(span.ends_on)
        .filter(indicator__direction=direction, indicator__is_group=False)
        .counted(span.ends_on)
        .exclude(value_type=IndicatorVersion.ValueType.TEXT)
        .select_related("indicator")
        .order_by("indicator__pack", "indicator__order")
    )
    packs = {pack.code: pack for pack in Pack.objects.filter(code__in={one.indicator.pack for one in versions})}
    stored = _stored(span)
    sections: dict[str, Section] = {}
    for version in versions:
        pack = packs.get(version.indicator.pack)
        if pack is None:
            continue
        section = sections.setdefault(pack.code, Section(pack, stored.get((pack.period_kind, 0))))
        section.rows.append(Row(version, section.period))
    _fill(list(sections.values()), stored, user)
    return sorted(sections.values(), key=lambda one: (not one.pack.code.startswith("plan_"), one.pack.order))


def _stored(span: periods.PeriodSpan) -> dict[tuple[str, int], Period]:
    """Periods by kind and how many years back: of the year and of the one before."""
    found = {}
    for back in (0, 1):
        school = periods.previous(span, back) if back else span
        for one in (school, periods.self_examination_year(school)):
            period = Period.objects.filter(code=one.code).first()
            if period:
                found[str(one.kind), back] = period
    return found


def _fill(sections: list[Section], stored: dict[tuple[str, int], Period], user: User) -> None:
    rows = [row for section in sections for row in section.rows]
    own = user.organization if user.is_school else None
    wanted = Q(scope=Scopes.MUNICIPALITY)
    if own:
        wanted |= Q(scope=Scopes.ORGANIZATION, scope_key=str(own.pk))
    aggregates = (
        Aggregate.objects.visible_to(user)
        .filter(wanted, version__indicator__in=[row.version.indicator_id for row in rows], period__in=stored.values())
        .select_related("version", "period")
    )
    found = {(one.version.indicator_id, one.period_id, one.scope): one for one in aggregates}
    targets = targets_of(indicators=[row.version.indicator for row in rows])
    for section in sections:
        before = stored.get((section.pack.period_kind, 1))
        for row in section.rows:
            if section.period is None:
                continue
            key = row.version.indicator_id
            row.figure = found.get((key, section.period.pk, Scopes.MUNICIPALITY))
            row.own = found.get((key, section.period.pk, Scopes.ORGANIZATION))
            last = found.get((key, before.pk, Scopes.MUNICIPALITY)) if before else None
            row.change = display.change(row.figure, last)
            row.target = targets.get((key, section.period.pk))
            if row.target:
                figures = [(one.period, one) for one in (last, row.figure) if one is not None]
                row.achievement = state_of(row.target, figures, period=section.period)


# --- organisations


@dataclass(frozen=True)
class Cell:
    written: str
    value: Decimal | None
    shade: str  # of the quarter it lies in, in words; colour only repeats them
    tone: str


@dataclass
class Line:
    organization: Organization
    cells: list[Cell]


@dataclass
class Heat:
    """Organisations by indicators; `total` is the row of the municipality."""

    columns: list[Row]
    lines: list[Line]


def heat_of(*, section: Section, user: User, sort: str = "", everything: bool = False) -> Heat:
    """Figures by organisation, of what can be compared; with `everything` counts too.

    A school sees its own line. Only the authority may put the lines in an order: `sort` is an indicator's id, with a
    minus for the greatest first.
    """
    rows = [row for row in section.reported if everything or _comparable(row.version)]
    if section.period is None or not rows:
        return Heat([], [])
    own = user.organization if user.is_school else None
    organizations = [own] if own else list(Organization.objects.educational())
    found: dict[tuple[str, int], Aggregate] = {}
    aggregates = Aggregate.objects.visible_to(user).filter(
        period=section.period, scope=Scopes.ORGANIZATION, version__in=[row.version.pk for row in rows]
    )
    for one in aggregates.select_related("version"):
        found[one.scope_key, one.version_id] = one
    lines = [
        Line(one, [_cell(row, found.get((str(one.pk), row.version.pk))) for row in rows])
        for one in organizations
        if any((str(one.pk), row.version.pk) in found for row in rows)
    ]
    return Heat(rows, _ordered(lines, rows, sort) if user.is_authority else lines)


def _comparable(version: IndicatorVersion) -> bool:
    return not display.is_total(version)


def _ordered(lines: list[Line], rows: list[Row], sort: str) -> list[Line]:
    place = next((n for n, row in enumerate(rows) if str(row.version.indicator_id) == sort.lstrip("-")), None)
    if place is None:
        return lines
    known = [line for line in lines if line.cells[place].value is not None]
    known.sort(key=lambda line: line.cells[place].value or Decimal(0), reverse=sort.startswith("-"))
    return known + [line for line in lines if line.cells[place].value is None]


def _cell(row: Row, figure: Aggregate | None) -> Cell:
    value = figure.value if figure else None
    if figure is None or value is None:
        return Cell(display.written_figure(figure), None, "", "none")
    whole = row.figure
    better = display.better(row.version)
    written = display.written(row.version, value, Scopes.ORGANIZATION)
    if whole is None or whole.lower_quartile is None or whole.upper_quartile is None:
        return Cell(written, value, "", "none")
    if not better or whole.reported < FEWEST or whole.lower_quartile == whole.upper_quartile:
        return Cell(written, value, "", "none")
    if value >= whole.upper_quartile:
        return Cell(written, value, "в верхней четверти", "good" if better > 0 else "weak")
    if value <= whole.lower_quartile:
        return Cell(written, value, "в нижней четверти", "weak" if better > 0 else "good")
    return Cell(written, value, "", "none")


# --- campaigns


def forms_of(direction: Direction) -> list[Form]:
    """Forms in use that ask the direction's own indicators, those of its monitoring first."""
    found = (
        Form.objects.filter(is_active=True, fields__version__indicator__direction=direction)
        .exclude(pk__in=forms_of_idle_directions())
        .annotate(asked=Count("fields", filter=Q(fields__version__indicator__direction=direction)))
        .order_by("-asked", "code")
    )
    return sorted(found, key=lambda form: not form.code.startswith("plan_"))


def campaigns_of(direction: Direction, user: User) -> list[Any]:
    """Campaigns that ask the direction's indicators, the newest first: `asked`, `handed`, `accepted` of its forms."""
    forms = Form.objects.filter(fields__version__indicator__direction=direction).distinct()
    of_forms = Q(submissions__form__in=forms.values("pk"))
    accepted = Q(submissions__state=State.ACCEPTED)
    handed = Q(submissions__state__in=[State.SUBMITTED, State.ACCEPTED])
    found = Campaign.objects.visible_to(user).filter(forms__in=forms.values("pk")).select_related("period")
    return list(
        found.annotate(
            direction_asked=Count("submissions", filter=of_forms, distinct=True),
            direction_handed=Count("submissions", filter=of_forms & handed, distinct=True),
            direction_accepted=Count("submissions", filter=of_forms & accepted, distinct=True),
        ).order_by("-opens_on", "-pk")
    )


def organizations_for(form: Form) -> Any:
    """Organisations that the form is for, by kind and programme; closed ones are left out by the service."""
    found = Organization.objects.exclude(kind=Kind.AUTHORITY)
    if form.kinds:
        found = found.filter(kind__in=form.kinds)
    return found.delivering(form.programmes) if form.programmes else found
