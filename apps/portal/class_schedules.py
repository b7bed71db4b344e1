"""Works of one parallel of one school for parents, and the open schedule as calendars."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2s

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from apps.core import periods
from apps.organizations.models import Organization
from apps.procedures.schedule import ics, reading
from apps.procedures.schedule.reading import Entry, days_of
from apps.procedures.selectors import scheduled

GRADES = range(1, 12)
# What parents may not know, as it stands in titles of works.
WORDS = {
    "ВПР": "всероссийская проверочная работа",
    "НИКО": "национальное исследование качества образования",
    "РДР": "региональная диагностическая работа",
    "МДР": "муниципальная диагностическая работа",
    "ВСОКО": "внутренняя система оценки качества образования школы",
    "ВсОШ": "всероссийская олимпиада школьников",
    "ОГЭ": "основной государственный экзамен",
    "ЕГЭ": "единый государственный экзамен",
    "ГВЭ": "государственный выпускной экзамен",
}
WHOLE_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Shown:
    """The page: what may be chosen, what was chosen, what was found, what is wrong with the choice."""

    schools: list[Organization]
    school: Organization | None = None
    grade: int | None = None
    coming: list[Entry] = field(default_factory=list)
    past: list[Entry] = field(default_factory=list)
    fault: str = ""

    @property
    def grades(self) -> range:
        return GRADES

    @property
    def words(self) -> list[tuple[str, str]]:
        return words_of(entry.procedure.title for entry in (*self.coming, *self.past))

    @property
    def is_chosen(self) -> bool:
        return self.school is not None and self.grade is not None


def words_of(titles: Iterable[str]) -> list[tuple[str, str]]:
    """Abbreviations that stand in the titles, with what they mean."""
    text = " ".join(titles)
    return [(short, long) for short, long in WORDS.items() if short in text]


def _works(school: Organization, grade: int) -> list[Entry]:
    """Open works of the present school year and of the next twelve months."""
    today = timezone.localdate()
    begin = periods.school_year_of(today).starts_on
    return reading.entries(begin, today + WHOLE_YEAR, organizations=[school], grade=grade, public=True)


def shown(code: str, grade_text: str) -> Shown:
    """What a visitor asked for; an unknown school or grade is said, not a fault of the page."""
    schools = list(reading.school_organizations().order_by("number", "name_key"))
    school = next((one for one in schools if one.code == code), None)
    grade = int(grade_text) if grade_text in {str(one) for one in GRADES} else None
    if school is None or grade is None:
        lacking = [word for word, found in (("школу", school), ("класс", grade)) if not found]
        fault = f"Выберите {' и '.join(lacking)}." if grade_text or code and school is None else ""
        return Shown(schools, school, grade, fault=fault)
    works = _works(school, grade)
    today = timezone.localdate()
    coming = [one for one in works if one.last >= today]
    past = [one for one in works if one.last < today]
    return Shown(schools, school, grade, coming, past[::-1])


def _day(entry: Entry) -> ics.Day:
    note = "День внутри срока школа ещё не выбрала." if entry.needs_day else entry.lesson_text
    whom = f" ({entry.classes})" if entry.classes else ""
    sitting = f"-{blake2s(entry.classes.encode(), digest_size=4).hexdigest()}" if entry.classes else ""
    key = f"procedure-{entry.procedure.pk}-{entry.organization.code}{sitting}"
    return ics.Day(key, f"{entry.procedure.title}{whom}", entry.first, entry.last, note)


def feed_of(code: str, grade: int) -> bytes:
    """The calendar of a parallel. An unknown school or grade is a 404."""
    school = reading.school_organizations().filter(code=code).first()
    if school is None or grade not in GRADES:
        raise Http404
    name = f"Контрольные: {school}, {grade} класс"
    return ics.feed(name, (_day(entry) for entry in _works(school, grade)), today=timezone.localdate())


def feed_of_all() -> bytes:
    """The calendar of the municipality: what /schedule/ shows."""
    today = timezone.localdate()
    days = []
    for work in scheduled(after=periods.school_year_of(today).starts_on, public=True):
        stretch: tuple[date, date] | None = days_of(work)
        if stretch:
            days.append(ics.Day(f"procedure-{work.pk}", work.title, *stretch, work.document))
    return ics.feed(f"Оценочные работы: {settings.MUNICIPALITY_NAME}", days, today=today)
