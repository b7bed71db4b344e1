"""What everybody may read of a published survey: all together, never one organisation.

Beyond the rules of the inner page a cell of fewer than k people is hidden with another one of its question, and a
question needs the base that a share of people needs.
"""

from dataclasses import dataclass
from decimal import Decimal

from apps.core.charts import BarChart, Series
from apps.core.disclosure import protect_row
from apps.core.disclosure.rules import Hidden
from apps.surveys.models import Question, Survey
from apps.surveys.selectors.results import Outcome, limits, results


@dataclass(frozen=True)
class OpenOutcome:
    text: str
    n: int
    rows: tuple[tuple[str, Decimal | None], ...]  # label, percent; None is hidden
    is_hidden: bool

    @property
    def any_hidden(self) -> bool:
        return self.is_hidden or any(share is None for _, share in self.rows)

    @property
    def chart(self) -> BarChart | None:
        if self.any_hidden or not self.rows:
            return None
        values = [share for _, share in self.rows]
        labels = [label for label, _ in self.rows]
        series = [Series("доля ответивших", values)]
        return BarChart(self.text, f"Ответили: {self.n}.", labels, series, unit="%", decimals=0, horizontal=True)


@dataclass(frozen=True)
class OpenResults:
    survey: Survey
    n: int
    organizations: int
    outcomes: tuple[OpenOutcome, ...]
    minimum: int


def open_results(survey: Survey) -> OpenResults:
    found = results(survey)
    shown = (_open(each) for each in found.total.outcomes if each.question.kind != Question.Kind.NUMBER)
    return OpenResults(survey, found.total.n, found.asked, tuple(shown), found.minimum)


def _open(outcome: Outcome) -> OpenOutcome:
    text = outcome.question.text
    if outcome.is_hidden or outcome.n < limits().minimum_base:
        return OpenOutcome(text, outcome.n, (), is_hidden=True)
    if outcome.question.kind == Question.Kind.MULTIPLE:
        counts: list[int | Hidden] = [
            share.count if not _is_small(share.count, outcome.n) else Hidden() for share in outcome.shares
        ]
    else:
        counts = protect_row([share.count for share in outcome.shares], limits())
    rows = tuple(
        (share.label, None if isinstance(count, Hidden) else share.share)
        for share, count in zip(outcome.shares, counts, strict=True)
    )
    return OpenOutcome(text, outcome.n, rows, is_hidden=False)


def _is_small(count: int, base: int) -> bool:
    return limits().is_small(count) or limits().is_small(base - count)
