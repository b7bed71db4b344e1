"""Exams and contests as self-examination reports them: what the signs take where nothing was imported."""

from decimal import Decimal

from apps.analysis.signs.share import Counts
from apps.core import periods
from apps.core.periods import PeriodSpan
from apps.indicators.models import Aggregate

# Indicators of self-examination (order № 1324): what they are of, and which exam has them in its protocols.
BELOW = (
    ("so_oo.1.10%", "Русский язык, 9 класс", 9, "Русский язык"),
    ("so_oo.1.11%", "Математика, 9 класс", 9, "Математика"),
    ("so_oo.1.12%", "Русский язык, 11 класс", 11, "Русский язык"),
    ("so_oo.1.13%", "Математика, 11 класс", 11, "Математика"),
)
WITHOUT_CERTIFICATE = (
    ("so_oo.1.14%", "Не получили аттестат, 9 класс"),
    ("so_oo.1.15%", "Не получили аттестат, 11 класс"),
)
# The last is how many decimals a mean is written with.
MEANS = (
    ("so_oo.1.6", "Средний балл по русскому языку, 9 класс", 9, "Русский язык", 2),
    ("so_oo.1.7", "Средний балл по математике, 9 класс", 9, "Математика", 2),
    ("so_oo.1.8", "Средний балл по русскому языку, 11 класс", 11, "Русский язык", 1),
    ("so_oo.1.9", "Средний балл по математике, 11 класс", 11, "Математика", 1),
)
CONTESTS = "so_oo.1.18%"
CODES = tuple(row[0] for row in (*BELOW, *WITHOUT_CERTIFICATE, *MEANS)) + (CONTESTS,)

Figures = dict[tuple[str, str, str], Aggregate]  # indicator, scope, key


def read_figures(year: PeriodSpan) -> dict[int, Figures]:
    """By years back: the self-examination that belongs to the school year (0), and those of two before (1, 2)."""
    last = periods.self_examination_year(year)
    ages = {periods.previous(last, back).code if back else last.code: back for back in (0, 1, 2)}
    rows = Aggregate.objects.filter(
        period__code__in=ages, version__indicator__code__in=CODES, scope__in=["organization", "municipality"]
    ).select_related("version__indicator", "period")
    found: dict[int, Figures] = {0: {}, 1: {}, 2: {}}
    for row in rows:
        found[ages[row.period.code]][row.version.indicator.code, row.scope, row.scope_key] = row
    return found


def of_organization(figures: Figures, code: str, organization: int) -> Aggregate | None:
    found = figures.get((code, "organization", str(organization)))
    return found if found and found.value is not None else None


def counts_of(figure: Aggregate) -> Counts:
    low, whole = int(figure.numerator or 0), int(figure.denominator or 0)
    return Counts(min(low, whole), whole)  # a pupil of several contests may be counted twice


def mean_of(figures: Figures, code: str, organization: int) -> tuple[Aggregate, Decimal] | None:
    """The organisation's mean and the municipality's; None where either is absent."""
    own, whole = of_organization(figures, code, organization), figures.get((code, "municipality", ""))
    if not own or not whole or not whole.value or own.denominator is None:
        return None
    return own, whole.value


def source(figure: Aggregate) -> str:
    return f"самообследование за {figure.period.code}"
