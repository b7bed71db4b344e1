from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.clusters import services as clusters
from apps.analysis.context import beside, factors, results, selectors
from apps.analysis.context.models import MethodSettings, SocialIndex
from apps.analysis.context.results import Measure
from apps.analysis.signs.inputs import social_indices
from apps.collection.models import Form
from apps.collection.services import refresh_forms
from apps.indicators.models import Value
from apps.procedures.models import GroupResult
from tests.factories.context import index_of_two, scene
from tests.factories.indicators import VersionFactory
from tests.factories.results import ProcedureFactory, ResultAggregateFactory, ResultFileFactory

pytestmark = pytest.mark.django_db
COMPARISONS = ("expected", "funnel", "factors", "resilient")


@pytest.fixture
def stage(school, specialist):
    return scene(school, specialist)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def address(name, *args, **query):
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"analysis:{name}", args=args) + (f"?{words}" if words else "")


# --- the index


@pytest.mark.capability("S-042")
def test_the_index_comes_from_the_passport_with_its_parts_and_feeds_sign_six(client_of, stage, specialist):
    index_of_two(specialist)
    client = client_of(specialist)
    page = html(client.get(address("social_index")))
    assert "Образование родителей важнее" in page  # the version with its author and reason
    assert specialist.get_short_name() in page
    assert "не подтверждено" in page
    assert "66,7" in page  # two parts of three
    assert "Школа № 12: нет данных" in page
    own = html(client.get(address("organization_context", "school-01")))
    assert "100 из 100" in own  # the most educated, the least poor
    assert "Доля малообеспеченных" in own
    assert "50,0" in own  # 100 of 200 with educated parents
    found = social_indices(stage.period)
    assert found[stage.schools[10].pk].index == 0
    assert stage.lacking.pk not in found
    assert found[stage.schools[0].pk].n == 200
    assert [title for title, _ in found[stage.schools[0].pk].parts] == [
        "Доля с высшим образованием родителей", "Доля малообеспеченных",
    ]  # fmt: skip


def test_versions_are_made_on_the_page_and_bad_ones_are_refused(client_of, stage, specialist):
    client = client_of(specialist)
    assert "Индекс ещё не составлен" in html(client.get(address("social_index")))
    made = {"source_state": "unconfirmed", "act": "", "reason": "Проба", "part0-weight": "1,5", "part1-weight": ""}
    sides = {"part0-side": "easier", "part1-side": "harder"}
    assert "меньше двух показателей" in html(client.post(address("index_create"), {**made, **sides}))
    assert not SocialIndex.objects.exists()
    answer = client.post(address("index_create"), {**made, **sides, "part1-weight": "1"})
    assert answer.status_code == 302
    index = SocialIndex.objects.get()
    assert [(p.indicator.code, p.weight, p.harder) for p in index.parts.all()] == [
        ("social.1.2%", Decimal("1.5"), False), ("social.1.5%", Decimal(1), True),
    ]  # fmt: skip
    assert "1,5" in html(client.get(address("index_create")))  # the next version begins from this one


def test_the_index_is_recorded_as_an_indicator(client_of, stage, specialist):
    VersionFactory(
        indicator__pack="msoko", indicator__number="1.2.1.4", value_type="decimal", aggregation="none", decimals=2
    )
    index_of_two(specialist)
    client_of(specialist).post(address("index_record"), {"period": stage.period.code})
    values = Value.objects.filter(version__indicator__code="msoko.1.2.1.4")
    assert values.filter(number__isnull=False).count() == 11
    assert "Доля малообеспеченных" in values.get(organization=stage.lacking).absence_reason


def test_too_few_schools_switch_the_index_off_and_say_so(client_of, stage, specialist):
    index_of_two(specialist)
    for one in stage.schools[:3]:
        one.closed_on = stage.period.starts_on
        one.save()
    page = html(client_of(specialist).get(address("social_index")))
    assert "Все показатели есть у 8 школ, нужно не меньше 10" in page


# --- comparisons


@pytest.mark.capability("S-034")
def test_factors_are_asked_by_a_form_and_stand_beside_results(client_of, stage, specialist):
    refresh_forms(packs=["social"])
    form = Form.objects.get(code="social")  # «Социальный паспорт»: the specialist opens a campaign with it
    assert form.fields.filter(version__indicator__code="social.1.5").exists()
    page = html(client_of(specialist).get(address("factors", factor="social.1.5%25", measure="low")))
    assert "<svg" in page
    assert "Связь не есть причина" in page
    assert "Показать таблицей" in page
    found = factors.factor_page(stage.work, Measure.LOW, "social.1.5%").found
    assert found.n == 11
    assert found.low > 0.9
    assert f"{found.r:.2f}".replace(".", ",") in page
    assert "У 1 школы фактора нет" in page


