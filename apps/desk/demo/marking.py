"""Instruments, agreed requirements, internal checks, an analysis and explanatory events of the demonstration."""

from datetime import timedelta
from io import BytesIO

from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.organizations.models import Kind, Organization
from apps.procedures.instruments.models import Opening, Topic
from apps.procedures.instruments.selectors import this_year
from apps.procedures.instruments.services import analyses, bank, marking
from apps.procedures.models import Procedure, Subject
from apps.workbooks.writing import Value, export_table


def _subject(name: str) -> Subject:
    return Subject.objects.get_or_create(name=name)[0]


def _file(title: str) -> tuple[BytesIO, str]:
    """A small invented workbook in place of a real instrument."""
    rows: list[list[Value]] = [["1", "Задание (выдуманное)", 1], ["2", "Задание (выдуманное)", 2]]
    return BytesIO(export_table(("№", "Задание", "Балл"), rows, title="Работа")), f"{title}.xlsx"


def load(world: World) -> None:
    schools = [each for each in world.organizations.values() if each.kind == Kind.SCHOOL and not each.closed_on]
    _bank(world)
    _requirements(world, schools)
    _internal(world, schools)
    _analysis(world)
    _events(world, schools)


def _bank(world: World) -> None:
    today, leader = world.timeline.today, world.people["association_leader"]
    mathematics, russian = _subject("Математика"), _subject("Русский язык")
    data = bank.InstrumentData(
        title="Входная работа, 5 класс", kind="diagnostic", subject=mathematics, grade=5,
        skill="Действия с натуральными числами, решение задач в два действия", note="40 минут, 8 заданий.",
        open_until=today + timedelta(days=40), opening=[Opening.SCHOOLS, Opening.LEADERS],
    )  # fmt: skip
    bank.add_instrument(data=data, upload=_file(data.title), by=world.people["methodologist"])
    data = bank.InstrumentData(
        title="Читаем таблицы и диаграммы, 7 класс", kind="competence", subject=mathematics, grade=7,
        skill="Извлекать сведения из таблиц и диаграмм", open_until=today + timedelta(days=120),
        opening=[Opening.SCHOOLS, Opening.LEADERS],
    )  # fmt: skip
    bank.add_instrument(data=data, upload=_file(data.title), by=leader)
    data = bank.InstrumentData(
        title="Промежуточная аттестация, 8 класс (прошлый год)", kind="interim", subject=russian, grade=8,
        skill="Орфография и пунктуация", open_until=today - timedelta(days=90), opening=[Opening.SCHOOLS],
    )  # fmt: skip
    bank.add_instrument(data=data, upload=_file(data.title), by=world.people["methodologist"])


def _requirements(world: World, schools: list[Organization]) -> None:
    today = world.timeline.today
    data = marking.RequirementData(
        subject=_subject("Математика"), grade_from=5, grade_to=9, title="Письменные работы по математике",
        text="Отметка ставится за правильное решение и его обоснование.\nНедочёт не снижает отметку ниже чем на балл.\n"
        "В четверти не меньше трёх письменных работ.",
        confirm_by=today + timedelta(days=12),
    )  # fmt: skip
    published = marking.publish_requirement(data=data, by=world.people["association_leader"])
    for school in schools[6:11]:
        marking.confirm_requirement(requirement=published, by=director_of(world, school.code))


def _internal(world: World, schools: list[Organization]) -> None:
    today, period = world.timeline.today, this_year()
    first_day = max(period.starts_on, today - timedelta(days=20))
    for number, school in enumerate(school for school in schools if school.code != HOME_SCHOOL):
        director = director_of(world, school.code)
        if number % 3 != 2:
            marking.save_criteria(
                period=period, document="Положение о формах и порядке текущего контроля (выдуманное)",
                criteria="Отметки ставятся по критериям рабочих программ.", url="", by=director,
            )  # fmt: skip
        if number % 2:
            data = marking.CheckData(
                on=first_day, kind="second", subject=_subject("Математика"), grade=6, works=24, changed=number % 5,
                outcome="Обсудили расхождения на методическом объединении школы.",
            )  # fmt: skip
            marking.record_check(data=data, by=director)


def _analysis(world: World) -> None:
    works = Procedure.objects.with_results().filter(subject=_subject("Математика"), kind=Procedure.Kind.VPR)
    work = works.order_by("-year", "grade").first()
    if work:
        analyses.save_analysis(
            procedure=work,
            text="Вычисления выполнены уверенно. Западают задачи на движение и задания, где ответ нужно объяснить.",
            advice="Раз в неделю давать задачу с записью рассуждения; разобрать критерии на заседании объединения.",
            by=world.people["association_leader"],
        )


def _events(world: World, schools: list[Organization]) -> None:
    today, by = world.timeline.today, world.people["methodologist"]
    first_day = this_year().starts_on
    data = analyses.EventData(
        title="Критерии без сюрпризов: как договориться о проверке", kind="seminar",
        on=max(first_day, today - timedelta(days=25)), topics=[Topic.CRITERIA, Topic.INTERNAL],
        audience="заместители директоров, руководители школьных объединений",
        plan="Разбор одинаковых работ, проверенных в разных школах.",
    )  # fmt: skip
    held = analyses.save_event(data=data, by=by)
    analyses.hold_event(
        event=held, organizations=schools[:9], outcome="Договорились о взаимопроверке двух работ в полугодие.", by=by
    )
    data = analyses.EventData(
        title="О чём говорят и не говорят результаты ВПР", kind="parents", on=today + timedelta(days=18),
        topics=[Topic.RESULTS, Topic.PARENTS, Topic.ATTITUDE], audience="родители 4–8 классов",
        plan="Результаты нужны для помощи ученику, школы по ним не сравнивают.",
    )  # fmt: skip
    analyses.save_event(data=data, by=by)
