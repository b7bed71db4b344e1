"""Orders of the office with their items as such orders have them, and how far their execution is.

Two real orders served as patterns: texts, numbers (a repeated 1.2 too), terms, executors and control stand as there;
persons, organisations and the year are the demonstration's. The year is the latest one whose day has come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.analysis.models import Conclusion
from apps.core.models import Event
from apps.core.notices.models import Notice
from apps.desk.demo import dating, library
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import Direction
from apps.organizations.models import Group, Kind
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.models import Assignment, AssignmentProof, Decision, DecisionItem
from apps.roadmaps.decisions.services import NewDecision, NewItem, create_decision, sign_decision
from apps.roadmaps.decisions.services.annexes import add_annex, publish_annex
from apps.roadmaps.decisions.services.approving import send_to_approval
from apps.roadmaps.decisions.services.registering import add_items
from apps.roadmaps.decisions.services.terms import extend_item
from apps.roadmaps.models import Recommendation

State, Proof, ItemKind = Assignment.State, DecisionItem.Proof, DecisionItem.Kind
PLACE = "г. Зареченск"
SEMINAR = "Внутренняя система оценки качества образования в общеобразовательной организации"
OUTSIDE = "решение по итогам заседания коллегии департамента образования области"
NO_ANALYSIS = "по плану работы управления"


@dataclass(frozen=True)
class Cast:
    """Who signs, prepares, controls."""

    head: User
    specialist: User
    deputy: User

    @property
    def signer(self) -> str:
        return f"{self.head.get_short_name()}, начальник управления образования"


def load(world: World) -> None:
    people = world.people
    cast = Cast(people["head"], people["specialist"], people["deputy"])
    _concept(world, cast)
    event = _event_order(world, cast)
    _result_order(world, cast, event)
    _after_analysis(world, cast)
    _to_a_cluster(world, cast)
    _of_school(world)
    _in_preparation(world, cast)
    _calm(world)


def _latest(world: World, month: int, day: int) -> date:
    """The latest such day that has come."""
    this_year = date(world.timeline.today.year, month, day)
    return this_year if this_year <= world.timeline.today else this_year.replace(year=this_year.year - 1)


def _signed(made: Decision, number: str, on: date, by: User) -> Decision:
    decision = sign_decision(decision=made, number=number, signed_on=on, by=by)
    morning = dating.at(on, 9, 30)
    Decision.objects.filter(pk=decision.pk).update(created_at=morning - timedelta(days=2), signed_at=morning)
    Event.objects.filter(subject=Decision._meta.label, subject_id=str(made.pk)).update(at=morning - timedelta(days=2))
    dating.date_events(decision, {"roadmaps.decision_signed": morning})
    return decision


def _report(lines: Sequence[Assignment], on: date, text: str, *, reviewed: bool = True) -> None:
    """Lines whose executors have reported on a day, and most of them were accepted."""
    held = Membership.objects.filter(role=Role.DIRECTOR, organization__in=[line.organization_id for line in lines])
    by = {each.organization_id: each.user for each in held.select_related("user")}
    for number, line in enumerate(lines):
        day = on - timedelta(days=number % 5)
        line.state, line.report_text, line.closed_on = State.DONE if reviewed else State.REPORTED, text, day
        line.received_at, line.reported_at = dating.at(day, 9), dating.at(day, 15, number % 60)
        line.received_by = line.reported_by = (
            line.person or by.get(line.organization_id or 0) or line.item.decision.author
        )
        if reviewed:
            line.reviewed_at, line.reviewed_by = dating.at(day, 17), line.item.decision.controller
    fields = ["state", "report_text", "closed_on", "received_at", "received_by", "reported_at", "reported_by",
              "reviewed_at", "reviewed_by"]  # fmt: skip
    Assignment.objects.bulk_update(lines, fields)
    Event.objects.bulk_create(event for line in lines for event in _events(line))


def _events(line: Assignment) -> list[Event]:
    """The history that the services would have written."""
    assert line.reported_at is not None
    said = [("reported", line.reported_by, line.reported_at, "Направлен отчёт.")]
    if line.reviewed_at:
        said.append(("done", line.reviewed_by, line.reviewed_at, "Отчёт принят, пункт исполнен."))
    return [
        Event(kind=f"roadmaps.assignment_{kind}", subject=Assignment._meta.label, subject_id=str(line.pk), actor=by,
              at=at, text=text)
        for kind, by, at, text in said
    ]  # fmt: skip


def _lines(decision: Decision) -> dict[int, list[Assignment]]:
    """By the place of their item."""
    found: dict[int, list[Assignment]] = {}
    lines = Assignment.objects.filter(item__decision=decision).with_details()
    for line in lines.order_by("item__position", "organization__number", "pk"):
        found.setdefault(line.item.position, []).append(line)
    return found


def _concept(world: World, cast: Cast) -> None:
    """The order that approves the Concept and has it published by the twentieth, under the head's own control."""
    on = _latest(world, 12, 15)
    title = "Об утверждении Концепции муниципальной системы оценки качества образования"
    made = create_decision(
        new=NewDecision(
            title=title, signer=cast.signer, place=PLACE, reason_without_analysis=NO_ANALYSIS,
            preamble="В целях повышения качества образования и совершенствования системы управления качеством "
            "образования в образовательных организациях",
            control_text="3. Контроль за исполнением настоящего приказа оставляю за собой.",
        ),
        by=cast.specialist,
    )  # fmt: skip
    name = library.CONCEPT_TITLE
    annex = add_annex(decision=made, title=name, version=library.concept_version(), by=cast.specialist)
    publish = NewItem(
        number="2.", due_on=on.replace(day=20), person=cast.specialist, proof=Proof.PUBLICATION, publishes=annex,
        text=f"Разместить данный документ на официальном сайте управления образования в срок до 20.12.{on.year} года.",
    )  # fmt: skip
    approve = NewItem(number="1.", text=f"Утвердить Концепцию муниципальной системы оценки качества образования "
                      f"{PLACE} (приложение).", kind=ItemKind.OBLIGE)  # fmt: skip
    add_items(decision=made, items=[approve, publish], by=cast.specialist)
    decision = _signed(made, "283", on, cast.specialist)
    library.date_concept(on)
    publish_annex(annex=annex, by=cast.specialist)
    day = on + timedelta(days=3)
    decision.annexes.update(published_at=dating.at(day, 11))
    lines = _lines(decision)
    _report(lines[1], on, "Концепция утверждена этим приказом.")
    for line in lines[2]:
        line.closed_on, line.report_text = day, f"Опубликовано {day:%d.%m.%Y}: {name}"
        line.reported_at = line.reviewed_at = dating.at(day, 11)
        line.save()


