"""The yearly list: computed by a job, explained by the school, decided by a specialist, approved by an order."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.analysis.models import Sign, SignList, SignRule
from apps.analysis.objectivity.models import Evidence, ObjectivityRule, ObjectivityRun
from apps.analysis.services import RuleChange, change_rule
from apps.analysis.signs import services
from apps.analysis.signs.inputs import objectivity
from apps.analysis.todo import todo_for
from apps.core.findings import Refused
from apps.procedures.models import Procedure
from tests.factories import context
from tests.factories.core import PeriodFactory
from tests.factories.results import ResultFileFactory
from tests.factories.signs import counted_list, scene

pytestmark = pytest.mark.django_db
SIGNS = {"low_exams", "unstable", "failing_share", "contests", "low_results"}  # of the first school


@pytest.fixture
def schools(school):
    return scene(school)


@pytest.fixture
def counted(specialist, period, schools):
    return counted_list(specialist, period)


@pytest.fixture
def shown(counted, specialist):
    return services.show_to_schools(sign_list=counted, by=specialist)


def of(sign_list, school, code):
    return Sign.objects.get(sign_list=sign_list, organization=school, code=code)


def decide_all(sign_list, by, decision="confirmed"):
    for sign in sign_list.signs.filter(decision="waiting"):
        services.decide(sign=sign, decision=decision, reason="Проверено по протоколам.", by=by)


def refused(call, **given):
    with pytest.raises(Refused) as error:
        call(**given)
    return [finding.code for finding in error.value.findings]


@pytest.mark.capability("S-036")
def test_a_year_is_counted_by_a_job_decided_and_approved_by_an_order(client_of, period, schools, school, run_jobs):
    client = client_of(Role.SPECIALIST)
    page = client.post(reverse("analysis:sign_lists"), {"period": period.pk})
    run_jobs()
    sign_list = SignList.objects.get()
    assert page.url == sign_list.get_absolute_url()
    assert set(sign_list.signs.filter(result="marked").values_list("organization__code", "code")) == {
        (school.code, code) for code in SIGNS
    }
    waiting = list(sign_list.signs.filter(decision="waiting").values_list("pk", flat=True))
    form = {"signs": waiting, "decision": "confirmed", "reason": "Проверено по протоколам."}
    assert client.post(reverse("analysis:sign_list_decide", args=[sign_list.pk]), form).status_code == 302
    order = {"number": "45-од", "on": "2026-07-01"}
    client.post(reverse("analysis:sign_list_approve", args=[sign_list.pk]), order)
    sign_list.refresh_from_db()
    assert (sign_list.state, sign_list.order_text) == ("approved", "приказ от 01.07.2026 № 45-од")
    assert [row["code"] for row in sign_list.document["rows"]] == [school.code]
    assert sign_list.document["rows"][0]["signs"] == [1, 3, 4, 5]
    page = client.get(sign_list.get_absolute_url()).content.decode()
    assert "приказ от 01.07.2026 № 45-од" in page.lower()
    assert "Утверждённого перечня прошлого года нет" in page


@pytest.mark.capability("S-036")
def test_the_list_is_compared_with_last_years_and_versions_follow_each_other(specialist, period, schools, school):
    last = counted_list(specialist, PeriodFactory(code="2024/25"))
    assert not last.signs.filter(organization=school, code="failing_share", result="marked").exists()
    decide_all(last, specialist)
    services.approve_list(sign_list=last, number="1", on=date(2025, 7, 1), by=specialist)
    now = counted_list(specialist, period)
    decide_all(now, specialist)
    now = services.approve_list(sign_list=now, number="2", on=date(2026, 7, 1), by=specialist)
    # Last year the school had other signs (its exams and contests are of the other calendar year): it enters now.
    assert now.document["comparison"] == {"entered": [school.name], "left": [], "stayed": []}
    further = counted_list(specialist, period)
    assert further.version == now.version + 1
    # What was decided is carried over where the figure stayed.
    assert not further.signs.filter(decision="waiting").exists()
    services.approve_list(sign_list=further, number="3", on=date(2026, 8, 1), by=specialist)
    now.refresh_from_db()
    assert now.state == "superseded"


def test_an_unfinished_list_is_not_approved(counted, specialist):
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refused(services.approve_list, sign_list=counted, number=" ", on=tomorrow, by=specialist) == [
        "no_number",
        "future",
        "waiting",
    ]


def test_an_approved_list_changes_no_more(counted, specialist, school):
    decide_all(counted, specialist)
    services.approve_list(sign_list=counted, number="1", on=date(2026, 7, 1), by=specialist)
    sign = of(counted, school, "low_exams")
    assert refused(services.decide, sign=sign, decision="rejected", reason="Позже", by=specialist) == ["approved"]
    before = list(counted.signs.values_list("pk", "decision"))
    services.count_list(sign_list=counted)
    assert list(counted.signs.values_list("pk", "decision")) == before


def test_results_loaded_after_the_counting_are_told_also_of_an_approved_list(client_of, counted, specialist, period):
    client, url = client_of(Role.SPECIALIST), counted.get_absolute_url()
    assert "После расчёта" not in client.get(url).content.decode()
    file = ResultFileFactory(state="done", finished_at=timezone.now() + timedelta(minutes=1))
    file.procedures.add(Procedure.objects.filter(period=period).first())
    page = client.get(url).content.decode()
    assert "загружены результаты, 1 файл. Пересчитайте перечень" in page
    decide_all(counted, specialist)
    services.approve_list(sign_list=counted, number="1", on=date(2026, 7, 1), by=specialist)
    assert "Утверждённый перечень не меняется" in client.get(url).content.decode()


def test_a_changed_figure_asks_for_the_decision_again(counted, specialist, school, period):
    decide_all(counted, specialist)
    rule = SignRule.objects.current("failing_share")
    change = RuleChange(
        threshold=rule.threshold, minimum_participants=12, source_state="municipal", act="Приказ", reason="Порядок"
    )
    change_rule(code="failing_share", change=change, by=specialist)
    services.count_list(sign_list=counted)
    assert of(counted, school, "failing_share").decision == "waiting"
    assert of(counted, school, "low_exams").decision == "confirmed"


@pytest.mark.parametrize(
    ("code", "value", "rule"),
    [
        pytest.param("low_exams", "6 из 20, 30,0", "Отставание среднего балла", marks=pytest.mark.capability("S-037")),
        pytest.param("unstable", "70,0", "Размах качества", marks=pytest.mark.capability("S-039")),
        pytest.param("failing_share", "6 из 20, 30,0", "30 %", marks=pytest.mark.capability("S-040")),
        pytest.param("contests", "10 из 100, 10,0", "Отставание от похожих", marks=pytest.mark.capability("S-041")),
        pytest.param("low_results", "7 из 20, 35,0", "Низких процедур за год"),
    ],
)
def test_each_sign_shows_its_value_and_rule(client_of, counted, school, code, value, rule):
    page = client_of(Role.HEAD).get(of(counted, school, code).get_absolute_url()).content.decode().replace("\xa0", " ")
    assert value in page
    assert rule in page
    assert "маркер, а не вывод" in page
    assert client_of(Role.DIRECTOR).get(of(counted, school, code).get_absolute_url()).status_code == 404


@pytest.fixture
def run(period, schools, school, specialist):
    """A finished analysis of the year: two markers of the first school, an honest second one, the others too small."""
    rule, _ = ObjectivityRule.objects.get_or_create(version=1)
    made = ObjectivityRun.objects.create(period=period, rule=rule, started_by=specialist, finished_at=timezone.now())
    work = Procedure.objects.get(period=period, subject__name="Математика")
    for owner, test, marked, words in (
        (school, "spike", True, "на границе «3» — 9 участников при ожидаемых 3"),
        (school, "journal", True, "выше журнала 60 %"),
        (school, "hard", False, "в пределах обычного"),
        (schools[1], "spike", False, "в пределах обычного"),
    ):
        Evidence.objects.create(
            run=made, organization=owner, procedure=work, test=test, statistic=1, n=20, marked=marked, words=words
        )
    return made


@pytest.mark.capability("S-038")
def test_markers_of_objectivity_make_sign_two(client_of, run, counted, schools, school):
    sign = of(counted, school, "biased_results")
    assert (sign.result, sign.written) == ("marked", "маркеров: 2 из 3")
    assert of(counted, schools[1], "biased_results").result == "clear"
    small = of(counted, schools[2], "biased_results")
    assert (small.result, small.written) == ("unassessed", "участников мало для анализа объективности")
    page = client_of(Role.SPECIALIST).get(sign.get_absolute_url()).content.decode()
    for text in ("на границе «3» — 9 участников", "выше журнала 60 %", "без маркера: 1", "маркер, а не вывод"):
        assert text in page


def test_without_a_run_sign_two_is_not_judged(counted, school):
    sign = of(counted, school, "biased_results")
    assert (sign.result, sign.written) == ("unassessed", "не рассчитан: нет прогона объективности")


def test_a_newer_run_of_one_work_stands_in_place_of_its_rows(run, period, specialist, school):
    work = Procedure.objects.get(period=period, subject__name="Математика")
    later = ObjectivityRun.objects.create(
        period=period, procedure=work, rule=run.rule, started_by=specialist, finished_at=timezone.now()
    )
    Evidence.objects.create(
        run=later, organization=school, procedure=work, test="spike", statistic=1, n=20, marked=False, words="обычно"
    )
    markers = objectivity(period)[school.pk]
    assert [(marker.written, marker.is_marked) for marker in markers] == [("обычно", False)]


@pytest.mark.capability("S-042")
def test_the_social_index_makes_sign_six_with_its_parts(client_of, school, specialist):
    found = context.scene(school, specialist)
    without = counted_list(specialist, found.period)
    assert of(without, school, "social").written == "не рассчитан: нет индекса социальных условий"
    context.index_of_two(specialist)
    services.count_list(sign_list=without)
    hardest = found.schools[-2]  # 30 of 200 with educated parents, 70 of 200 poor
    sign = of(without, hardest, "social")
    assert sign.result == "marked"
    assert sign.value <= sign.rule.threshold
    assert of(without, school, "social").result == "clear"
    lacking = of(without, found.lacking, "social")
    assert (lacking.result, lacking.written) == ("unassessed", "нет данных социального паспорта школы")
    page = client_of(Role.SPECIALIST).get(sign.get_absolute_url()).content.decode().replace("\xa0", " ")
    for text in ("Доля малообеспеченных", "35,0 %", "15,0 %", "из 100", "маркер, а не вывод"):
        assert text in page


def test_thresholds_are_settings(client_of, counted, specialist, school):
    url = reverse("analysis:sign_rule", args=["low_exams"])
    client = client_of(Role.SPECIALIST)
    form = {"threshold": "31", "minimum_participants": "10", "source_state": "municipal", "act": "", "reason": "Совет"}
    page = client.post(url, {**form, "p_lag": "много"}).content.decode()
    assert "не число" in page
    assert client.post(url, {**form, "p_lag": "30"}).status_code == 302
    services.count_list(sign_list=counted)
    sign = of(counted, school, "low_exams")
    assert (sign.result, sign.rule.version, sign.rule.parameters) == ("clear", 2, {"lag": "30"})
    assert client_of(Role.METHODOLOGIST).get(url).status_code == 404
    assert client.get(reverse("analysis:sign_rule", args=["no-such"])).status_code == 404


@pytest.mark.capability("S-043")
def test_the_director_sees_and_explains_own_signs_only(client_of, shown, schools, school, specialist):
    sign, director = of(shown, school, "failing_share"), client_of(Role.DIRECTOR)
    page = director.get(reverse("analysis:own_signs")).content.decode()
    assert "Доля отметок" in page
    assert schools[1].name not in page
    url = reverse("analysis:own_sign", args=[sign.pk])
    assert director.post(url, {"text": " "}).status_code == 200
    assert director.post(url, {"text": "Сменился учитель, идут занятия."}).status_code == 302
    stranger = of(shown, schools[1], "failing_share")
    assert director.get(reverse("analysis:own_sign", args=[stranger.pk])).status_code == 404
    assert client_of(Role.COORDINATOR).post(url, {"text": "Ещё"}).status_code == 404
    assert client_of(Role.OBSERVER).get(reverse("analysis:own_signs")).status_code == 404
    office = client_of(Role.SPECIALIST).get(sign.get_absolute_url()).content.decode()
    assert "Сменился учитель, идут занятия." in office


@pytest.mark.capability("S-043")
def test_a_specialist_decides_with_a_reason(client_of, shown, school):
    sign, client = of(shown, school, "contests"), client_of(Role.SPECIALIST)
    page = client.post(sign.get_absolute_url(), {"decision": "rejected", "reason": ""}).content.decode()
    assert "Напишите основание решения" in page
    assert client_of(Role.METHODOLOGIST).post(sign.get_absolute_url(), {"decision": "rejected"}).status_code == 404
    client.post(sign.get_absolute_url(), {"decision": "rejected", "reason": "Участие учтено в другом отчёте."})
    sign.refresh_from_db()
    assert (sign.decision, sign.reason) == ("rejected", "Участие учтено в другом отчёте.")
    own = client_of(Role.DIRECTOR).get(reverse("analysis:own_sign", args=[sign.pk])).content.decode()
    assert "Участие учтено в другом отчёте." in own


def test_before_it_is_shown_a_school_sees_nothing(client_of, counted, school, director):
    page = client_of(Role.DIRECTOR).get(reverse("analysis:own_signs")).content.decode()
    assert "Показанных признаков нет" in page
    assert todo_for(director) == []
    services.show_to_schools(sign_list=counted, by=counted.created_by)
    assert [todo.count for todo in todo_for(director)] == [len(SIGNS)]


def test_explained_signs_are_not_decided_in_bulk(client_of, shown, school, director, specialist):
    sign = of(shown, school, "failing_share")
    services.answer(sign=sign, text="Пояснение", by=director)
    everything = list(shown.signs.filter(decision="waiting").values_list("pk", flat=True))
    given = {"sign_list": shown, "decision": "confirmed", "reason": "Да", "by": specialist}
    assert refused(services.decide_many, signs=everything, **given) == ["explained"]
    assert refused(services.decide_many, signs=[], **given) == ["nothing_chosen"]
    assert shown.signs.filter(decision="waiting").count() == len(everything)
    rest = [pk for pk in everything if pk != sign.pk]
    assert services.decide_many(signs=rest, **given) == len(rest)
    quiet = shown.signs.filter(result="clear").first()
    assert refused(services.decide_many, signs=[quiet.pk], **given) == ["not_marked"]


def test_only_the_head_of_the_school_explains(shown, school, other_director, coordinator, specialist):
    sign = of(shown, school, "failing_share")
    for who in (other_director, coordinator, specialist):
        assert refused(services.answer, sign=sign, text="Пояснение", by=who) == ["not_allowed"]


def test_papers_carry_only_confirmed_signs(client_of, counted, school, schools, specialist):
    services.decide(sign=of(counted, school, "contests"), decision="rejected", reason="Учтено", by=specialist)
    decide_all(counted, specialist)
    client = client_of(Role.METHODOLOGIST)
    book = load_workbook(BytesIO(_body(client.get(reverse("analysis:sign_list_file", args=[counted.pk, "xlsx"])))))
    rows = list(book.active.values)
    assert [row[1] for row in rows[1:]] == [school.name]
    assert rows[1][2:9] == ("+", "–", "+", "+", "–", "–", "да")
    paper = Document(BytesIO(_body(client.get(reverse("analysis:sign_list_file", args=[counted.pk, "docx"])))))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "Проект. Не утверждён." in words
    assert paper.tables[0].rows[1].cells[1].text == school.name
    assert schools[1].name not in [cell.text for row in paper.tables[0].rows for cell in row.cells]
    assert (
        client_of(Role.DIRECTOR).get(reverse("analysis:sign_list_file", args=[counted.pk, "xlsx"])).status_code == 404
    )


def _body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_the_pdf_is_made_by_a_worker(client_of, counted, specialist, run_jobs):
    decide_all(counted, specialist)
    url = reverse("analysis:sign_list_file", args=[counted.pk, "pdf"])
    client = client_of(Role.HEAD)
    assert client.get(url).status_code == 404
    client.post(reverse("analysis:sign_list_act", args=[counted.pk, "print"]))
    run_jobs()
    assert _body(client.get(url))[:5] == b"%PDF-"


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ASSOCIATION_LEADER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE])
def test_others_do_not_find_the_list(client_of, counted, role):
    for url in (reverse("analysis:sign_lists"), counted.get_absolute_url()):
        assert client_of(role).get(url).status_code == 404


def test_the_methodologist_reads_and_does_not_write(client_of, counted, period):
    client = client_of(Role.METHODOLOGIST)
    assert client.get(counted.get_absolute_url()).status_code == 200
    assert client.post(reverse("analysis:sign_lists"), {"period": period.pk}).status_code == 404
    for name, args in (("sign_list_act", [counted.pk, "show"]), ("sign_list_decide", [counted.pk])):
        assert client.post(reverse(f"analysis:{name}", args=args)).status_code == 404


def test_the_open_page_has_every_rule_with_its_state_and_no_school(client, counted, school):
    page = client.get(reverse("analysis:sign_methods")).content.decode()
    for title in ("Низкие результаты по итогам ГИА", "Неблагоприятные социальные условия", "ШНОР"):
        assert title in page
    assert "не подтверждено" in page
    assert school.name not in page


def test_odd_addresses_show_the_usual_page(client_of, counted):
    client = client_of(Role.HEAD)
    assert client.get(counted.get_absolute_url(), {"show": "\x00", "sign": "'"}).status_code == 200
    data = {"signs": ["x", "-1", "9" * 40], "decision": "confirmed", "reason": "Да"}
    assert client.post(reverse("analysis:sign_list_decide", args=[counted.pk]), data).status_code == 200


def test_pages_ask_the_database_a_fixed_number_of_times(client_of, counted, django_assert_max_num_queries):
    client = client_of(Role.HEAD)
    with django_assert_max_num_queries(20):
        client.get(counted.get_absolute_url(), {"show": "all"})
