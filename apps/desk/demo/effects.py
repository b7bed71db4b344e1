"""Effects in all states: one that is visible, one that is not, one of too few schools, one that waits for its figures.

The bootstrap draws few times here; the pages say how many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from apps.core.models import Event, Period
from apps.desk.demo.world import World
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, Subject
from apps.roadmaps.effect import figures, measuring, services
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.models import Expectation, Measurement
from apps.roadmaps.effect.subjects import subject_of
from apps.roadmaps.models import Measure, Recommendation
from apps.roadmaps.plans.services.directions import plan_in_direction, roadmap_for
from apps.roadmaps.plans.services.measures import Plan
from apps.roadmaps.plans.services.progress import finish_measure

DRAWS = 199
RECOMMENDATION = "Работа с результатами ВПР по математике"


@dataclass(frozen=True)
class Done:
    """A measure with what was expected of it: of a calendar year of the demonstration, by an indicator; or, without a
    year, of the school year to come, by the work in mathematics."""

    title: str
    indicator: str  # empty: the share of «4» and «5» in mathematics
    codes: tuple[str, ...]
    year: int | None
    change: str
    rationale: str
    direction: str = "2.2"
    result: str = ""


MEASURES = (
    Done(
        "Подготовка педагогов к аттестации: наставники и пробные открытые уроки",
        "so_oo.1.29%",
        tuple(f"school-{n}" for n in ("02", "07", "09", "11", "12", "13", "15", "18", "21")),
        1,
        "6",
        "Из трёх педагогов, прошедших подготовку с наставником, двое получают категорию в том же году.",
        result="Подготовку прошли 64 педагога девяти школ, на категорию аттестован 41.",
    ),
    Done(
        "Выездные курсы повышения квалификации в школах",
        "so_oo.1.33%",
        tuple(f"school-{n}" for n in ("02", "04", "07", "09", "12", "14", "19", "21", "24")),
        1,
        "4",
        "Курсы идут в самой школе: ехать в областной центр не нужно.",
        result="Курсы проведены в девяти школах, обучены 118 педагогов.",
    ),
    Done(
        "Методическая помощь по математике: занятия с учителями 8 классов",
        "",
        tuple(f"school-{n}" for n in ("03", "06", "07", "08", "13", "14", "15", "17")),
        None,
        "10",
        "Учителя вместе разбирают задания, с которыми ученики не справились, и готовят уроки повторения.",
        direction="1.2",
    ),
)


def load(world: World) -> None:
    for plan in MEASURES:
        _measure(world, plan)
    _of_few(world)


def _measure(world: World, plan: Done) -> None:
    """The measure with its expectation; of a past year done and measured."""
    by, starts_on, due_on = world.people["specialist"], *_days(world, plan)
    schools = [world.organizations[code] for code in plan.codes if code in world.organizations]
    direction = Direction.objects.get(code=plan.direction)
    roadmap_for(direction=direction, due_on=starts_on, by=by)  # the running list begins before the measure does
    measure = plan_in_direction(
        direction=direction,
        plan=Plan(
            plan.title, due_on, starts_on=starts_on, responsible="Методический отдел управления", organizations=schools
        ),
        by=by,
    )
    figure = _mathematics(8)
    if plan.indicator:
        figure = figures.of_indicator(Indicator.objects.get(code=plan.indicator)) or figure
    made = _expect(world, measure, figure, schools, starts_on=starts_on, change=plan.change, rationale=plan.rationale)
    if plan.result:
        finish_measure(measure=measure, on=due_on, result=plan.result, by=by)
        _count(world, made)


def _days(world: World, plan: Done) -> tuple[date, date]:
    """From when and until when the measure lasts."""
    if plan.year is None:
        start = world.timeline.school_years[2].ends_on + timedelta(days=45)
        return start, start + timedelta(days=240)
    year = world.timeline.calendar_years[plan.year].starts_on.year
    return date(year, 2, 1), date(year, 11, 30)


def _mathematics(grade: int) -> Figure:
    return figures.of_work(Procedure.Kind.VPR, Subject.objects.get(name="Математика"), grade, "quality")


def _of_few(world: World) -> None:
    """Three schools were addressed: the figures are shown, no effect is named."""
    found = Recommendation.objects.filter(title=RECOMMENDATION).first()
    if found is None:
        return
    figure = _mathematics(6)
    addressees = found.addressees.select_related("organization")
    schools = [row.organization for row in addressees if row.organization]
    starts_on = world.timeline.school_years[2].starts_on + timedelta(days=45)
    rationale = "Задания с низким выполнением включены в повторение."
    made = _expect(world, found, figure, schools, starts_on=starts_on, change="8", rationale=rationale)
    _count(world, made)


def _expect(
    world: World, subject: Measure | Recommendation, figure: Figure, organizations: Sequence[Organization],
    *, starts_on: date, change: str, rationale: str,
) -> Expectation:  # fmt: skip
    """Written down and approved two weeks before the measure starts."""
    new = services.NewExpectation(subject_of(subject), figure, organizations, starts_on, Decimal(change), rationale)
    draft = services.expect(new=new, by=world.people["specialist"])
    made = services.approve(expectation=draft, by=world.people["head"])
    _date(made, starts_on - timedelta(days=14))
    return made


def _date(made: Expectation, day: date) -> None:
    at = timezone.make_aware(datetime.combine(day, time(11)))
    Expectation.objects.filter(pk=made.pk).update(created_at=at, approved_at=at + timedelta(days=1))
    of = Event.objects.filter(subject=made._meta.label, subject_id=str(made.pk))
    of.exclude(kind="roadmaps.effect_approved").update(at=at)
    of.filter(kind="roadmaps.effect_approved").update(at=at + timedelta(days=1))


def _count(world: World, made: Expectation) -> None:
    row = Measurement.objects.create(expectation=made, number=1)
    measuring.measure(measurement=row, draws=DRAWS)
    after = Period.objects.get(pk=made.follow_up_id).ends_on + timedelta(days=120)
    at = timezone.make_aware(datetime.combine(min(after, world.timeline.today - timedelta(days=3)), time(3, 20)))
    Measurement.objects.filter(pk=row.pk).update(started_at=at, measured_at=at)
    Event.objects.filter(kind="roadmaps.effect_measured", subject_id=str(made.pk)).update(at=at)
