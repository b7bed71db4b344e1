"""Roadmaps: eight plans with the parts of the Concept, a programme of support with sums, a platform of two years with
stages, programmes of two schools. Measures in every state; one person who answered has left."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.core.documents.word import line, new_book
from apps.core.models import Event
from apps.desk.demo.dating import at
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import Direction, Indicator
from apps.roadmaps.plans.models import Measure, Part, Roadmap, RoadmapVersion, Stage
from apps.roadmaps.plans.services.approving import approve_roadmap
from apps.roadmaps.plans.services.measures import Plan, plan_measure
from apps.roadmaps.plans.services.people import assign_people
from apps.roadmaps.plans.services.progress import add_proof, drop_measure, finish_measure, move_measure, report_progress
from apps.roadmaps.plans.services.proposing import create_with_proposals
from apps.roadmaps.plans.services.resources import NewResource, add_resource
from apps.roadmaps.plans.services.roadmaps import NewRoadmap, create_roadmap
from apps.roadmaps.plans.services.stages import NewStage, report_stage, set_stage

# The eight plans by the code of their direction, titles as the Concept gives them.
PLANS = {
    "1.1": "План мероприятий по развитию муниципальной системы оценки качества подготовки обучающихся",
    "1.2": "План мероприятий по работе со школами с низкими результатами обучения и/или школами, функционирующими "
    "в неблагоприятных социальных условиях",
    "1.3": "План мероприятий по развитию муниципальной системы выявления, поддержки и развития способностей и "
    "талантов у детей и молодёжи",
    "1.4": "План мероприятий по развитию муниципальной системы по самоопределению и профессиональной ориентации "
    "обучающихся",
    "ОБ": "План мероприятий по развитию муниципальной системы обеспечения объективности процедур оценки качества "
    "образования и олимпиад школьников",
    "2.1": "План мероприятий по созданию муниципальной системы мониторинга эффективности руководителей всех "
    "образовательных организаций",
    "2.2": "План мероприятий по совершенствованию муниципальной системы методической работы",
    "2.3": "План мероприятий по развитию муниципальной системы воспитания и социализации обучающихся",
}
PLATFORM = "Дорожная карта муниципальной инновационной педагогической площадки"
PROGRAMME = (
    "Программа площадки: «Совершенствование управления муниципальной комплексной системой оценки качества условий "
    "осуществления образовательной деятельности как фактор развития муниципальной системы образования»."
)
SUPPORTED = ("school-12", "school-19", "school-20")
DONE = "Сделано в полном объёме, материалы направлены организациям."


def load(world: World) -> None:
    first = (world.timeline.today - timedelta(days=183)).replace(day=1)
    leaver = _leaver(world)
    for number, code in enumerate(PLANS, start=1):
        _plan(world, code, first, number=number, leaver=leaver)
    _support(world, first)
    _platform(world)
    _programmes(world)
    Membership.objects.filter(user=leaver).update(ended_at=timezone.now())
    _date(world)


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1) - timedelta(days=1)


def _leaver(world: World) -> User:
    """A methodologist who leaves in mid-plan."""
    person = User.objects.create(
        email="former@demo.invalid", last_name="Ветрова", first_name="Зинаида", patronymic="Львовна", post="Методист",
        is_active=True,
    )  # fmt: skip
    Membership.objects.create(user=person, organization=world.authority, role=Role.METHODOLOGIST)
    return person


def _plan(world: World, code: str, first: date, *, number: int, leaver: User) -> None:
    """Proposed measures, approved; what should be over is mostly done."""
    specialist, methodologist = world.people["specialist"], world.people["methodologist"]
    direction = Direction.objects.get(code=code)
    new = NewRoadmap("direction", PLANS[code], first, _year_later(first), direction=direction, aim=direction.purpose)
    roadmap = create_with_proposals(new=new, person=specialist, by=specialist)
    measures = list(roadmap.measures.in_plan_order())
    people = {one.pk: methodologist for one in measures[1::2]}
    if code == "2.2":
        people[measures[-1].pk] = leaver
    assign_people(roadmap=roadmap, people=people, by=specialist)
    if code == "2.1":
        return  # its plan is still a draft
    approve_roadmap(
        roadmap=roadmap, act_text=f"приказ управления № {210 + number}", act_on=first + timedelta(days=5), by=specialist
    )
    _marks(world, roadmap, number)


def _marks(world: World, roadmap: Roadmap, number: int) -> None:
    specialist, today = world.people["specialist"], world.timeline.today
    measures = list(roadmap.measures.in_plan_order())
    over = [one for one in measures if one.due_on < today]
    for place, one in enumerate(over):
        if place == number % 4 and number % 3 == 0:
            continue  # stays overdue
        covered = 460 if one.part == Part.ATTITUDE else None
        finish_measure(measure=one, on=one.due_on - timedelta(days=2), result=DONE, covered=covered, by=specialist)
    running = [one for one in measures if one.starts_on <= today <= one.due_on]
    for one in running:
        report_progress(measure=one, percent=20 + 10 * (number % 5), note="Половина организаций.", by=specialist)
    later = [one for one in measures if one.starts_on > today]
    if number % 2 and later:
        to = min(later[0].due_on + timedelta(days=21), roadmap.ends_on)
        move_measure(measure=later[0], to=to, reason="Сроки мониторинга региона перенесены.", by=specialist)
    if number == 4 and len(later) > 1:
        drop_measure(measure=later[-1], reason="Вошло в план работы методического совета.", by=specialist)
    if number == 1 and over:
        proof = BytesIO()
        book = new_book(title="Справка", author="Управление образования")
        line(book, "Справка о выполнении мероприятия. Составлена для демонстрации.")
        book.save(proof)
        add_proof(measure=over[0], proof=(proof, "Справка о выполнении.docx"), note="Итоги", by=specialist)


def _support(world: World, first: date) -> None:
    """The municipal programme of support: kinds of support with sums by school, two approved versions."""
    specialist = world.people["specialist"]
    schools = [world.organizations[code] for code in SUPPORTED]
    new = NewRoadmap(
        "support", "Муниципальная программа поддержки школ с низкими образовательными результатами", first,
        _year_later(first), direction=Direction.objects.get(code="1.2"),
        aim="Совершенствовать поддержку школ: развивать механизмы финансовой, кадровой и методической поддержки.",
        indicators=list(Indicator.objects.filter(code="so_oo.1.5%")),
    )  # fmt: skip
    roadmap = create_with_proposals(new=new, person=specialist, by=specialist)
    for one in roadmap.measures.all():
        one.organizations.set(schools)
    money, staff, method = roadmap.measures.filter(part=Part.SUPPORT).order_by("pk")
    for measure, kind, sums, note in (
        (money, "financial", (420000, 310000, 275000), "учебное оборудование"),
        (staff, "staff", (180000, 180000, None), "доплата наставнику"),
        (method, "methodical", (45000, 45000, 60000), "занятия с учителями, посещение уроков"),
    ):
        for school, amount in zip(schools, sums, strict=True):
            value = Decimal(amount) if amount is not None else None
            add_resource(measure=measure, new=NewResource(kind, value, [school], note), by=specialist)
    approve_roadmap(roadmap=roadmap, act_text="приказ управления № 219", act_on=first, by=specialist)
    finish_measure(measure=money, on=money.due_on - timedelta(days=20), result="Средства доведены.", by=specialist)
    plan_measure(
        roadmap=roadmap,
        plan=Plan(
            "Распространить опыт школ, вышедших из списка", roadmap.ends_on, world.timeline.today,
            person=world.people["methodologist"], part=Part.SUPPORT, organizations=schools,
            expected="Описаны три практики",
        ),
        by=specialist,
    )  # fmt: skip
    approve_roadmap(
        roadmap=roadmap, act_text="приказ управления № 301", act_on=world.timeline.today - timedelta(days=30),
        by=specialist,
    )  # fmt: skip
    move_measure(measure=staff, to=staff.due_on + timedelta(days=30), reason="Нет кандидата.", by=specialist)


@dataclass(frozen=True)
class Step:
    """A measure of the platform: stage, months from its beginning, words."""

    stage: int
    begins: int
    ends: int
    title: str


STEPS = (
    Step(1, 0, 3, "Утвердить программу и положение площадки, распределить обязанности участников"),
    Step(1, 2, 9, "Освоить приёмы объективного стандартизированного оценивания результатов освоения программ"),
    Step(1, 6, 11, "Описать внутренние системы оценки качества школы и детского сада площадки"),
    Step(2, 12, 18, "Провести экспертную работу предметных объединений с результатами оценочных процедур"),
    Step(2, 14, 22, "Использовать современные образовательные технологии, обеспечивающие освоение программ"),
    Step(2, 20, 23, "Представить итоги площадки на коллегии управления"),
)


def _month(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


def _platform(world: World) -> None:
    """A roadmap of two years: the first stage is over and reported, the second runs."""
    specialist = world.people["specialist"]
    first = (world.timeline.today - timedelta(days=430)).replace(day=1)
    last, middle = _month(first, 24) - timedelta(days=1), _month(first, 12)
    place = world.organizations["school-04"]
    roadmap = create_roadmap(
        new=NewRoadmap("platform", PLATFORM, first, last, organization=place, aim=PROGRAMME), by=specialist
    )
    one = NewStage("Организационно-методический", first, middle - timedelta(days=1), "Приёмы оценивания освоены")
    two = NewStage("Внедренческий и обобщающий", middle, last, "Итоги представлены коллегии")
    stages = [set_stage(roadmap=roadmap, new=new, by=specialist) for new in (one, two)]
    person = director_of(world, place.code)
    for step in STEPS:
        plan = Plan(
            step.title, _month(first, step.ends + 1) - timedelta(days=1), _month(first, step.begins), person=person,
            executors="участники площадки", stage=stages[step.stage - 1], organizations=[place],
        )  # fmt: skip
        plan_measure(roadmap=roadmap, plan=plan, by=specialist)
    approve_roadmap(roadmap=roadmap, act_text="решение коллегии, протокол № 2", act_on=first, by=specialist)
    for measure in roadmap.measures.filter(stage=stages[0]):
        finish_measure(measure=measure, on=measure.due_on, result=DONE, by=person)
    text = (
        "Результаты: описаны внутренние системы двух организаций, 34 педагога освоили приёмы оценивания.\n"
        "Проблемы: критерии школы и детского сада плохо сопоставимы.\nПути решения: единый перечень критериев к концу "
        "второго этапа."
    )
    report_stage(stage=stages[0], text=text, by=person)


def _programmes(world: World) -> None:
    """Programmes of schools that have signs of problems, kept by their heads."""
    today = world.timeline.today
    for code, done in ((HOME_SCHOOL, 1), ("school-12", 3)):
        place, director = world.organizations[code], director_of(world, code)
        first = date(today.year - 3, 9, 1)
        roadmap = create_roadmap(
            new=NewRoadmap(
                "school", f"Программа улучшения результатов, {place.name}", first, date(today.year + 1, 8, 31),
                organization=place, aim="Сократить долю учеников, не освоивших программу.",
                indicators=list(Indicator.objects.filter(code__in=["so_oo.1.5%", "so_oo.1.29%"])),
            ),
            by=director,
        )  # fmt: skip
        who = f"{director.get_short_name()}, директор"
        for title, begins, ends, responsible in (
            ("Разобрать задания с наименьшим выполнением на предметных кафедрах", 0, 6, "Заместитель директора"),
            ("Ввести дополнительные занятия по математике в 5–9 классах", 2, 30, "Руководитель кафедры математики"),
            ("Закрепить наставников за молодыми учителями", 4, 28, who),
            ("Провести диагностику учебных дефицитов и сверить с прошлым годом", 36, 42, "Заместитель директора"),
        ):
            last = _month(first, ends + 1) - timedelta(days=1)
            plan = Plan(title, last, _month(first, begins), responsible=responsible, organizations=[place])
            plan_measure(roadmap=roadmap, plan=plan, by=director)
        approve_roadmap(roadmap=roadmap, act_text="приказ директора № 41", act_on=first, by=director)
        for measure in roadmap.measures.in_plan_order()[:done]:
            finish_measure(measure=measure, on=measure.due_on, result="Проведено, протоколы есть.", by=director)


def _date(world: World) -> None:
    """What was planned and approved, on the day of its act; what was done, on its day."""
    for roadmap in Roadmap.objects.prefetch_related("versions", "measures"):
        begun = at(roadmap.starts_on - timedelta(days=6), 11)
        Roadmap.objects.filter(pk=roadmap.pk).update(created_at=begun)
        roadmap.measures.update(created_at=begun)
        keys = [str(one.pk) for one in roadmap.measures.all()]
        planned = Event.objects.filter(kind__in=["roadmaps.measure_planned", "roadmaps.measure_assigned"])
        planned.filter(subject=Measure._meta.label, subject_id__in=keys).update(at=begun)
        own = Event.objects.filter(subject=Roadmap._meta.label, subject_id=str(roadmap.pk))
        own.filter(kind__in=["roadmaps.roadmap_created", "roadmaps.roadmap_proposed"]).update(at=begun)
        for version in roadmap.versions.all():
            approved = at(version.act_on, 15)
            RoadmapVersion.objects.filter(pk=version.pk).update(approved_at=approved)
            own.filter(kind="roadmaps.roadmap_approved", data__digest=version.digest).update(at=approved)
        for stage in roadmap.stages.filter(reported_at__isnull=False):
            reported = at(stage.ends_on, 12)
            Stage.objects.filter(pk=stage.pk).update(reported_at=reported)
            own.filter(kind="roadmaps.stage_reported").update(at=reported)
        for measure in roadmap.measures.all():
            if measure.done_on:
                proved = at(measure.done_on, 17)
                measure.proofs.update(created_at=proved)
                Event.objects.filter(kind="roadmaps.measure_proof", subject_id=str(measure.pk)).update(at=proved)
                done = Event.objects.filter(kind="roadmaps.measure_done", subject_id=str(measure.pk))
                done.filter(subject=Measure._meta.label).update(at=at(measure.done_on, 16))
