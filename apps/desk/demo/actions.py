"""Recommendations in all their states: last year's mostly fulfilled, this year's from the signs of problems."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from apps.analysis import selectors as analysis
from apps.analysis.models import SignRule
from apps.core.models import Period
from apps.desk.demo import dating
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL, director_of
from apps.desk.demo.responses import LIFTED
from apps.desk.demo.world import World
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps import prefill
from apps.roadmaps import services as roadmaps
from apps.roadmaps.models import Recommendation, RecommendationAddressee

State = RecommendationAddressee.State
DONE_REPORT = (
    "Проведён анализ по заданиям, для учеников группы риска составлены индивидуальные планы. Дважды в неделю идут "
    "консультации, промежуточные работы показывают рост. Вопрос рассмотрен на педагогическом совете."
)
SHORT_REPORT = "Провели консультации для учеников."
RETURN_REMARK = (
    "Напишите, сколько учеников охвачено и как изменились их результаты. Приложите план занятий или протокол."
)


@dataclass(frozen=True)
class Plan:
    """A recommendation: of which year, when it was sent and is due (days from today), to whom and how far they are."""

    year: int
    issued: int
    due: int
    states: dict[str, State]
    title: str
    text: str
    basis: str = ""
    by_sign: bool = False
    reported_after: int = field(default=20)  # days after it was sent
    direction: str = "1.1"


PLANS = (
    Plan(
        1, -430, -310, {HOME_SCHOOL: State.DONE, "school-12": State.DONE, "school-19": State.DONE},
        prefill.TITLE, prefill.TEXT, by_sign=True, reported_after=90,
    ),
    Plan(
        1, -400, -300, {"school-15": State.DONE, "school-20": State.DONE, "school-21": State.DONE},
        "Повышение квалификации учителей сельских школ",
        "Составьте план повышения квалификации на два года и направьте на курсы учителей, которые не проходили их "
        "больше пяти лет.",
        "По данным самообследования доля прошедших повышение квалификации ниже средней по округу.",
        reported_after=60, direction="2.2",
    ),
    Plan(
        2, -24, 18,
        {HOME_SCHOOL: State.RECEIVED, "school-12": State.REPORTED, "school-19": State.SENT},
        prefill.TITLE, prefill.TEXT, by_sign=True, reported_after=19,
    ),
    Plan(
        2, -40, -4, {LIFTED: State.RECEIVED},
        "Порядок проверки работ ВПР",
        "Проведите перекрёстную проверку работ учителями другой параллели, рассмотрите критерии оценивания на "
        "методическом объединении и сообщите о результатах.",
        "Первичные баллы по русскому языку и математике чаще обычного останавливаются на нижних границах отметок. "
        "Это повод проверить порядок проверки, а не вывод о нарушении.",
        direction="ОБ",
    ),
    Plan(
        2, -33, -9, {"school-11": State.RETURNED, "school-17": State.DONE, "school-05": State.DONE},
        "Работа с результатами ВПР по математике",
        "Рассмотрите на методическом объединении задания с выполнением ниже 50 % и включите их в повторение.",
        "По отдельным заданиям работы 6 класса выполнение ниже среднего по округу.",
        reported_after=17,
    ),
    Plan(
        2, -12, 25, {HOME_KINDERGARTEN: State.SENT, "kindergarten-07": State.SENT, "kindergarten-09": State.RECEIVED},
        "Квалификационные категории педагогов детских садов",
        "Помогите педагогам подготовиться к аттестации и сообщите план на учебный год.",
        "Доля педагогов с категорией по данным самообследования ниже средней по детским садам округа.",
        direction="2.4",
    ),
)  # fmt: skip


def load(world: World) -> None:
    for plan in PLANS:
        _issue(world, plan)


def _issue(world: World, plan: Plan) -> None:
    """Through the services as of today, then moved to its own days."""
    addressees = [world.organizations[code] for code in plan.states]
    basis_text, basis, rule = _basis(world, plan, addressees)
    recommendation = roadmaps.issue_recommendation(
        new=roadmaps.NewRecommendation(
            period=Period.objects.named(world.timeline.school_years[plan.year]),
            title=plan.title,
            text=plan.text,
            due_on=world.timeline.today,
            basis_text=basis_text,
            basis=basis,
            rule=rule,
            direction=Direction.objects.filter(code=plan.direction).first(),
        ),
        addressees=addressees,
        by=world.people["specialist"],
    )
    for row in recommendation.addressees.select_related("organization"):
        assert row.organization
        _go(world, row, plan.states[row.organization.code])
    _date(world, recommendation, plan)


def _basis(
    world: World, plan: Plan, addressees: Iterable[Organization]
) -> tuple[str, list[dict[str, object]], SignRule | None]:
    """The figures of the sign as they stand in the results; other recommendations bring a sentence only."""
    if not plan.by_sign:
        return plan.basis, [], None
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    period = Period.objects.named(world.timeline.school_years[plan.year])
    wanted = {organization.pk for organization in addressees}
    rows = [row for row in analysis.sign_rows(period=period, rule=rule) if row.is_marked]
    rows = [row for row in rows if row.organization.pk in wanted]
    text = (
        f"По итогам ВПР в {period.code} учебном году доля отметок «2» в отдельных классах не ниже "
        f"{rule.threshold.normalize():f} %."
    )
    return text, [row.as_basis() for row in rows], rule


def _go(world: World, row: RecommendationAddressee, state: State) -> None:
    assert row.organization
    director = director_of(world, row.organization.code)
    specialist = world.people["specialist"]
    if state == State.SENT:
        return
    row = roadmaps.confirm_receipt(addressee=row, by=director)
    if state == State.RECEIVED:
        return
    text = SHORT_REPORT if state == State.RETURNED else DONE_REPORT
    row = roadmaps.report(addressee=row, text=text, by=director)
    if state == State.DONE:
        roadmaps.accept_report(addressee=row, by=specialist, text="Спасибо, принято.")
    elif state == State.RETURNED:
        roadmaps.return_report(addressee=row, text=RETURN_REMARK, by=specialist)


def _date(world: World, recommendation: Recommendation, plan: Plan) -> None:
    def day(offset: int) -> date:
        return world.timeline.today + timedelta(days=offset)

    issued = dating.at(day(plan.issued), 11)
    reported = dating.at(day(plan.issued + plan.reported_after), 15)
    moments = {
        "received": dating.at(day(plan.issued + 1), 10),
        "reported": reported,
        "reviewed": reported + timedelta(days=2),
    }
    recommendation.issued_at, recommendation.due_on = issued, day(plan.due)
    recommendation.save(update_fields=["issued_at", "due_on"])
    dating.date_events(recommendation, {"roadmaps.issued": issued})
    for row in recommendation.addressees.all():
        for step, moment in moments.items():
            if getattr(row, f"{step}_at"):
                setattr(row, f"{step}_at", moment)
        row.save()
        decided = {f"roadmaps.{state}": moments["reviewed"] for state in (State.DONE, State.RETURNED)}
        done = {"roadmaps.received": moments["received"], "roadmaps.reported": reported}
        dating.date_events(row, {**done, **decided})
