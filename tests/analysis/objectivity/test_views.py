"""The board, a school's evidence, explanations, preventive cases, limits, the open page of methods."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.objectivity import running, services
from apps.analysis.objectivity.models import Explanation, ObjectivityRule, ObjectivityRun, PreventiveCase
from apps.analysis.objectivity.todo import todo_for
from apps.analysis.signs import inputs
from apps.procedures.markers.models import ExternalMarker, MarkerList
from tests.analysis.objectivity import scene as scenes
from tests.factories import simulated_results as results

pytestmark = pytest.mark.django_db

BOARD = "analysis:objectivity"


@pytest.fixture
def scene(period, school):
    return scenes.make(period, own=school)


@pytest.fixture
def run(scene, period, specialist):
    return running.perform(
        ObjectivityRun.objects.create(period=period, rule=services.current_rule(), started_by=specialist)
    )


def page_of(period, organization) -> str:
    return reverse("analysis:objectivity_school", args=[period.span, organization.code])


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.capability("S-059")
def test_a_specialist_runs_the_analysis_opens_a_case_and_closes_it_with_a_result(
    client_of, scene, period, commit, run_jobs
) -> None:
    client = client_of(Role.SPECIALIST)
    assert "ещё не проводилась" in text(client.get(reverse(BOARD)))
    with commit():
        client.post(reverse("analysis:objectivity_run"), {"period": period.code, "work": scene.procedure.pk})
    run_jobs()
    shown = text(client.get(reverse(BOARD)))
    assert str(scene.lifted) in shown
    assert "Скопление на границах отметок" in shown
    assert "требует проверки" in shown
    url = reverse("analysis:preventive_open", args=[period.span, scene.lifted.code])
    due_on = timezone.localdate() + timedelta(days=30)
    refused = client.post(url, {"reason": "Повторилось", "plan": "", "due_on": due_on.isoformat()})
    assert "Повторилось" in text(refused)
    assert not PreventiveCase.objects.exists()
    client.post(url, {"reason": "Повторилось", "plan": "Перекрёстная проверка", "due_on": due_on.isoformat()})
    case = PreventiveCase.objects.get()
    assert "Ровно на границах отметок" in case.basis[0]["words"]
    empty = client.post(case.get_absolute_url(), {"outcome": "helped", "result": ""})
    assert "Есть ошибки" in text(empty)
    client.post(case.get_absolute_url(), {"outcome": "helped", "result": "Перепроверено двадцать работ"})
    closed = text(client.get(case.get_absolute_url()))
    assert "Перепроверено двадцать работ" in closed
    assert "Оказана помощь" in closed
    assert "завершён" in text(client.get(reverse("analysis:preventive_cases")))


@pytest.mark.capability("S-038")
def test_the_sign_is_a_marker_and_no_conclusion(client_of, scene, run, period) -> None:
    """Peaks at the bounds and the gap to the journal stand beside each other; sign 2 is counted from them."""
    shown = text(client_of(Role.SPECIALIST).get(page_of(period, scene.lifted)))
    assert "Маркер, а не вывод" in shown
    for title in ("Скопление на границах отметок", "Отметки выше журнала", "Одинаковые строки ответов"):
        assert title in shown
    assert "Отметка за работу и отметка в журнале" in shown
    assert "<svg" in shown
    sign = inputs.objectivity(period)
    assert [marker.title for marker in sign[scene.lifted.pk] if marker.is_marked] == [
        f"{scene.procedure.title}: Скопление на границах отметок"
    ]


def test_schools_stand_in_the_order_of_the_register_whatever_was_marked(client_of, scene, run) -> None:
    shown = text(client_of(Role.HEAD).get(reverse(BOARD), {"show": "all"}))
    numbers = re.findall(r"Школа № (\d+)</a>", shown)
    assert len(numbers) > 8
    assert numbers == sorted(numbers, key=int)
    only = text(client_of(Role.HEAD).get(reverse(BOARD)))
    assert re.findall(r"Школа № (\d+)</a>", only) == ["1"]


def test_the_board_narrows_to_a_work_and_a_test(client_of, scene, run) -> None:
    client = client_of(Role.METHODOLOGIST)
    assert "Отмеченных школ нет" in text(client.get(reverse(BOARD), {"test": "rows"}))
    assert str(scene.lifted) in text(client.get(reverse(BOARD), {"test": "spike", "work": scene.procedure.pk}))
    assert client.get(reverse(BOARD), {"test": "x", "work": "²", "run": "zz", "period": "?"}).status_code == 200
    assert client.post(reverse("analysis:objectivity_run"), {"period": "2025/26"}).status_code == 404


def test_a_school_sees_its_own_evidence_and_no_other(client_of, scene, run, period, school, director) -> None:
    client = client_of(director)
    other = next(owner for owner in scene.owners if owner != school)
    own = client.get(reverse("analysis:objectivity_own"), follow=True)
    assert "Скопление на границах отметок" in text(own)
    assert other.name not in text(own)
    assert client.get(page_of(period, other)).status_code == 404
    assert client.post(page_of(period, other), {"text": "Чужое"}).status_code == 404
    for name in (BOARD, "analysis:preventive_cases", "analysis:objectivity_limits"):
        assert client.get(reverse(name)).status_code == 404
    assert client.get(reverse("analysis:preventive_open", args=[period.span, school.code])).status_code == 404


def test_a_director_explains_and_the_authority_reads_it_beside_the_marks(
    client_of, scene, run, period, school, director, coordinator
) -> None:
    assert todo_for(director)[0].title == "Пояснить результаты, которые требуют проверки"
    url = page_of(period, school)
    named = client_of(director).post(url, {"text": "Работы проверяла Иванова Анна Петровна."})
    assert "личные данные" in text(named)
    assert not Explanation.objects.exists()
    assert client_of(coordinator).post(url, {"text": "Проверяли вдвоём"}).status_code == 404
    client_of(director).post(url, {"text": "Проверял один человек, критерии уточнены."})
    assert todo_for(director) == []
    assert "критерии уточнены" in text(client_of(Role.HEAD).get(url))
    assert "дано" in text(client_of(Role.HEAD).get(reverse(BOARD)))


def test_a_case_is_seen_by_its_school_and_closed_by_the_department_only(
    client_of, scene, run, period, school, specialist, director
) -> None:
    case = services.open_case(
        organization=school, period=period, reason="Скопления", plan="Проверить", by=specialist, run=run,
        due_on=timezone.localdate(),
    )  # fmt: skip
    other = next(owner for owner in scene.owners if owner != school)
    assert client_of(director).get(case.get_absolute_url()).status_code == 200
    assert client_of(Role.DIRECTOR, other).get(case.get_absolute_url()).status_code == 404
    assert client_of(director).post(case.get_absolute_url(), {"outcome": "helped", "result": "я"}).status_code == 404
    case.refresh_from_db()
    assert case.is_open
    assert any(todo.title == "Завершить случаи профилактики" for todo in todo_for(specialist))
    again = client_of(specialist).post(
        reverse("analysis:preventive_open", args=[period.span, school.code]),
        {"reason": "Ещё", "plan": "Раз", "due_on": timezone.localdate().isoformat()},
    )
    assert "уже есть открытый случай" in text(again)


def test_new_results_offer_a_new_run_and_the_old_one_stays_readable(client_of, scene, run, period, specialist) -> None:
    assert not any("Проверить объективность" in todo.title for todo in todo_for(specialist))
    file = results.result_file()
    file.procedures.add(scene.procedure)
    file.finished_at = timezone.now() + timedelta(minutes=1)
    file.save()
    assert any("Проверить объективность" in todo.title for todo in todo_for(specialist))
    client = client_of(specialist)
    assert "загружены новые результаты" in text(client.get(reverse(BOARD)))
    running.perform(ObjectivityRun.objects.create(period=period, rule=services.current_rule()))
    assert "История расчётов" in text(client.get(reverse(BOARD)))
    assert "не последний расчёт" in text(client.get(run.get_absolute_url()))


def test_limits_change_by_versions_with_author_and_reason(client_of, scene, run, period, specialist) -> None:
    url, client = reverse("analysis:objectivity_limits"), client_of(specialist)
    same = {"participants": 10, "schools": 10, "reference": 200, "items": 8, "q": "0,05"}
    assert "Значения не изменены" in text(client.post(url, {**same, "reason": "так"}))
    client.post(url, {**same, "q": "0,01", "reason": "Строже"})
    new = ObjectivityRule.objects.latest("version")
    assert (new.version, new.author, new.reason) == (2, specialist, "Строже")
    run.refresh_from_db()
    assert run.rule.version == 1
    assert "Строже" in text(client.get(url))
    assert "0,01" in text(client.get(url))


def test_the_open_page_states_each_method_and_what_was_measured(client, scene, run) -> None:
    shown = text(client.get(reverse("analysis:objectivity_methods")))
    for title in ("Завышенное среднее", "Несоответствие отметкам", "Скопление на границах отметок", "ВПР выше ОГЭ"):
        assert title in shown
    assert "не меньше 10 участников" in shown
    assert "12 из 600" in shown.replace("\xa0", " ")
    assert "python -m tests.bench O1" in shown
    assert scene.lifted.name not in shown
    common = text(client.get(reverse("procedures:methods")))
    assert "Объективность результатов" in common
    assert "Скопление на границах отметок" in common


def test_open_pages_carry_no_results_of_a_school(client, scene, run) -> None:
    """Public pages show ВПР as municipal totals only: no mean, mark or marker of a school."""
    for name in ("portal:home", "portal:organizations", "portal:reports", "portal:schedule", "portal:methods"):
        shown = text(client.get(reverse(name)))
        assert "требует проверки" not in shown.replace("она требует проверки", "")
        assert "Средний балл" not in shown


def test_published_markers_stand_beside_with_year_columns_and_source(
    client_of, scene, run, period, school, director
) -> None:
    digits = school.participations.get().digits
    source = MarkerList.objects.create(
        file=results.result_file().file, name="список.xlsx", sha256="0", source="Открытый список"
    )
    ExternalMarker.objects.create(year=2025, digits=digits, columns=["4 РУ", "5 МА"], source=source)
    ExternalMarker.objects.create(year=2025, digits="999999", columns=["4 МА"], source=source)
    shown = text(client_of(director).get(page_of(period, school)))
    assert "4 РУ, 5 МА" in shown
    assert "Открытый список" in shown
    assert "4 МА<" not in shown


def test_the_page_of_a_result_says_what_was_marked(client_of, scene, run, school) -> None:
    url = reverse("procedures:school_context", args=[scene.procedure.pk, school.code])
    assert "Маркер, а не вывод" in text(client_of(Role.SPECIALIST).get(url))


def test_a_schools_page_asks_a_fixed_number_of_times(
    client_of, scene, run, period, school, django_assert_max_num_queries
) -> None:
    client = client_of(Role.SPECIALIST)
    client.get(page_of(period, school))
    with django_assert_max_num_queries(22):
        client.get(page_of(period, school))
