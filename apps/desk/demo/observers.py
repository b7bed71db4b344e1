"""People of procedures in the demonstration: a register, places around today, one act with a remark, an expertise."""

from datetime import date, timedelta

from apps.desk.demo import dating
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.procedures.models import Procedure, Subject
from apps.procedures.people.checklist import GENERAL_QUESTIONS
from apps.procedures.people.models import Accreditation, Act, Assignment, Capacity, Person, Remark, Training, Venue
from apps.procedures.people.services import acts, assigning, associations, expertise, register

ISSUER = "Региональный центр оценки качества (выдуманный)"
SCHOOLS = ("school-01", "school-03", "school-05", "school-06", "school-07", "school-08")
# Capacities, school of work (empty: elsewhere), days from today to which the accreditation lasts (none: not given).
REGISTER = (
    ((Capacity.OBSERVER, Capacity.PUBLIC), "", 200),
    ((Capacity.OBSERVER,), "school-05", 150),
    ((Capacity.OBSERVER,), "", -20),
    ((Capacity.OBSERVER,), "school-08", 25),
    ((Capacity.EXPERT,), "school-01", None),
    ((Capacity.EXPERT,), "school-09", None),
    ((Capacity.COORDINATOR,), "school-03", None),
    ((Capacity.PUBLIC,), "", None),
)


def _subjects() -> list[Subject]:
    return [Subject.objects.get_or_create(name=name)[0] for name in ("Математика", "Русский язык")]


def load(world: World) -> None:
    specialist, today = world.people["specialist"], world.timeline.today
    subjects = _subjects()
    associations.save_association(
        name="Учителя математики", subjects=subjects[:1], leader=world.people["association_leader"], by=specialist
    )
    associations.save_association(name="Учителя русского языка", subjects=subjects[1:], leader=None, by=specialist)
    own = _own_people(world, subjects, today)
    others = _others(world, subjects, today)
    _nominated(world, subjects)
    _places(world, own["observer"], own["public_representative"], others, today)
    _expertise(world, subjects[0], [own["expert"], own["public_representative"], others[4]], today)


def _own_people(world: World, subjects: list[Subject], today: date) -> dict[str, Person]:
    """The accounts of the demonstration as people of the register."""
    capacities = {
        "observer": Capacity.OBSERVER,
        "expert": Capacity.EXPERT,
        "public_representative": Capacity.PUBLIC,
    }
    found = {}
    for login, capacity in capacities.items():
        user = world.people[login]
        person = Person.objects.create(
            last_name=user.last_name, first_name=user.first_name, patronymic=user.patronymic,
            capacities=[capacity], employer="Общественный совет при управлении образования", email=user.email,
            consent_on=today - timedelta(days=300), user=user, created_by=world.people["specialist"],
        )  # fmt: skip
        found[login] = person
    found["expert"].subjects.set(subjects)
    _accredit(found["observer"], 1, today, 240)
    Training.objects.create(
        person=found["observer"], title="Подготовка общественных наблюдателей, 8 часов",
        completed_on=today - timedelta(days=60),
    )  # fmt: skip
    return found


def _accredit(person: Person, number: int, today: date, days: int) -> None:
    Accreditation.objects.create(
        person=person, issuer=ISSUER, number=f"ОН-{number:03d}",
        valid_from=today + timedelta(days=days - 365), valid_to=today + timedelta(days=days),
    )  # fmt: skip


def _others(world: World, subjects: list[Subject], today: date) -> list[Person]:
    made = []
    for number, (capacities, school, days) in enumerate(REGISTER, start=2):
        name = world.names.next()
        data = register.PersonData(
            last_name=name.last_name, first_name=name.first_name, patronymic=name.patronymic, capacities=capacities,
            consent_on=today - timedelta(days=200), workplace=world.organizations.get(school),
            employer="" if school else "Совет микрорайона «Кленовый»",
            email=f"person{number}@demo.invalid", phone=f"8 (00000) 3-00-{number:02d}",
            subjects=subjects if Capacity.EXPERT in capacities else (),
            avoids=[world.organizations["school-07"]] if number == 2 else (),
        )  # fmt: skip
        person = register.add_person(data=data, by=world.people["specialist"])
        if days is not None:
            _accredit(person, number, today, days)
        made.append(person)
    return made


def _nominated(world: World, subjects: list[Subject]) -> None:
    name = world.names.next()
    data = register.PersonData(
        last_name=name.last_name, first_name=name.first_name, patronymic=name.patronymic,
        capacities=[Capacity.EXPERT], consent_on=world.timeline.today - timedelta(days=3),
        workplace=world.organizations["school-04"], email="nominee@demo.invalid", subjects=subjects[:1],
    )  # fmt: skip
    reason = "Четыре года проверяет олимпиадные работы, прошла курсы по критериальному оцениванию."
    register.nominate_expert(data=data, reason=reason, by=world.people["association_leader"])


