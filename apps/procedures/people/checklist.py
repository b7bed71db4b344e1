"""What an act of observation asks and how answers are judged. No Django here.

The forms themselves are data (`models.act_forms`); those below are what the portal is shipped with. Each question is
worded so that «да» means order is kept; «нет» becomes a remark to work on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ANSWERS = {"yes": "да", "no": "нет", "none": "не наблюдал(а)"}
MOST = 40  # questions of a form: an act is filled on a phone


@dataclass(frozen=True)
class Question:
    code: str
    text: str


@dataclass(frozen=True)
class Shipped:
    """A form the portal begins with."""

    questions: tuple[Question, ...]
    source: str
    note: str = ""


_OWN = "Предложение портала. Сверьте с формой, утверждённой для вашей процедуры."
GENERAL_QUESTIONS = (
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
_EXAM_QUESTIONS = (
    Question("entrance", "До входа в пункт есть место для личных вещей; вход — по списку и документу"),
    Question("control", "На входе проверяют, нет ли запрещённых предметов; порядок одинаков для всех"),
    Question("video", "В аудиториях ведётся видеонаблюдение, обзор не закрыт"),
    Question("seating", "Участники сидят по списку распределения, по одному за столом"),
    Question("opening", "Материалы вскрыты или распечатаны в аудитории при участниках, не раньше начала"),
    Question("instruction", "Участников проинструктировали перед началом"),
    Question("phones", "Телефонов и справочных материалов у участников не было"),
    Question("teachers", "В аудиториях нет учителей сдаваемого предмета"),
    Question("help", "Организаторы не подсказывали участникам и не пользовались телефоном"),
    Question("strangers", "Посторонних в пункте не было"),
    Question("exit", "Выход из аудитории — по одному, с сопровождающим, без материалов"),
    Question("medic", "В пункте есть медицинский работник и условия для участников с ОВЗ"),
    Question("time", "Время начала и окончания соблюдено и записано на доске"),
    Question("collection", "Материалы собраны, пересчитаны и запечатаны в аудитории сразу после окончания"),
)
_OLYMPIAD_QUESTIONS = (
    Question("registration", "Участники зарегистрированы, каждый получил код"),
    Question("seating", "Участники сидят по одному за столом, места распределены случайно"),
    Question("opening", "Задания вскрыты или напечатаны не раньше установленного времени"),
    Question("instruction", "Участникам рассказали о правилах, времени и порядке апелляции"),
    Question("phones", "Связи и справочных материалов, кроме разрешённых, у участников не было"),
    Question("help", "Организаторы не подсказывали участникам"),
    Question("strangers", "Посторонних в аудиториях не было"),
    Question("time", "Время начала и окончания соблюдено"),
    Question("marking", "Жюри проверяет обезличенные работы по критериям"),
    Question("review", "Разбор заданий и показ работ объявлены, порядок апелляции известен"),
)
_STATE_FORM = (
    "Предложение портала. Официальную форму акта общественного наблюдения, если она установлена для этой процедуры, "
    "заполняют отдельно: её содержание порталом не проверено."
)
SHIPPED: Mapping[str, Shipped] = {
    "": Shipped(GENERAL_QUESTIONS, _OWN),
    "oge": Shipped(_EXAM_QUESTIONS, _STATE_FORM),
    "ege": Shipped(_EXAM_QUESTIONS, _STATE_FORM),
    "gve": Shipped(_EXAM_QUESTIONS, _STATE_FORM),
    "vsosh": Shipped(_OLYMPIAD_QUESTIONS, _OWN),
}


def clean(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that the form knows."""
    codes = {question.code for question in questions}
    return {code: value for code, value in answers.items() if code in codes and value in ANSWERS}


def missing(questions: Iterable[Question], answers: Mapping[str, str]) -> list[Question]:
    """Questions without an answer: «не наблюдал(а)» is one, silence is none."""
    return [question for question in questions if answers.get(question.code) not in ANSWERS]


def violated(questions: Iterable[Question], answers: Mapping[str, str]) -> list[Question]:
    return [question for question in questions if answers.get(question.code) == "no"]


def rows(questions: Iterable[Question], answers: Mapping[str, str]) -> list[tuple[Question, str]]:
    """Each question with its answer in words, as a sent act shows it."""
    return [(question, ANSWERS.get(answers.get(question.code, ""), "нет ответа")) for question in questions]


def coded(texts: Iterable[str], known: Iterable[Question]) -> list[Question]:
    """Questions with codes: a text that stood before keeps its code, so that answers of versions can be compared."""
    before = {question.text: question.code for question in known}
    taken = set(before.values())
    found, number = [], 0
    for text in texts:
        code = before.get(text)
        while code is None:
            number += 1
            code = f"q{number}" if f"q{number}" not in taken else None
        taken.add(code)
        found.append(Question(code, text))
    return found
