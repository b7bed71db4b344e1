"""Pages of results and items: what is counted, who sees what, how many statements it takes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.indicators.models import Aggregate
from apps.organizations.models import Group
from apps.procedures import stored
from apps.procedures.item_analysis import selectors
from apps.procedures.models import GroupResult
from apps.procedures.people.models import Association
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory, ResultAggregateFactory, ResultFileFactory, SubjectFactory
from tests.factories.scored import scored, work_of
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db

POOR = [[0, 0, 0, 1]] * 8 + [[1, 1, 0, 1]] * 4  # items 1 and 2: 33 %
FAIR = [[1, 2, 1, 0]] * 9 + [[0, 1, 1, 1]] * 3


@pytest.fixture
def procedure():
    work = ProcedureFactory(grade=4)
    work_of(work, (1, 2, 1, 1), "ББПП", ("Чтение", "Чтение", "Письмо", "Счёт"))
    return work


@pytest.fixture
def scene(procedure, school, other_school):
    """Our two schools and a third, one school of another municipality."""
    scored(procedure, school, POOR, marks=[2] * 8 + [3] * 4, journal=[3] * 12)
    scored(procedure, other_school, FAIR, marks=[5] * 9 + [3] * 3, journal=[5] * 12)
    scored(procedure, SchoolFactory(code="school-03", number=3, name="Школа № 3"), FAIR, marks=[4] * 12)
    scored(procedure, None, [[1, 2, 1, 1]] * 10, marks=[5] * 10, name="Чужая школа")
    return procedure


def test_items_of_a_school_against_the_others(scene, school, director):
    found = selectors.of_school(procedure=scene, organization=school, reader=director)
    first = found.lines[0]
    assert (first.own.n, round(first.own.value, 2)) == (12, Decimal("33.33"))  # 4 of 12
    assert float(first.whole.value) == pytest.approx(100 * 22 / 36)
    assert float(first.difference.value) == pytest.approx(100 * 4 / 12 - 100 * 18 / 24)
    assert first.is_apart
    assert [line.verdict for line in found.lines] == ["insufficient", "insufficient", "insufficient", "sufficient"]
    assert first.power.n == 36  # the school has fewer than thirty: the municipality's is shown
    assert not found.is_own_power


def test_a_skill_most_of_whose_items_are_poor_is_a_systemic_deficit(scene, school, client_of):
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:school_items", args=[scene.pk, school.code])))
    assert "Чтение Ниже границы 2 из 2 заданий: 1, 2. Выполнение 22,2 % (n = 12)." in page  # 4 + 4 of 12 + 24 points
    assert "системный дефицит" in page
    assert "отдельное затруднение" in page  # one item on writing


def test_country_and_region_stand_beside_where_files_bring_them(scene, school, client_of):
    file = ResultFileFactory()
    for level, name, value in (("country", "Вся выборка", 71.5), ("region", "Область", 64.2)):
        GroupResult.objects.create(
            procedure=scene,
            file=file,
            report="items",
            level=level,
            name=name,
            values={"1": value, "2": 50},
            participants=9000,
        )
    page = text_of(client_of(Role.SPECIALIST).get(reverse("procedures:school_items", args=[scene.pk, school.code])))
    assert "Россия, %" in page
    assert "71,5 ▼" in page  # 4 of 12: surely below the country's share of 9000
    assert "64,2 " in page


def test_a_small_group_gets_no_verdict_and_no_deficits(procedure, school, client_of):
    scored(procedure, school, POOR[:6], marks=[2] * 6)
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:school_items", args=[procedure.pk, school.code])))
    assert "Данных мало: писали 6" in page
    assert "данных мало" in page
    assert "Где затруднения" not in page
    assert "недостаточно" not in page


def test_a_school_sees_sums_of_three_organisations_only(procedure, school, other_school, client_of, specialist):
    scored(procedure, school, POOR, marks=[2] * 12)
    scored(procedure, other_school, FAIR, marks=[5] * 12)
    items, results = (
        reverse(f"procedures:{name}", args=[procedure.pk, school.code]) for name in ("school_items", "school")
    )
    client = client_of(Role.DIRECTOR)
    assert "Муниципалитет" not in text_of(client.get(items))
    assert [group.name for group in client.get(results).context["analysis"].groups] == ["Школа № 1"]
    assert "Муниципалитет, %" in text_of(client_of(specialist).get(items))
    scored(procedure, SchoolFactory(number=3), FAIR, marks=[5] * 12)
    assert "Муниципалитет, %" in text_of(client.get(items))


@pytest.mark.parametrize(
    "name", [f"procedures:{name}" for name in ("school", "school_items", "school_years", "school_context")]
)
def test_pages_of_a_school_are_its_own(scene, school, other_school, client_of, name):
    own, foreign = (reverse(name, args=[scene.pk, one.code]) for one in (school, other_school))
    director = client_of(Role.DIRECTOR)
    assert director.get(own).status_code == 200
    assert director.get(foreign).status_code == 404
    assert client_of(Role.METHODOLOGIST).get(foreign).status_code == 200
    assert client_of(Role.OBSERVER).get(own).status_code == 404
    if name == "procedures:school_context":
        return
    wide = reverse(name.replace("school_", "").replace("school", "detail"), args=[scene.pk])
    assert director.get(wide).url == own
    assert client_of(Role.HEAD).get(wide).status_code == 200


def test_the_heat_table_is_the_authoritys_and_in_the_order_of_the_register(scene, client_of):
    response = client_of(Role.SPECIALIST).get(reverse("procedures:items", args=[scene.pk]))
    chart = response.context["heat_chart"]
    assert list(chart.rows) == ["Школа № 1", "Школа № 2", "Школа № 3"]
    assert chart.table().rows[0][1:3] == ["33", "17"]  # 4 of 12 and 4 of 24 points
    assert "Чужая школа" not in text_of(response)


@pytest.mark.capability("S-102")
def test_a_result_stands_beside_its_cluster_and_the_schools_staff(scene, school, other_school, client_of):
    cluster = Group.objects.create(kind="cluster", code="k1", name="Малые школы")
    third = SchoolFactory(code="school-04", number=4)
    scored(scene, third, FAIR, marks=[4] * 12)
    cluster.organizations.set([school, other_school, third])
    staff = VersionFactory(indicator__pack="so_oo", indicator__number="1.25%", value_type="percent")
    for scope, key, value in (("organization", str(school.pk), "72.5"), ("municipality", "", "83.7")):
        Aggregate.objects.create(
            version=staff, period=PeriodFactory(code="2025"), scope=scope, scope_key=key, numerator=value,
            denominator=100, value=value, reported=1, expected=1,
        )  # fmt: skip
    response = client_of(Role.SPECIALIST).get(reverse("procedures:school", args=[scene.pk, school.code]))
    groups = {group.name: group for group in response.context["analysis"].groups}
    alike = groups["Похожие: Малые школы"]
    assert (alike.n, float(alike.sure.quality.value)) == (36, pytest.approx(100 * 21 / 36))
    assert "Похожие: Малые школы" in text_of(response)
    context = reverse("procedures:school_context", args=[scene.pk, school.code])
    assert f'hx-get="{context}"' in response.content.decode()  # the part is fetched into the page
    page = text_of(client_of(Role.SPECIALIST).get(context))
    assert "Педагогов с высшим образованием по муниципалитету 83,7 % 72,5 %" in page
    # a school reads the cluster too, as it has three members
    own = client_of(Role.DIRECTOR).get(reverse("procedures:school", args=[scene.pk, school.code]))
    assert "Похожие: Малые школы" in text_of(own)


@pytest.mark.capability("S-149")
def test_a_leader_of_an_association_sees_the_own_subject_by_school_and_no_other(scene, school, client_of, user_of):
    foreign = ProcedureFactory(grade=4, subject=SubjectFactory(name="Русский язык"), period=scene.period)
    work_of(foreign, (1, 2, 1, 1))
    scored(foreign, school, FAIR, marks=[5] * 12)
    leader = user_of(Role.ASSOCIATION_LEADER)
    client = client_of(leader)
    assert scene.title not in text_of(client.get(reverse("procedures:list")))  # leads nothing yet
    assert client.get(reverse("procedures:detail", args=[scene.pk])).status_code == 404
    Association.objects.create(name="Учителя математики", leader=leader).subjects.add(scene.subject)
    page = text_of(client.get(reverse("procedures:list")))
    assert scene.title in page
    assert foreign.title not in page
    assert "36 (школ: 3)" in page
    Association.objects.create(name="Учителя 4 классов", leader=leader).subjects.add(scene.subject)
    assert "36 (школ: 3)" in text_of(client.get(reverse("procedures:list")))  # led twice, counted once
    by_school = text_of(client.get(reverse("procedures:detail", args=[scene.pk])))
    assert "Школа № 1" in by_school
    assert "Школа № 2" in by_school
    for name in ("school", "school_items"):
        assert client.get(reverse(f"procedures:{name}", args=[scene.pk, school.code])).status_code == 200
        assert client.get(reverse(f"procedures:{name}", args=[foreign.pk, school.code])).status_code == 404
    assert client.get(reverse("procedures:detail", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize("name", ["procedures:school", "procedures:school_items"])
@pytest.mark.parametrize("schools", [3, 12])
def test_the_analysis_of_a_school_takes_few_statements_and_no_matrix(
    procedure, school, client_of, name, schools, django_assert_max_num_queries
):
    scored(procedure, school, POOR, marks=[2] * 12)
    for number in range(2, schools + 1):
        scored(procedure, SchoolFactory(number=number), FAIR, marks=[4] * 12)
    client = client_of(Role.DIRECTOR)
    client.get(reverse(name, args=[procedure.pk, school.code]))  # the context of the work is told once and remembered
    with django_assert_max_num_queries(15) as statements:
        assert client.get(reverse(name, args=[procedure.pk, school.code])).status_code == 200
    assert not [one["sql"] for one in statements if "procedures_resultblock" in one["sql"]]


def test_stored_rows_are_read_in_one_statement(scene, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = stored.schools_of([scene])
    assert [row.parts.participants for row in rows] == [12, 12, 12, 10]
    slim = stored.schools_of([scene], columns=stored.SLIM)
    assert [row.parts.marks for row in slim] == [row.parts.marks for row in rows]
    assert not slim[0].parts.item_sums


def test_pages_of_a_school_where_nobody_wrote_say_so(scene, school, client_of):
    absent = SchoolFactory(code="school-08", number=8, name="Школа № 8")
    ResultAggregateFactory(procedure=scene, school__organization=absent, marks=[0] * 4, absent=5)
    client = client_of(Role.SPECIALIST)
    for name, words in (("school", "не писали: 5"), ("school_items", "никто не писал"), ("school_years", "нечего")):
        assert words in text_of(client.get(reverse(f"procedures:{name}", args=[scene.pk, absent.code])))


def test_everyone_with_one_score_is_explained(procedure, school, client_of):
    scored(procedure, school, [[1, 1, 1, 0]] * 12, marks=[4] * 12)
    page = text_of(client_of(Role.DIRECTOR).get(reverse("procedures:school", args=[procedure.pk, school.code])))
    assert "У всех один и тот же первичный балл" in page
