"""The schedule of works around today: what has just ended, what runs, what is to come in the next months."""

from dataclasses import dataclass
from datetime import date, timedelta

from apps.core import periods
from apps.core.models import Period
from apps.desk.demo.world import World
from apps.procedures.models import Procedure, Subject
from apps.procedures.schedule import rules


@dataclass(frozen=True)
class Planned:
    """A work and its window, in days from today."""

    kind: Procedure.Kind
    level: Procedure.Level
    subject: str
    grade: int
    starts: int
    days: int
    document: str = "Приказ управления образования «О графике оценочных процедур» (выдуманный)"

    @property
    def title(self) -> str:
        kind = str(self.kind.label)
        return f"{kind[0].upper()}{kind[1:]}. {self.subject}, {self.grade} класс"


Kind, Level = Procedure.Kind, Procedure.Level
REGIONAL = "Письмо регионального центра оценки качества (выдуманное)"
PLAN = (
    Planned(Kind.MDR, Level.MUNICIPAL, "Математика", 5, -12, 3),
    Planned(Kind.VSOKO, Level.SCHOOL, "Русский язык", 9, -4, 6),
    Planned(Kind.RDR, Level.REGIONAL, "Функциональная грамотность", 8, 3, 2, REGIONAL),
    Planned(Kind.MDR, Level.MUNICIPAL, "Русский язык", 7, 9, 3),
    Planned(Kind.RDR, Level.REGIONAL, "Математика", 10, 16, 2, REGIONAL),
    Planned(Kind.VSOKO, Level.SCHOOL, "Окружающий мир", 4, 22, 5),
    Planned(Kind.NIKO, Level.FEDERAL, "История", 6, 30, 3, "Письмо Рособрнадзора о НИКО (выдуманное)"),
    Planned(Kind.MDR, Level.MUNICIPAL, "Математика", 9, 41, 3),
    Planned(Kind.MDR, Level.MUNICIPAL, "Математика", 6, 12, 12),
    Planned(Kind.MDR, Level.MUNICIPAL, "Английский язык", 7, 10, 3, ""),
    Planned(Kind.RDR, Level.REGIONAL, "Физика", 8, 55, 2, REGIONAL),
    Planned(Kind.VSOSH, Level.REGIONAL, "Математика", 8, 26, 1, REGIONAL),
    Planned(Kind.INTERNATIONAL, Level.WORLD, "Читательская грамотность", 4, 70, 4, ""),
    Planned(Kind.VSOKO, Level.SCHOOL, "Математика", 11, 63, 5),
)


def load(world: World) -> None:
    names = {planned.subject for planned in PLAN}
    subjects = {name: Subject.objects.get_or_create(name=name)[0] for name in sorted(names)}
    Procedure.objects.bulk_create([_procedure(world.timeline.today, planned, subjects) for planned in PLAN])


def _procedure(today: date, planned: Planned, subjects: dict[str, Subject]) -> Procedure:
    starts = working_day(today + timedelta(days=planned.starts))
    ends = working_day(starts + timedelta(days=planned.days - 1))
    span = periods.school_year_of(starts)
    return Procedure(
        kind=planned.kind,
        level=planned.level,
        period=Period.objects.named(span),
        year=span.ends_on.year,
        subject=subjects[planned.subject],
        grade=planned.grade,
        title=planned.title,
        window_starts_on=starts,
        window_ends_on=ends,
        document=planned.document,
    )


def working_day(day: date) -> date:
    """The day, or the first working one after a weekend or a holiday."""
    while day.weekday() >= 5 or rules.day_off(day):
        day += timedelta(days=1)
    return day