def _event_order(world: World, cast: Cast) -> Decision:
    on = _latest(world, 3, 24).replace(day=16)
    school = world.organizations["school-14"]
    text = f"Провести 22 марта {on.year} года на базе {school} методический семинар по теме «{SEMINAR}»."
    items = [NewItem(number="1.", text=text, due_on=on.replace(day=22), organizations=[school])]
    made = create_decision(
        new=NewDecision(
            title=f"О проведении методического семинара «{SEMINAR}»", signer=cast.signer, place=PLACE,
            reason_without_analysis=NO_ANALYSIS, controller=cast.deputy, items=items,
        ),
        by=cast.specialist,
    )  # fmt: skip
    decision = _signed(made, "335", on, cast.specialist)
    _report(_lines(decision)[1], on.replace(day=22), "Семинар проведён, материалы переданы участникам.")
    return decision


def _result_items(world: World, year: int) -> list[NewItem]:
    """Items of order № 390 in their order and with their numbers."""
    director = director_of(world, "additional-01")
    place = world.organizations["additional-01"]
    return [
        NewItem(number="1.", text="Руководителям образовательных организаций городского округа:", is_heading=True,
                kinds=[Kind.SCHOOL]),
        NewItem(number="1.1.", text="Обеспечить контроль вопросов построения и функционирования ВСОКО в "
                "образовательной организации."),
        NewItem(number="1.2.", text="Довести до сведения педагогов материалы методического семинара «Обеспечение "
                "объективности образовательных результатов в рамках конкретной оценочной процедуры в образовательных "
                "организациях».", proof=Proof.ACQUAINTANCE, outside_title=OUTSIDE, outside_item="3.2"),
        NewItem(number="1.2.", text="Принять к сведению представленную на семинаре информацию, использовать данные "
                "подходы в практике работы школы.", kind=ItemKind.NOTE),
        NewItem(number="1.3.", text="Определить перечень актуальных вопросов по всем процедурам ВСОКО в соответствии с "
                "требованиями законодательства об образовании, специфики образовательной организации, особенностей ее "
                "развития, актуальных векторов развития современной системы российского образования."),
        NewItem(number="1.4.", text="Создать рабочую группу для разработки и внедрения внутренней системы оценки "
                "качества образовательной деятельности в образовательной организации в срок до 28 марта "
                f"{year} года.", due_on=date(year, 3, 28)),
        NewItem(number="1.5.", text="Рабочей группе изучить нормативное и методическое сопровождение ВСОКО, провести "
                "анализ деятельности образовательной организации по оценке качества образования в срок до 01 апреля "
                f"{year} года.", due_on=date(year, 4, 1), executor="рабочая группа"),
        NewItem(number="1.6.", text="Разработать и утвердить нормативные локальные акты по организации и "
                "функционированию ВСОКО, регламентирующие проведение процедур ВСОКО (циклограмма ВСОКО, выбор "
                "показателей, методов сбора и обработки информации и др.)."),
        NewItem(number="1.7.", text="Разработать и утвердить план-график реализации ВСОКО в образовательной "
                f"организации на {year}-{year + 1} учебный год в срок до 1 сентября {year} года; ежегодно инициировать "
                "разработку плана с учетом анализа результатов оценки качества образования в образовательной "
                "организации.", due_on=date(year, 9, 1), term_text="план — ежегодно"),
        NewItem(number="2.", text=f"Директору {place} ({director.get_short_name()}):", is_heading=True,
                person=director),
        NewItem(number="2.1.", text="Распространить представленный опыт работы среди педагогов образовательных "
                f"организаций и разместить материалы семинара на сайте в срок до 01 апреля {year} года.",
                due_on=date(year, 4, 1)),
        NewItem(number="2.2.", text="Организовывать адресное повышение квалификации педагогов на основе диагностики "
                "(анализа) их профессиональных дефицитов, осуществлять мониторинг (контроль) устранения выявленных "
                "профессиональных дефицитов.", term_text="постоянно"),
    ]  # fmt: skip


