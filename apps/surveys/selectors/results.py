"""Results of a survey: by question and by organisation, with small groups hidden.

An organisation with fewer than k answers is hidden, and with it the next smallest ones, until what is hidden cannot
be found by subtraction (`core.disclosure.protect_row`). The same is done question by question: behind a filter the
base of an organisation may be small where the organisation is not.
How many answered is no secret; what they answered is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count

from apps.core.charts import BarChart, Series
from apps.core.disclosure import Limits, protect_row
from apps.core.disclosure.rules import Hidden
from apps.surveys.definition import Asked, Definition, definition_of
from apps.surveys.models import Question, Response, Survey, SurveyPlace

Kind = Question.Kind


def limits() -> Limits:
    return Limits(settings.DISCLOSURE_MINIMUM_COUNT, settings.DISCLOSURE_MINIMUM_SHARE_BASE)


@dataclass(frozen=True)
class Share:
    """An option with how many chose it, of all who answered the question."""

    label: str
    count: int
    share: Decimal


@dataclass(frozen=True)
class Outcome:
    """What one group answered to one question; `is_hidden` when the group is too small to be shown."""

    question: Asked
    n: int
    shares: tuple[Share, ...] = ()
    mean: Decimal | None = None
    is_hidden: bool = False

    @property
    def yes(self) -> Decimal | None:
        """Percent of «да», the mean of a scale or number: the one figure that organisations are compared by."""
        if self.is_hidden:
            return None
        if self.question.kind == Kind.YES_NO:
            return self.shares[0].share if self.shares else None
        return self.mean

    @property
    def chart(self) -> BarChart | None:
        if self.is_hidden or not self.shares:
            return None
        return BarChart(
            self.question.text,
            f"Ответили: {self.n}." + (" Можно было выбрать несколько вариантов." if self._is_many else ""),
            [share.label for share in self.shares],
            [Series("доля ответивших", [share.share for share in self.shares])],
            unit="%",
            decimals=1,
            horizontal=True,
        )

    @property
    def _is_many(self) -> bool:
        return self.question.kind == Kind.MULTIPLE


@dataclass(frozen=True)
class Group:
    """All answers of an organisation, or of all together."""

    name: str
    n: int
    outcomes: tuple[Outcome, ...]
    place: SurveyPlace | None = None
    is_hidden: bool = False

    @property
    def response(self) -> Decimal | None:
        """Percent of the invited who answered; None where nobody said how many were invited."""
        if self.place is None or not self.place.invited:
            return None
        return Decimal(100) * self.n / self.place.invited


@dataclass(frozen=True)
class Results:
    survey: Survey
    definition: Definition
    total: Group
    groups: tuple[Group, ...]
    minimum: int
    asked: int

    @property
    def compared(self) -> list[Asked]:
        """Questions that have one figure an organisation."""
        return [question for question in self.definition.questions if question.kind in {Kind.YES_NO, Kind.SCALE}]

    @property
    def rows(self) -> list[tuple[Group, list[Outcome]]]:
        wanted = {question.id for question in self.compared}
        return [(group, [each for each in group.outcomes if each.question.id in wanted]) for group in self.groups]

    @property
    def any_hidden(self) -> bool:
        return any(group.is_hidden and group.n for group in self.groups)


def counts_of(survey: Survey) -> dict[int, int]:
    """How many answered, by the id of the place."""
    rows = Response.objects.filter(place__survey=survey).values_list("place").annotate(n=Count("pk"))
    return dict(rows)


def results(survey: Survey, *, places: Sequence[SurveyPlace] | None = None) -> Results:
    """The whole survey; `places` narrows whose groups are listed, never what is hidden."""
    definition = definition_of(survey.questionnaire)
    everybody = list(survey.places.select_related("organization"))
    answers = _answers(survey)
    counts = [len(answers.get(place.pk, ())) for place in everybody]
    minimum = limits()
    hidden = [isinstance(shown, Hidden) for shown in protect_row(counts, minimum)]
    wanted = {place.pk for place in (everybody if places is None else places)}
    small = _small_bases(definition, [answers.get(place.pk, []) for place in everybody])
    groups = tuple(
        _without(
            _group(str(place.organization), answers.get(place.pk, []), definition, place=place, is_hidden=is_hidden),
            {question for question, flags in small.items() if flags[at]},
        )
        for at, (place, is_hidden) in enumerate(zip(everybody, hidden, strict=True))
        if place.pk in wanted
    )
    whole = [row for rows in answers.values() for row in rows]
    is_few = len(whole) < minimum.minimum_count
    total = _group("Все организации", whole, definition, is_hidden=is_few)
    return Results(survey, definition, total, groups, minimum.minimum_count, len(everybody))


def own_results(survey: Survey, organization: Any) -> Results:
    """For one organisation: its own group and all together, if the others cannot be found by subtraction.

    «All» is shown from three organisations up, when the others together are no small group.
    """
    found = results(survey, places=list(survey.places.filter(organization=organization)))
    own = sum(group.n for group in found.groups)
    taking_part = sum(1 for n in counts_of(survey).values() if n)
    if taking_part < 3 or limits().is_small(found.total.n - own):
        total = Group(found.total.name, found.total.n, _hidden(found.definition), is_hidden=True)
        return replace(found, total=total)
    mine = {outcome.question.id: outcome.n for group in found.groups for outcome in group.outcomes}
    thin = {each.question.id for each in found.total.outcomes if limits().is_small(each.n - mine[each.question.id])}
    return replace(found, total=_without(found.total, thin))


def _small_bases(definition: Definition, rows: list[list[dict[str, Any]]]) -> dict[int, list[bool]]:
    """By question: the organisations whose answers to it are hidden, those included that protect a small one."""
    found = {}
    for question in definition.questions:
        bases = [sum(1 for row in own if str(question.id) in row) for own in rows]
        found[question.id] = [isinstance(shown, Hidden) for shown in protect_row(bases, limits())]
    return found


def _without(group: Group, questions: set[int]) -> Group:
    """The group with the outcomes of these questions hidden."""
    outcomes = tuple(
        Outcome(each.question, each.n, is_hidden=True) if each.question.id in questions else each
        for each in group.outcomes
    )
    return replace(group, outcomes=outcomes)


def _answers(survey: Survey) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for place, answers in Response.objects.filter(place__survey=survey).values_list("place_id", "answers"):
        found.setdefault(place, []).append(answers)
    return found


def _hidden(definition: Definition, n: int = 0) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(question, n, is_hidden=True) for question in definition.questions if question.kind != Kind.TEXT
    )


def _group(
    name: str,
    rows: list[dict[str, Any]],
    definition: Definition,
    *,
    place: SurveyPlace | None = None,
    is_hidden: bool = False,
) -> Group:
    if is_hidden:
        return Group(name, len(rows), _hidden(definition), place, is_hidden=True)
    shown = (question for question in definition.questions if question.kind != Kind.TEXT)
    return Group(name, len(rows), tuple(outcome(question, rows) for question in shown), place)


def outcome(question: Asked, rows: Iterable[dict[str, Any]]) -> Outcome:
    """Count one question over filled questionnaires; divided last. Hidden below k answers."""
    given = [row[str(question.id)] for row in rows if str(question.id) in row]
    n = len(given)
    if limits().is_small(n):
        return Outcome(question, n, is_hidden=True)
    if not n:
        return Outcome(question, 0)
    mean = None
    if question.kind in {Kind.NUMBER, Kind.SCALE}:
        mean = sum((Decimal(value) for value in given), Decimal(0)) / n
    if question.kind == Kind.NUMBER:
        return Outcome(question, n, mean=mean)
    counts: Counter[int] = Counter()
    for value in given:
        counts.update(value if isinstance(value, list) else [value])
    shares = tuple(
        Share(label, counts[number], Decimal(100) * counts[number] / n) for number, label in question.choices
    )
    return Outcome(question, n, shares, mean)
