"""What the page of a panel shows: a few statements whatever the number of its indicators."""

from dataclasses import dataclass, field

from apps.core import periods
from apps.core.charts import BarChart, Series
from apps.core.models import Period
from apps.desk.panels.catalog import Block, Kind, Panel
from apps.indicators import display
from apps.indicators.models import Aggregate, IndicatorVersion, Pack, Value
from apps.organizations.models import Kind as OrganizationKind
from apps.organizations.models import Locality, Organization

Scopes = Aggregate.Scope
PLACES = ((Locality.URBAN, "Город"), (Locality.RURAL, "Село"))
KINDS = (
    (OrganizationKind.SCHOOL, "Школы"),
    (OrganizationKind.KINDERGARTEN, "Детские сады"),
    (OrganizationKind.ADDITIONAL, "Дополнительное образование"),
)
LONGEST = 70  # letters of a name on a bar


@dataclass
class Row:
    """An indicator of a block: the municipality, the change, the columns of the block."""

    version: IndicatorVersion
    figure: Aggregate | None
    change: display.Change | None
    columns: list[tuple[str, str]] = field(default_factory=list)  # heading and figure
    lacking: list[Organization] = field(default_factory=list)
    silent: int = 0  # organisations that have not answered

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)


@dataclass
class Line:
    organization: Organization
    cells: list[str]


@dataclass
class Shown:
    """A block with its figures; `absent` are names of indicators that have none."""

    block: Block
    rows: list[Row]
    headers: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    chart: BarChart | None = None


@dataclass
class _Known:
    """Everything the panel reads, by code."""

    versions: dict[str, IndicatorVersion]
    periods: dict[str, Period]  # by pack
    figures: dict[tuple[int, str, str, int], Aggregate]  # indicator, scope, key, how many years back
    organizations: list[Organization]

    def figure(self, version: IndicatorVersion, scope: str, key: str = "", back: int = 0) -> Aggregate | None:
        return self.figures.get((version.indicator_id, scope, key, back))


def years_of(panel: Panel) -> tuple[list[periods.PeriodSpan], periods.PeriodSpan | None]:
    """School years that the panel has figures for, the newest first, and the newest one with all its packs."""
    codes = [code for block in panel.blocks for code in block.codes]
    found = Aggregate.objects.filter(version__indicator__code__in=codes, value__isnull=False).order_by()
    by_year: dict[int, set[str]] = {}
    for starts_on, pack in found.values_list("period__starts_on", "version__indicator__pack").distinct():
        by_year.setdefault(starts_on.year, set()).add(pack)
    years = [periods.school_year(year) for year in sorted(by_year, reverse=True)]
    fullest = max(by_year, key=lambda year: (len(by_year[year]), year), default=None)
    return years, periods.school_year(fullest) if fullest else None


def shown(*, panel: Panel, span: periods.PeriodSpan) -> list[Shown]:
    known = _read(panel, span)
    return [_block(block, known) for block in panel.blocks]


def _read(panel: Panel, span: periods.PeriodSpan) -> _Known:
    codes = {code for block in panel.blocks for code in block.codes}
    versions = {
        version.indicator.code: version
        for version in IndicatorVersion.objects.in_force(span.ends_on)
        .filter(indicator__code__in=codes)
        .select_related("indicator")
    }
    years = {}
    for back in (0, 1):
        school = periods.previous(span, back) if back else span
        for one in (school, periods.self_examination_year(school)):
            years[one.code] = (str(one.kind), back)
    stored = {period.code: period for period in Period.objects.filter(code__in=years)}
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    by_kind = {years[code][0]: period for code, period in stored.items() if not years[code][1]}
    aggregates = Aggregate.objects.filter(
        version__indicator__code__in=codes, period__in=stored.values(), scope__in=[*Scopes.values]
    ).exclude(scope=Scopes.GROUP)
    figures = {}
    for figure in aggregates.select_related("version", "period"):
        back = years[figure.period.code][1]
        figures[figure.version.indicator_id, figure.scope, figure.scope_key, back] = figure
    packs = {version.indicator.pack for version in versions.values()}
    return _Known(
        versions,
        {pack: by_kind[kinds[pack]] for pack in packs if kinds.get(pack) in by_kind},
        figures,
        list(Organization.objects.educational()),
    )


def _block(block: Block, known: _Known) -> Shown:
    found = Shown(block, [])
    for code in block.codes:
        version = known.versions.get(code)
        figure = known.figure(version, Scopes.MUNICIPALITY) if version else None
        if version is None or figure is None or figure.value is None:
            found.absent.append(version.name if version else code)
            continue
        before = known.figure(version, Scopes.MUNICIPALITY, back=1)
        found.rows.append(Row(version, figure, display.change(figure, before)))
    if block.kind == Kind.LACKING:
        _lacking(found, known)
    elif block.kind == Kind.PLACES:
        _columns(found, known, Scopes.LOCALITY, PLACES)
    elif block.kind == Kind.KINDS:
        _columns(found, known, Scopes.KIND, KINDS)
    else:
        _lines(found, known)
    if block.chart and len(found.rows) > 1:
        found.chart = _chart(found)
    return found


def _columns(found: Shown, known: _Known, scope: str, columns: tuple[tuple[str, str], ...]) -> None:
    """One column a place or kind that has a figure in some row."""
    used = [
        (key, title)
        for key, title in columns
        if any((one := known.figure(row.version, scope, key)) and one.value is not None for row in found.rows)
    ]
    found.headers = [title for _, title in used]
    for row in found.rows:
        row.columns = [(title, display.written_figure(known.figure(row.version, scope, key))) for key, title in used]


def _lines(found: Shown, known: _Known) -> None:
    found.headers = [row.version.name for row in found.rows]
    for organization in known.organizations:
        figures = [known.figure(row.version, Scopes.ORGANIZATION, str(organization.pk)) for row in found.rows]
        if any(figures):
            found.lines.append(Line(organization, [display.written_figure(one) for one in figures]))


def _lacking(found: Shown, known: _Known) -> None:
    """Organisations whose answer is «нет»; who has not answered is counted apart."""
    by_pk = {organization.pk: organization for organization in known.organizations}
    for row in found.rows:
        period = known.periods.get(row.version.indicator.pack)
        answered = Value.objects.filter(version=row.version, period=period, breakdown="", number__isnull=False)
        no = answered.filter(number=0).values_list("organization_id", flat=True)
        wanted = set(no)
        row.lacking = [organization for pk, organization in by_pk.items() if pk in wanted]
        row.silent = (row.figure.expected - row.figure.reported) if row.figure else 0


def _chart(found: Shown) -> BarChart:
    names = [_short(row.version.name) for row in found.rows]
    return BarChart(
        title=found.block.title,
        description="По муниципалитету, в процентах",
        labels=names,
        series=[Series("По муниципалитету", [row.figure.value if row.figure else None for row in found.rows])],
        unit="%",
        decimals=1,
        horizontal=True,
        label_title="Показатель",
    )


def _short(name: str) -> str:
    name = name.removeprefix("Удельный вес: ")
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
