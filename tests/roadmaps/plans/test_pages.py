"""Looking at roadmaps and taking them away: who sees what, what is refused."""

from io import BytesIO

import icalendar
import openpyxl
import pytest
from django.urls import reverse
from docx import Document

from apps.accounts.roles import Role
from apps.core.deadlines import Deadline
from apps.roadmaps.decisions.services import NewItem
from apps.roadmaps.links.selectors import resting_on
from apps.roadmaps.plans.deadlines import deadlines_for
from apps.roadmaps.plans.models import Measure
from apps.roadmaps.plans.services.approving import approve_roadmap
from apps.roadmaps.plans.services.progress import finish_measure, move_measure
from apps.roadmaps.plans.todo import todo_for
from tests.factories.decisions import signed
from tests.factories.plans import MeasureFactory, RoadmapFactory, day
from tests.factories.roadmaps import RecommendationFactory


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def url(name, *parts):
    return reverse(f"roadmaps:{name}", args=parts)


@pytest.fixture
def full(specialist, school):
    roadmap = RoadmapFactory(author=specialist, title="Программа <b>")
    measure = MeasureFactory(roadmap=roadmap, title="Семинар <script>alert(1)</script> 🎓", person=specialist)
    measure.organizations.add(school)
    MeasureFactory(roadmap=roadmap, title="Для всех", due_on=day(25), person=specialist)
    return roadmap


def test_timeline_and_calendar_show_measures_and_escape_them(client_of, full, specialist):
    client = client_of(specialist)
    seen = text(client.get(url("roadmap_timeline", full.pk)))
    assert "<svg" in seen
    assert "Показать таблицей" in seen
    assert "Семинар &lt;script&gt;" in seen
    assert "<script>alert" not in seen
    assert "Для всех" in text(client.get(url("roadmap_calendar", full.pk), {"month": f"{day(25):%Y-%m}"}))
    for typed in ("", "2026-13", "x", "0000-00", "99999999-1"):
        assert client.get(url("roadmap_calendar", full.pk), {"month": typed}).status_code == 200


def test_docx_and_calendar_hold_what_the_person_sees(client_of, full, specialist, director, other_director):
    approve_roadmap(roadmap=full, act_text="приказ № 9", act_on=day(0), by=specialist)
    answer = client_of(specialist).get(url("roadmap_file", full.pk, "docx"))
    cells = [
        cell.text for table in Document(BytesIO(answer.content)).tables for row in table.rows for cell in row.cells
    ]
    assert any("Семинар <script>" in cell for cell in cells)
    assert any("Для всех" in cell for cell in cells)
    move_measure(measure=Measure.objects.get(title="Для всех"), to=day(40), reason="Карантин", by=specialist)
    answer = client_of(specialist).get(url("roadmap_file", full.pk, "docx"))
    said = [one.text for one in Document(BytesIO(answer.content)).paragraphs]
    assert "Содержит изменения, внесённые после утверждения: 1." in said
    feed = icalendar.Calendar.from_ical(client_of(director).get(url("roadmap_file", full.pk, "ics")).content)
    assert [str(event["summary"]) for event in feed.walk("VEVENT")] == ["Срок: Семинар <script>alert(1)</script> 🎓"]
    assert client_of(other_director).get(url("roadmap_file", full.pk, "ics")).status_code == 404
    assert client_of(specialist).get(url("roadmap_file", full.pk, "exe")).status_code == 404


def test_the_register_is_narrowed_and_taken_as_a_file(client_of, full, specialist):
    client = client_of(specialist)
    done = Measure.objects.get(title="Для всех")
    finish_measure(measure=done, on=day(0), result="Есть", by=specialist)
    assert "Семинар" not in text(client.get(url("measures"), {"state": "done"}))
    book = openpyxl.load_workbook(BytesIO(client.get(url("measures_file"), {"state": "done"}).content))
    assert [row[3].value for row in book.active.iter_rows(min_row=2)] == ["Для всех"]


def test_a_second_press_is_told_who_was_first(client_of, full, specialist, head):
    measure = Measure.objects.get(title="Для всех")
    done = {"mark": "finish", "done_on": day(0), "result": "Есть"}
    assert client_of(specialist).post(measure.get_absolute_url(), done).status_code == 302
    assert client_of(head).post(measure.get_absolute_url(), done).status_code == 404  # the form is gone meanwhile


