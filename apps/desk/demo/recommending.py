"""What goes beyond single recommendations: own templates, an association's, one for many with own figures, drafts,
two cases of help."""

from datetime import timedelta

from apps.analysis.models import Conclusion, Sign, SignList
from apps.core.models import Period
from apps.desk.demo import dating
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Organization
from apps.procedures.people.models import Association
from apps.roadmaps import services as roadmaps
from apps.roadmaps.bulk import choosing
from apps.roadmaps.bulk.services import issue_to_many
from apps.roadmaps.bulk.views import BASIS
from apps.roadmaps.drafts import preparing, templates
from apps.roadmaps.models import Recommendation, RecommendationAddressee, SupportCase
from apps.roadmaps.support import services as support
from apps.roadmaps.texts.figures import Source

TALENTS = "plan_3.2.3%"
OWN = (
    (
        "1.3",
        "Участие школьников в олимпиадах и конкурсах",
        "{организация}: показатель «{показатель}» — {значение}, в среднем по муниципалитету "
        "{среднее по муниципалитету}. Составьте до {срок} план участия: какие олимпиады и конкурсы, кто готовит, какую "
        "помощь даст учреждение дополнительного образования.",
    ),
    (
        "2.2",
        "Повышение квалификации педагогов",
        "{организация}: {показатель} — {значение} за {период}. Похожие организации ({кластер}) в среднем — "
        "{среднее по кластеру}. Направьте на курсы тех, кто давно их не проходил, и сообщите план до {срок}.",
    ),
)
FOR_ASSOCIATION = (
    "Разберите на заседании геометрические задания 8 класса, которые выполнены хуже всего, и подготовьте для школ "
    "общий сборник заданий и порядок повторения. Сообщите, сколько учителей участвовало."
)
CASES = (
    (
        HOME_SCHOOL, "учителя русского языка 5–7 классов",
        "Обращение директора: в двух параллелях третий год слабее всего выполняются задания на работу с текстом.",
        "Помощь учителям русского языка", "Занятия муниципальной школы молодого педагога, взаимное посещение уроков.",
        "Методист по русскому языку", "2.2",
        (("Встреча с учителями и выбор тем", -20, "Выбраны четыре темы, составлен график."),
         ("Открытый урок учителя гимназии", -6, "Были 7 учителей."), ("Разбор промежуточной работы", 18, "")),
    ),
    (
        "school-17", "", "Решение совещания директоров: школа просит помочь с внутренней оценкой.",
        "Помощь с положением о ВСОКО", "Совместная доработка положения и плана внутреннего контроля.",
        "Главный специалист отдела оценки качества", "1.1",
        (("Проверка действующего положения", -70, "Замечания переданы школе."),
         ("Согласование новой редакции", -35, "Положение утверждено приказом школы.")),
    ),
)  # fmt: skip
CLOSING = "Положение и план внутреннего контроля обновлены, школа работает по ним с начала четверти."


def load(world: World) -> None:
    _templates(world)
    _association(world)
    _many(world)
    _drafts(world)
    for place, case in enumerate(CASES):
        _case(world, *case, is_closed=place == 1)


def _direction(code: str) -> Direction:
    return Direction.objects.get(code=code)


def _templates(world: World) -> None:
    for code, title, text in OWN:
        words = templates.TemplateWords(title, text, 45, _direction(code))
        templates.save_template(words=words, by=world.people["head"])


def _association(world: World) -> None:
    """The association reads a conclusion about the municipality and answers for it."""
    today, specialist = world.timeline.today, world.people["specialist"]
    conclusion = Conclusion.objects.filter(organization=None, procedure__subject__name="Математика").first()
    association = Association.objects.filter(leader=world.people["association_leader"]).first()
    if conclusion is None or association is None:
        return
    new = roadmaps.NewRecommendation(
        period=conclusion.period,
        title="Геометрические задания 8 класса",
        text=FOR_ASSOCIATION,
        due_on=today + timedelta(days=28),
        basis_text=f"{conclusion.about}: {conclusion.figure}. {conclusion.text}",
        direction=_direction("1.1"),
        bases=(conclusion,),
    )
    made = roadmaps.issue_recommendation(new=new, associations=[association], by=specialist)
    roadmaps.confirm_receipt(addressee=made.addressees.get(), by=world.people["association_leader"])
    _move(made, world, days=7)


