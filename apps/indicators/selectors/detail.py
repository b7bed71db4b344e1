"""One indicator: passport, years, organisations."""

from dataclasses import dataclass
from decimal import Decimal

from apps.accounts.models import User
from apps.core import periods
from apps.core.charts import BarChart, Series
from apps.core.models import Period
from apps.indicators import display, formulas
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack
from apps.indicators.querysets import organizations_of
from apps.indicators.selectors.scopes import Scope, members_of
from apps.organizations.models import Organization

QUARTILES_NEED = 5  # below that a quartile is somebody's own value


@dataclass(frozen=True)
class OrganizationRow:
    """An organisation's own figure."""

    organization: Organization
    figure: Aggregate | None
    change: display.Change | None
    is_own: bool

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)


def names_of(version: IndicatorVersion) -> dict[str, str]:
    """Names of the indicators in the version's formula, by code."""
    codes = formulas.references(formulas.parse(version.formula)) if version.formula else []
    current = IndicatorVersion.objects.current().filter(indicator__code__in=codes)
    return {found.indicator.code: found.name for found in current.select_related("indicator")}


def formula_in_words(version: IndicatorVersion) -> str:
    if not version.formula:
        return ""
    return formulas.in_words(formulas.parse(version.formula), names_of(version))


def version_of(indicator: Indicator, period: Period | None) -> IndicatorVersion | None:
    """The version that counts in the period; the newest where none did or no period is named."""
    versions = indicator.versions.all()
    in_force = versions.in_force(period.ends_on).first() if period else None
    return in_force or versions.first()


def organization_rows(
    *, version: IndicatorVersion, pack: Pack | None, period: Period, scope: Scope, user: User
) -> list[OrganizationRow]:
    """Organisations of the scope with their figures, in the order of the register; a school sees itself only."""
    before = periods.previous(period.span).code
    aggregates = (
        Aggregate.objects.visible_to(user)
        .filter(version__indicator=version.indicator_id, scope=Aggregate.Scope.ORGANIZATION)
        .filter(period__code__in=[period.code, before])
        .select_related("version", "period")
    )
    found = {(aggregate.scope_key, aggregate.period.code): aggregate for aggregate in aggregates}
    addressed = set(organizations_of(pack, period.span).values_list("pk", flat=True)) if pack else set()
    own = user.organization if user.is_school else None
    rows = []
    for organization in members_of(scope):
        figure = found.get((str(organization.pk), period.code))
        is_own = organization == own
        if (own and not is_own) or (figure is None and organization.pk not in addressed):
            continue
        last = found.get((str(organization.pk), before))
        rows.append(OrganizationRow(organization, figure, display.change(figure, last), is_own))
    return rows


def organizations_chart(version: IndicatorVersion, rows: list[OrganizationRow], scope: Scope) -> BarChart | None:
    """Bars of organisations in the order of the register, for the authority."""
    known = [row for row in rows if row.value is not None]
    if len(known) < 2 or version.value_type == IndicatorVersion.ValueType.BOOLEAN:
        return None
    return BarChart(
        title=f"По организациям, {display.unit_of(version)}",
        description=f"{version.name}: {scope.name}; порядок — как в реестре, это не рейтинг",
        labels=[row.organization.name for row in known],
        series=[Series(version.name, [row.value for row in known])],
        unit=display.chart_unit(version),
        decimals=display.decimals(version),
        horizontal=True,
    )


def own_chart(figure: Aggregate | None, own: Aggregate | None, name: str) -> BarChart | None:
    """A school's own figure among the quartiles of all, without names of others."""
    if figure is None or own is None or own.value is None:
        return None
    if figure.median is None or figure.reported < QUARTILES_NEED:
        return None
    labels = ["Нижняя четверть", "Середина (медиана)", "Верхняя четверть", name]
    return BarChart(
        title=f"Ваша организация среди других, {display.unit_of(figure.version)}",
        description="У четверти организаций значение не больше нижней границы, у четверти — не меньше верхней",
        labels=labels,
        series=[Series("Значение", [figure.lower_quartile, figure.median, figure.upper_quartile, own.value])],
        unit=display.chart_unit(figure.version),
        decimals=display.decimals(figure.version),
        horizontal=True,
        highlight=3,
    )