def _result_order(world: World, cast: Cast, event: Decision) -> None:
    on = _latest(world, 3, 24)
    school = world.organizations["school-14"]
    made = create_decision(
        new=NewDecision(
            title="Об итогах проведения методического семинара «Внутренняя система оценки качества образования в "
            "образовательной организации»",
            preamble=f"В соответствии с приказом управления образования от 16 марта {on.year} года № 335, с целью "
            "совершенствования механизмов управления качеством образования на уровне общеобразовательной организации, "
            f"22 марта {on.year} года на базе {school} состоялся методический семинар по теме «{SEMINAR}».\n"
            "Материалы семинара и методические рекомендации областного института развития образования (письмо от "
            f"28.02.{on.year} № 374 «Об исполнении пункта 3.2 решения по итогам заседания коллегии») направлены в "
            "образовательные организации для принятия решений, построения и совершенствования ВСОКО.\n"
            "На основании вышеизложенного",
            signer=cast.signer, place=PLACE, follows=event, controller=cast.deputy, items=_result_items(world, on.year),
            reason_without_analysis="по итогам методического семинара",
            control_text="3. Контроль за исполнением приказа возложить на заместителя начальника управления "
            f"образования ({cast.deputy.get_short_name()}).",
        ),
        by=cast.specialist,
    )  # fmt: skip
    decision = _signed(made, "390", on, cast.specialist)
    lines = _lines(decision)
    _acquaint(lines[3], on + timedelta(days=9))
    _report(lines[4], on + timedelta(days=3), "Принято к сведению.")
    _report(lines[6][:-2], date(on.year, 3, 30), "Рабочая группа создана приказом по школе.")
    _report(lines[7][:-4], date(on.year, 4, 1), "Анализ проведён, обсуждён на совещании при директоре.")
    _report(lines[7][-4:-3], date(on.year, 4, 1), "Анализ проведён.", reviewed=False)
    _report(lines[9][:18], date(on.year, 8, 31), "План-график ВСОКО утверждён и размещён на сайте.")
    _report(lines[9][18:20], date(on.year, 9, 4), "План-график утверждён.", reviewed=False)
    _report(lines[11], date(on.year, 4, 1), "Материалы разосланы и размещены на сайте.")


def _acquaint(lines: list[Assignment], on: date) -> None:
    """Most schools have noted when and how many teachers were made acquainted."""
    shown = lines[:-5]
    _report(shown, on, "Материалы рассмотрены на педагогическом совете.")
    proofs = [
        AssignmentProof(
            assignment=line, kind="acquaintance", held_on=line.closed_on, people=12 + number % 9 * 4,
            added_by=line.reported_by, added_at=dating.at(on, 16),
        )
        for number, line in enumerate(shown)
    ]  # fmt: skip
    AssignmentProof.objects.bulk_create(proofs)


