"""Requirements met beside what people say: two sources, two columns, never added up.

Met is the share of «да» among the conditions that the operator looked at in the last accepted assessment; satisfied is
the share of those satisfied with the conditions as a whole in a survey of our own («внутреннее анкетирование»).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from apps.core.charts import BarChart, Series
from apps.indicators.models import IndicatorVersion, Value
from apps.noko.models import Assessment
from apps.noko.selectors.internal import CODE, internal
from apps.organizations.models import Organization
from apps.surveys.models import Survey

WIDE_GAP = Decimal(20)  # percentage points from which a difference is named (own choice)
OVERALL = "5.3"


@dataclass(frozen=True)
class Met:
    """Conditions of an organisation: how many of how many looked at, and in which assessment."""

    yes: int
    asked: int
    assessment: Assessment

    @property
    def share(self) -> Decimal:
        return Decimal(100) * self.yes / self.asked


@dataclass(frozen=True)
class Line:
    organization: Organization
    met: Met | None
    satisfied: Decimal | None
    answered: int
    is_hidden: bool

    @property
    def gap(self) -> Decimal | None:
        """Satisfied minus met, in percentage points."""
        return None if self.met is None or self.satisfied is None else self.satisfied - self.met.share

    @property
    def text(self) -> str:
        if self.gap is None or abs(self.gap) < WIDE_GAP:
            return ""
        return "довольны, хотя условий не хватает" if self.gap > 0 else "условия есть, а довольны немногие"


@dataclass(frozen=True)
class Conformity:
    survey: Survey | None
    lines: tuple[Line, ...]

    @property
    def chart(self) -> BarChart | None:
        both = [line for line in self.lines if line.gap is not None]
        if not both:
            return None
        return BarChart(
            "Требования и удовлетворённость",
            "Только организации, у которых есть оба числа.",
            [str(line.organization) for line in both],
            [
                Series("выполнено требований", [line.met.share if line.met else None for line in both]),
                Series("довольны условиями", [line.satisfied for line in both]),
            ],
            unit="%",
            decimals=0,
            horizontal=True,
        )


def conformity() -> Conformity:
    """Every organisation that has at least one of the two figures, in the order of the register."""
    met = _met()
    found = Survey.objects.filter(questionnaire__code=CODE).select_related("questionnaire")
    survey = found.order_by("-closes_on", "-pk").first()
    answers: dict[int, tuple[Decimal | None, int, bool]] = {}
    if survey is not None:
        ways = internal(survey)
        numbers = [row.number for row in ways.indicators]
        at = numbers.index(OVERALL) if OVERALL in numbers else None
        for row in ways.rows:
            if at is not None and row.group.place is not None and row.group.n:
                organization = row.group.place.organization_id
                answers[organization] = (row.shares[at], row.group.n, row.hidden[at])
    organizations = Organization.objects.filter(pk__in={*met, *answers})
    lines = (Line(each, met.get(each.pk), *answers.get(each.pk, (None, 0, False))) for each in organizations)
    return Conformity(survey, tuple(lines))


def _met() -> dict[int, Met]:
    """By organisation, of its latest assessment."""
    latest: dict[int, Assessment] = {}
    for assessment in Assessment.objects.select_related("period").order_by("period__starts_on"):
        latest[assessment.organization_id] = assessment
    counts = _counts(assessment.report_id for assessment in latest.values())
    found = {}
    for organization, assessment in latest.items():
        yes, asked = counts.get((str(assessment.report_id), organization), (0, 0))
        if asked:
            found[organization] = Met(yes, asked, assessment)
    return found


def _counts(reports: Iterable[int]) -> dict[tuple[str, int], tuple[int, int]]:
    """Yes and looked at, by report and organisation; one statement."""
    values = Value.objects.filter(
        origin="noko.OperatorReport",
        origin_id__in={str(pk) for pk in reports},
        version__value_type=IndicatorVersion.ValueType.BOOLEAN,
        number__isnull=False,
    ).values_list("origin_id", "organization_id", "number")
    counts: dict[tuple[str, int], tuple[int, int]] = {}
    for report, organization, number in values:
        yes, asked = counts.get((report, organization), (0, 0))
        counts[report, organization] = (yes + (1 if number else 0), asked + 1)
    return counts
