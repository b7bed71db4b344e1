"""Any set of values as the rows of a file: of organisations, or totals with small numbers hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from apps.core.disclosure import Hidden
from apps.core.figures import plural
from apps.core.models import Period
from apps.indicators.models import Aggregate, IndicatorVersion, Pack, Value
from apps.indicators.protection import protected_figure, protected_number, protected_totals
from apps.organizations.models import Group, Kind, Locality, Organization
from apps.workbooks.writing import Value as Cell

ORGANIZATIONS, TOTALS = "organizations", "totals"
ROWS, COLUMNS = "rows", "columns"
HIDDEN_TEXT = "скрыто"
SCOPES = ("municipality", "kind", "locality", "group")


@dataclass(frozen=True)
class Selection:
    """What is exported: codes of indicators and periods, ids of organisations, and how it is laid out."""

    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    content: str = ORGANIZATIONS
    organizations: tuple[int, ...] = ()
    layout: str = ROWS
    hide_small: bool = True

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Selection":
        many = {name: tuple(data[name]) for name in ("indicators", "periods", "organizations")}
        return replace(cls(**{**data, **many}))


@dataclass(frozen=True)
class Table:
    """Headers and rows of the file; rows come one by one."""

    headers: list[str]
    rows: Iterator[Sequence[Cell]]


def size_of(selection: Selection, user: Any) -> int:
    """How many figures the selection holds for the person."""
    if selection.content == TOTALS:
        return _totals(selection, user).count()
    return _entered(selection, user).count() + _computed(selection, user).count()


def table_of(selection: Selection, user: Any) -> Table:
    """The file's table. The person's own rights come first, the selection only narrows."""
    if selection.content == TOTALS:
        return Table(TOTAL_HEADERS, _total_rows(selection, user))
    if selection.layout == COLUMNS:
        return _wide(selection, user)
    return Table(ROW_HEADERS, _rows(selection, user))


def title_of(selection: Selection) -> str:
    """What is in the file, for people: indicators by pack, periods, whose."""
    wanted = set(selection.indicators)
    rows = IndicatorVersion.objects.current().filter(indicator__code__in=wanted).values_list("indicator__pack")
    counts: dict[str, int] = {}
    for (pack,) in rows:
        counts[pack] = counts.get(pack, 0) + 1
    titles = dict(Pack.objects.filter(code__in=counts).values_list("code", "short_title"))
    nouns = ("показатель", "показателя", "показателей")
    packs = ", ".join(f"{titles.get(pack, pack)} — {n} {plural(n, *nouns)}" for pack, n in counts.items())
    whose = "сводные значения, малые числа скрыты"
    if selection.content == ORGANIZATIONS:
        count = len(selection.organizations)
        whose = f"значения {count} {plural(count, 'организации', 'организаций', 'организаций')}"
        whose += ", малые числа скрыты" if selection.hide_small else ""
    return f"{packs}; периоды: {', '.join(selection.periods)}; {whose}"[:1000]


# --- values of organisations

ROW_HEADERS = [
    "Период", "Код организации", "Организация", "Код показателя", "Показатель", "Единица", "Разрез", "Значение",
    "Почему нет", "Откуда", "Источник методики",
]  # fmt: skip
COMPUTED = "вычислено порталом"


def _entered(selection: Selection, user: Any) -> Any:
    return Value.objects.visible_to(user).filter(
        version__indicator__code__in=selection.indicators,
        version__is_derived=False,
        period__code__in=selection.periods,
        organization__in=selection.organizations,
    )


def _computed(selection: Selection, user: Any) -> Any:
    return Aggregate.objects.visible_to(user).filter(
        version__indicator__code__in=selection.indicators,
        version__is_derived=True,
        period__code__in=selection.periods,
        scope=Aggregate.Scope.ORGANIZATION,
        scope_key__in=[str(pk) for pk in selection.organizations],
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    period: int
    organization: int
    version: int
    breakdown: str
    number: Cell
    reason: str
    source: str


def _figures(selection: Selection, user: Any, versions: dict[int, IndicatorVersion]) -> list[_Figure]:
    sources = dict(Value.Source.choices)
    hide = selection.hide_small and user.is_authority
    entered = _entered(selection, user).values_list(
        "period_id", "organization_id", "version_id", "breakdown", "number", "absence_reason", "source"
    )
    found = [
        _Figure(period, place, version, breakdown, _cell(versions[version], number, hide), reason, str(sources[source]))
        for period, place, version, breakdown, number, reason, source in entered.iterator()
    ]
    for aggregate in _computed(selection, user).iterator():
        aggregate.version = versions[aggregate.version_id]
        number = _written(protected_figure(aggregate) if hide else aggregate.value, aggregate.version)
        found.append(
            _Figure(
                aggregate.period_id, int(aggregate.scope_key), aggregate.version_id, "", number,
                aggregate.absence_reason, COMPUTED,
            )
        )  # fmt: skip
    return found


def _cell(version: IndicatorVersion, number: Decimal | None, hide: bool) -> Cell:
    return _written(protected_number(version, number) if hide else number, version)


def _written(number: Any, version: IndicatorVersion) -> Cell:
    """A number for the file: yes and no in words, six decimals at most, «скрыто» for what is hidden."""
    if number is None:
        return None
    if isinstance(number, Hidden):
        return HIDDEN_TEXT
    if version.value_type == IndicatorVersion.ValueType.BOOLEAN and not version.is_derived and number in (0, 1):
        return "да" if number else "нет"
    exact = round(Decimal(number), 6).normalize()
    return int(exact) if exact == exact.to_integral() else exact


def _places(selection: Selection) -> tuple[dict[int, Period], dict[int, Organization], dict[int, IndicatorVersion]]:
    """Periods, organisations and versions of the selection by id, each in the order of the file."""
    periods = {one.pk: one for one in Period.objects.filter(code__in=selection.periods).order_by("starts_on")}
    organizations = {one.pk: one for one in Organization.objects.filter(pk__in=selection.organizations)}
    versions = IndicatorVersion.objects.filter(indicator__code__in=selection.indicators).select_related("indicator")
    ordered = versions.order_by("indicator__pack", "indicator__order", "number")
    return periods, organizations, {one.pk: one for one in ordered}


def _rows(selection: Selection, user: Any) -> Iterator[Sequence[Cell]]:
    periods, organizations, versions = _places(selection)
    orders = [{pk: place for place, pk in enumerate(rows)} for rows in (periods, organizations, versions)]
    figures = _figures(selection, user, versions)
    figures.sort(
        key=lambda one: (orders[0][one.period], orders[1][one.organization], orders[2][one.version], one.breakdown)
    )
    for one in figures:
        version, organization = versions[one.version], organizations[one.organization]
        yield (
            periods[one.period].code, organization.code, organization.name, version.indicator.code, version.name,
            version.unit, one.breakdown, one.number, one.reason, one.source, version.get_source_state_display(),
        )  # fmt: skip


def _wide(selection: Selection, user: Any) -> Table:
    """An organisation and period a row, an indicator a column; breakdowns and reasons have no place here."""
    periods, organizations, versions = _places(selection)
    columns: dict[int, int] = {}
    headers = ["Период", "Код организации", "Организация"]
    for version in versions.values():
        if version.indicator_id not in columns:
            columns[version.indicator_id] = len(headers)
            headers.append(f"{version.indicator.code} {version.name}{f', {version.unit}' if version.unit else ''}")
    cells: dict[tuple[int, int], dict[int, Cell]] = {}
    for one in _figures(selection, user, versions):
        if not one.breakdown:
            cells.setdefault((one.period, one.organization), {})[columns[versions[one.version].indicator_id]] = (
                one.number
            )
    rows: Iterator[Sequence[Cell]] = (
        (
            periods[period].code,
            organization.code,
            organization.name,
            *(cells[period, organization.pk].get(place) for place in range(3, len(headers))),
        )
        for period in periods
        for organization in organizations.values()
        if (period, organization.pk) in cells
    )
    return Table(headers, rows)


# --- totals

TOTAL_HEADERS = [
    "Период", "Охват", "Кто", "Код показателя", "Показатель", "Единица", "Значение", "Сообщили", "Ожидались",
    "Почему нет", "Источник методики",
]  # fmt: skip


def _totals(selection: Selection, user: Any) -> Any:
    return Aggregate.objects.visible_to(user).filter(
        version__indicator__code__in=selection.indicators, period__code__in=selection.periods, scope__in=SCOPES
    )


def _total_rows(selection: Selection, user: Any) -> Iterator[Sequence[Cell]]:
    found = list(_totals(selection, user).select_related("version__indicator", "period"))
    found.sort(key=lambda one: (_day(one), one.version.indicator.pack, one.version.indicator.order, _rank(one)))
    shown = protected_totals(found)
    names = scope_names()
    for one in found:
        version = one.version
        yield (
            one.period.code, one.get_scope_display(), names.get((one.scope, one.scope_key), one.scope_key),
            version.indicator.code, version.name, version.unit, _written(shown[one.pk], version), one.reported,
            one.expected, one.absence_reason, version.get_source_state_display(),
        )  # fmt: skip


def _day(aggregate: Aggregate) -> date:
    return aggregate.period.starts_on


def _rank(aggregate: Aggregate) -> tuple[int, str]:
    return SCOPES.index(aggregate.scope), aggregate.scope_key


def scope_names() -> dict[tuple[str, str], str]:
    """Scopes above an organisation in words, by scope and key."""
    names = {("municipality", ""): "муниципалитет в целом"}
    names |= {("kind", kind.value): str(kind.label) for kind in Kind}
    names |= {("locality", place.value): str(place.label) for place in Locality}
    return names | {("group", str(group.pk)): group.name for group in Group.objects.all()}
