"""What an act of observation asks. A proposal of the portal, not an official form. No Django here.

Each question is worded so that «да» means order is kept; «нет» becomes a remark to work on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

STATE = "предложение портала: сверьте с формой, утверждённой для вашей процедуры"


@dataclass(frozen=True)
class Question:
    code: str
    text: str


QUESTIONS = (
    Question("room", "Место проведения готово: рабочие места, часы, вода, порядок входа"),
    Question("materials", "Материалы получены и вскрыты в установленное время, пакеты целы"),
    Question("instruction", "Участников проинструктировали перед началом"),
    Question("phones", "Телефонов и справочных материалов у участников не было"),
    Question("help", "Организаторы не подсказывали участникам"),
    Question("strangers", "Посторонних в помещении не было"),
    Question("time", "Время начала и окончания соблюдено"),
    Question("collection", "Работы собраны, пересчитаны и упакованы сразу после окончания"),
    Question("marking", "Проверка идёт по критериям, работы обезличены"),
)
ANSWERS = {"yes": "да", "no": "нет", "none": "не наблюдал(а)"}


def missing(answers: Mapping[str, str]) -> list[Question]:
    """Questions without an answer: «не наблюдал(а)» is one, silence is none."""
    return [question for question in QUESTIONS if answers.get(question.code) not in ANSWERS]


def violated(answers: Mapping[str, str]) -> list[Question]:
    return [question for question in QUESTIONS if answers.get(question.code) == "no"]


def rows(answers: Mapping[str, str]) -> list[tuple[Question, str]]:
    """Each question with its answer in words, as a sent act shows it."""
    return [(question, ANSWERS.get(answers.get(question.code, ""), "нет ответа")) for question in QUESTIONS]
