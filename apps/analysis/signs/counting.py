"""All signs of a year: the rules in force, what they read, and what each says of each school."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.models import SignRule
from apps.analysis.signs import judging
from apps.analysis.signs.inputs import Inputs, read
from apps.analysis.signs.judging import Judgement, LowProfile
from apps.analysis.signs.kinds import BY_CODE, KINDS, number_of, words_of
from apps.analysis.signs.share import Threshold
from apps.core.models import Period
from apps.organizations.models import Kind, Organization


@dataclass(frozen=True)
class Counted:
    """A sign of a school as the computation leaves it."""

    organization: Organization
    rule: SignRule
    judgement: Judgement


STORED = Decimal("0.0001")  # what a value is kept to


def rules_in_force() -> dict[str, SignRule]:
    """The newest version of each sign; one statement."""
    found = SignRule.objects.filter(code__in=BY_CODE).order_by("code", "-version").distinct("code")
    return {rule.code: rule for rule in found}


def schools(period: Period) -> list[Organization]:
    """Schools that work in the year, in the order of the register."""
    day = period.span.ends_on
    return list(Organization.objects.filter(kind=Kind.SCHOOL).active(day))  # type: ignore[attr-defined]


def count(period: Period) -> Iterator[Counted]:
    """Every sign of every school of the year."""
    rules, inputs = rules_in_force(), read(period)
    for organization in schools(period):
        for kind in KINDS:
            rule = rules[kind.code]
            yield Counted(organization, rule, _JUDGES[kind.code](rule, inputs, organization.pk))


def threshold_of(rule: SignRule) -> Threshold:
    return Threshold(rule.threshold, rule.minimum_participants)


def _low_exams(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    shares = [*inputs.exam_shares(school), *inputs.certificates(school)]
    lag = number_of(rule.parameters, BY_CODE[rule.code], "lag")
    return judging.low_exams(shares, inputs.means(school), threshold_of(rule), lag)


def _biased(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    if inputs.markers is None:
        return judging.biased_results(None, rule.threshold)
    return judging.biased_results(inputs.markers.get(school, []), rule.threshold)


def _unstable(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    spread = number_of(rule.parameters, BY_CODE[rule.code], "spread")
    return judging.unstable(inputs.series(school), rule.threshold, spread, rule.minimum_participants)


def _failing(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    return judging.failing_share(inputs.shares(school), threshold_of(rule))


def _contests(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    found, why = inputs.contests.participation(school)
    return judging.contests(found, threshold_of(rule), why)


def _social(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    if inputs.indices is None:
        return judging.social(None, threshold_of(rule))
    found = inputs.indices.get(school)
    return judging.social(found, threshold_of(rule), "нет данных социального паспорта школы")


def _low_results(rule: SignRule, inputs: Inputs, school: int) -> Judgement:
    kind = BY_CODE[rule.code]
    grades = [int(word) for word in words_of(rule.parameters, kind, "grades") if word.isdigit()]
    works = inputs.three_years(school, words_of(rule.parameters, kind, "subjects"), grades)
    profile = LowProfile(threshold_of(rule), int(number_of(rule.parameters, kind, "procedures")))
    return judging.low_results(works, profile)


_JUDGES: Mapping[str, Callable[[SignRule, Inputs, int], Judgement]] = {
    "low_exams": _low_exams,
    "biased_results": _biased,
    "unstable": _unstable,
    "failing_share": _failing,
    "contests": _contests,
    "social": _social,
    "low_results": _low_results,
}