def test_expected_results_are_told_in_words_and_by_the_register(client_of, stage, specialist):
    index_of_two(specialist)
    odd = stage.work.aggregates.get(school__organization=stage.schools[5])
    odd.marks = [0, 0, 2, 56]
    odd.save()
    page = html(client_of(specialist).get(address("expected", work=stage.work.pk, measure="quality")))
    assert "выше ожидаемого" in page
    assert "неотличимо от ожидаемого" in page
    assert "не сравнивается" in page  # no passport
    places = [page.index(f">{one}</a>") for one in stage.schools]
    assert places == sorted(places)
    rows = selectors.expected(stage.work, Measure.QUALITY, ("index",)).rows
    assert [row.organization for row in rows if row.verdict == 1] == [stage.schools[5]]
    several = html(client_of(specialist).get(address("expected") + "?factor=social.1.2%25&factor=social.1.5%25"))
    assert "нужно не меньше 15" in several


def test_a_missing_index_or_region_switches_a_comparison_off_and_says_so(client_of, stage, specialist):
    client = client_of(specialist)
    assert "Сравнение выключено. Социальный индекс ещё не составлен" in html(client.get(address("expected")))
    page = html(client.get(address("funnel", base="region")))
    assert "Сравнение с регионом выключено" in page
    GroupResult.objects.create(
        procedure=stage.work, file=ResultFileFactory(), report="marks", level="region", name="Регион",
        values={"2": 10, "3": 40, "4": 30, "5": 20},
    )  # fmt: skip
    page = html(client.get(address("funnel", base="region")))
    assert "Среднее региона: 50,0" in page
    assert "Сравнение с регионом выключено" not in page


def test_places_are_never_told_by_vpr_and_overlap_elsewhere(client_of, stage, specialist):
    assert not selectors.funnel(stage.work, Measure.QUALITY).has_places
    exam = ProcedureFactory(period=stage.period, kind="oge", grade=9)
    for one, marks in zip(stage.schools, [[0, 0, 0, 90], *[[10, 30, 30, 20]] * 5], strict=False):
        ResultAggregateFactory(procedure=exam, school__organization=one, marks=marks)
    rows = selectors.funnel(exam, Measure.QUALITY).rows
    assert [row.place_text for row in rows[:2]] == ["1", "2–6, внутри неотличимы"]
    page = html(client_of(specialist).get(address("funnel", work=exam.pk)))
    assert "2–6, внутри неотличимы" in page
    assert "Место" not in html(client_of(specialist).get(address("funnel", work=stage.work.pk)))


def test_small_schools_are_pooled_over_three_years(stage, specialist):
    from tests.factories.core import PeriodFactory

    small = stage.schools[3]
    stage.work.aggregates.filter(school__organization=small).update(marks=[1, 2, 2, 0], participants=5)
    before = ProcedureFactory(period=PeriodFactory(code="2024/25"))
    ResultAggregateFactory(procedure=before, school__organization=small, marks=[2, 2, 1, 1])
    found = results.results_of(stage.work, Measure.LOW)
    assert found.schools[small.pk].n == 11
    assert found.schools[small.pk].value == pytest.approx(100 * 3 / 11)
    assert found.schools[small.pk].years == ("2024/25", "2025/26")
    before.delete()
    again = results.results_of(stage.work, Measure.LOW)
    assert again.few == {small.pk: 5}
    assert small.pk not in again.schools


def test_the_rule_of_resilience_is_an_editable_setting(client_of, stage, specialist):
    index_of_two(specialist)
    client = client_of(specialist)
    page = html(client.get(address("resilient")))
    assert "не подтверждено" in page
    assert "данных мало" in page  # one year of three
    data = {
        "lowest": "30", "top": "33,3", "residual": "1", "years": "1", "window": "3", "source_state": "municipal",
        "act": "Приказ № 7", "reason": "Один год показателен",
    }  # fmt: skip
    assert "от 5 до 50" in html(client.post(address("method_settings", "resilience"), {**data, "lowest": "90"}))
    assert client.post(address("method_settings", "resilience"), data).status_code == 302
    assert MethodSettings.objects.get().values["lowest"] == "30"
    page = html(client.get(address("resilient")))
    assert "правило не выполнено" in page
    assert "Приказ № 7" in html(client_of(Role.DIRECTOR).get(reverse("procedures:methods")))
    assert client_of(Role.METHODOLOGIST).post(address("method_settings", "resilience"), data).status_code == 404


