"""«Откуда это число»: from a figure down to the cell of the workbook, and who is left out and why."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from apps.accounts.models import User
from apps.core import periods
from apps.core.figures import plain
from apps.core.models import Period
from apps.indicators import display, formulas
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack, Term, Value
from apps.indicators.querysets import organizations_of
from apps.indicators.selectors.scopes import Scope, members_of
from apps.organizations.models import Organization

_SOURCES = ("manual", "collection", "procedures")  # the order in which one value of several counts
_PAGES = {  # where a value can be seen: for the authority, for the organisation
    "collection.Submission": ("collection:review", "collection:submission"),
    "procedures.Batch": ("procedures:batch", ""),
    "noko.OperatorReport": ("noko:report", ""),
}


@dataclass(frozen=True)
class Input:
    """A value of an organisation that went into the figure, or is missing in it."""

    version: IndicatorVersion
    value: Value | None
    url: str = ""
    figure: Aggregate | None = None  # of an input that is counted itself

    @property
    def is_known(self) -> bool:
        return bool(self.figure and self.figure.value is not None) or bool(self.value and self.value.number is not None)

    @property
    def written(self) -> str:
        if self.version.is_derived:
            return display.written_figure(self.figure)
        if self.value is None:
            return "не сообщено"
        if self.value.number is None:
            return f"нет: {self.value.absence_reason}"
        return display.entered(self.version, self.value.number)


@dataclass
class Contribution:
    """What an organisation gives to the figure."""

    organization: Organization
    inputs: list[Input] = field(default_factory=list)
    figure: Aggregate | None = None

    @property
    def enters(self) -> bool:
        """A formula over figures of scopes has no numerator."""
        return self.figure is not None and (self.figure.numerator is not None or self.figure.value is not None)

    @property
    def reason(self) -> str:
        """Why it is left out."""
        if not any(one.value or one.figure for one in self.inputs):
            return "значений за этот период ещё нет"
        missing = [one for one in self.inputs if not one.is_known]
        parts = [f"строка {one.version.indicator.number} — {one.written}" for one in missing]
        return "; ".join(parts) or "нет данных"

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)


@dataclass
class Explanation:
    version: IndicatorVersion
    period: Period
    scope: Scope
    figure: Aggregate | None
    inputs: list[IndicatorVersion]
    contributions: list[Contribution]
    excluded: list[Contribution]
    hidden: int  # organisations whose rows the person may not see
    latest: datetime | None = None

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)

    @cached_property
    def arithmetic(self) -> str:
        """The last step in figures: `100 × 1 234 ÷ 5 678 = 21,7 %`."""
        found = self.figure
        if found is None or found.value is None or found.numerator is None:
            return ""
        scale = Decimal(100) if self.version.aggregation == "share_yes" else self.version.scale
        if found.denominator is None:
            return "" if scale == 1 else f"{plain(scale)} × {plain(found.numerator)} = {self.written}"
        front = "" if scale == 1 else f"{plain(scale)} × "
        return f"{front}{plain(found.numerator)} ÷ {plain(found.denominator)} = {self.written}"


def explain(*, version: IndicatorVersion, period: Period, scope: Scope, user: User) -> Explanation:
    """Everything behind one figure. A school sees its own row and the sums, the authority all rows."""
    aggregates = Aggregate.objects.visible_to(user).filter(version=version, period=period).select_related("version")
    own_figures = {row.scope_key: row for row in aggregates.filter(scope=Aggregate.Scope.ORGANIZATION)}
    inputs = _inputs(version, period)
    values = _values(inputs, period, user)
    counted = _counted(inputs, period, user)
    pack = Pack.objects.filter(code=version.indicator.pack).first()
    addressed = set(organizations_of(pack, period.span).values_list("pk", flat=True)) if pack else set()
    contributions: list[Contribution] = []
    excluded: list[Contribution] = []
    hidden = 0
    for organization in members_of(scope):
        if not (user.is_authority or organization == user.organization):
            hidden += organization.pk in addressed
            continue
        given = [
            replace(
                _input(one, values.get((organization.pk, one.indicator_id)), user),
                figure=counted.get((str(organization.pk), one.indicator_id)),
            )
            for one in inputs
        ]
        if organization.pk not in addressed and not any(one.value or one.figure for one in given):
            continue
        one = Contribution(organization, given, own_figures.get(str(organization.pk)))
        (contributions if one.enters else excluded).append(one)
    return Explanation(
        version=version,
        period=period,
        scope=scope,
        figure=aggregates.filter(scope=scope.kind, scope_key=scope.key).first(),
        inputs=inputs,
        contributions=contributions,
        excluded=excluded,
        hidden=hidden,
        latest=max((one.value.recorded_at for row in contributions for one in row.inputs if one.value), default=None),
    )


def _inputs(version: IndicatorVersion, period: Period) -> list[IndicatorVersion]:
    """What is entered for the figure: its own indicator, or the inputs of its formula, and the weight of a mean."""
    terms = Term.objects.filter(version=version).order_by("-part", "pk")  # the numerator first
    ids = list(dict.fromkeys(terms.values_list("input_id", flat=True)))
    if version.is_derived and not ids:
        codes = formulas.references(formulas.parse(version.formula))
        known = dict(Indicator.objects.filter(code__in=codes).values_list("code", "pk"))
        ids = [known[code] for code in codes if code in known]
    found = IndicatorVersion.objects.in_force(period.ends_on).filter(indicator__in=ids).select_related("indicator")
    rows = sorted(found, key=lambda one: ids.index(one.indicator_id))
    return rows if version.is_derived else [version, *rows]


def _years(period: Period) -> list[str]:
    """The period and the one of its self-examination; a row of a pack belongs to one of them."""
    return [period.code, periods.self_examination_year(period.span).code]


def _counted(inputs: list[IndicatorVersion], period: Period, user: User) -> dict[tuple[str, int], Aggregate]:
    """Figures of organisations for the inputs that are counted themselves."""
    ids = [one.indicator_id for one in inputs if one.is_derived]
    rows = (
        Aggregate.objects.visible_to(user)
        .filter(version__indicator__in=ids, scope=Aggregate.Scope.ORGANIZATION, period__code__in=_years(period))
        .select_related("version")
    )
    return {(row.scope_key, row.version.indicator_id): row for row in rows}


def _values(inputs: list[IndicatorVersion], period: Period, user: User) -> dict[tuple[int, int], Value]:
    """The value that counts, by organisation and indicator."""
    rows = (
        Value.objects.visible_to(user)
        .filter(version__indicator__in=[one.indicator_id for one in inputs], breakdown="")
        .filter(period__code__in=_years(period))
        .select_related("version", "recorded_by")
    )
    ranked = sorted(rows, key=lambda row: (row.number is not None, -_SOURCES.index(row.source), row.version.number))
    return {(row.organization_id, row.version.indicator_id): row for row in ranked}


def _input(version: IndicatorVersion, value: Value | None, user: User) -> Input:
    return Input(version, value, _page_of(value, user) if value else "")


def _page_of(value: Value, user: User) -> str:
    """The page of the submission or import that the value came from; empty where there is none for this person."""
    names = _PAGES.get(value.origin)
    name = names[0 if user.is_authority else 1] if names else ""
    if not name or not value.origin_id.isdigit():
        return ""
    try:
        return reverse(name, args=[int(value.origin_id)])
    except NoReverseMatch:
        return ""
