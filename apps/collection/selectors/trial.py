"""Trying a rule on what was handed in before: where would it speak?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from apps.collection.compiled import condition, formula, named
from apps.collection.models import Answer, Form, Submission
from apps.collection.querysets import SubmissionQuerySet
from apps.collection.states import State
from apps.core import periods
from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.models import IndicatorVersion, Value
from apps.organizations.models import Organization

NAMED = 12
Numbers = dict[int, dict[str, Decimal | None]]  # of organisations, by code


@dataclass
class Trial:
    """«Сработает у N из M организаций»: M could be judged, the others lack an input."""

    period: Period | None = None
    fired: list[str] = field(default_factory=list)
    held: int = 0
    unknown: int = 0

    @property
    def judged(self) -> int:
        return len(self.fired) + self.held

    @property
    def shown(self) -> list[str]:
        return self.fired[:NAMED]

    @property
    def hidden(self) -> int:
        return max(0, len(self.fired) - NAMED)


def try_rule(form: Form, text: str) -> Trial:
    """Judge the rule by the newest period that has data, a fixed number of queries. Raises FormulaError.

    Numbers are the answers of any version of the form; where it was never filled, the values of its indicators.
    """
    tree = condition(text)
    derived = _derived(named(text))
    codes = named(text).union(*(formulas.references(node) for node in derived.values()))
    filled = Submission.objects.filter(form__code=form.code).exclude(state=State.NOT_STARTED)
    period = _newest(filled, codes)
    if period is None:
        return Trial()
    given = _values(period.code, codes)
    answers = Answer.objects.filter(submission__in=filled.filter(period=period), number__isnull=False)
    for pk, code, number in answers.filter(field__version__indicator__code__in=codes).values_list(
        "submission__organization", "field__version__indicator__code", "number"
    ):
        given[pk][code] = number
    for numbers in given.values():
        numbers |= {code: formulas.evaluate(node, numbers).number for code, node in derived.items()}
    before = _values(periods.previous(period.span).code, formulas.previous_references(tree))
    for pk in given:
        given[pk] |= {formulas.previous_key(code): number for code, number in before.get(pk, {}).items()}
    trial = Trial(period)
    for organization in Organization.objects.filter(pk__in=given):
        verdict = formulas.check_rule(tree, given[organization.pk])
        if not verdict.is_known:
            trial.unknown += 1
        elif verdict.value is False:
            trial.fired.append(str(organization))
        else:
            trial.held += 1
    return trial


def _derived(codes: Iterable[str]) -> dict[str, formulas.Node]:
    found = IndicatorVersion.objects.current().filter(indicator__code__in=codes, is_derived=True)
    return {code: formula(text) for code, text in found.values_list("indicator__code", "formula")}


def _newest(filled: SubmissionQuerySet, codes: Iterable[str]) -> Period | None:
    """The last period of the form; of a form that nobody has filled, the last in which its indicators have values."""
    last = filled.select_related("period").order_by("-period__ends_on").first()
    if last is not None:
        period: Period = last.period
        return period
    known = Value.objects.filter(version__indicator__code__in=codes).values("period")
    return Period.objects.filter(pk__in=known).order_by("-ends_on").first()


def _values(period: str, codes: Iterable[str]) -> Numbers:
    found: Numbers = defaultdict(dict)
    values = Value.objects.filter(period__code=period, version__indicator__code__in=codes, breakdown="")
    for pk, code, number in values.order_by("recorded_at").values_list(
        "organization", "version__indicator__code", "number"
    ):
        found[pk][code] = number
    return found