def test_a_long_result_is_refused_in_words_and_kept_in_the_form(client_of, full, specialist):
    page = Measure.objects.get(title="Для всех").get_absolute_url()
    typed = {"mark": "finish", "done_on": day(0), "result": "я" * 20_001}
    seen = text(client_of(specialist).post(page, typed))
    assert "Есть ошибки" in seen
    assert "я" * 20_001 in seen


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE])
def test_outsiders_find_no_roadmaps(client_of, full, role):
    client = client_of(role)
    for page in (url("roadmaps"), url("measures"), full.get_absolute_url(), url("programmes"), url("own_programme")):
        assert client.get(page).status_code == 404


def test_the_leader_of_an_association_sees_what_they_answer_for(client_of, full, user_of):
    leader = user_of(Role.ASSOCIATION_LEADER)
    client = client_of(leader)
    assert client.get(full.get_absolute_url()).status_code == 404
    Measure.objects.filter(title="Для всех").update(person=leader)
    seen = text(client.get(full.get_absolute_url()))
    assert "Для всех" in seen
    assert "Семинар" not in seen


def test_terms_and_todo_of_the_one_who_answers(full, specialist, director, other_director):
    found = deadlines_for(specialist, day(0), day(60))
    assert all(isinstance(one, Deadline) and one.is_own for one in found)
    assert len(found) == 2
    assert len(deadlines_for(director, day(0), day(60))) == 1  # of a school, only what names it
    assert deadlines_for(other_director, day(0), day(60)) == []
    Measure.objects.filter(title="Для всех").update(due_on=day(-1))
    assert "Просроченные мероприятия дорожных карт" in [one.title for one in todo_for(specialist)]
    assert todo_for(other_director) == []


def test_lists_of_roadmaps_take_a_steady_number_of_queries(client_of, specialist, django_assert_max_num_queries):
    for _ in range(6):
        MeasureFactory(roadmap=RoadmapFactory(author=specialist))
    client = client_of(specialist)
    for page in (url("roadmaps"), url("measures")):
        with django_assert_max_num_queries(20):
            client.get(page)


def test_a_draft_measure_is_deleted_only_by_who_keeps_it(client_of, specialist, director):
    measure = MeasureFactory(roadmap=RoadmapFactory(author=specialist, state="draft"))
    page = url("measure_delete", measure.pk)
    assert client_of(director).post(page).status_code == 404
    assert client_of(specialist).get(page).status_code == 405
    assert client_of(specialist).post(page).status_code == 302
    assert not Measure.objects.exists()


def test_a_measure_follows_from_a_recommendation_and_says_so(client_of, full, specialist, director):
    basis = RecommendationFactory(title="Разобрать задания", author=specialist)
    because = {"because": f"recommendation:{basis.pk}"}
    client = client_of(specialist)
    assert f"{url('measure_where')}?because=recommendation:{basis.pk}" in text(client.get(basis.get_absolute_url()))
    assert "Основание: Разобрать задания" in text(client.get(url("measure_where"), because))
    typed = {"title": "Следствие", "part": "other", "starts_on": day(0), "due_on": day(9), "person": specialist.pk}
    page = f"{url('measure_new', full.pk)}?because=recommendation:{basis.pk}"
    assert client.post(page, typed).status_code == 302
    made = Measure.objects.get(title="Следствие")
    assert "Разобрать задания" in text(client.get(made.get_absolute_url()))
    for typed_in in ("", "x", "recommendation:x", "recommendation:999999", "measure"):
        assert "Основание" not in text(client.get(url("measure_where"), {"because": typed_in}))


def test_approval_by_a_decision_kept_on_the_portal(client_of, full, specialist):
    decision = signed(specialist, [NewItem(text="Утвердить план")], number="77", on=day(-2))
    client = client_of(specialist)
    page = url("roadmap_approve", full.pk)
    assert "Укажите дату акта" in text(client.post(page, {"act_text": "приказ"}))
    assert client.post(page, {"decision": decision.pk}).status_code == 302
    version = full.versions.get()
    assert (version.decision, version.act_on) == (decision, day(-2))
    assert "№ 77" in version.act
    assert "№ 77" in text(client.get(url("roadmap_versions", full.pk)))
    assert decision in [one.found for one in resting_on(full, user=specialist)]
