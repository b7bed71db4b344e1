"""A questionnaire as plain values, and reading what a browser sends for it. No database here.

Answers are a dict of question id → number of the option (yes/no, one of several, scale), a sorted list of them, a
number as text, or a text. A question that was not asked, or was left empty, is not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.surveys.models import Question, Questionnaire
from apps.workbooks.cells import NumberProblem, clean_text, parse_number

LONGEST_TEXT = 2000
LARGEST = Decimal(1_000_000)
Kind = Question.Kind

Answers = dict[int, Any]


@dataclass(frozen=True)
class Asked:
    """A question: `depends_on` and `depends_options` say after which answers it is asked at all."""

    id: int
    kind: str
    text: str
    note: str
    is_required: bool
    choices: tuple[tuple[int, str], ...]
    minimum: int | None
    maximum: int | None
    depends_on: int | None
    depends_options: tuple[int, ...]
    symbol: str = ""

    @property
    def name(self) -> str:
        """The name of its field on the page."""
        return f"q{self.id}"

    def is_asked(self, answers: Mapping[int, Any]) -> bool:
        """Whether its filter lets it through."""
        if self.depends_on is None:
            return True
        given = answers.get(self.depends_on)
        chosen = given if isinstance(given, list) else [given]
        return any(option in self.depends_options for option in chosen)


@dataclass(frozen=True)
class Part:
    title: str
    note: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Definition:
    title: str
    introduction: str
    parts: tuple[Part, ...]

    @property
    def questions(self) -> list[Asked]:
        return [question for part in self.parts for question in part.questions]

    @property
    def by_id(self) -> dict[int, Asked]:
        return {question.id: question for question in self.questions}


def asked(question: Question) -> Asked:
    return Asked(
        id=question.pk,
        kind=question.kind,
        text=question.text,
        note=question.note,
        is_required=question.is_required,
        choices=tuple(question.choices),
        minimum=question.minimum,
        maximum=question.maximum,
        depends_on=question.depends_on_id,
        depends_options=tuple(question.depends_options),
        symbol=question.symbol,
    )


def definition_of(questionnaire: Questionnaire) -> Definition:
    """Two statements, whatever the size. Sections without questions are left out."""
    sections = questionnaire.sections.prefetch_related("questions")
    parts = [
        Part(each.title, each.note, tuple(asked(question) for question in each.questions.all())) for each in sections
    ]
    return Definition(questionnaire.title, questionnaire.introduction, tuple(part for part in parts if part.questions))


@dataclass
class Reading:
    """What was read: answers that stand, faults by question id, and what was typed, to show it again."""

    answers: Answers = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    typed: dict[int, list[str]] = field(default_factory=dict)


def read_answers(definition: Definition, sent: Any) -> Reading:
    """Read the fields `q<id>` of a QueryDict. Every fault is named; nothing raises.

    What was given to a question that its filter had left out is dropped: the filter's own answer counts.
    """
    reading = Reading()
    for question in definition.questions:
        typed = [clean_text(text)[: LONGEST_TEXT + 1] for text in sent.getlist(question.name)[:200]]
        reading.typed[question.id] = typed
        if not question.is_asked(reading.answers):
            continue
        answer, fault = _read(question, [text.strip() for text in typed if text.strip()])
        if fault:
            reading.faults[question.id] = fault
        elif answer is not None:
            reading.answers[question.id] = answer
    return reading


def _read(question: Asked, given: Sequence[str]) -> tuple[Any, str]:
    if not given:
        return None, _nothing(question) if question.is_required else ""
    match question.kind:
        case Kind.MULTIPLE:
            return _several(question, given)
        case Kind.NUMBER:
            return _number(question, given[0])
        case Kind.TEXT:
            if len(given[0]) > LONGEST_TEXT:
                return None, f"Ответ длиннее {LONGEST_TEXT} знаков. Сократите его."
            return given[0], ""
    options = dict(question.choices)
    chosen = _option(given[0])
    return (chosen, "") if chosen in options else (None, "Выберите один из вариантов.")


def _nothing(question: Asked) -> str:
    words = {
        Kind.NUMBER: "Впишите число.",
        Kind.TEXT: "Напишите ответ.",
        Kind.MULTIPLE: "Отметьте хотя бы один вариант.",
    }
    return words.get(Kind(question.kind), "Выберите ответ.")


def _option(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _several(question: Asked, given: Sequence[str]) -> tuple[Any, str]:
    chosen = {_option(text) for text in given}
    if chosen <= {number for number, _ in question.choices}:
        return sorted(number for number in chosen if number is not None), ""
    return None, "Отметьте варианты из списка."


def _number(question: Asked, text: str) -> tuple[Any, str]:
    number = parse_number(text)
    if number is None or isinstance(number, NumberProblem):
        return None, f"«{text[:40]}» — не число. Впишите число, например 12."
    low = Decimal(question.minimum if question.minimum is not None else 0)
    high = Decimal(question.maximum) if question.maximum is not None else LARGEST
    if not low <= number <= high:
        return None, f"Впишите число от {low} до {high}."
    return format(number, "f"), ""