def _many(world: World) -> None:
    """Everybody whose figure is weak, each with its own figure; some have answered."""
    today, specialist = world.timeline.today, world.people["specialist"]
    indicator = Indicator.objects.filter(code=TALENTS).first()
    period = choosing.newest_period(indicator) if indicator else None
    if indicator is None or period is None:
        return
    choice = choosing.Choice(indicator=indicator, period=period, only_weak=True)
    _, organizations = choosing.choose(choice, specialist)
    if not organizations:
        return
    _, title, text = OWN[0]
    new = roadmaps.NewRecommendation(
        period=period,
        title=title,
        text=text,
        due_on=today + timedelta(days=40),
        basis_text=BASIS,
        direction=_direction("1.3"),
    )
    made = issue_to_many(new=new, organizations=organizations, source=Source(period, indicator), by=specialist)
    for place, row in enumerate(made.addressees.select_related("organization")):
        assert row.organization is not None  # many are organisations
        director = director_of(world, row.organization.code)
        if place % 3:
            roadmaps.confirm_receipt(addressee=row, by=director)
        if place % 3 == 2:
            roadmaps.report(addressee=row, text="План составлен, две команды готовит центр творчества.", by=director)
    _move(made, world, days=5)


def _move(made: Recommendation, world: World, *, days: int) -> None:
    """To the day on which it was sent."""
    moment = dating.at(world.timeline.today - timedelta(days=days), 12)
    Recommendation.objects.filter(pk=made.pk).update(issued_at=moment)
    dating.date_events(made, {"roadmaps.issued": moment})
    later = moment + timedelta(days=1)
    RecommendationAddressee.objects.filter(recommendation=made, received_at__isnull=False).update(received_at=later)
    RecommendationAddressee.objects.filter(recommendation=made, reported_at__isnull=False).update(reported_at=later)


def _drafts(world: World) -> None:
    """A few of each sort wait to be read."""
    specialist = world.people["specialist"]
    newest = SignList.objects.filter(state=SignList.State.DRAFT).order_by("-period__starts_on").first()
    if newest and newest.signs.filter(decision=Sign.Decision.CONFIRMED).exists():
        preparing.prepare_drafts(sign_list=newest, by=specialist)
    indicator = Indicator.objects.filter(code="plan_8.1.2%").first()
    period = Period.objects.filter(code=world.timeline.school_years[2].code).first()
    if indicator and period:
        preparing.prepare_from_indicators(period=period, indicator=indicator, by=specialist)


def _case(  # noqa: PLR0917 - a row of a table
    world: World, code: str, teachers: str, reason: str, title: str, plan: str, responsible: str, direction: str,
    steps: tuple[tuple[str, int, str], ...], *, is_closed: bool,
) -> SupportCase:  # fmt: skip
    today, by = world.timeline.today, world.people["methodologist"]
    place: Organization = world.organizations[code]
    days = [today + timedelta(days=offset) for _, offset, _ in steps]
    new = support.NewSupport(
        title=title,
        plan=plan,
        responsible=responsible,
        starts_on=min(days) - timedelta(days=5),
        due_on=max(days) + timedelta(days=10),
        reason=reason,
        teachers=teachers,
        direction=_direction(direction),
        steps=[support.NewStep(step, day, responsible) for (step, _, _), day in zip(steps, days, strict=True)],
    )
    made = support.plan_support(organization=place, new=new, by=by)
    for step, (_, _, result) in zip(made.steps.all(), steps, strict=True):
        if result:
            support.finish_step(step=step, on=step.due_on, result=result, by=by)
    if is_closed:
        support.finish_support(case=made, on=max(days) + timedelta(days=3), result=CLOSING, by=by)
    moment = dating.at(new.starts_on, 10)
    SupportCase.objects.filter(pk=made.pk).update(created_at=moment)
    dating.date_events(made, {"roadmaps.support_planned": moment})
    return made