# --- who sees what


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER, Role.EXPERT])
def test_comparisons_of_schools_are_for_the_authority(client_of, stage, role):
    client = client_of(role)
    for name in (*COMPARISONS, "context", "social_index", "index_create"):
        assert client.get(address(name)).status_code == 404
    assert client.get(address("organization_context", "school-02")).status_code == 404


@pytest.mark.capability("S-102")
def test_a_result_stands_beside_its_context(client_of, stage, specialist, head, run_jobs):
    index_of_two(specialist)
    made = clusters.make_by_rules(kind="school", period=stage.period, criteria=["locality"], bounds=[], by=specialist)
    clusters.confirm(clustering=made, basis="Приказ", by=head)
    run_jobs()
    beside = reverse("procedures:school_context", args=[stage.work.pk, "school-01"])
    town = [stage.work.aggregates.get(school__organization=one).marks for one in stage.schools[:8]]
    quality = 100 * sum(m[2] + m[3] for m in town) / sum(map(sum, town))
    for role in (Role.SPECIALIST, Role.HEAD, Role.DIRECTOR):
        page = html(client_of(role).get(beside))
        assert "Кластер «Город»" in page
        assert f"{quality:.1f}".replace(".", ",") in page  # the sum of the cluster, not the mean of schools
        assert "100 из 100" in page
        assert "Ожидаемо при таком контексте" in page
    own = html(client_of(Role.DIRECTOR).get(address("own_context")))
    assert "Кластер" in own
    assert "100 из 100" in own
    assert all(str(one) not in own for one in stage.schools[1:])  # no other school is named


def test_a_cluster_of_two_gives_no_sum_away(client_of, stage, specialist, head):
    made = clusters.make_by_hand(kind="school", title="", names=["Двое", "Остальные"], by=specialist)
    places = {one.pk: 1 if n < 2 else 2 for n, one in enumerate(stage.schools)}
    clusters.edit(clustering=made, names={}, places=places, by=specialist)
    clusters.confirm(clustering=made, basis="Приказ", by=head)
    page = html(client_of(Role.DIRECTOR).get(reverse("procedures:school_context", args=[stage.work.pk, "school-01"])))
    assert "в кластере писали меньше 3 организаций" in page


def test_the_methods_are_open_to_everybody(client, db):
    page = html(client.get(reverse("procedures:methods")))
    for words in ("Социальный индекс школы", "Воронка", "Резильентные школы", "Кластеры расчётом", "не подтверждено"):
        assert words in page


@pytest.mark.parametrize("name", COMPARISONS)
def test_without_results_a_comparison_says_so(client_of, name):
    VersionFactory(indicator__pack="social", indicator__number="1.2%")
    assert "Результатов ещё нет" in html(client_of(Role.HEAD).get(address(name)))


def test_odd_addresses_show_the_usual_page(client_of, stage):
    for name in COMPARISONS:
        html(client_of(Role.HEAD).get(reverse(f"analysis:{name}"), {"work": "\x00", "measure": "x", "factor": "'"}))


def test_what_is_told_beside_a_result_is_remembered_until_something_changes(
    stage, specialist, django_assert_max_num_queries
):
    index_of_two(specialist)
    first = stage.schools[0]
    before = beside.blocks(specialist, stage.work, first)[0].facts
    with django_assert_max_num_queries(1):  # whether anything has changed
        assert beside.blocks(specialist, stage.work, first)[0].facts == before
    row = stage.work.aggregates.get(school__organization=stage.schools[1])
    row.marks, row.score_sum = [30, 20, 10, 0], 1
    row.save()
    assert beside.blocks(specialist, stage.work, first)[0].facts != before


def test_the_card_stands_on_the_page_of_the_organisation_for_those_who_may_see_it(client_of, stage, specialist):
    index_of_two(specialist)
    page = reverse("organizations:detail", args=["school-01"])
    for role in (Role.SPECIALIST, Role.DIRECTOR):
        assert "100 из 100" in html(client_of(role).get(page))
    assert "100 из 100" not in html(client_of(Role.OBSERVER).get(page))
    other = reverse("organizations:detail", args=["school-02"])
    assert "Социальный индекс" not in html(client_of(Role.DIRECTOR).get(other))
