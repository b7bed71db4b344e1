"""Rules of the schedule: which works of a class stand too close. Plain Python, days and numbers in, remarks out.

A day that is not chosen yet is a window. A rule that counts days speaks only of what is broken whatever day is chosen,
so that nobody is warned of what may still come out well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, groupby

from apps.core.figures import plural

LEAST_GAP = Decimal("17.5")  # days: two weeks and a half
LARGEST_SHARE = 10  # percent of the hours of a subject in a year
SHORT_WINDOW = 7  # days: of two longer windows nothing can be said
WEEKLY_HOURS = 35  # hours a year of a subject that has one lesson a week, at most
# Public holidays by month and day; days off that the government moves from year to year are not among them.
HOLIDAYS = frozenset({*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})

_LETTER = (
    "письмо Минпросвещения России № СК-228/03 и Рособрнадзора № 01-169/08-01 от 06.08.2021 (рекомендации), "
    "приводится по вторичным источникам"
)


class Code(StrEnum):
    SAME_DAY = "same_day"
    WINDOWS = "windows"
    GAP = "gap"
    DAY_OFF = "day_off"
    EDGE = "edge"
    HOURS = "hours"


@dataclass(frozen=True)
class Rule:
    """A rule as the page of methods shows it."""

    code: Code
    title: str
    formula: str
    advice: str
    source: str = _LETTER
    state: str = "unconfirmed"
    tone: str = "warn"


RULES = (
    Rule(
        Code.SAME_DAY,
        "Две работы у класса в один день",
        "у одного класса в один день больше одной работы",
        "Перенесите одну из работ на другой день.",
        tone="bad",
    ),
    Rule(
        Code.WINDOWS,
        "Сроки двух работ пересекаются",
        f"сроки двух работ параллели, каждый не длиннее {SHORT_WINDOW} дней, имеют общий день, и день ещё не выбран",
        "Выберите разные дни: сейчас обе работы могут прийтись на один.",
        source="собственное правило портала",
        state="proposal",
        tone="info",
    ),
    Rule(
        Code.GAP,
        "Предмет в параллели чаще, чем раз в 2,5 недели",
        "между двумя работами по предмету у одних и тех же классов параллели меньше 17,5 дня (17 и меньше), какие бы "
        "дни сроков ни выбрать; экзамены и олимпиады не считаются",
        "Раздвиньте работы или откажитесь от одной из них.",
    ),
    Rule(
        Code.DAY_OFF,
        "Работа в выходной или праздничный день",
        "назначенный день — воскресенье или нерабочий праздник; экзамены и олимпиады не считаются, "
        "перенесённые выходные года не учтены",
        "Выберите учебный день.",
        source="собственное правило портала; праздники — по статье 112 Трудового кодекса РФ",
        state="proposal",
    ),
    Rule(
        Code.EDGE,
        "Работа на первом или последнем уроке",
        "работа занимает первый или последний урок дня; проверяется, если школа указала урок; предмет, на который по "
        f"плану не больше {WEEKLY_HOURS} часов в год (урок в неделю), не проверяется, если часы указаны",
        "Перенесите работу на другой урок.",
    ),
    Rule(
        Code.HOURS,
        f"Работы занимают больше {LARGEST_SHARE} % часов предмета",
        f"100 × уроки, занятые работами года / часы предмета в год > {LARGEST_SHARE}; без часов не проверяется",
        "Сократите число работ по предмету.",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}


@dataclass(frozen=True)
class Slot:
    """A work of a parallel of a school: its day, or the window in which the day will be chosen."""

    work: int
    title: str
    school: int
    grade: int
    subject: int
    first: date
    last: date
    classes: frozenset[str] = frozenset()  # empty: the whole parallel
    lesson: int | None = None
    lessons_in_day: int | None = None
    length: int = 1
    in_lessons: bool = True  # exams and olympiads take no lessons of a subject

    @property
    def is_fixed(self) -> bool:
        return self.first == self.last

    @property
    def class_text(self) -> str:
        return ", ".join(sorted(self.classes))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def meets(self, other: "Slot") -> bool:
        """Whether some class writes both."""
        return not self.classes or not other.classes or bool(self.classes & other.classes)


@dataclass(frozen=True)
class Remark:
    """A rule broken by one or two works of a parallel of a school."""

    code: Code
    school: int
    grade: int
    slots: tuple[Slot, ...]
    note: str = ""

    @property
    def rule(self) -> Rule:
        return BY_CODE[self.code]


_ALIKE = str.maketrans("ABCEHKMOPTXY«»\"'„“-", "АВСЕНКМОРТХУ       ")  # Latin letters that look like ours; quotes


def class_names(text: str, grade: int | None = None) -> frozenset[str]:
    """«5А, 5 б» → {«5А», «5Б»}; of a known grade also «а, б»."""
    parts = text.upper().translate(_ALIKE).replace(";", ",").split(",")
    names = {"".join(part.split()) for part in parts} - {""}
    return frozenset(f"{grade}{name}" if grade and not name[0].isdigit() else name for name in names)


def day_off(day: date) -> str:
    """Why no lessons are held on a day; empty for a working day (and for a Saturday: many schools work then)."""
    if (day.month, day.day) in HOLIDAYS:
        return "нерабочий праздничный день"
    return "воскресенье" if day.isoweekday() == 7 else ""


def check(slots: Iterable[Slot], hours: Mapping[tuple[int, int, int], int] | None = None) -> list[Remark]:
    """Remarks on works, by school and grade. `hours` are those of a year by (school, subject, grade)."""
    remarks: list[Remark] = []
    ordered = sorted(slots, key=lambda slot: (slot.school, slot.grade, slot.first, slot.last, slot.work))
    for (school, grade), group in groupby(ordered, key=lambda slot: (slot.school, slot.grade)):
        works = list(group)
        for one, two in combinations(works, 2):
            remarks += _of_pair(one, two)
        remarks += _of_days_off(works)
        remarks += [
            Remark(Code.EDGE, school, grade, (slot,), f"урок {slot.lesson}")
            for slot in works
            if _edge(slot) and not _is_weekly((hours or {}).get((school, slot.subject, grade)))
        ]
        remarks += _of_hours(works, hours or {})
    return remarks


def _of_pair(one: Slot, two: Slot) -> list[Remark]:
    """`one` begins no later than `two`."""
    if one.work == two.work or not one.meets(two):
        return []
    place = (one.school, one.grade, (one, two))
    found = []
    common = one.last >= two.first
    if common and one.is_fixed and two.is_fixed:
        found.append(Remark(Code.SAME_DAY, *place))
    elif common and max(one.days, two.days) <= SHORT_WINDOW:
        found.append(Remark(Code.WINDOWS, *place))
    same = one.subject == two.subject and one.in_lessons and two.in_lessons
    if same and max(two.last - one.first, one.last - two.first) < timedelta(days=float(LEAST_GAP)):
        days = max((two.last - one.first).days, (one.last - two.first).days)
        found.append(Remark(Code.GAP, *place, f"между ними не больше {days} {plural(days, 'дня', 'дней', 'дней')}"))
    return found


def _of_days_off(works: Iterable[Slot]) -> list[Remark]:
    fixed = (slot for slot in works if slot.is_fixed and slot.in_lessons)
    return [
        Remark(Code.DAY_OFF, slot.school, slot.grade, (slot,), why) for slot in fixed if (why := day_off(slot.first))
    ]


def _is_weekly(hours: int | None) -> bool:
    """Whether a subject has no more than one lesson a week: then its lesson may well be the first or the last."""
    return hours is not None and hours <= WEEKLY_HOURS


def _edge(slot: Slot) -> bool:
    if slot.lesson is None or not slot.in_lessons:
        return False
    return slot.lesson == 1 or slot.lessons_in_day == slot.lesson + slot.length - 1


def lessons_taken(works: Iterable[Slot]) -> int:
    """Lessons of a year that works take from the class that has most of them."""
    works = list(works)
    shared = sum(slot.length for slot in works if not slot.classes)
    named = {name for slot in works for name in slot.classes}
    return shared + max((sum(slot.length for slot in works if name in slot.classes) for name in named), default=0)


def share_of_hours(taken: int, hours: int | None) -> Decimal | None:
    """Percent of the hours of a subject that works take; None where the hours are not known."""
    return Decimal(100 * taken) / hours if hours else None


def _of_hours(works: list[Slot], hours: Mapping[tuple[int, int, int], int]) -> list[Remark]:
    found = []
    by_subject = sorted((slot for slot in works if slot.in_lessons), key=lambda slot: slot.subject)
    for subject, group in groupby(by_subject, key=lambda slot: slot.subject):
        own = tuple(group)
        known = hours.get((own[0].school, subject, own[0].grade))
        taken = lessons_taken(own)
        share = share_of_hours(taken, known)
        if share is not None and share > LARGEST_SHARE:
            note = f"уроков занято: {taken} из {known} часов"
            found.append(Remark(Code.HOURS, own[0].school, own[0].grade, own, note))
    return found
