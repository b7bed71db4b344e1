"""Yearly lists of signs (last year's approved, this year's in work with an answer), conclusions, a support action."""

from datetime import date, timedelta

from apps.analysis.interpretation import services as conclusions
from apps.analysis.interpretation.figures import Target
from apps.analysis.models import Conclusion, Sign, SignAnswer, SignList
from apps.analysis.signs import services
from apps.core.models import Event, Job, Period
from apps.desk.demo import dating, responses
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.organizations.models import Organization
from apps.procedures.models import Procedure
from apps.roadmaps.support import services as support
from apps.roadmaps.support.models import SupportCase

SEEN = "Проверено по протоколам и беседе с администрацией школы: результаты устойчиво низкие, нужна помощь."
MISTAKEN = "Состав класса за год сменился наполовину: сравнение с прошлым годом не показательно."
ANSWER = (
    "В параллели сменились два учителя математики, с сентября открыта вакансия. Составлен график занятий с теми, кто "
    "получил «2»; с ноября помогает учитель соседней школы."
)
RISE = "Размах дал рост, а не спад: он объяснён школой и подтверждён перепроверкой работ соседней школой."
REJECTED = {"unstable"}  # this year, of one school
ORDER_DAYS_AGO = 140
SUPPORTED = "school-12"
WORDS = (
    # year back, school or "" for the municipality, subject, grade, kind, text, into the report
    (
        1,
        SUPPORTED,
        "Математика",
        6,
        "risk",
        "Ученики не справляются с задачами на дроби и проценты: без помощи отставание перейдёт в 7 класс.",
        False,
    ),
    (
        0,
        "",
        "Математика",
        8,
        "conclusion",
        "Хуже всего выполнены геометрические задания: темы изучены к весне не во всех школах.",
        True,
    ),
    (
        0,
        "",
        "Русский язык",
        5,
        "factor",
        "Переход к новому учителю в 5 классе: снижение против 4 класса видно почти во всех школах.",
        True,
    ),
    (
        0,
        HOME_SCHOOL,
        "Русский язык",
        6,
        "risk",
        "Больше половины участников не выделяют главную мысль текста; нужна работа с чтением на всех предметах.",
        False,
    ),
    (
        0,
        "school-02",
        "Математика",
        5,
        "strength",
        "Задания повышенного уровня выполнены заметно лучше, чем в округе: опыт кружка стоит показать другим.",
        False,
    ),
)
PLAN = (
    "Три выездных семинара для учителей математики с разбором работ, открытые уроки учителя лицея, еженедельные "
    "занятия с учениками, получившими «2». Промежуточная работа в феврале."
)
DONE = "Семинары проведены, учителя дали по два открытых урока; занятия посещали 14 учеников."


def load(world: World) -> None:
    last, now = world.timeline.school_years[1], world.timeline.school_years[2]
    _approved(world, Period.objects.named(last))
    _in_work(world, Period.objects.named(now))
    told = [_told(world, *row) for row in WORDS]
    first = next((one for one in told if one and one.organization and one.organization.code == SUPPORTED), None)
    if first and first.organization:
        _supported(world, first, first.organization)


def _counted(world: World, period: Period, on: date) -> SignList:
    """Counted here, not by a worker, and moved to its day."""
    specialist = world.people["specialist"]
    row = services.begin_list(period=period, by=specialist)
    job, moment = row.job_id, dating.at(on, 10)
    services.count_list(sign_list=row)
    SignList.objects.filter(pk=row.pk).update(job=None, created_at=moment, counted_at=moment)
    Job.objects.filter(pk__in=[job]).delete()
    Event.objects.filter(subject=row._meta.label, subject_id=str(row.pk)).update(at=moment)
    return SignList.objects.select_related("period").get(pk=row.pk)


def _waiting(row: SignList, *codes: str) -> list[int]:
    found = row.signs.filter(decision=Sign.Decision.WAITING)
    return list((found.filter(code__in=codes) if codes else found).values_list("pk", flat=True))


