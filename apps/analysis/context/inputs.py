"""Figures of organisations that the analysis reads beside results: by code of an indicator, in the year of a work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.core import periods
from apps.core.models import Period
from apps.indicators.models import Aggregate, IndicatorVersion, Pack
from apps.organizations.models import Organization

# What a school cannot change, what it is given, and who works there; offered first, any other may be chosen.
OFFERED = (
    ("Состав обучающихся", tuple(f"social.1.{n}%" for n in range(2, 9))),
    ("Кадры", ("so_oo.1.25%", "so_oo.1.29%", "so_oo.1.30.1%", "so_oo.1.30.2%", "so_oo.1.31%")),
    ("Ресурсы и размер", ("so_oo.1.1", "so_oo.2.1", "so_oo.2.2", "so_oo.2.5%", "so_oo.2.6")),
)
# Rows whose words stand under a heading of the form and say little alone.
NAMES = {
    "so_oo.1.30.1%": "Доля педагогических работников со стажем до 5 лет",
    "so_oo.1.30.2%": "Доля педагогических работников со стажем свыше 30 лет",
}
STAFF = ("so_oo.1.25%", "so_oo.1.29%", "so_oo.1.31%")


@dataclass(frozen=True)
class Input:
    """An indicator and its figures by organisation; an organisation that is not there has none."""

    code: str
    version: IndicatorVersion
    values: dict[int, Decimal]
    period: Period | None

    @property
    def name(self) -> str:
        return short_name(self.version)


def span_of(pack_kind: str, period: Period) -> periods.PeriodSpan:
    """A school year reads the self-examination of the calendar year that belongs to it."""
    if pack_kind == Period.Kind.CALENDAR_YEAR:
        return periods.self_examination_year(period.span)
    return period.span


def inputs(codes: Sequence[str], period: Period) -> list[Input]:
    """Figures of organisations by indicator, in the order of `codes`; three statements whatever their number."""
    versions = {
        version.indicator.code: version
        for version in IndicatorVersion.objects.current().filter(indicator__code__in=codes).select_related("indicator")
    }
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    spans = {code: span_of(kinds.get(one.indicator.pack, ""), period) for code, one in versions.items()}
    known = {one.code: one for one in Period.objects.filter(code__in={span.code for span in spans.values()})}
    found = Aggregate.objects.filter(
        version__indicator__code__in=codes,
        period__in=known.values(),
        scope=Aggregate.Scope.ORGANIZATION,
        value__isnull=False,
    ).values_list("version__indicator__code", "period__code", "scope_key", "value")
    values: dict[str, dict[int, Decimal]] = {code: {} for code in versions}
    for code, year, key, value in found:
        if spans[code].code == year and value is not None:
            values[code][int(key)] = value
    return [
        Input(code, versions[code], values[code], known.get(spans[code].code)) for code in codes if code in versions
    ]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators offered as factors, under their headings; those that an installation lacks are left out."""
    codes = [code for _, group in OFFERED for code in group]
    versions = IndicatorVersion.objects.current().filter(indicator__code__in=codes).select_related("indicator")
    names = {one.indicator.code: short_name(one) for one in versions}
    return [(title, [(code, names[code]) for code in group if code in names]) for title, group in OFFERED]


def short_name(version: IndicatorVersion) -> str:
    """Without the words that the form of an act puts before a share."""
    name = NAMES.get(version.indicator.code, version.name)
    for words, share in (("Удельный вес: численность ", "Доля "), ("Удельный вес: ", "Доля: ")):
        if name.startswith(words):
            name = share + name.removeprefix(words)
    return name


def names_of(codes: Iterable[str]) -> dict[str, str]:
    versions = IndicatorVersion.objects.current().filter(indicator__code__in=list(codes)).select_related("indicator")
    return {one.indicator.code: short_name(one) for one in versions}


def complete(
    found: Sequence[Input], organizations: Iterable[Organization]
) -> tuple[dict[int, list[Decimal]], dict[int, list[str]]]:
    """Rows of the organisations that have every figure, and what the others lack (names of indicators)."""
    rows, lacking = {}, {}
    for organization in organizations:
        missing = [short_name(one.version) for one in found if organization.pk not in one.values]
        if missing:
            lacking[organization.pk] = missing
        else:
            rows[organization.pk] = [one.values[organization.pk] for one in found]
    return rows, lacking
