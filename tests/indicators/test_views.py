"""Pages: what the authority sees, what a school sees, and what stays hidden from it."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.core.models import Job
from apps.indicators.models import IndicatorVersion, Term, Value
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from apps.indicators.todo import todo_for
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import GroupFactory, SchoolFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db

SECRET = 7777  # a number of another school: it must not be on any page of ours


@pytest.fixture
def pack():
    return PackFactory(programmes=["basic"], note="Сверьте с официальной публикацией.")


@pytest.fixture
def share(pack):
    """«2%»: the share of «2» in «1»."""
    VersionFactory(indicator__number="0", indicator__is_group=True, name="Раздел", value_type="", aggregation="none")
    whole = VersionFactory(indicator__number="1", name="Всего учеников")
    part = VersionFactory(indicator__number="2", name="Успевают", polarity="higher")
    version = VersionFactory(
        indicator__number="2%", name="Доля успевающих", unit="%", value_type="percent", aggregation="ratio",
        decimals=1, is_derived=True, formula="100 * [trial.2] / [trial.1]", scale=100, polarity="higher",
    )  # fmt: skip
    Term.objects.create(version=version, part="n", input=part.indicator, coefficient=1)
    Term.objects.create(version=version, part="d", input=whole.indicator, coefficient=1)
    return version


@pytest.fixture
def filled(share, school, other_school, calendar_year, specialist):
    """Four schools: ours, the stranger with the secret, a third, and one that reported nothing."""
    third = SchoolFactory(code="school-03", number=3, name="Школа № 3")
    SchoolFactory(code="school-04", number=4, name="Школа № 4")
    for year, shift in ((PeriodFactory(code="2024"), 10), (calendar_year, 0)):
        given = ((school, (100, 50)), (other_school, (SECRET, 3333)), (third, (123, 67 + shift)))
        values = [
            NewValue(organization.pk, f"trial.{number}", Decimal(value), place=f"лист «Форма», ячейка D{place}")
            for organization, numbers in given
            for place, (number, value) in enumerate(zip((1, 2), numbers, strict=True), 10)
        ]
        origin = Origin("collection.Submission", "1")
        record_values(period=year, source="collection", values=values, by=specialist, origin=origin)
        compute_aggregates(period=year)
    return calendar_year


def page(client, name, code="", **query):
    address = reverse(f"indicators:{name}", args=[code] if code else [])
    return client.get(address, query)


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


PAGES = [
    ("list", ""),
    ("export", "trial.1"),
    ("detail", "trial.2%"),
    ("explain", "trial.2%"),
    ("detail", "trial.1"),
    ("explain", "trial.1"),
]


@pytest.mark.parametrize(("name", "code"), PAGES)
@pytest.mark.parametrize(
    "role", [Role.ADMIN, Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST, Role.DIRECTOR, Role.COORDINATOR]
)
def test_the_authority_and_schools_open_the_pages(client_of, filled, name, code, role):
    assert page(client_of(role), name, code).status_code == 200


@pytest.mark.parametrize(("name", "code"), PAGES)
def test_the_anonymous_are_asked_to_log_in(client, filled, name, code):
    assert page(client, name, code).status_code == 302


# --- what is seen and what is hidden


@pytest.mark.parametrize(("name", "code"), [("detail", "trial.1"), ("explain", "trial.1"), ("explain", "trial.2%")])
def test_the_numbers_of_a_stranger_are_the_authoritys_to_see(client_of, filled, name, code):
    assert "7 777" in text(page(client_of(Role.SPECIALIST), name, code))
    for place in ("municipality", "kind-school", "locality-urban", "organization-school-01"):
        seen = text(page(client_of(Role.DIRECTOR), name, code, scope=place))
        assert "7 777" not in seen
        assert "Школа № 2" not in seen


def test_a_school_sees_its_own_beside_the_sum(client_of, filled):
    seen = text(page(client_of(Role.DIRECTOR), "list"))
    assert "Ваша организация" in seen
    assert "50,0 %" in seen
    assert "43,1 %" in seen  # 3450 of 8000
    assert "3 из 4" in seen


def test_a_sum_over_two_would_give_the_other_away(client_of, filled, other_school, calendar_year):
    Value.objects.filter(organization__code="school-03", period=calendar_year).delete()
    compute_aggregates(period=calendar_year)
    for name in ("list", "detail", "explain"):
        code = "" if name == "list" else "trial.1"
        assert "7 877" in text(page(client_of(Role.SPECIALIST), name, code))
        assert "7 877" not in text(page(client_of(Role.DIRECTOR), name, code))


@pytest.mark.parametrize("name", ["list", "detail", "explain", "export"])
def test_a_foreign_scope_is_not_there_for_a_school(client_of, filled, name):
    GroupFactory(code="secret")
    code = "" if name == "list" else "trial.1"
    for scope in ("organization-school-02", "group-secret", "kind-kindergarten"):
        assert page(client_of(Role.DIRECTOR), name, code, scope=scope).status_code == 404
        assert page(client_of(Role.SPECIALIST), name, code, scope=scope).status_code == 200
    for nonsense in ("nonsense", "group-", "organization-", "' OR 1=1"):
        assert page(client_of(Role.SPECIALIST), name, code, scope=nonsense).status_code == 404


def test_the_export_holds_what_the_page_shows(client_of, filled):
    def rows(who):
        response = page(client_of(who), "export", "trial.2%")
        assert response.headers["Content-Disposition"].endswith('.xlsx"')
        return list(load_workbook(BytesIO(response.content)).active.iter_rows(min_row=2, values_only=True))

    seen = rows(Role.SPECIALIST)
    assert [row[0] for row in seen] == ["school-01", "school-02", "school-03", "school-04"]
    assert seen[0][2:5] == (50, 50, 100)
    assert seen[3][5] == "нет данных"
    assert [row[0] for row in rows(Role.DIRECTOR)] == ["school-01"]


# --- what the pages say


def test_the_explanation_goes_down_to_the_cell(client_of, filled, specialist):
    seen = text(page(client_of(Role.SPECIALIST), "explain", "trial.2%"))
    assert "100 × «Успевают» ÷ «Всего учеников»" in seen
    assert "100 × 3 450 ÷ 8 000 = 43,1 %" in seen
    assert "лист «Форма», ячейка D11" in seen
    assert specialist.get_short_name() in seen
    assert "Не вошли: 1 организация" in seen
    assert "Школа № 4" in seen
    assert "значений за этот период ещё нет" in seen


def test_who_is_left_out_is_said_with_the_reason(client_of, filled, school, calendar_year):
    Value.objects.filter(organization=school, version__indicator__code="trial.2", period=calendar_year).update(
        number=None, absence_reason="не ведётся"
    )
    compute_aggregates(period=calendar_year)
    assert "строка 2 — нет: не ведётся" in text(page(client_of(Role.SPECIALIST), "explain", "trial.2%"))


def test_unconfirmed_stays_marked(client_of, filled):
    for name, code in PAGES:
        if name == "export":
            continue
        assert "не подтверждено" in text(page(client_of(Role.DIRECTOR), name, code)).lower()
    assert "Сверьте с официальной публикацией." in text(page(client_of(Role.SPECIALIST), "list"))


def test_schools_cannot_order_by_value_and_nobody_is_ranked_by_default(client_of, filled):
    seen = text(page(client_of(Role.SPECIALIST), "detail", "trial.1"))
    assert seen.index("Школа № 1<") < seen.index("Школа № 2<") < seen.index("Школа № 3<")
    assert "Это не рейтинг" in seen
    ordered = text(page(client_of(Role.SPECIALIST), "detail", "trial.1", sort="-value"))
    table = ordered[ordered.index("Это не рейтинг") :]
    assert table.index("Школа № 2<") < table.index("Школа № 3<") < table.index("Школа № 1<")
    assert "sort=" not in text(page(client_of(Role.DIRECTOR), "detail", "trial.1"))


def test_years_stand_side_by_side_and_a_changed_method_breaks_the_line(client_of, filled, share):
    assert "По годам" in text(page(client_of(Role.SPECIALIST), "detail", "trial.2%"))
    IndicatorVersion.objects.filter(pk=share.pk).update(valid_to="2025-06-01")
    new = IndicatorVersion.objects.create(
        indicator=share.indicator, number=2, valid_from="2025-06-02", name="Доля успевающих", unit="%",
        value_type="percent", aggregation="ratio", is_derived=True, formula="100 * [trial.2] / [trial.1]", scale=100,
        source_state="proposal",
    )  # fmt: skip
    Term.objects.create(version=new, part="n", input=share.terms.get(part="n").input, coefficient=1)
    Term.objects.create(version=new, part="d", input=share.terms.get(part="d").input, coefficient=1)
    compute_aggregates(period=filled)
    assert "Изменилась методика: версия 2" in text(page(client_of(Role.SPECIALIST), "detail", "trial.2%"))
    assert "методика изменилась" in text(page(client_of(Role.SPECIALIST), "list"))


def test_texts_of_passports_are_escaped(client_of, filled, share):
    evil = "<script>alert(1)</script>{{ 7|add:7 }}"
    IndicatorVersion.objects.filter(pk=share.pk).update(name=evil, note=evil, act=evil)
    for name in ("list", "detail", "explain"):
        seen = text(page(client_of(Role.SPECIALIST), name, "" if name == "list" else "trial.2%"))
        assert "<script>alert" not in seen
        assert "{{ 7|add:7 }}" in seen


@pytest.mark.parametrize("query", [{"period": "2019"}, {"period": "прошлый"}, {"pack": "none"}, {"period": "' OR 1=1"}])
def test_an_address_that_names_nothing_is_not_found(client_of, filled, query):
    assert page(client_of(Role.SPECIALIST), "list", **query).status_code == 404


@pytest.mark.parametrize("code", ["trial.0", "trial.99", "<script>", "..%2f"])
def test_no_page_for_headings_and_unknown_codes(client_of, filled, code):
    for name in ("detail", "explain", "export"):
        assert page(client_of(Role.SPECIALIST), name, code).status_code == 404


def test_empty_ground_has_words(client_of):
    assert "ещё не загружены" in text(page(client_of(Role.SPECIALIST), "list"))
    packs_loaded()
    assert "ещё не посчитаны" in text(page(client_of(Role.SPECIALIST), "list"))
    assert "ещё не посчитан" in text(page(client_of(Role.DIRECTOR), "detail", "so_oo.1.10%"))


def test_a_period_without_reports_says_so(client_of, calendar_year):
    packs_loaded()
    compute_aggregates(period=calendar_year)
    assert "За этот период нет данных" in text(page(client_of(Role.SPECIALIST), "list", pack="so_oo"))


def test_the_pages_read_a_constant_number_of_times(client_of, calendar_year):
    packs_loaded()
    client = client_of(Role.SPECIALIST)

    def statements(name, code=""):
        with CaptureQueriesContext(connection) as queries:
            assert page(client, name, code, pack="so_oo").status_code == 200
        return len(queries)

    def fill(count):
        values = [
            NewValue(SchoolFactory().pk, code, Decimal(5)) for code in ("so_oo.1.1", "so_oo.1.5") for _ in range(count)
        ]
        record_values(period=calendar_year, source="collection", values=values, by=None, origin=Origin("t", "1"))
        compute_aggregates(period=calendar_year)

    fill(3)
    pages = [("list", ""), ("detail", "so_oo.1.5%"), ("explain", "so_oo.1.5%")]
    before = [statements(*one) for one in pages]
    fill(25)
    assert [statements(*one) for one in pages] == before
    assert max(before) < 40


# --- recount


def test_the_department_asks_for_a_recount(client_of, filled, specialist):
    address = reverse("indicators:recount")
    response = client_of(Role.SPECIALIST).post(address, {"period": "2025"})
    job = Job.objects.get()
    assert response.headers["Location"] == reverse("core:job", args=[job.pk])
    for role in (Role.METHODOLOGIST, Role.DIRECTOR):
        assert client_of(role).post(address, {"period": "2025"}).status_code == 404
    assert client_of(Role.SPECIALIST).get(address).status_code == 405
    assert client_of(Role.SPECIALIST).post(address, {"period": "9999"}).status_code == 404


def test_today_reminds_of_figures_that_lag_behind(filled, school, specialist, methodologist, director):
    assert todo_for(specialist) == []
    values = [NewValue(school.pk, "trial.1", Decimal(101))]
    record_values(period=filled, source="collection", values=values, by=None, origin=Origin("t", "1"))
    assert [one.title for one in todo_for(specialist)] == ["Пересчитать показатели: 2025 год"]
    assert todo_for(methodologist) == todo_for(director) == []
    compute_aggregates(period=filled)
    assert todo_for(specialist) == []
