"""Preparation: steps with days by school, sites, people, equipment, state; duties; participation in studies."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.indicators.models import Direction
from apps.organizations.models import Programme, Site
from apps.procedures.models import Duty, Participation, Procedure, StepMark
from apps.procedures.schedule import boards
from apps.procedures.schedule.todo import todo_for
from tests.factories.schedule import ParticipationFactory, PlannedFactory, StepFactory, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(school, other_school) -> Procedure:
    """A work of grade 7 in five days; the third school teaches only the primary grades."""
    return PlannedFactory(grade=7, held_on=day(5), document="Приказ № 1")


def means(**changes):
    return {"readiness": "ready", "rooms": "3", "organizers": "6", "technicians": "1", "computers": "20", **changes}


@pytest.mark.capability("S-126")
def test_steps_of_a_procedure_are_marked_by_school_with_days(
    client_of, specialist, director, other_director, work, school, other_school
) -> None:
    other_school.programmes = [Programme.BASIC]
    other_school.save()
    staff, own = client_of(specialist), client_of(director)
    board = reverse("procedures:readiness", args=[work.pk])
    staff.post(reverse("procedures:readiness_begin", args=[work.pk]))
    assert [row.organization for row in work.participations.order_by("organization__number")] == [school, other_school]
    steps = list(work.steps.filter(by_school=True))
    assert steps[0].due_on < work.held_on < steps[-1].due_on
    page = reverse("procedures:preparation", args=[work.pk, school.code])
    assert page in {todo.url for todo in todo_for(director)}
    mark = reverse("procedures:preparation_mark", args=[work.pk, school.code])
    own.post(mark, {"steps": [steps[0].pk, steps[1].pk]})
    assert set(StepMark.objects.values_list("organization", "done_on")) == {(school.pk, timezone.localdate())}
    line, stranger = staff.get(board).context["lines"]
    assert (line.done, len(line.states), stranger.done) == (2, len(steps), 0)
    assert f"выполнено {timezone.localdate():%d.%m.%Y}" in own.get(page).content.decode()
    own.post(mark, {"steps": [steps[1].pk]})
    assert StepMark.objects.get().step == steps[1]
    # Nobody marks for another school, and no school marks the authority's steps.
    assert client_of(other_director).post(mark, {"steps": [steps[0].pk]}).status_code == 404
    authority_step = work.steps.filter(by_school=False).first()
    own.post(mark, {"steps": [authority_step.pk]})
    assert not StepMark.objects.exists()
    staff.post(reverse("procedures:readiness_own", args=[work.pk]), {"steps": [authority_step.pk]})
    assert StepMark.objects.get().organization is None


def test_the_list_of_steps_is_the_specialists(client_of, specialist, work) -> None:
    kept, gone = StepFactory(procedure=work, title="Остаётся"), StepFactory(procedure=work, title="Лишний")
    url, staff = reverse("procedures:readiness_steps", args=[work.pk]), client_of(specialist)
    typed = {"steps-TOTAL_FORMS": "3", "steps-INITIAL_FORMS": "2", "steps-MIN_NUM_FORMS": "0",
             "steps-MAX_NUM_FORMS": "60"}  # fmt: skip
    typed |= {"steps-0-title": "Остаётся", "steps-0-due_on": day(1).isoformat(), "steps-0-by_school": "on"}
    typed |= {"steps-1-title": "", "steps-1-due_on": day(3).isoformat()}
    assert "Укажите срок шага" in staff.post(url, typed | {"steps-2-title": "Новый"}).content.decode()
    assert work.steps.count() == 2
    staff.post(url, typed | {"steps-2-title": "Новый", "steps-2-due_on": day(4).isoformat()})
    assert list(work.steps.values_list("title", "due_on", "by_school")) == [
        ("Остаётся", day(1), True),
        ("Новый", day(4), False),
    ]
    assert not type(gone).objects.filter(pk=gone.pk).exists()
    kept.refresh_from_db()
    assert kept.due_on == day(1)


@pytest.mark.capability("S-125")
def test_sites_people_equipment_and_readiness_are_kept_for_a_procedure(
    client_of, specialist, director, other_director, work, school, other_school
) -> None:
    site = Site.objects.create(organization=school, name="Основное здание")
    foreign = Site.objects.create(organization=other_school, name="Чужой корпус")
    for place in (school, other_school):
        ParticipationFactory(procedure=work, organization=place)
    own, page = client_of(director), reverse("procedures:preparation", args=[work.pk, school.code])
    refused = own.post(page, means(readiness="problem", site=foreign.pk, rooms="-1")).content.decode()
    assert "Есть ошибки" in refused
    assert "не указано, в чём" in own.post(page, means(readiness="problem")).content.decode().lower()
    own.post(page, means(site=site.pk, equipment="Принтер, сканер", responsible="Заместитель директора"))
    row = Participation.objects.get(organization=school)
    assert (row.site, row.rooms, row.organizers, row.computers, row.readiness) == (site, 3, 6, 20, "ready")
    board = client_of(specialist).get(reverse("procedures:readiness", args=[work.pk]))
    html = board.content.decode()
    for text in ("Основное здание", "рганизаторов — 6", "омпьютеров — 20", "Принтер, сканер", "Заместитель директора"):
        assert text in html
    assert [line.row.organization for line in board.context["board"].lacking] == [other_school]
    assert board.context["board"].left == 5
    lacking = client_of(specialist).get(board.request["PATH_INFO"], {"only": "lacking"})
    assert [line.row.organization for line in lacking.context["lines"]] == [other_school]
    assert client_of(other_director).get(page).status_code == 404
    assert client_of(other_director).post(page, means()).status_code == 404
    assert client_of(Role.METHODOLOGIST).post(page, means()).status_code == 404
    assert f"Подготовка: {work.title}" in {todo.title for todo in todo_for(specialist)}


def test_a_step_that_is_late_makes_a_ready_school_unready(work, school) -> None:
    row = ParticipationFactory(procedure=work, organization=school, readiness="ready")
    step = StepFactory(procedure=work, due_on=day(-1))
    (line,) = boards.board_of(work).lines
    assert not line.is_ready
    StepMark.objects.create(step=step, organization=school)
    assert boards.line_of(row).is_ready


@pytest.mark.capability("S-121")
def test_the_head_assigns_staff_to_directions_and_procedures(
    client_of, head, specialist, methodologist, director, work
) -> None:
    direction = Direction.objects.create(code="9.9", name="Проверочное направление")
    chief, url = client_of(head), reverse("procedures:duty_assign")
    page = reverse("procedures:duties")
    assert "нет ответственного" in chief.get(page).content.decode()
    assert "Назначить ответственных за процедуры" in {todo.title for todo in todo_for(head)}
    chief.post(url, {"user": specialist.pk, "part": "lead", "procedure": work.pk})
    chief.post(url, {"user": methodologist.pk, "part": "lead", "direction": "9.9"})
    chief.post(url, {"user": methodologist.pk, "part": "member", "procedure": work.pk})
    assert {(duty.user, duty.direction or duty.procedure) for duty in Duty.objects.current()} == {
        (specialist, work),
        (methodologist, direction),
        (methodologist, work),
    }
    html = chief.get(work.plan_url).content.decode()
    assert specialist.get_full_name() in html
    assert f"Ваша процедура: {work.title}" in {todo.title for todo in todo_for(methodologist)}
    assert "нет ответственного" not in chief.get(page).content.decode()
    assert "Назначить ответственных за процедуры" not in {todo.title for todo in todo_for(head)}
    listed = client_of(specialist).get("/office/procedures/").content.decode()
    assert specialist.get_short_name() in listed
    # Only the head assigns, only staff is assigned, and a school does not read who does what.
    for role in (Role.SPECIALIST, Role.METHODOLOGIST, Role.DIRECTOR):
        assert (
            client_of(role).post(url, {"user": specialist.pk, "part": "lead", "procedure": work.pk}).status_code == 404
        )
    chief.post(url, {"user": director.pk, "part": "lead", "procedure": work.pk})
    assert not Duty.objects.filter(user=director).exists()
    assert client_of(director).get(page).status_code == 404
    assert specialist.get_full_name() not in client_of(director).get(work.plan_url).content.decode()
    duty = Duty.objects.get(user=specialist)
    chief.post(reverse("procedures:duty_end", args=[duty.pk]))
    duty.refresh_from_db()
    assert duty.ended_at
    assert duty.ended_by == head


@pytest.mark.capability("S-133")
def test_participation_in_studies_is_kept_by_school(client_of, specialist, director, school, other_school) -> None:
    levels = {"niko": "federal", "rdr": "regional", "intl": "world"}
    works = {
        kind: PlannedFactory(kind=kind, level=level, grade=5, title=f"Исследование {kind}")
        for kind, level in levels.items()
    }
    PlannedFactory(kind="mdr", title="Муниципальная работа")
    staff, page = client_of(specialist), reverse("procedures:participation")
    year = {"year": works["niko"].period.slug}
    html = staff.get(page, year).content.decode()
    assert all(work.title in html for work in works.values())
    assert "Муниципальная работа" not in html
    url = reverse("procedures:participation_edit", args=[works["niko"].pk])
    typed = {
        f"state-{school.code}": "planned",
        f"participants-{school.code}": "двадцать",
        f"sample-{school.code}": "Случайная выборка",
        f"state-{other_school.code}": "declined",
    }
    refused = staff.post(url, typed).content.decode()
    assert "Нужно целое число" in refused
    assert "Случайная выборка" in refused
    assert not Participation.objects.exists()
    staff.post(url, typed | {f"participants-{school.code}": "24"})
    table = staff.get(page, year).context["table"]
    cells = {line[0].code: [cell and (cell.state, cell.participants) for cell in line[1]] for line in table.lines}
    place = next(at for at, study in enumerate(table.studies) if study.procedure == works["niko"])
    assert cells[school.code][place] == ("planned", 24)
    assert cells[other_school.code][place] == ("declined", None)
    Participation.objects.filter(organization=other_school).update(readiness="ready")
    staff.post(url, {f"state-{school.code}": "planned"})
    assert Participation.objects.filter(organization=other_school).exists()
    own = client_of(director)
    assert own.get(page).status_code == 404
    assert own.post(url, typed).status_code == 404
    assert works["niko"].title in own.get(reverse("procedures:own_schedule"), year).content.decode()
