"""Around the schedule: days that schools chose, own works, people in charge, readiness, who takes part in studies."""

from datetime import timedelta

from apps.core import periods
from apps.desk.demo.people import HOME_SCHOOL, SECOND_SCHOOL, director_of
from apps.desk.demo.schedule import working_day
from apps.desk.demo.world import World
from apps.indicators.models import Direction
from apps.organizations.models import Kind as OrganizationKind
from apps.organizations.models import Organization
from apps.procedures.models import Duty, Participation, Procedure, Sitting, StepMark
from apps.procedures.schedule.services import conditions, days, duties, readiness

Ready = Participation.Readiness
# School, subject, grade, days from today, lesson, lessons of the day, classes.
OWN = (
    (HOME_SCHOOL, "Математика", 6, 15, 3, 6, ""),
    (HOME_SCHOOL, "Русский язык", 7, 10, 1, 6, "7А, 7Б"),
    (HOME_SCHOOL, "Физика", 9, 20, 4, 7, ""),
    (SECOND_SCHOOL, "Химия", 9, 11, 2, 6, "9А"),
    (SECOND_SCHOOL, "Математика", 5, 18, None, None, ""),
)
HOURS = (("Математика", 6, 170), ("Русский язык", 7, 136), ("Математика", 5, 170), ("Физика", 8, 68))
TROUBLE = "Не хватает двух исправных компьютеров."


def load(world: World) -> None:
    _own_works(world)
    _chosen_days(world)
    _people(world)
    _readiness(world)
    _participation(world)


def _schools(world: World) -> list[Organization]:
    found = [one for one in world.organizations.values() if one.kind == OrganizationKind.SCHOOL and not one.is_closed]
    return sorted(found, key=lambda one: one.code)


def _own_works(world: World) -> None:
    for code, subject, grade, ahead, lesson, lessons, classes in OWN:
        held_on = working_day(world.timeline.today + timedelta(days=ahead))
        work = days.OwnWork(
            span=periods.school_year_of(held_on), subject=subject, grade=grade,
            day=days.Day(held_on, lesson, lessons, 1, classes), document="План-график ВСОКО школы (выдуманный)",
        )  # fmt: skip
        days.save_own_work(work=work, organization=world.organizations[code], by=director_of(world, code))
    subjects = {work.subject.name: work.subject for work in Procedure.objects.select_related("subject")}
    hours = {(subjects[name], grade): figure for name, grade, figure in HOURS if name in subjects}
    span = periods.school_year_of(world.timeline.today)
    days.set_hours(span=span, hours=hours, by=world.people["specialist"], organization=None)


def _coming() -> dict[tuple[str, str, int], Procedure]:
    found = Procedure.objects.filter(organization=None, window_starts_on__isnull=False).select_related("subject")
    return {(one.kind, one.subject.name, one.grade): one for one in found.order_by("window_starts_on")}


def _chosen_days(world: World) -> None:
    """Most schools chose their day of the nearest works; the home school has still to choose one of them."""
    works = _coming()
    made = []
    for key, waits in ((("rdr", "Функциональная грамотность", 8), 0), (("mdr", "Математика", 6), 7)):
        work = works[key]
        assert work.window_starts_on
        for number, school in enumerate(_schools(world)):
            if school.code == HOME_SCHOOL or waits and number % waits == 0:
                continue
            day = working_day(work.window_starts_on + timedelta(days=number % 3 if waits else 0))
            lesson = 2 + number % 3
            made.append(Sitting(procedure=work, organization=school, held_on=day, lesson=lesson, lessons_in_day=6))
    Sitting.objects.bulk_create(made)


def _people(world: World) -> None:
    head, specialist = world.people["head"], world.people["specialist"]
    methodologist = world.people["methodologist"]
    for direction in Direction.objects.in_use():
        if direction.code in {"1.1", "1.2"}:
            duties.assign(user=specialist, direction=direction, by=head)
        elif direction.code.startswith("1."):
            duties.assign(user=methodologist, direction=direction, by=head)
    first = Direction.objects.in_use().filter(code="1.1").first()
    if first:
        title = "Положение о муниципальной системе оценки качества образования (выдуманное)"
        conditions.add_condition(direction=first, kind="documents", title=title, by=specialist)
    works = _coming()
    duties.assign(user=specialist, procedure=works["rdr", "Функциональная грамотность", 8], by=head)
    duties.assign(user=specialist, procedure=works["mdr", "Математика", 6], by=head)
    duties.assign(user=methodologist, procedure=works["mdr", "Математика", 6], part=Duty.Part.MEMBER, by=head)
    duties.assign(user=methodologist, procedure=works["mdr", "Русский язык", 7], by=head)


def _readiness(world: World) -> None:
    specialist, works = world.people["specialist"], _coming()
    for key in (("rdr", "Функциональная грамотность", 8), ("mdr", "Математика", 6)):
        readiness.begin_preparation(procedure=works[key], by=specialist)
    near = works["rdr", "Функциональная грамотность", 8]
    rows = list(near.participations.select_related("organization").order_by("organization__code"))
    sites = {row.organization_id: row.organization.sites.first() for row in rows}
    for number, row in enumerate(rows):
        row.readiness = Ready.READY if number % 4 else Ready.WORK
        row.rooms, row.organizers, row.technicians = 2 + number % 3, 4 + number % 3, 1
        row.computers, row.participants = 18 + number % 9, 40 + 5 * (number % 7)
        row.responsible, row.site = "Заместитель директора", sites[row.organization_id]
        if row.organization.code == SECOND_SCHOOL:
            row.readiness, row.problem, row.computers = Ready.PROBLEM, TROUBLE, 10
        if row.organization.code == HOME_SCHOOL:
            row.readiness, row.rooms, row.computers = Ready.WORK, None, None
    changed = ["readiness", "rooms", "organizers", "technicians", "computers", "participants", "responsible", "site"]
    Participation.objects.bulk_update(rows, [*changed, "problem"])
    today = world.timeline.today
    marks = []
    for step in near.steps.all():
        if step.due_on > today:
            continue
        if not step.by_school:
            marks.append(StepMark(step=step, done_on=step.due_on, by=specialist))
            continue
        for number, row in enumerate(rows):
            lags = number % 4 == 0 or row.organization.code in {HOME_SCHOOL, SECOND_SCHOOL}
            if not (lags and step.due_on > today - timedelta(days=6)):
                marks.append(StepMark(step=step, organization=row.organization, done_on=step.due_on))
    StepMark.objects.bulk_create(marks)


def _participation(world: World) -> None:
    works, schools = _coming(), _schools(world)
    sample = "Случайная выборка федерального координатора (выдуманная)"
    chosen = [(school, Participation.State.PLANNED, 24, sample) for school in schools[2:6]]
    readiness.set_participation(procedure=works["niko", "История", 6], rows=chosen, by=world.people["specialist"])
    rows = [(schools[0], Participation.State.PLANNED, 48, "Два класса по выбору координатора"),
            (schools[1], Participation.State.DECLINED, None, "Ремонт здания")]  # fmt: skip
    study = works["intl", "Читательская грамотность", 4]
    readiness.set_participation(procedure=study, rows=rows, by=world.people["specialist"])
