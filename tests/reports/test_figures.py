"""Figures of chapters: sums first, one division last, small groups hidden, absence said in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from apps.core.periods import parse_period
from apps.indicators.models import Aggregate, IndicatorVersion
from apps.organizations.models import Locality
from apps.reports.blocks import from_json, to_json
from apps.reports.chapters import CHAPTERS
from apps.reports.figures.actions import actions
from apps.reports.figures.base import Year, shown_share, text_of
from apps.reports.figures.campaigns import campaigns
from apps.reports.figures.indicators import headlines, self_examination
from apps.reports.figures.network import network, organization_list
from apps.reports.figures.results import results
from tests.factories.collection import CampaignFactory
from tests.factories.core import PeriodFactory
from tests.factories.indicators import IndicatorFactory, VersionFactory
from tests.factories.organizations import KindergartenFactory, SchoolFactory
from tests.factories.results import ItemFactory, ProcedureFactory, ResultAggregateFactory
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db
YEAR = Year(parse_period("2025/26"), date(2026, 11, 22))


def table(figures, key):
    return next(block for block in figures.blocks if getattr(block, "key", "") == key)


def aggregate(code, value, *, unit="человек", denominator=None, period="2025", **version):
    indicator = IndicatorFactory(code=code, pack=code.split(".")[0], number=code.split(".", 1)[1])
    existing = IndicatorVersion.objects.filter(indicator=indicator).first()
    row = existing or VersionFactory(indicator=indicator, unit=unit, **version)
    return Aggregate.objects.create(
        version=row,
        period=PeriodFactory(code=period),
        scope=Aggregate.Scope.MUNICIPALITY,
        value=value,
        denominator=denominator,
        reported=1,
        expected=2,
    )


def test_network_counts_by_kind_and_locality(authority):
    SchoolFactory(locality=Locality.RURAL)
    SchoolFactory()
    SchoolFactory(closed_on=date(2024, 1, 1))
    KindergartenFactory()
    figures = network(YEAR)
    assert [row[0:4] for row in table(figures, "network").rows] == [
        ["Школы", "1", "1", "2"],
        ["Детские сады", "1", "0", "1"],
        ["Дополнительное образование", "0", "0", "0"],
        ["Всего", "2", "1", "3"],
    ]
    assert "3 организации: 2 школы, 1 детский сад, 0 организаций" in figures.sentences[0]
    assert len(table(organization_list(YEAR), "organizations").rows) == 3


def test_results_are_sums_of_our_schools_divided_once(period):
    work = ProcedureFactory(period=period)
    ItemFactory(procedure=work, position=0, number="1", maximum=2, skill="Умение")
    ResultAggregateFactory(procedure=work, marks=[10, 20, 30, 40], item_counts=[100], item_sums=[50])
    ResultAggregateFactory(procedure=work, marks=[0, 10, 5, 5], item_counts=[20], item_sums=[10])
    ResultAggregateFactory(procedure=work, marks=[90, 0, 0, 0], school__organization=None)
    figures = results(YEAR)
    (row,) = table(figures, "results").rows
    # 10, 30, 35, 45 of 120: «2» 8.333…, success 110/120 = 91.666…, quality 80/120 = 66.666…
    assert row == ["Математика, 5 класс", "120", "8,3", "25,0", "29,2", "37,5", "91,7", "66,7", "нет данных"]
    (item,) = table(figures, "items").rows
    assert item[:3] == ["Математика, 5 класс", "1", "Умение"]
    assert item[3].startswith("25,0")  # 60 of 240
    assert Decimal(next(value for value in figures.data if value.code.endswith("success")).value) == Decimal(
        "91.666667"
    )


def test_a_small_count_of_a_mark_is_nowhere(period):
    """Three pupils with «2»: neither their number, nor their share, nor what gives it back."""
    ResultAggregateFactory(procedure=ProcedureFactory(period=period), marks=[3, 40, 37, 20])
    figures = results(YEAR)
    (row,) = table(figures, "results").rows
    assert row[2:7] == ["скрыто", "40,0", "37,0", "скрыто", "скрыто"]
    assert not any(value.value for value in figures.data if value.state == "скрыто")
    assert {value.code.rsplit(".", 1)[1] for value in figures.data if value.state == "скрыто"} == {
        "mark2",
        "mark5",
        "success",
    }
    assert table(figures, "distribution").labels == []


def test_a_small_work_shows_no_shares(period):
    ResultAggregateFactory(procedure=ProcedureFactory(period=period), marks=[0, 0, 0, 9])
    (row,) = table(results(YEAR), "results").rows
    assert row[2:8] == ["скрыто"] * 6


def test_indicators_with_change_hidden_counts_and_unconfirmed_marks():
    aggregate("so_oo.1.1", Decimal(1000), aggregation="sum", source_state="official")
    aggregate("so_oo.1.1", Decimal(900), period="2024")
    aggregate("so_oo.1.16", Decimal(3), aggregation="sum", source_state="unconfirmed")
    share = {"unit": "%", "value_type": "percent", "aggregation": "ratio", "source_state": "official"}
    aggregate("so_oo.1.5%", Decimal("45.25"), denominator=Decimal(1000), **share)
    aggregate("so_oo.1.10%", Decimal(2), denominator=Decimal(100), **share)
    figures = self_examination(YEAR)
    rows = {row[0]: row for row in table(figures, "self_examination.so_oo").rows}
    assert rows["1.1"][3:] == ["900", "1\u202f000", "+100"]
    assert rows["1.16"][4] == "скрыто"
    assert rows["1.16"][1].endswith("\u00a0*")
    assert rows["1.5"][3:] == ["нет данных", "45,3\u00a0%", "—"]
    assert rows["1.10"][4] == "скрыто"  # two of a hundred
    values = {value.code: value for value in figures.data}
    assert (values["so_oo.1.16"].value, values["so_oo.1.16"].base, values["so_oo.1.16"].state) == ("", "", "скрыто")
    assert (values["so_oo.1.10%"].value, values["so_oo.1.10%"].base) == ("", "")
    assert values["so_oo.1.5%"].value == "45.25"
    assert "данные сдали 1 из 2 организаций" in figures.sentences[0]
    assert [fact.value for fact in headlines(YEAR).facts] == ["1\u202f000", "45,3\u00a0%"]


def test_campaigns_have_readable_codes(period):
    first = CampaignFactory(period=PeriodFactory(code="2025"))
    CampaignFactory(period=period)
    CampaignFactory(period=first.period, title="Вторая")
    today = Year(YEAR.span, timezone.localdate())
    codes = {value.code.rpartition(".")[0] for value in campaigns(today).data}
    assert codes == {"campaign.2025.1", "campaign.2025.2", "campaign.2025-26.1"}


def test_recommendations_by_state_without_names(period, school):
    AddresseeFactory(organization=school, recommendation__period=period)
    figures = actions(YEAR)
    assert dict(table(figures, "recommendations").rows)["Всего"] == "1"
    assert all(school.name not in str(to_json(block)) for block in figures.blocks)


def test_results_of_single_schools_are_in_no_chapter(period):
    """Rosobrnadzor's rule: ВПР of a school is not public; the register's list is the only place of names."""
    work = ProcedureFactory(period=period)
    for n in range(3):
        ResultAggregateFactory(procedure=work, marks=[8, 8, 8, 8], school__organization__name=f"Приметная школа {n}")
    for chapter in CHAPTERS:
        blocks = [to_json(block) for block in chapter.figures(YEAR).blocks]
        named = [block for block in blocks if "Приметная школа" in str(block)]
        assert all(block["key"] == "organizations" for block in named)


def test_without_data_every_chapter_says_so(db):
    for chapter in CHAPTERS:
        figures = chapter.figures(YEAR)
        assert not figures.facts or chapter.code == "introduction"
    texts = " ".join(
        block.text for chapter in CHAPTERS for block in chapter.figures(YEAR).blocks if block.type == "note"
    )
    assert texts.count("нет данных") >= 4


def test_blocks_survive_json(period):
    ResultAggregateFactory(procedure=ProcedureFactory(period=period), marks=[10, 10, 10, 10])
    for block in [*results(YEAR).blocks, *network(YEAR).blocks]:
        assert to_json(from_json(to_json(block))) == to_json(block)


def test_a_share_is_divided_last():
    assert text_of(shown_share(10, 30), 1) == "33,3"
    assert shown_share(None, 30) is None


def test_indicators_of_one_name_are_told_apart_by_their_annex():
    for code in ("so_oo.1.1", "so_dod.1.1"):
        made = aggregate(code, Decimal(100), aggregation="sum", source_state="official")
        made.version.name = "Общая численность учащихся"
        made.version.save(update_fields=["name"])
    assert [row[0] for row in table(headlines(YEAR), "headlines").rows] == [
        "Общая численность учащихся (общеобразовательные организации)",
        "Общая численность учащихся (дополнительное образование)",
    ]
