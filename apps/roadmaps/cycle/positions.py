"""The nine positions of the cycle: what fills each, by which criteria it is judged, who fills it and by when.

Names of positions and the two kinds of cycle stand on municipal sites. Documents, criteria, terms and roles are the
portal's own proposal after the method of 2020 read in part: they stay «не подтверждено» until a person confirms them.
"""

from dataclasses import dataclass
from datetime import date

from apps.core.periods import PeriodSpan
from apps.roadmaps.links.registry import POSITIONS

FULL = tuple(POSITIONS)
PARTIAL = (7, 8, 9)
SOURCE = (
    "Письмо Рособрнадзора от 20.04.2021 № 08-70, методика ФИОКО; полный текст критериев не сверен — предложение портала"
)


@dataclass(frozen=True)
class Position:
    """A position. `month` and `day` are its usual term in a school year."""

    number: int
    short: str
    documents: tuple[str, ...]
    criteria: tuple[str, ...]
    month: int
    day: int
    office: str
    school: str

    @property
    def title(self) -> str:
        return POSITIONS[self.number]

    def due_on(self, span: PeriodSpan) -> date:
        return day_in(span, self.month, self.day)


def day_in(span: PeriodSpan, month: int, day: int) -> date:
    """The day of the school year; 29 February of a common year is the 28th."""
    year = span.starts_on.year if month >= span.starts_on.month else span.ends_on.year
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


_SPECIALIST = "специалист, ответственный за направление"
HEAD = "руководитель управления"
_DEPUTY = "заместитель руководителя организации"
_DIRECTOR = "руководитель организации"

ALL = (
    Position(
        1, "Цели", ("концепция или положение", "приказ об утверждении целей"),
        ("у направления есть хотя бы одна цель", "у цели есть обоснование и измеримый показатель"),
        9, 5, HEAD, _DIRECTOR,
    ),
    Position(
        2, "Пока\u00adзатели", ("приказ об утверждении показателей",),
        (
            "каждый показатель привязан к цели",
            "есть формула, источник, периодичность, ответственный",
            "показатель проверен на негативные последствия",
        ),
        9, 15, _SPECIALIST, _DEPUTY,
    ),
    Position(
        3, "Методы", ("регламент (методика) сбора и обработки", "инструкция к форме"),
        ("для каждого показателя описаны сбор и расчёт", "названа информационная система"),
        9, 30, _SPECIALIST, _DEPUTY,
    ),
    Position(
        4, "Мони\u00adторинг", ("приказ о проведении мониторинга", "свод данных"),
        ("сроки и участники утверждены", "сдали все адресаты или названа причина отсутствия"),
        5, 31, _SPECIALIST, _DEPUTY,
    ),
    Position(
        5, "Анализ", ("аналитическая справка",),
        (
            "выводы по каждому показателю",
            "сравнение внутри кластера и с прошлым годом",
            "выявлены факторы и эффективные практики",
        ),
        6, 30, _SPECIALIST, _DEPUTY,
    ),
    Position(
        6, "Рекомен\u00adдации", ("адресные рекомендации (письмо, приказ)",),
        (
            "каждая рекомендация связана с выводом",
            "указаны адресаты разных групп",
            "адресат подтвердил получение",
        ),
        7, 10, _SPECIALIST, _DEPUTY,
    ),
    Position(
        7, "Меры", ("дорожная карта, план мероприятий", "приказы, программы"),
        ("мера связана с рекомендацией или целью", "срок, исполнитель и результат заполнены"),
        7, 20, _SPECIALIST, _DEPUTY,
    ),
    Position(
        8, "Решения", ("приказ, протокол, решение коллегии",),
        ("решение опирается на анализ", "сроки, ответственные и участники заданы", "отмечено исполнение"),
        7, 31, HEAD, _DIRECTOR,
    ),
    Position(
        9, "Эффект", ("справка об эффективности мер",),
        (
            "указан срок анализа",
            "сравнены значения до и после",
            "вывод ведёт к новым целям или корректировке мер",
        ),
        8, 25, _SPECIALIST, _DEPUTY,
    ),
)  # fmt: skip

BY_NUMBER = {position.number: position for position in ALL}
