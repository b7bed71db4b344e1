"""«Внутреннее анкетирование»: the satisfaction indicators counted from a survey of our own.

The same questions and the same formulas as НОКО, another source: these figures are never written to values, never
stand in one table with the official ones, and have no points and no total.
"""

from dataclasses import dataclass
from decimal import Decimal

from apps.noko.calculation import PACK, SATISFACTION, Method, Row, method
from apps.surveys.models import Question, Survey
from apps.surveys.selectors.results import Group, Results, results

CODE = "noko-114"  # of the questionnaire and its versions


@dataclass(frozen=True)
class InternalRow:
    """A group with the share of the satisfied by indicator; None where nobody was asked or too few were."""

    group: Group
    shares: tuple[Decimal | None, ...]
    hidden: tuple[bool, ...]

    @property
    def cells(self) -> list[tuple[Decimal | None, bool]]:
        return list(zip(self.shares, self.hidden, strict=True))


@dataclass(frozen=True)
class Internal:
    survey: Survey
    indicators: tuple[Row, ...]
    rows: tuple[InternalRow, ...]
    total: InternalRow
    minimum: int


def is_internal(survey: Survey) -> bool:
    return survey.questionnaire.code == CODE


def internal(survey: Survey, found: Results | None = None) -> Internal:
    """By organisation; what the survey hides is hidden here too."""
    found = found or results(survey)
    ways = method(survey.closes_on)
    by_number = ways.by_number
    indicators = tuple(by_number[number] for number in SATISFACTION if number in by_number)
    rows = tuple(_row(group, ways, indicators) for group in found.groups)
    return Internal(survey, indicators, rows, _row(found.total, ways, indicators), found.minimum)


def _row(group: Group, ways: Method, indicators: tuple[Row, ...]) -> InternalRow:
    if group.is_hidden:
        return InternalRow(group, (None,) * len(indicators), (True,) * len(indicators))
    given, small = counts(group)
    outcomes = ways.compute(given)
    shares, hidden = [], []
    for row in indicators:
        inputs = {f"{PACK}.{number}" for number in small}
        is_small = any(code in inputs for code in _used(ways, row.code))
        outcome = outcomes.get(row.number)
        shares.append(None if is_small or outcome is None else outcome.number)
        hidden.append(is_small)
    return InternalRow(group, tuple(shares), tuple(hidden))


def _used(ways: Method, code: str) -> set[str]:
    from apps.indicators import formulas

    return set(formulas.current_references(ways.formulas[code])) if code in ways.formulas else set()


def counts(group: Group) -> tuple[dict[str, Decimal | None], set[str]]:
    """The primary figures of the formulas out of the answers, and those whose base is too small to be shown.

    «Да» to a question counts for its symbol; everybody who answered the questionnaire is N.
    """
    given: dict[str, Decimal | None] = {"N": Decimal(group.n)}
    small: set[str] = set()
    for outcome in group.outcomes:
        symbol = outcome.question.symbol.removeprefix(f"{PACK}.")
        if not symbol or outcome.question.kind != Question.Kind.YES_NO:
            continue
        if outcome.is_hidden:
            small.add(symbol)
            given[symbol] = None
        else:
            given[symbol] = Decimal(outcome.shares[0].count) if outcome.shares else Decimal(0)
    return given, small