def _approved(world: World, period: Period) -> None:
    today, specialist = world.timeline.today, world.people["specialist"]
    row = _counted(world, period, today - timedelta(days=ORDER_DAYS_AGO + 25))
    if signs := _waiting(row):
        services.decide_many(signs=signs, decision="confirmed", reason=SEEN, sign_list=row, by=specialist)
    ordered_on = today - timedelta(days=ORDER_DAYS_AGO)
    services.approve_list(sign_list=row, number=f"{ordered_on.month}1-од", on=ordered_on, by=specialist)
    _date(row, ordered_on)


def _date(row: SignList, day: date) -> None:
    moment = dating.at(day, 15)
    SignList.objects.filter(pk=row.pk).update(approved_at=moment)
    row.signs.filter(decided_at__isnull=False).update(decided_at=moment - timedelta(days=6))
    for kind in ("analysis.list_decided", "analysis.list_approved"):
        Event.objects.filter(subject=row._meta.label, subject_id=str(row.pk), kind=kind).update(at=moment)


def _in_work(world: World, period: Period) -> None:
    """Shown to schools; one answered, some signs are decided, the others wait."""
    today, specialist = world.timeline.today, world.people["specialist"]
    row = _counted(world, period, today - timedelta(days=12))
    row = services.show_to_schools(sign_list=row, by=specialist)
    SignList.objects.filter(pk=row.pk).update(shown_at=dating.at(today - timedelta(days=11), 9))
    own = row.signs.filter(organization=world.organizations[HOME_SCHOOL], code="failing_share", result="marked").first()
    if own:
        services.answer(sign=own, text=ANSWER, by=director_of(world, HOME_SCHOOL))
        SignAnswer.objects.filter(sign=own).update(created_at=dating.at(today - timedelta(days=4), 14))
    others = row.signs.filter(decision=Sign.Decision.WAITING).exclude(organization__code=HOME_SCHOOL)
    confirmed = list(others.filter(code="failing_share").values_list("pk", flat=True))
    unstable = others.filter(code__in=REJECTED).exclude(organization__code=responses.RISEN)
    rejected = list(unstable.order_by("organization__number").values_list("pk", flat=True)[:1])
    if confirmed:
        services.decide_many(signs=confirmed, decision="confirmed", reason=SEEN, sign_list=row, by=specialist)
    risen = others.filter(organization__code=responses.RISEN, code__in=REJECTED)
    if own_rise := list(risen.values_list("pk", flat=True)):
        services.decide_many(signs=own_rise, decision="rejected", reason=RISE, sign_list=row, by=specialist)
    if rejected:
        services.decide_many(signs=rejected, decision="rejected", reason=MISTAKEN, sign_list=row, by=specialist)


def _told(  # noqa: PLR0917 - a row of a table
    world: World, back: int, code: str, subject: str, grade: int, kind: str, text: str, in_report: bool
) -> Conclusion | None:
    """Words on the result of a work; nothing where the work is not there."""
    span = world.timeline.school_years[2 - back]
    work = Procedure.objects.filter(
        kind=Procedure.Kind.VPR, period__code=span.code, subject__name=subject, grade=grade
    ).select_related("period", "subject").first()  # fmt: skip
    if work is None:
        return None
    target = Target(work.period, world.organizations[code] if code else None, procedure=work)
    new = conclusions.NewConclusion(kind, text, in_report)
    made = conclusions.conclude(target=target, new=new, by=world.people["specialist"])
    moment = dating.at(world.timeline.today - timedelta(days=400 if back else 20), 12)
    Conclusion.objects.filter(pk=made.pk).update(created_at=moment)
    dating.date_events(made, {"analysis.concluded": moment})
    return made


def _supported(world: World, conclusion: Conclusion, school: Organization) -> None:
    """A methodologist's help to one school after last year's work; this year shows what came of it."""
    day, by = world.timeline.today - timedelta(days=380), world.people["methodologist"]
    new = support.NewSupport(
        "Сопровождение учителей математики", PLAN, "Методист по математике", day, day + timedelta(days=150)
    )
    made = support.plan_support(conclusion=conclusion, organization=school, new=new, by=by)
    support.finish_support(case=made, on=day + timedelta(days=145), result=DONE, by=by)
    SupportCase.objects.filter(pk=made.pk).update(created_at=dating.at(day, 10))
    moments = {"roadmaps.support_planned": day, "roadmaps.support_done": day + timedelta(days=145)}
    dating.date_events(made, {kind: dating.at(on, 10) for kind, on in moments.items()})
