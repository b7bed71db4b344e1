"""Years of an indicator: changes, breaks, references, comparison, places; seen and hidden."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.indicators.models import IndicatorVersion, Term
from apps.indicators.selectors.scopes import MUNICIPALITY
from apps.indicators.selectors.trend import chart_of, trend_of
from apps.indicators.services import compute_aggregates
from apps.organizations.services import assign_group
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, ValueFactory, VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.series import (
    CauseFactory,
    ReferencePointFactory,
    ReferenceSeriesFactory,
    TargetFactory,
    report,
    share_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(school):
    """Six schools; ours is the first."""
    return [school, *(SchoolFactory(code=f"school-1{n}", number=10 + n, name=f"Дальняя {n}") for n in range(5))]


@pytest.fixture
def share(schools, specialist):
    """Shares by school in 2025: 50, 10, 20, 30, 40, 60: together 35; in 2024 30, in 2023 20."""
    PackFactory()
    version = share_version()
    report("2023", specialist, dict.fromkeys(schools, (100, 20)))
    report("2024", specialist, dict.fromkeys(schools, (100, 30)))
    shares = (50, 10, 20, 30, 40, 60)
    report("2025", specialist, {one: (100, part) for one, part in zip(schools, shares, strict=True)})
    return version


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def page(client, version, **query):
    return text(client.get(reverse("indicators:detail", args=[version.indicator.code]), query))


@pytest.mark.capability("S-014")
def test_three_years_with_points_and_the_causes_that_the_annual_report_lists(client_of, share):
    client = client_of(Role.SPECIALIST)
    address = reverse("indicators:cause", args=[share.indicator.code, PeriodFactory(code="2025").span])
    assert client.post(address, {"text": "Открыты новые кружки."}).status_code == 302
    seen = page(client, share)
    for words in ("20,0 %", "30,0 %", "35,0 %", "+10,0 п. п.", "+5,0 п. п.", "Открыты новые кружки."):
        assert words in seen
    assert "Открыты новые кружки." not in page(client_of(Role.DIRECTOR), share)


PASSPORTS = [
    {"aggregation": "sum"},
    {"aggregation": "mean", "value_type": "decimal", "decimals": 1},
    {"aggregation": "share_yes", "value_type": "bool"},
]


@pytest.mark.capability("S-098")
@pytest.mark.parametrize("passport", PASSPORTS, ids=lambda passport: passport["aggregation"])
def test_every_way_of_adding_up_has_its_change_and_chart(client_of, schools, passport):
    PackFactory()
    version = VersionFactory(indicator__number="7", **passport)
    for year, number in (("2024", 0), ("2025", 1)):
        period = PeriodFactory(code=year)
        for one in schools:
            ValueFactory(organization=one, version=version, period=period, number=Decimal(number))
        compute_aggregates(period=period)
    seen = page(client_of(Role.SPECIALIST), version)
    change = {"sum": "+6", "mean": "+1,0", "share_yes": "+100,0 п. п."}[passport["aggregation"]]
    assert change in seen
    assert "<figcaption>По годам</figcaption>" in seen
    listed = text(client_of(Role.SPECIALIST).get(reverse("indicators:list"), {"pack": "trial"}))
    assert change in listed


def test_a_share_has_its_change_and_chart_too(client_of, share):
    assert "<figcaption>По годам</figcaption>" in page(client_of(Role.SPECIALIST), share)


def test_a_sum_over_fewer_organisations_is_no_fall(client_of, schools, user_of):
    """Six schools said 10 each, then four of them: the line is cut and says why, so that nobody sees a loss."""
    PackFactory()
    version = VersionFactory(indicator__number="7", aggregation="sum")
    for year, reporting in (("2024", schools), ("2025", schools[:4])):
        period = PeriodFactory(code=year)
        for one in reporting:
            ValueFactory(organization=one, version=version, period=period, number=Decimal(10))
        compute_aggregates(period=period)
    seen = page(client_of(Role.SPECIALIST), version)
    assert "сообщили 4 из 6: сумма не сравнивается с прошлой" in seen
    trend = trend_of(indicator=version.indicator, version=version, scope=MUNICIPALITY, user=user_of(Role.SPECIALIST))
    assert [place for place, _ in chart_of(trend).breaks] == [1]


def test_a_new_method_breaks_the_line_and_says_what_changed(client_of, share, specialist, user_of):
    share.valid_to = date(2024, 12, 31)
    share.save()
    newer = IndicatorVersion.objects.get(pk=share.pk)
    newer.pk, newer.number, newer.valid_from, newer.valid_to = None, 2, date(2025, 1, 1), None
    newer.formula, newer.unit = "100 * [trial.2] / [trial.1] + 0", "проц."
    newer.save()
    for term in share.terms.all():
        Term.objects.create(version=newer, part=term.part, input=term.input, coefficient=1)
    compute_aggregates(period=PeriodFactory(code="2025"))
    seen = page(client_of(Role.SPECIALIST), share)
    assert "Изменилась методика: версия 2 (формула, единица)" in seen
    assert "методика изменилась" in seen  # instead of a number of points
    trend = trend_of(indicator=share.indicator, version=newer, scope=MUNICIPALITY, user=user_of(Role.SPECIALIST))
    assert [place for place, _ in chart_of(trend).breaks] == [2]


def test_reference_lines_stand_beside_and_are_not_added_up(client_of, share):
    series = ReferenceSeriesFactory(indicator=share.indicator)
    ReferencePointFactory(series=series, period=PeriodFactory(code="2025"), number=Decimal("47.2"))
    seen = page(client_of(Role.DIRECTOR), share)
    assert "Пример области (не подтверждено)" in seen
    assert "47,2 %" in seen
    assert "35,0 %" in seen  # our own sum is as before
    assert "−12,2 п. п." in seen


def test_comparison_with_target_kind_and_similar_organisations(client_of, share, schools, specialist):
    similar = schools[:5]  # 150 of 500
    assign_group(code="c-1", name="Большие школы", organizations=similar, by=specialist, kind="cluster")
    assign_group(code="g-1", name="Опорные школы", organizations=similar, by=specialist)
    compute_aggregates(period=PeriodFactory(code="2025"))
    TargetFactory(
        indicator=share.indicator, author=specialist, period=PeriodFactory(code="2025"),
        scope="organization", scope_key=schools[0].pk, number=55,
    )  # fmt: skip
    for role in (Role.SPECIALIST, Role.DIRECTOR):
        seen = page(client_of(role), share, scope="organization-school-01")
        for words in ("Цель", "−5,0 п. п.", "Похожие: Большие школы", "30,0 %", "+20,0 п. п.", "Школы", "+15,0 п. п."):
            assert words in seen
    assert "Кластеры: похожие организации" in page(client_of(Role.SPECIALIST), share)
    assert "Опорные школы" in page(client_of(Role.SPECIALIST), share)
    assert "Опорные школы" not in page(client_of(Role.DIRECTOR), share)


def test_a_small_or_foreign_cluster_is_not_for_a_school(client_of, share, schools, specialist):
    assign_group(code="c-1", name="Малый кластер", organizations=schools[:4], by=specialist, kind="cluster")
    assign_group(code="c-2", name="Чужой кластер", organizations=schools[1:], by=specialist, kind="cluster")
    compute_aggregates(period=PeriodFactory(code="2025"))
    seen = page(client_of(Role.DIRECTOR), share, scope="organization-school-01")
    assert "Похожие: Малый кластер" not in seen
    assert "Чужой кластер" not in seen
    assert "Похожие: Малый кластер" in page(client_of(Role.SPECIALIST), share, scope="organization-school-01")
    address = reverse("indicators:detail", args=[share.indicator.code])
    assert client_of(Role.DIRECTOR).get(address, {"scope": "group-c-2"}).status_code == 404


def test_places_are_for_the_authority_and_words_for_the_school(client_of, client, share):
    seen = page(client_of(Role.SPECIALIST), share)
    assert "2-е из 6" in seen
    own = page(client_of(Role.DIRECTOR), share)
    assert "-е из 6" not in own
    assert "среди четверти организаций с наибольшими значениями" in own
    assert "Дальняя" not in own
    assert client.get(reverse("indicators:detail", args=[share.indicator.code])).status_code == 302
    public = client.get(reverse("portal:home")).content.decode()
    assert "-е из" not in public


def test_a_school_cannot_order_by_value(client_of, share):
    asked = {"sort": "-value"}
    assert "sort=value" in page(client_of(Role.SPECIALIST), share, **asked)
    assert "sort=" not in page(client_of(Role.DIRECTOR), share, **asked)


def test_the_years_as_a_file(client_of, share, specialist):
    period = PeriodFactory(code="2025")
    CauseFactory(indicator=share.indicator, period=period, author=specialist)
    TargetFactory(indicator=share.indicator, period=period, number=40, author=specialist)
    series = ReferenceSeriesFactory(indicator=share.indicator)
    ReferencePointFactory(series=series, period=period)

    def rows_for(role):
        answer = client_of(role).get(reverse("indicators:trend_export", args=[share.indicator.code]))
        rows = list(load_workbook(BytesIO(answer.content)).active.values)
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    row = rows_for(Role.SPECIALIST)[2]
    assert (row["Период"], row["Значение"], row["Числитель"], row["Сообщили"]) == ("2025", 35, 210, 6)
    assert row["Изменение"].replace("\u00a0", " ") == "+5,0 п. п."
    assert (row["Цель"], row["Состояние цели"]) == (40, "на пути: показатель движется к цели")
    assert row["Причины изменения"] == "Открыты новые кружки."
    assert row["Пример области (не подтверждено)"] == 47.2
    assert rows_for(Role.DIRECTOR)[2]["Причины изменения"] is None
