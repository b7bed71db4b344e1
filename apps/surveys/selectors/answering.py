"""What the anonymous page reads: the link, and the questions as they are shown."""

from dataclasses import dataclass

from apps.surveys.definition import Asked, Definition, Reading
from apps.surveys.models import Question, Survey, SurveyPlace


@dataclass(frozen=True)
class Found:
    """A link: of one organisation, or the common one where `place` is not known yet."""

    survey: Survey
    place: SurveyPlace | None


def find_link(token: str) -> Found | None:
    place = SurveyPlace.objects.select_related("survey__questionnaire", "organization").filter(token=token).first()
    if place is not None:
        return Found(place.survey, place)
    survey = Survey.objects.select_related("questionnaire").filter(token=token).first()
    return Found(survey, None) if survey is not None else None


@dataclass(frozen=True)
class Shown:
    """A question with what was typed and what is wrong with it."""

    question: Asked
    number: int
    typed: tuple[str, ...] = ()
    fault: str = ""
    condition: str = ""  # «если на вопрос 1 вы ответили «Да»»
    after: str = ""  # the field of its filter
    after_options: str = ""  # «1 3»

    @property
    def options(self) -> list[tuple[int, str, bool]]:
        return [(number, label, str(number) in self.typed) for number, label in self.question.choices]

    @property
    def text(self) -> str:
        return self.typed[0] if self.typed else ""

    @property
    def is_choice(self) -> bool:
        return self.question.kind in {Question.Kind.YES_NO, Question.Kind.SINGLE, Question.Kind.MULTIPLE}

    @property
    def control(self) -> str:
        return "checkbox" if self.question.kind == Question.Kind.MULTIPLE else "radio"


@dataclass(frozen=True)
class ShownPart:
    title: str
    note: str
    questions: tuple[Shown, ...]


@dataclass(frozen=True)
class Page:
    parts: tuple[ShownPart, ...]

    @property
    def faults(self) -> list[Shown]:
        return [shown for part in self.parts for shown in part.questions if shown.fault]

    @property
    def has_texts(self) -> bool:
        return any(shown.question.kind == Question.Kind.TEXT for part in self.parts for shown in part.questions)

    @property
    def count(self) -> int:
        return sum(len(part.questions) for part in self.parts)


def page_of(definition: Definition, reading: Reading | None = None) -> Page:
    """The questions numbered through, each with what was read of it."""
    reading = reading or Reading()
    numbers = {question.id: number for number, question in enumerate(definition.questions, start=1)}
    by_id = definition.by_id
    parts = []
    for part in definition.parts:
        shown = [_shown(question, numbers, by_id, reading) for question in part.questions]
        parts.append(ShownPart(part.title, part.note, tuple(shown)))
    return Page(tuple(parts))


def _shown(question: Asked, numbers: dict[int, int], by_id: dict[int, Asked], reading: Reading) -> Shown:
    condition = after = options = ""
    filter_question = by_id.get(question.depends_on) if question.depends_on else None
    if filter_question is not None:
        labels = dict(filter_question.choices)
        wanted = " или ".join(f"«{labels[option]}»" for option in question.depends_options if option in labels)
        condition = f"если на вопрос {numbers[filter_question.id]} вы ответили {wanted}"
        after = filter_question.name
        options = " ".join(str(option) for option in question.depends_options)
    return Shown(
        question=question,
        number=numbers[question.id],
        typed=tuple(reading.typed.get(question.id, ())),
        fault=reading.faults.get(question.id, ""),
        condition=condition,
        after=after,
        after_options=options,
    )
