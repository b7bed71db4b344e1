"""What looks like personal data in a text: telephones, e-mail, СНИЛС, passports, names of people. No Django here.

The portal keeps no names of pupils. This is a sieve and no proof: it names the kind of what it has seen and never
repeats the value, so that nothing gets into logs, letters and error reports.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    SNILS = "СНИЛС"
    PHONE = "номер телефона"
    EMAIL = "адрес электронной почты"
    PASSPORT = "номер паспорта или свидетельства о рождении"
    NAME = "фамилия и имя человека"


@dataclass(frozen=True)
class Trace:
    """Something found; `start` and `end` are its place in the text. The value itself is not kept."""

    kind: Kind
    start: int
    end: int


_WORD = "[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_SURNAME = (
    "[А-ЯЁ][а-яё]+(?:ов|ова|ову|овой|овым|ев|ева|еву|евой|евым|ёв|ёва|ин|ина|ину|иной|иным|ын|ына|ский|ская|ского|"
    "ской|цкий|цкая|енко|ук|юк|ко|ян|дзе|швили)"
)
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:ович|евич|ич|овна|евна|ична|инична)(?:а|у|ем|е|ы|ой)?"
_INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
# Common given names, in the nominative: with a surname beside them they are a person.
_GIVEN = (
    "Александр|Александра|Алексей|Алина|Алёна|Алиса|Анастасия|Анатолий|Андрей|Анна|Антон|Арина|Артём|Артем|Борис|"
    "Вадим|Валентина|Валерия|Варвара|Василий|Василиса|Вера|Вероника|Виктор|Виктория|Владимир|Владислав|Вячеслав|"
    "Галина|Георгий|Глеб|Григорий|Даниил|Данила|Дарья|Денис|Диана|Дмитрий|Ева|Евгений|Евгения|Егор|Екатерина|Елена|"
    "Елизавета|Иван|Игорь|Илья|Ирина|Кирилл|Константин|Кристина|Ксения|Лариса|Лев|Леонид|Любовь|Людмила|Максим|"
    "Маргарита|Марина|Мария|Марк|Матвей|Милана|Михаил|Надежда|Наталья|Наталия|Никита|Николай|Нина|Оксана|Олег|Ольга|"
    "Павел|Пётр|Петр|Полина|Роман|Руслан|Светлана|Семён|Семен|Сергей|София|Софья|Станислав|Степан|Таисия|Тамара|"
    "Татьяна|Тимофей|Тимур|Ульяна|Фёдор|Федор|Юлия|Юрий|Яна|Ярослав|Саша|Маша|Миша|Коля|Петя|Вася|Катя|Лена|Настя|"
    "Даша|Дима|Лёша|Серёжа|Ваня|Аня|Оля|Юля"
)

_PHONE = re.compile(r"(?<![\d.,])(?:\+7|8)[\s(–-]*\d{3}[\s)–-]*\d{3}[\s–-]*\d{2}[\s–-]*\d{2}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
_SNILS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{3}[\s-]?\d{2}(?!\d)")
_PASSPORT = re.compile(r"(?i)(?:паспорт|свидетельств\w* о рождении)[^.\n]{0,25}\d{2}\s?\d{2}\s?№?\s?\d{6}")
_NAMES = (
    re.compile(rf"(?<![\w-])(?:{_WORD}\s+)?{_WORD}\s+{_PATRONYMIC}(?![\w-])"),
    re.compile(rf"(?<![\w-]){_WORD}\s+{_INITIALS}"),
    re.compile(rf"(?<![\w-]){_INITIALS}\s?{_WORD}(?![\w-])"),
    re.compile(rf"(?<![\w-])(?:{_GIVEN})\s+{_SURNAME}(?![\w-])"),
    re.compile(rf"(?<![\w-]){_SURNAME}\s+(?:{_GIVEN})(?![\w-])"),
)
# A school, a street or a prize named after somebody is not a person's data.
_IN_HONOUR = re.compile(r"(?i)(?:\bим\.|\bимени|\bпамяти|\bул\.|\bулиц\w*|\bпр\.|\bпроспект\w*|\bпл\.|\bпереул\w*)\s*$")


def traces(text: str) -> list[Trace]:
    """What in the text looks like personal data, in its order; overlapping finds are told once."""
    found: list[Trace] = []
    for trace in sorted(_all(text), key=lambda item: (item.start, -item.end)):
        if not found or trace.start >= found[-1].end:
            found.append(trace)
    return found


def kinds(text: str) -> list[Kind]:
    """The kinds found, each once, in the order of the text."""
    return list(dict.fromkeys(trace.kind for trace in traces(text)))


def said(found: Iterable[Kind]) -> str:
    """«номер телефона, фамилия и имя человека»"""
    return ", ".join(str(kind) for kind in found)


def _all(text: str) -> Iterator[Trace]:
    for match in _SNILS.finditer(text):
        if _is_snils(match[0]):
            yield Trace(Kind.SNILS, *match.span())
    for kind, pattern in ((Kind.PHONE, _PHONE), (Kind.EMAIL, _EMAIL), (Kind.PASSPORT, _PASSPORT)):
        for match in pattern.finditer(text):
            yield Trace(kind, *match.span())
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            if not _IN_HONOUR.search(text[max(0, match.start() - 20) : match.start()]):
                yield Trace(Kind.NAME, *match.span())


def _is_snils(text: str) -> bool:
    """The last two digits are a control number; a run of digits without it is something else."""
    digits = [int(c) for c in text if c.isdigit()]
    total = sum(digit * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    control = total % 101 % 100
    return any(digits[:9]) and control == 10 * digits[9] + digits[10]