def _places(world: World, observer: Person, public: Person, others: list[Person], today: date) -> None:
    """Two works: one that was twelve days ago, with an act, and one of the coming days, not wholly covered."""
    specialist = world.people["specialist"]
    past, coming = _near(today, -12), _near(today, 3)
    schools = [world.organizations[code] for code in SCHOOLS]
    for work, chosen in ((past, schools[:3]), (coming, schools)):
        assert work.window_starts_on
        assigning.add_venues(procedure=work, on=work.window_starts_on, organizations=chosen, by=specialist)
    before = list(Venue.objects.filter(procedure=past).order_by("organization__number"))
    after = list(Venue.objects.filter(procedure=coming).order_by("organization__number"))
    done = assigning.assign(venue=before[0], person=observer, capacity=Capacity.OBSERVER, by=specialist)
    assigning.assign(venue=before[1], person=others[0], capacity=Capacity.OBSERVER, by=specialist)
    _act(world, done)
    assigning.assign(venue=after[0], person=observer, capacity=Capacity.OBSERVER, by=specialist)
    assigning.assign(venue=after[1], person=others[1], capacity=Capacity.OBSERVER, by=specialist)
    assigning.assign(venue=after[3], person=others[3], capacity=Capacity.OBSERVER, by=specialist)
    assigning.assign(venue=after[0], person=others[7], capacity=Capacity.PUBLIC, by=specialist)
    assigning.assign(venue=after[2], person=public, capacity=Capacity.PUBLIC, by=specialist)
    name = world.names.next()
    data = register.PersonData(
        last_name=name.last_name, first_name=name.first_name, patronymic=name.patronymic,
        capacities=[Capacity.PUBLIC], consent_on=today - timedelta(days=5), employer="Управляющий совет",
    )  # fmt: skip
    assert coming.window_starts_on
    assigning.register_participant(
        procedure=coming, on=coming.window_starts_on, data=data, by=director_of(world, HOME_SCHOOL)
    )
    # The observer also has an act to fill today: a work of the school level that runs now.
    running = _near(today, -4)
    assigning.add_venues(procedure=running, on=today, organizations=[schools[4]], by=specialist)
    now = Venue.objects.get(procedure=running, on=today)
    assigning.assign(venue=now, person=observer, capacity=Capacity.OBSERVER, by=specialist)


def _near(today: date, days: int) -> Procedure:
    """The work of the open schedule whose window begins nearest to that day."""
    works = Procedure.objects.filter(window_starts_on__isnull=False, cancelled_on__isnull=True)
    wanted = today + timedelta(days=days)
    away = {work: abs((work.window_starts_on - wanted).days) for work in works if work.window_starts_on}
    return min(away, key=lambda work: (away[work], work.pk))


def _act(world: World, assignment: Assignment) -> None:
    answers = {question.code: "yes" for question in GENERAL_QUESTIONS} | {"phones": "no", "marking": "none"}
    text = "В кабинете 12 у двух участников на столе лежали телефоны, убрали после напоминания."
    act = acts.send_act(assignment=assignment, answers=answers, text=text, by=world.people["observer"])
    sent = dating.at(assignment.on, 14)
    Act.objects.filter(pk=act.pk).update(sent_at=sent, saved_at=sent)
    dating.date_events(act, {"procedures.act_sent": sent})
    first = Remark.objects.filter(act=act).order_by("pk").first()
    if first:
        answer = "Школе напомнили о порядке, инструктаж повторён."
        acts.close_remark(remark=first, answer=answer, by=world.people["specialist"])


def _expertise(world: World, subject: Subject, people: list[Person], today: date) -> None:
    new = expertise.NewTask(
        title="Задания муниципальной работы по математике, 9 класс",
        instruction="Прочтите вариант и критерии, оцените по каждому пункту, напишите, что изменить.",
        due_on=today + timedelta(days=6),
        criteria=[
            ("Задания соответствуют программе", 5),
            ("Критерии проверки понимаются однозначно", 5),
            ("Работа выполнима за отведённое время", 3),
        ],
        subject=subject,
    )
    task = expertise.create_task(new=new, people=people, by=world.people["specialist"])
    sheet = task.sheets.get(person=people[1])
    given = ((4, ""), (3, "Пункт 7 допускает два решения."), (3, ""))
    points = dict(zip(task.criteria.values_list("pk", flat=True), given, strict=True))
    conclusion = "Работа годится, критерий задания 7 нужно уточнить."
    expertise.send_sheet(sheet=sheet, answers=points, conclusion=conclusion, by=world.people["public_representative"])