def _after_analysis(world: World, cast: Cast) -> None:
    """A decision of the plan for schools with low results, resting on a conclusion and a recommendation."""
    today = world.timeline.today
    bases = [*Conclusion.objects.filter(withdrawn_at=None).order_by("pk")[:1], *Recommendation.objects.all()[:1]]
    low = [world.organizations[code] for code in (HOME_SCHOOL, "school-12", "school-19")]
    items = [
        NewItem(number="1.", text="Рассмотреть результаты анализа на педагогическом совете, утвердить план мер.",
                organizations=low, due_on=today - timedelta(days=6)),
        NewItem(number="2.", text="Направить в управление отчёт о ходе выполнения плана мер.", organizations=low,
                due_on=today + timedelta(days=9)),
        NewItem(number="3.", text="Провести консультации для учителей математики этих школ.",
                associations=Association.objects.all()[:1], due_on=today + timedelta(days=20)),
    ]  # fmt: skip
    made = create_decision(
        new=NewDecision(
            title="О мерах поддержки школ с низкими образовательными результатами",
            preamble="По итогам анализа результатов оценочных процедур и на основании плана работы со школами с "
            "низкими результатами и школами, работающими в неблагоприятных социальных условиях",
            signer=cast.signer, place=PLACE, items=items, bases=bases,
            reason_without_analysis="" if bases else NO_ANALYSIS,
            directions=Direction.objects.filter(code="1.2"),
            control_text="4. Контроль за исполнением приказа оставляю за собой.",
        ),
        by=cast.specialist,
    )  # fmt: skip
    decision = _signed(made, "71", today - timedelta(days=20), cast.specialist)
    lines = _lines(decision)
    _report(lines[1][1:], today - timedelta(days=7), "План мер утверждён решением педагогического совета.")
    item = decision.items.get(number="3.")
    extend_item(
        item=item, due_on=today + timedelta(days=34), by=cast.head,
        reason="учителя этих школ на курсах до конца месяца",
    )  # fmt: skip


def _to_a_cluster(world: World, cast: Cast) -> None:
    """An instruction for one cluster only: others do not see it."""
    group = Group.objects.order_by("-kind", "pk").first()
    if group is None:
        return
    today = world.timeline.today
    item = NewItem(
        number="1.", groups=[group], kind=ItemKind.RECOMMEND, due_on=today + timedelta(days=15),
        text="Рекомендовать руководителям организаций группы обменяться опытом работы и предложить одну практику в "
        "библиотеку портала.",
    )  # fmt: skip
    made = create_decision(
        new=NewDecision(
            kind=Decision.Kind.INSTRUCTION, title=f"Об обмене опытом в группе «{group}»", signer=cast.signer,
            place=PLACE, items=[item], reason_without_analysis=NO_ANALYSIS, controller=cast.deputy,
        ),
        by=cast.specialist,
    )  # fmt: skip
    _signed(made, "12-р", today - timedelta(days=10), cast.specialist)


def _of_school(world: World) -> None:
    """A school's own decision, linked with the conclusion about it where there is one."""
    director = director_of(world, HOME_SCHOOL)
    school, today = world.organizations[HOME_SCHOOL], world.timeline.today
    bases = list(Conclusion.objects.visible_to(director).filter(withdrawn_at=None)[:1])
    items = [
        NewItem(number="1.", text="Заместителю директора разработать план работы с дефицитами умений по математике.",
                person=world.people["coordinator"], due_on=today + timedelta(days=5)),
        NewItem(number="2.", text="Школьному объединению учителей математики обсудить результаты.",
                executor="объединение учителей математики", due_on=today - timedelta(days=2)),
    ]  # fmt: skip
    made = create_decision(
        new=NewDecision(
            kind=Decision.Kind.SCHOOL, organization=school, title="О мерах по результатам ВПР по математике",
            preamble="По результатам анализа, рассмотренного на педагогическом совете",
            signer=f"{director.get_short_name()}, директор", items=items, bases=bases,
            reason_without_analysis="" if bases else "анализ проведён в школе, протокол педсовета № 3",
        ),
        by=director,
    )  # fmt: skip
    _signed(made, "5", today - timedelta(days=12), director)


def _in_preparation(world: World, cast: Cast) -> None:
    """A draft that waits for the deputy's look."""
    today = world.timeline.today
    items = [
        NewItem(number="1.", text="Утвердить график оценочных процедур на второе полугодие (приложение)."),
        NewItem(number="2.", text="Руководителям школ разместить график на сайтах школ.", kinds=[Kind.SCHOOL],
                due_on=today + timedelta(days=30)),
    ]  # fmt: skip
    made = create_decision(
        new=NewDecision(
            title="Об утверждении графика оценочных процедур", signer=cast.signer, place=PLACE, items=items,
            reason_without_analysis=NO_ANALYSIS,
        ),
        by=cast.specialist,
    )  # fmt: skip
    send_to_approval(decision=made, people=[cast.deputy, cast.head], by=cast.specialist)


def _calm(world: World) -> None:
    """What was told about acts of past months was read long ago."""
    old = [str(pk) for pk in Decision.objects.filter(number__in=["283", "335", "390"]).values_list("pk", flat=True)]
    keys = [f"roadmaps.decision:{pk}" for pk in old]
    Notice.objects.filter(key__in=keys).update(read_at=dating.this_morning(world.timeline.today))
