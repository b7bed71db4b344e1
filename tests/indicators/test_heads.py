"""Formulas of the efficiency of heads take nothing from ВПР."""

import json
from datetime import date

import pytest
from django.conf import settings

from apps.indicators.models import Direction
from apps.indicators.services import heads
from apps.indicators.services.checking import Draft, Place, check
from apps.indicators.services.definitions import Definition
from apps.indicators.services.sources import link_indicators
from tests.factories.indicators import IndicatorFactory, PackFactory, SourceFactory, VersionFactory

DAY = date(2025, 9, 1)


@pytest.fixture
def inputs(db):
    """ВПР's share, a share counted from it, and one that has nothing to do with it."""
    PackFactory(code="own")
    rows = {"1": ("Доля справившихся с ВПР", "ФИС ОКО"), "2": ("Доля наставников", "реестр")}
    for number, (name, source) in rows.items():
        VersionFactory(
            indicator=IndicatorFactory(code=f"own.{number}", pack="own", number=number), name=name, data_source=source
        )
    VersionFactory(
        indicator=IndicatorFactory(code="own.3", pack="own", number="3"), name="Итог", formula="[own.1] + [own.2]"
    )


def new(name: str, formula: str) -> Draft:
    definition = Definition(name=name, value_type="decimal", aggregation="sum", formula=formula)
    return Draft(kind="new", definition=definition, valid_from=DAY, place=Place("own", "9"))


def refused(draft: Draft) -> list[str]:
    return [finding.message for finding in check(draft).findings if finding.code == "heads_by_vpr"]


@pytest.mark.parametrize("formula", ["[own.1] * 2", "[own.3] - [own.2]"])
def test_an_indicator_of_heads_refuses_inputs_from_vpr_direct_and_through_others(inputs, formula):
    (message,) = refused(new("Эффективность руководителя школы", formula))
    assert "own.1" in message
    found = check(new("Эффективность руководителя", formula)).findings
    assert "Рособрнадзора" in next(one.action for one in found if one.code == "heads_by_vpr")


def test_other_indicators_may_read_them_and_heads_may_read_others(inputs):
    assert refused(new("Общий итог", "[own.1] + [own.2]")) == []
    assert refused(new("Эффективность работы директора", "[own.2] * 2")) == []


def test_an_input_of_heads_does_not_become_one_of_vpr(inputs):
    indicator = IndicatorFactory(code="own.5", pack="own", number="5")
    VersionFactory(indicator=indicator, name="Эффективность руководителей", formula="[own.2] * 1")
    mentors = VersionFactory._meta.model.objects.get(indicator__code="own.2")
    definition = Definition(**{**vars(Definition.of(mentors)), "data_source": "ФИС ОКО: ВПР"})
    draft = Draft(kind="version", definition=definition, valid_from=DAY, indicator=mentors.indicator)
    (message,) = refused(draft)
    assert "own.5" in message


def test_an_input_of_heads_does_not_begin_to_read_vpr_by_its_formula(inputs):
    """The detour: first a formula of heads over an innocent one, then ВПР into the innocent one."""
    between = IndicatorFactory(code="own.4", pack="own", number="4")
    version = VersionFactory(indicator=between, name="Промежуточный", formula="[own.2] * 1", is_derived=True)
    of_heads = IndicatorFactory(code="own.5", pack="own", number="5")
    VersionFactory(indicator=of_heads, name="Эффективность руководителей", formula="[own.4] * 1", is_derived=True)
    definition = Definition(**{**vars(Definition.of(version)), "formula": "[own.3] * 1"})
    draft = Draft(kind="version", definition=definition, valid_from=DAY, indicator=between)
    (message,) = refused(draft)
    assert "own.5" in message


def test_a_row_under_a_heading_of_heads_takes_its_direction(inputs):
    direction = Direction.objects.get_or_create(code=heads.HEADS_DIRECTION, defaults={"name": "Руководители"})[0]
    IndicatorFactory(code="own.7", pack="own", number="7", is_group=True, direction=direction)
    definition = Definition(name="Итог", value_type="decimal", aggregation="sum", formula="[own.1] * 2")
    draft = Draft(kind="new", definition=definition, valid_from=DAY, place=Place("own", "7.1", parent="own.7"))
    assert len(refused(draft)) == 1


def test_a_number_linked_to_the_system_of_vpr_is_of_vpr_whatever_its_name(inputs, specialist):
    source = SourceFactory(code=heads.FIS_OKO, name="ФИС ОКО")
    assert refused(new("Эффективность директора", "[own.2] * 2")) == []
    link_indicators(source=source, codes=["own.2"], by=specialist)
    (message,) = refused(new("Эффективность директора", "[own.2] * 2"))
    assert "own.2" in message


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("Доля «2» за ВПР", "", True),
        ("Балл", "ФИС ОКО: ВПР", True),
        ("Всероссийская проверочная работа", "", True),
        ("Школа с низкими результатами", "ФИС ОКО, РИС ГИА", True),
        ("Отсутствие признаков", "направление ОБ", True),
        ("Общее", "направление общее", False),
        ("Впрочем", "", False),
    ],
)
def test_words_that_name_the_source(name, source, expected):
    assert heads.comes_from_vpr(name, source) is expected


def test_shipped_indicators_of_heads_take_nothing_from_vpr():
    for path in (settings.BASE_DIR / "fixtures" / "packs").glob("*.json"):
        for row in json.loads(path.read_text(encoding="utf-8"))["indicators"]:
            if heads.is_of_heads(row["name"], row.get("direction", "")):
                assert not heads.comes_from_vpr(row["name"], row.get("data_source", "")), row["number"]
                assert "ВПР" not in row.get("formula", "")
