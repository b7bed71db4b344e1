"""The management cycle of the demonstration: directions filled to different degrees, tracks, marks, an open page.

One direction is nearly whole, some have broken chains on purpose (a measure on nothing, a recommendation without a
conclusion), others are nearly empty: that is what the screen is for.
"""

from dataclasses import dataclass
from datetime import timedelta

from apps.analysis.interpretation import services as conclusions
from apps.analysis.interpretation.figures import Target, figure_of
from apps.analysis.models import Conclusion
from apps.core import periods
from apps.core.documents.frozen import digest_of
from apps.core.models import Event, Period
from apps.desk.demo import dating
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import ApprovedSet, Direction, Goal, Indicator
from apps.indicators.services import directions, sets
from apps.roadmaps.cycle import publishing, services
from apps.roadmaps.cycle.gathering import key_of
from apps.roadmaps.cycle.models import PositionTerm, Track
from apps.roadmaps.cycle.reader import Office
from apps.roadmaps.cycle.reading import cycle_of
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.models import Measure, Recommendation


@dataclass(frozen=True)
class Aim:
    """A municipal goal: days ago, direction, words, the indicator that shows it (none: a gap on purpose)."""

    days: int
    code: str
    title: str
    rationale: str
    indicator: str = ""


GOALS = (
    Aim(75, "1.1", "Снизить долю отметок «2» в ВПР по математике", "Доля «2» выше, чем в области.", "plan_1.1.2%"),
    Aim(74, "1.2", "Вывести школы с низкими результатами из перечня за два года",
        "В перечне три школы, две из них — второй год подряд."),
    Aim(72, "ОБ", "Проверять работы ВПР в присутствии независимых наблюдателей",
        "По трём школам есть маркеры необъективности, требующие проверки.", "plan_5.1.2%"),
    Aim(70, "2.3", "Вовлечь родителей в жизнь каждой школы", "В советах родители есть не во всех школах."),
)  # fmt: skip
SETS = (("1.3", 68), ("ОБ", 66))
WORDS = (
    ("1.3", "plan_3.1.2%", "conclusion",
     "Охват вырос в городских школах; в сельских держится на уровне прошлого года: мешает подвоз."),
    ("1.3", "plan_3.1.2%", "factor", "Рост дали кружки, открытые на базе лицея; их опыт стоит показать другим школам."),
)  # fmt: skip
TRACKS = (
    ("1.3", "Развитие способностей обучающихся в соответствии с их потребностями", False),
    ("2.3", "Формирование ценностных ориентаций обучающихся", True),
)


def load(world: World) -> None:
    _goals(world)
    _sets(world)
    told = _conclusions(world)
    _chains(world, told)
    _tracks(world)
    _terms(world)
    _publish(world)


def _goals(world: World) -> None:
    specialist, today = world.people["specialist"], world.timeline.today
    for aim in GOALS:
        goal = directions.set_goal(
            new=directions.NewGoal(
                Direction.objects.get(code=aim.code), Goal.Level.MUNICIPAL, aim.title, aim.rationale,
                indicator=Indicator.objects.filter(code=aim.indicator).first() if aim.indicator else None,
            ),
            by=specialist,
        )  # fmt: skip
        Goal.objects.filter(pk=goal.pk).update(created_at=dating.at(today - timedelta(days=aim.days), 11))
    own = directions.set_goal(
        new=directions.NewGoal(
            Direction.objects.get(code="ОБ"), Goal.Level.ORGANIZATION, "Проверять работы в парах из разных параллелей",
            "После пояснений к признакам прошлого года.", organization=world.organizations[HOME_SCHOOL],
        ),
        by=director_of(world, HOME_SCHOOL),
    )  # fmt: skip
    Goal.objects.filter(pk=own.pk).update(created_at=dating.at(today - timedelta(days=60), 12))


def _sets(world: World) -> None:
    for code, days in SETS:
        found = Direction.objects.get(code=code)
        if ApprovedSet.objects.filter(direction=found).exists():
            continue
        on = world.timeline.today - timedelta(days=days)
        act = f"Приказ управления образования от {on:%d.%m.%Y} № {days}-од"
        sets.approve_set(direction=found, act=act, approved_on=on, by=world.people["specialist"])


def _conclusions(world: World) -> list[Conclusion]:
    """On figures of the year in work; nothing where a figure is not there."""
    made = []
    for at, (_, code, kind, text) in enumerate(WORDS):
        indicator = Indicator.objects.filter(code=code).first()
        for span in reversed(world.timeline.school_years):
            target = Target(Period.objects.named(span), None, indicator=indicator)
            if indicator and figure_of(target):
                new = conclusions.NewConclusion(kind, text, in_report=True)
                row = conclusions.conclude(target=target, new=new, by=world.people["specialist"])
                day = dating.at(world.timeline.today - timedelta(days=28 - at), 12)
                Conclusion.objects.filter(pk=row.pk).update(created_at=day)
                made.append(row)
                break
    return made


def _chains(world: World, told: list[Conclusion]) -> None:
    """The school of olympiads rests on the goal and the conclusion; other measures stand alone, to be seen."""
    specialist = world.people["specialist"]
    measure = Measure.objects.filter(direction__code="1.3").order_by("pk").first()
    goal = Goal.objects.filter(direction__code="1.3", level=Goal.Level.MUNICIPAL).first()
    if measure and goal:
        rest_on(subject=measure, basis=goal, by=specialist)
        if told:
            rest_on(subject=measure, basis=told[0], by=specialist)
    works = Recommendation.objects.filter(title__contains="математике").order_by("-issued_at").first()
    about = Conclusion.objects.filter(procedure__isnull=False, organization__isnull=True).order_by("pk").first()
    if works and about:
        rest_on(subject=works, basis=about, by=specialist)
        day = works.issued_at - timedelta(days=4)
        Conclusion.objects.filter(pk=about.pk).update(created_at=day)


def _tracks(world: World) -> None:
    for code, title, is_full in TRACKS:
        found = Direction.objects.get(code=code)
        track = services.set_track(new=services.NewTrack(found, title, is_full), by=world.people["specialist"])
        keys = [key_of(one) for one in Measure.objects.filter(direction=found)[:2]]
        services.put_into_track(track=track, keys=keys, by=world.people["specialist"])
        Track.objects.filter(pk=track.pk).update(created_at=dating.at(world.timeline.today - timedelta(days=50), 10))


def _terms(world: World) -> None:
    new = services.NewTerm(
        PositionTerm.Scope.OFFICE, Direction.objects.get(code="1.2"), 5, 12, 1, "специалист по работе со школами",
        world.people["specialist"],
    )  # fmt: skip
    services.set_term(new=new, by=world.people["head"])


def _publish(world: World) -> None:
    """The open page of the year in work, as it stood a week ago."""
    span = periods.school_year_of(world.timeline.today)
    cycle = cycle_of(user=Office(), span=span, today=world.timeline.today)
    document = publishing.document_of(cycle)
    made = publishing.publish(cycle=cycle, digest=digest_of(document), by=world.people["head"])
    moment = dating.at(world.timeline.today - timedelta(days=7), 16)
    type(made).objects.filter(pk=made.pk).update(published_at=moment)
    Event.objects.filter(subject=made._meta.label, subject_id=str(made.pk)).update(at=moment)
