"""Targets, goals, causes and reference figures of the invented municipality."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from apps.core.models import Period
from apps.core.periods import PeriodKind, PeriodSpan, calendar_year, school_year, school_year_of
from apps.desk.demo.world import World
from apps.desk.panels.system import measure_system
from apps.indicators.models import Direction, Goal, Indicator, ReferencePoint, ReferenceSeries, Target
from apps.indicators.services import directions, targets
from apps.roadmaps.plans.services.directions import plan_in_direction
from apps.roadmaps.plans.services.measures import Plan

REGION = "Выдуманная область"
# By indicator: the region's figures of the three calendar years and the country's.
REFERENCES = {
    "so_oo.1.5%": ((46.1, 46.4, 46.9), (47.8, 48.1, 48.5)),
    "so_oo.1.29%": ((52.3, 53.0, 53.4), (51.0, 51.6, 52.1)),
    "so_doo.1.8%": ((49.5, 50.1, 50.8), (48.2, 48.9, 49.4)),
}
CAUSES = {
    "so_oo.1.5%": "Открыты классы с углублённым изучением предметов, две сельские школы ввели дополнительные занятия.",
    "so_oo.1.29%": "Часть педагогов старшего возраста ушла, молодые педагоги ещё не прошли аттестацию.",
}

# Direction, line, title, who answers, days from today, organisations (none: all).
MEASURES = (
    (
        "1.3",
        "",
        "Школа олимпиадника на базе лицея",
        "методист по работе с одарёнными детьми",
        60,
        ("school-04", "school-02"),
    ),
    ("1.3", "", "Муниципальный слёт юных исследователей", "отдел дополнительного образования", 120, ()),
    ("2.3", "здоровый образ жизни", "Спартакиада школьных спортивных клубов", "отдел воспитания", 45, ()),
    ("2.3", "организация и родительское сообщество", "Форум родителей", "отдел воспитания", 90, ()),
    (
        "2.3",
        "традиционные ценности",
        "Фестиваль народных традиций",
        "отдел воспитания",
        -10,
        ("school-14", "school-16"),
    ),
)


@dataclass(frozen=True)
class Aim:
    """A target of the demonstration, years after the year in work."""

    code: str
    years: int
    step: str  # from the newest figure
    basis: Target.Basis
    words: str
    explanation: str = ""


AIMS = (
    Aim("so_oo.1.5%", 0, "0.5", Target.Basis.LAST_YEAR, "Значение прошлого года с ростом, как за два года до него"),
    Aim("so_oo.1.5%", 2, "2", Target.Basis.CLUSTER, "Уровень крупных городских школ", "Открываются профильные классы."),
    Aim(
        "so_oo.1.29%",
        1,
        "1",
        Target.Basis.DECISION,
        "Решение совещания от 15.01, пункт 2",
        "График аттестации утверждён.",
    ),
    Aim("plan_3.1.2%", 1, "3", Target.Basis.REQUIREMENT, "Выдуманный приказ № 12, пункт 3", "Открывается технопарк."),
)


def load(world: World) -> None:
    specialist = world.people["specialist"]
    calendar, school = world.timeline.calendar_years, world.timeline.school_years
    _references(world, calendar)
    for code, text in CAUSES.items():
        targets.write_cause(
            indicator=Indicator.objects.get(code=code),
            period=Period.objects.named(calendar[1]),
            text=text,
            by=specialist,
        )
    for aim in AIMS:
        _aim(world, aim, school[1] if aim.code.startswith("plan_") else calendar[1])
    _goals(world)


def _references(world: World, calendar: list[PeriodSpan]) -> None:
    for code, rows in REFERENCES.items():
        indicator = Indicator.objects.get(code=code)
        owners = zip(ReferenceSeries.Owner, (REGION, "Российская Федерация"), rows, strict=True)
        for owner, territory, numbers in owners:
            series = ReferenceSeries.objects.create(
                indicator=indicator, owner=owner, territory=territory, unit="%", source="Выдуманный сборник, таблица 3",
                loaded_by=world.people["specialist"],
            )  # fmt: skip
            ReferencePoint.objects.bulk_create(
                ReferencePoint(series=series, period=Period.objects.named(span), number=Decimal(str(number)))
                for span, number in zip(calendar, numbers, strict=True)
            )


def _aim(world: World, aim: Aim, base: PeriodSpan) -> None:
    """From the figure of the last full year."""
    indicator = Indicator.objects.get(code=aim.code)
    figure = indicator.versions.get().aggregates.filter(scope="municipality", period__code=base.code).get()
    if figure.value is None:
        return
    ahead = base.starts_on.year + 1 + aim.years
    span = calendar_year(ahead) if base.kind == PeriodKind.CALENDAR_YEAR else school_year(ahead)
    new = targets.NewTarget(
        indicator=indicator,
        period=Period.objects.named(span),
        number=(figure.value + Decimal(aim.step)).quantize(Decimal("0.1")),
        basis=aim.basis,
        basis_text=aim.words,
        explanation=aim.explanation or "Рост продолжается.",
    )
    targets.set_target(new=new, by=world.people["specialist"])


def _goals(world: World) -> None:
    """A regional goal, a municipal one that serves it, two of schools, of which one serves nothing yet."""
    specialist = world.people["specialist"]
    talents = Direction.objects.get(code="1.3")
    directions.describe_direction(
        direction=talents,
        purpose="Чтобы каждый ребёнок мог найти дело по душе, где бы он ни жил и сколько бы ни зарабатывала семья.",
        by=specialist,
    )
    coverage = Indicator.objects.get(code="plan_3.1.2%")
    region = directions.set_goal(
        new=directions.NewGoal(
            talents, Goal.Level.REGIONAL, "Расширить доступ к дополнительному образованию",
            "Выдуманная программа области: раздел о дополнительном образовании.",
        ),
        by=specialist,
    )  # fmt: skip
    ours = directions.set_goal(
        new=directions.NewGoal(
            talents, Goal.Level.MUNICIPAL, "Охватить дополнительным образованием четырёх детей из пяти",
            "Охват в сёлах ниже, чем в городе; мест в кружках не хватает.", indicator=coverage, parent=region,
        ),
        by=specialist,
    )  # fmt: skip
    for code, title, parent in (
        ("school-14", "Открыть три кружка в филиале", ours),
        ("school-06", "Вовлечь в кружки детей, которые ездят на автобусе", None),
    ):
        directions.set_goal(
            new=directions.NewGoal(
                talents, Goal.Level.ORGANIZATION, title, "По опросу семей.", indicator=coverage,
                organization=world.organizations[code], parent=parent,
            ),
            by=specialist,
        )  # fmt: skip


def load_system(world: World) -> None:
    """How the system itself worked in the last two years, and a few measures of two directions."""
    specialist, today = world.people["specialist"], world.timeline.today
    for span in (*world.timeline.school_years[1:], school_year_of(today)):
        measure_system(period=Period.objects.named(span), by=specialist)
    for code, line, title, who, days, places in MEASURES:
        plan = Plan(
            line=line,
            title=title,
            responsible=who,
            due_on=today + timedelta(days=days),
            organizations=[world.organizations[place] for place in places],
        )
        plan_in_direction(direction=Direction.objects.get(code=code), plan=plan, by=specialist)
