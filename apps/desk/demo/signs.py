"""Yearly lists of schools with signs: last year's approved by an order, this year's in work with an answer."""

from datetime import date, timedelta

from apps.analysis.models import Sign, SignAnswer, SignList
from apps.analysis.signs import services
from apps.core.models import Event, Job, Period
from apps.desk.demo import dating
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World

SEEN = "Проверено по протоколам и беседе с администрацией школы: результаты устойчиво низкие, нужна помощь."
MISTAKEN = "Состав класса за год сменился наполовину: сравнение с прошлым годом не показательно."
ANSWER = (
    "В параллели сменились два учителя математики, с сентября открыта вакансия. Составлен график занятий с теми, кто "
    "получил «2»; с ноября помогает учитель соседней школы."
)
REJECTED = {"unstable"}  # this year, of one school
ORDER_DAYS_AGO = 140


def load(world: World) -> None:
    last, now = world.timeline.school_years[1], world.timeline.school_years[2]
    _approved(world, Period.objects.named(last))
    _in_work(world, Period.objects.named(now))


def _counted(world: World, period: Period, on: date) -> SignList:
    """Counted here, not by a worker, and moved to its day."""
    specialist = world.people["specialist"]
    row = services.begin_list(period=period, by=specialist)
    job, moment = row.job_id, dating.at(on, 10)
    services.count_list(sign_list=row)
    SignList.objects.filter(pk=row.pk).update(job=None, created_at=moment, counted_at=moment)
    Job.objects.filter(pk=job).delete()
    Event.objects.filter(subject=row._meta.label, subject_id=str(row.pk)).update(at=moment)
    return SignList.objects.select_related("period").get(pk=row.pk)


def _waiting(row: SignList, *codes: str) -> list[int]:
    found = row.signs.filter(decision=Sign.Decision.WAITING)
    return list((found.filter(code__in=codes) if codes else found).values_list("pk", flat=True))


def _approved(world: World, period: Period) -> None:
    today, specialist = world.timeline.today, world.people["specialist"]
    row = _counted(world, period, today - timedelta(days=ORDER_DAYS_AGO + 25))
    given = {"sign_list": row, "by": specialist}
    if signs := _waiting(row):
        services.decide_many(signs=signs, decision="confirmed", reason=SEEN, **given)
    ordered_on = today - timedelta(days=ORDER_DAYS_AGO)
    services.approve_list(number=f"{ordered_on.month}1-од", on=ordered_on, **given)
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
    rejected = list(others.filter(code__in=REJECTED).order_by("organization__number").values_list("pk", flat=True)[:1])
    given = {"sign_list": row, "by": specialist}
    if confirmed:
        services.decide_many(signs=confirmed, decision="confirmed", reason=SEEN, **given)
    if rejected:
        services.decide_many(signs=rejected, decision="rejected", reason=MISTAKEN, **given)
