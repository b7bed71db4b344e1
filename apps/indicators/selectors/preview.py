"""What a proposal means before it takes effect: in words, for sample organisations, and beside the old series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apps.core.charts import LineChart, Series
from apps.core.figures import plain
from apps.core.models import Period
from apps.indicators import display, formulas
from apps.indicators.compiling import Compiled
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack, Recount
from apps.indicators.services.checking import OWN_PACKS, Checked, Draft, sentence
from apps.indicators.services.second_stage import Place, names_of
from apps.indicators.services.trial import MUNICIPALITY, Figure, inputs_of, place_of, trial, unsaved_version
from apps.organizations.models import Organization

Aggregation = IndicatorVersion.Aggregation
SAMPLES, YEARS = 3, 6


@dataclass(frozen=True)
class Used:
    """An indicator of the formula."""

    code: str
    version: IndicatorVersion

    @property
    def tone(self) -> str:
        return display.source_tone(self.version)


@dataclass(frozen=True)
class Sample:
    """An organisation with its inputs and what comes out."""

    name: str
    inputs: list[tuple[str, str]]  # code, number in words
    written: str


@dataclass(frozen=True)
class Cell:
    old: str
    new: str

    @property
    def is_other(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Year:
    period: Period
    takes_effect: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Said:
    severity: str
    sentence: str


@dataclass
class Preview:
    """Everything of the editor's right side."""

    checked: Checked
    how: str
    terms: list[tuple[str, str, str]]  # part, multiplier, name of the input
    used: list[Used]
    period: Period | None = None
    samples: list[Sample] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    years: list[Year] = field(default_factory=list)
    charts: list[LineChart] = field(default_factory=list)

    @property
    def findings(self) -> list[Said]:
        """What was found, as sentences: message and advice."""
        return [Said(one.severity, sentence(one)) for one in self.checked.findings]

    @property
    def has_old(self) -> bool:
        return self.checked.base is not None


def periods_for(draft: Draft | None, indicator: Indicator | None = None) -> list[Period]:
    """Counted periods of the kind that the indicator is measured in, the latest first."""
    pack = indicator.pack if indicator else draft.pack if draft else ""
    kind = Pack.objects.filter(code=pack).values_list("period_kind", flat=True).first()
    kind = kind or (OWN_PACKS[pack][1] if pack in OWN_PACKS else "")
    counted = Period.objects.filter(pk__in=Recount.objects.values("period"))
    return list(counted.filter(kind=kind) if kind else counted)


def preview(*, draft: Draft, checked: Checked, period: Period | None, chosen: Sequence[int] = ()) -> Preview:
    """The meaning of a checked draft; figures only where the formula stands."""
    compiled = checked.compiled
    result = Preview(checked, how(draft, compiled), _terms(compiled), _used(compiled))
    known = periods_for(draft)
    if not compiled.is_good or draft.kind == "archive" or compiled.aggregation == Aggregation.NONE or not known:
        return result
    result.period = period if period in known else known[0]
    version = unsaved_version(draft, compiled)
    years = sorted(known[:YEARS], key=lambda one: one.starts_on)
    if result.period not in years:
        years = [result.period, *years]
    new = {year.pk: trial(draft=draft, compiled=compiled, period=year) for year in years}
    organizations = _sample(new[result.period.pk], chosen)
    result.samples = _samples(
        draft=draft,
        compiled=compiled,
        version=version,
        period=result.period,
        organizations=organizations,
        figures=new[result.period.pk],
    )
    _add_series(result=result, draft=draft, version=version, years=years, organizations=organizations, new=new)
    return result


def how(draft: Draft, compiled: Compiled) -> str:
    """The way of adding up, in a sentence."""
    if not compiled.is_good:
        return ""
    return {
        Aggregation.SUM: "Числа организаций складываются.",
        Aggregation.RATIO: "Числители и знаменатели организаций складываются, деление — в конце. Входят только "
        "организации, у которых известны все числа формулы.",
        Aggregation.MEAN: "Считается для каждой организации; сводное число — среднее по организациям.",
        Aggregation.FORMULA: "Вторая ступень: формула считается над сводными числами — для организации над её числами, "
        "для муниципалитета над его суммами и долями.",
        Aggregation.WEIGHTED_MEAN: "Среднее с весом: средние организаций умножаются на вес, сумма делится на сумму "
        "весов.",
        Aggregation.SHARE_YES: "Сводное число — доля ответивших «да», в процентах.",
        Aggregation.DISTRIBUTION: "Считается, сколько организаций дали каждый ответ.",
        Aggregation.NONE: "Сводного числа нет.",
    }[Aggregation(compiled.aggregation)]


