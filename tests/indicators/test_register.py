"""Indicators over all packs: by marks, as the tree of a direction, as an approved set."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.indicators.models import ApprovedSet, Direction, Indicator, IndicatorVersion, Target
from apps.indicators.services.checking import Draft
from apps.indicators.services.definitions import Definition
from apps.indicators.services.proposals import accept, propose
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.capability("S-005")
def test_indicators_and_procedures_are_marked_with_their_level_and_chosen_by_it(client_of, rows):
    client = client_of(Role.SPECIALIST)
    for code, level in (("trial.1", "federal"), ("trial.2", "municipal")):
        client.post(reverse("indicators:mark", args=[code]), {"level": level})
    seen = text(client.get(reverse("indicators:register"), {"level": "federal"}))
    assert "Показатель 1</a>" in seen
    assert "Показатель 2</a>" not in seen
    assert {value for value, _ in IndicatorVersion.Level.choices} == {
        "federal", "regional", "municipal", "institutional",
    }  # fmt: skip


def test_the_whole_register_stands_on_pages(client_of):
    packs_loaded()
    client = client_of(Role.DIRECTOR)
    assert client.get(reverse("indicators:list"), {"pack": "all"}).url == reverse("indicators:register")
    seen = text(client.get(reverse("indicators:register")))
    measured = Indicator.objects.measured().count()
    assert f"Найдено: {measured}" in seen
    assert 'rel="next"' in seen
    filtered = text(client.get(reverse("indicators:register"), {"packs": "so_oo", "source": "official"}))
    official = IndicatorVersion.objects.filter(
        indicator__pack="so_oo", source_state="official", indicator__is_group=False
    )
    assert f"Найдено: {official.count()}<" in filtered
    assert official.count() < 20
    assert "не подтверждено</span>" not in filtered


def test_the_register_shows_figures_only_to_whom_they_belong(client_of, counted):
    seen = text(client_of(Role.SPECIALIST).get(reverse("indicators:register"), {"q": "Доля успевающих"}))
    assert "55,0 %" in seen
    hidden = text(client_of(Role.DIRECTOR).get(reverse("indicators:register"), {"q": "Доля успевающих"}))
    assert "55,0 %" not in hidden  # two organisations: ours subtracted leaves the other one
    assert "нет данных" in hidden


@pytest.mark.capability("S-090")
def test_a_direction_is_a_tree_with_computed_parents(client_of, counted, colleague, specialist, run_jobs):
    direction = Direction.objects.create(code="1.1", name="Подготовка обучающихся")
    group = VersionFactory(
        indicator__number="9", indicator__is_group=True, name="Раздел", value_type="", aggregation="none"
    )
    parent = VersionFactory(
        indicator__number="9.1", name="Сколько всего", indicator__is_group=True, value_type="", aggregation="none"
    )
    Indicator.objects.filter(pk=parent.indicator_id).update(parent=group.indicator, order=100)
    Indicator.objects.filter(code__in=["trial.2", "trial.3"]).update(parent=parent.indicator)
    Indicator.objects.filter(pack="trial").update(direction=direction)
    client = client_of(Role.SPECIALIST)
    form = {
        "name": "Сколько всего", "value_type": "int", "decimals": "0", "polarity": "neutral", "aggregation": "sum",
        "formula": "[trial.2] + [trial.3]", "source_state": "proposal", "valid_from": "2025-01-01", "reason": "Итог",
    }  # fmt: skip
    editor = text(client.get(reverse("indicators:propose", args=["trial.9.1"]) + "?compose=sum"))
    assert "[trial.2] + [trial.3]</textarea>" in editor
    client.post(reverse("indicators:propose", args=["trial.9.1"]), form)
    proposal = Indicator.objects.get(code="trial.9.1").proposals.get()
    client_of(colleague).post(reverse("indicators:proposal_decide", args=[proposal.pk]), {"decision": "accept"})
    run_jobs()
    seen = text(client.get(reverse("indicators:set", args=["1.1"])))
    order = ["Раздел", "Сколько всего", "Показатель 2<", "Показатель 3<"]
    places = [seen.index(name) for name in order]
    assert places == sorted(places)
    row = seen[places[1] : places[2]]
    assert "считается по подпоказателям" in row
    assert ">160</a>" in row  # 90 + 20 + 45 + 5
    assert 'class="level-2" data-label="Показатель"' in seen
    assert "Подготовка обучающихся" in text(client.get(reverse("indicators:sets")))


@pytest.fixture
def plan(client_of):
    packs_loaded()

    def page(code, role=Role.SPECIALIST):
        return text(client_of(role).get(reverse("indicators:set", args=[code])))

    return page


@pytest.mark.parametrize(
    ("code", "indicator"),
    [
        pytest.param("1.1", "msoko.1.1.1.9", marks=pytest.mark.capability("S-172")),
        pytest.param("1.2", "", marks=pytest.mark.capability("S-176")),
    ],
)
def test_the_approved_set_of_a_plan_has_formula_source_and_targets(
    plan, client_of, specialist, colleague, code, indicator
):
    found = IndicatorVersion.objects.filter(indicator__direction__code=code, indicator__is_group=False)
    version = found.exclude(formula="").first() or found.first()
    Target.objects.create(
        indicator=version.indicator, period=PeriodFactory(code="2026/27"), number=Decimal(87), basis="decision",
        basis_text="Приказ", author=specialist,
    )  # fmt: skip
    address = reverse("indicators:set", args=[code])
    client = client_of(Role.SPECIALIST)
    assert client.post(address, {"act": "", "approved_on": ""}).status_code == 422
    client.post(address, {"act": "Приказ № 283 от 15.12.2022", "approved_on": "2022-12-15"})
    seen = plan(code)
    assert "Приказ № 283 от 15.12.2022, 15.12.2022" in seen
    assert "действует без изменений" in seen
    assert "2026/27: <b>87" in seen
    assert version.get_source_state_display() in seen
    definition = Definition(**{**vars(Definition.of(version)), "attention": Decimal(1), "polarity": "higher"})
    draft = Draft("version", definition, date(2026, 1, 1), version.indicator)
    accept(proposal=propose(draft=draft, reason="Порог", by=specialist), by=colleague)
    seen = plan(code)
    assert "с тех пор изменился" in seen
    assert "Новая версия 2, утверждена была 1" in seen
    assert client_of(Role.DIRECTOR).post(address, {"act": "Свой", "approved_on": "2022-12-15"}).status_code == 404
    assert ApprovedSet.objects.count() == 1
    assert "2026/27: <b>87" in plan(code, Role.DIRECTOR)  # a school reads the set of the municipality


def test_the_set_says_what_left_it(plan, client_of, specialist, colleague):
    address = reverse("indicators:set", args=["1.3"])
    client_of(Role.SPECIALIST).post(address, {"act": "Приказ № 1", "approved_on": "2022-12-15"})
    indicator = Indicator.objects.measured().filter(direction__code="1.3").last()
    draft = Draft("archive", Definition(name=""), date(2026, 1, 1), indicator)
    accept(proposal=propose(draft=draft, reason="Не нужен", by=specialist), by=colleague)
    assert f'Вышли из набора: <a href="{reverse("indicators:passport", args=[indicator.code])}"' in plan("1.3")


def test_a_set_reads_a_constant_number_of_times(client_of, django_assert_max_num_queries):
    packs_loaded()
    client = client_of(Role.SPECIALIST)
    with django_assert_max_num_queries(30):
        assert client.get(reverse("indicators:set", args=["2.4"])).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get(reverse("indicators:register")).status_code == 200


@pytest.mark.parametrize("code", ["9.9", "<script>", "1.1'"])
def test_no_set_of_an_unknown_direction(client_of, code):
    assert client_of(Role.SPECIALIST).get(reverse("indicators:set", args=[code])).status_code == 404