def _terms(compiled: Compiled) -> list[tuple[str, str, str]]:
    if not compiled.terms:
        return []
    codes = [code for _, code, _ in compiled.terms]
    versions = IndicatorVersion.objects.current().filter(indicator__code__in=codes)
    names = dict(versions.values_list("indicator__code", "name"))
    parts = {"n": "числитель", "d": "знаменатель"}
    if compiled.aggregation == Aggregation.SUM:
        parts["n"] = "слагаемое"
    elif compiled.aggregation == Aggregation.WEIGHTED_MEAN:
        parts["d"] = "вес"
    return [
        (parts[part], plain(number), f"{code} {names.get(code, '')}".strip()) for part, code, number in compiled.terms
    ]


def _used(compiled: Compiled) -> list[Used]:
    found = IndicatorVersion.objects.current().filter(indicator__code__in=compiled.used).select_related("indicator")
    by_code = {version.indicator.code: version for version in found}
    return [Used(code, by_code[code]) for code in compiled.used if code in by_code]


def _sample(figures: Mapping[Place, Figure], chosen: Sequence[int]) -> list[Organization]:
    """The organisations asked for; else the first, the middle and the last of the register that have a figure."""
    if chosen:
        found = {one.pk: one for one in Organization.objects.educational().filter(pk__in=chosen)}
        return [found[pk] for pk in dict.fromkeys(chosen) if pk in found]
    known = [
        one
        for one in Organization.objects.educational()
        if (given := figures.get(place_of(one.pk))) and given.value is not None
    ]
    if len(known) <= SAMPLES:
        return known
    return [known[0], known[len(known) // 2], known[-1]]


def _samples(
    *,
    draft: Draft,
    compiled: Compiled,
    version: IndicatorVersion,
    period: Period,
    organizations: list[Organization],
    figures: Mapping[Place, Figure],
) -> list[Sample]:
    inputs = inputs_of(draft=draft, compiled=compiled, period=period)
    names = sorted(names_of(compiled.tree)) if compiled.tree is not None else [draft.code]
    found = []
    for one in organizations:
        row = inputs.get(place_of(one.pk), {})
        given = [(_words(name), plain(row.get(name))) for name in names]
        found.append(Sample(one.name, given, _written(version, figures.get(place_of(one.pk)), "organization")))
    return found


def _words(name: str) -> str:
    """`previous(so_oo.1.1)` is said in Russian."""
    for code in (name.removeprefix("previous(").removesuffix(")"),):
        if name == formulas.previous_key(code):
            return f"{code} за прошлый период"
    return name


def _written(version: IndicatorVersion, given: Figure | None, scope: str) -> str:
    if given is None or given.value is None:
        return (given.reason if given else "") or "нет данных"
    return display.written(version, given.value, scope)


def _add_series(
    *,
    result: Preview,
    draft: Draft,
    version: IndicatorVersion,
    years: list[Period],
    organizations: list[Organization],
    new: Mapping[int, Mapping[Place, Figure]],
) -> None:
    """The old and the new series of the municipality and the samples, as a table and as charts."""
    places = [("Муниципалитет", MUNICIPALITY), *((one.name, place_of(one.pk)) for one in organizations)]
    old = _old_figures(draft, years, [place for _, place in places])
    result.places = [name for name, _ in places]
    for year in years:
        cells = []
        for _, place in places:
            before = old.get((year.pk, place))
            cells.append(Cell(display.written_figure(before), _written(version, new[year.pk].get(place), place[0])))
        result.years.append(Year(year, year.ends_on >= draft.valid_from, cells))
    if len(years) < 2:
        return
    begins = next((year.period.code for year in result.years if year.takes_effect), "")
    for name, place in places:
        series = [Series("по предложению", [_value(new[year.pk].get(place)) for year in years])]
        if result.has_old:
            figures = [old.get((year.pk, place)) for year in years]
            series.insert(0, Series("как сейчас", [one.value if one else None for one in figures]))
        result.charts.append(
            LineChart(
                title=f"{name}: новая версия с {begins}" if begins else name,
                description=f"{draft.definition.name}: {name}, прежний и новый ряд",
                labels=[year.code for year in years],
                series=series,
                unit=display.unit_of(version),
                decimals=display.decimals(version),
            )
        )


def _value(given: Figure | None) -> Decimal | None:
    return given.value if given else None


def _old_figures(draft: Draft, years: list[Period], places: list[Place]) -> dict[tuple[int, Place], Aggregate]:
    if draft.indicator is None or draft.indicator.pk is None:
        return {}
    found = (
        Aggregate.objects.filter(version__indicator=draft.indicator, period__in=years)
        .filter(scope__in={scope for scope, _ in places}, scope_key__in={key for _, key in places})
        .select_related("version")
    )
    return {(one.period_id, (one.scope, one.scope_key)): one for one in found}
