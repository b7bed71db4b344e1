"""The passport page: everything about an indicator, what changed between versions, marks and links of levels."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.indicators.models import Direction, Indicator, IndicatorVersion, LevelLink
from apps.indicators.services.checking import Draft
from apps.indicators.services.definitions import Definition
from apps.indicators.services.marks import link_levels, mark
from apps.indicators.services.proposals import accept, propose
from tests.factories.indicators import IndicatorFactory, RuleFactory, VersionFactory

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def passport(client, code):
    return text(client.get(reverse("indicators:passport", args=[code])))


def test_the_passport_says_everything(client_of, rows, specialist, colleague):
    direction = Direction.objects.create(code="1.1", name="Подготовка обучающихся")
    group = VersionFactory(indicator__number="9", indicator__is_group=True, name="Раздел о результатах", value_type="")
    Indicator.objects.filter(pk=rows.indicator_id).update(parent=group.indicator, direction=direction)
    RuleFactory(condition="[trial.2%] <= 100", message="Доля не больше ста.", indicators=["trial.2%"])
    definition = Definition(
        **{
            **vars(Definition.of(rows)), "formula": "100 * [trial.3] / [trial.1]", "attention": 40,
            "review_due": date(2026, 6, 1), "source_state": "municipal", "act": "Приказ № 17 от 01.02.2025",
            "evidence": "пункт 3",
        }
    )  # fmt: skip
    rows.indicator.refresh_from_db()
    draft = Draft("version", definition, date(2025, 1, 1), rows.indicator)
    accept(proposal=propose(draft=draft, reason="Качество", by=specialist), by=colleague)
    seen = passport(client_of(Role.DIRECTOR), "trial.2%")
    for said in (
        "Подготовка обучающихся</a> → Пробный набор →", "Раздел о результатах",
        "больше — лучше", "сумма числителей / сумма знаменателей", "100 × «Показатель 3» ÷ «Показатель 1»",
        "меньше 40,0 %", "приказ муниципалитета", "Приказ № 17 от 01.02.2025", "пункт 3", "01.06.2026",
        "Показатель пора пересмотреть", "Версии: 2", "с начала по 31.12.2024", "Доля не больше ста.",
        f"{specialist.get_short_name()} и {colleague.get_short_name()}",
    ):  # fmt: skip
        assert said in seen, said
    changes = seen[seen.index("Версия 2") : seen.index("Версия 1")]
    assert "100 * [trial.2] / [trial.1]" in changes
    assert "100 * [trial.3] / [trial.1]" in changes
    assert "Порог внимания" in changes
    assert "Единица" not in changes  # it did not change


def test_an_unconfirmed_row_says_so_and_leads_to_the_comparison(client_of, rows):
    seen = passport(client_of(Role.SPECIALIST), "trial.1")
    assert "не подтверждено" in seen
    assert "?pack=trial&amp;q=trial.1" in seen
    school = passport(client_of(Role.DIRECTOR), "trial.1")
    assert "не подтверждено" in school
    for hidden in ("Сверить с официальным текстом", "Предложить новую версию", "Изменить метки", "Вывести показатель"):
        assert hidden not in school


def test_a_passport_reads_a_constant_number_of_times(client_of, rows, django_assert_max_num_queries):
    client = client_of(Role.SPECIALIST)
    with django_assert_max_num_queries(35):
        passport(client, "trial.2%")


def test_no_passport_for_unknown_codes(client_of, rows):
    client = client_of(Role.SPECIALIST)
    assert client.get(reverse("indicators:passport", args=["trial.99"])).status_code == 404
    IndicatorFactory(number="77")
    assert client.get(reverse("indicators:passport", args=["trial.77"])).status_code == 404


# --- marks


@pytest.mark.capability("S-012")
def test_data_are_marked_with_levels_of_education_and_chosen_by_them(client_of, rows, school, kindergarten):
    client = client_of(Role.SPECIALIST)
    client.post(reverse("indicators:mark", args=["trial.2"]), {"education_levels": ["basic", "special"]})
    register = reverse("indicators:register")
    for level, is_there in (("special", True), ("basic", True), ("preschool", False)):
        seen = text(client_of(Role.DIRECTOR).get(register, {"education": level}))
        assert ("Показатель 2</a>" in seen) is is_there, level
        assert "Показатель 1</a>" not in seen
    assert "основное общее (ООО), дети с ОВЗ" in passport(client, "trial.2")
    organizations = text(client.get(reverse("organizations:list")))
    assert "Школа № 1" in organizations
    assert "Детский сад № 1" in organizations


@pytest.mark.capability("S-082")
def test_each_indicator_has_one_of_four_objects_and_the_panel_is_filtered_by_it(client_of, rows):
    client = client_of(Role.SPECIALIST)
    for code, object_ in (("trial.1", "conditions"), ("trial.2", "results")):
        client.post(reverse("indicators:mark", args=[code]), {"object": object_})
    seen = text(client.get(reverse("indicators:register"), {"object": "results"}))
    assert "Показатель 2</a>" in seen
    assert "Показатель 1</a>" not in seen
    assert [value for value, _ in IndicatorVersion.Object.choices] == [
        "results",
        "programmes",
        "conditions",
        "management",
    ]
    assert client.get(reverse("indicators:register"), {"object": "everything"}).status_code == 404


def test_a_mark_changes_no_method(rows, specialist):
    assert mark(
        indicator=rows.indicator, level="municipal", object="results", education_levels=["basic"], by=specialist
    )
    assert not mark(
        indicator=rows.indicator, level="municipal", object="results", education_levels=["basic"], by=specialist
    )
    version = rows.indicator.versions.get()
    assert (version.number, version.level) == (1, "municipal")
    with pytest.raises(Refused):
        mark(indicator=rows.indicator, level="galactic", object="", education_levels=[], by=specialist)


# --- levels


@pytest.fixture
def three_levels(rows):
    """A regional, a municipal and a school indicator of the same thing, said differently."""
    regional = VersionFactory(
        indicator__pack="region", indicator__number="5", name="доля  успевающих.", unit="процент", level="regional",
        value_type="percent",
    )  # fmt: skip
    IndicatorVersion.objects.filter(pk=rows.pk).update(level="municipal")
    school = VersionFactory(
        indicator__pack="schools", indicator__number="5", name="Успеваемость", unit="%", level="institutional",
        value_type="percent", is_derived=True, aggregation="ratio", formula="100 * [trial.2] / [trial.1]",
    )  # fmt: skip
    return regional, rows, school


@pytest.mark.capability("S-022")
def test_links_between_levels_show_what_does_not_match(client_of, three_levels):
    client = client_of(Role.SPECIALIST)
    address = reverse("indicators:levels")
    client.post(address, {"upper": "region.5", "lower": "trial.2%", "note": "Письмо министерства"})
    client.post(address, {"upper": "trial.2%", "lower": "schools.5"})
    assert LevelLink.objects.count() == 2
    above, below = text(client.get(address)).split("<article")[1:]
    assert "процент" in above
    assert "вносится" in above
    assert "Название" not in above  # only case, spaces and a full stop differ
    assert "Успеваемость" in below
    assert "Формула" not in below
    assert "Единица" not in below
    municipal = passport(client, "trial.2%")
    assert "region.5" in municipal
    assert "schools.5" in municipal
    link = LevelLink.objects.get(upper__code="region.5")
    client.post(reverse("indicators:unlink_levels", args=[link.pk]))
    assert reverse("indicators:passport", args=["region.5"]) not in passport(client, "trial.2%")
    assert client_of(Role.DIRECTOR).get(address).status_code == 404


@pytest.mark.parametrize(
    ("upper", "lower", "code"),
    [
        ("trial.2%", "region.5", "wrong_order"),
        ("region.5", "trial.77", "unknown_code"),
        ("region.5", "trial.1", "no_level"),
    ],
)
def test_a_link_leads_downwards_between_known_indicators(three_levels, specialist, upper, lower, code):
    with pytest.raises(Refused) as refusal:
        link_levels(upper=upper, lower=lower, note="", by=specialist)
    assert {finding.code for finding in refusal.value.findings} == {code}


def test_formulas_that_differ_by_linked_codes_match(three_levels, specialist, client_of):
    _, municipal, _ = three_levels
    for number in ("1", "2"):
        VersionFactory(indicator__pack="region", indicator__number=number, level="regional")
        IndicatorVersion.objects.filter(indicator__code=f"trial.{number}").update(level="municipal")
    VersionFactory(
        indicator__pack="region", indicator__number="2%", name=municipal.name, unit="%", level="regional",
        is_derived=True, formula="100 * [region.2] / [region.1]", aggregation="ratio",
    )  # fmt: skip
    link_levels(upper="region.2%", lower="trial.2%", note="", by=specialist)
    assert "100 * [region.2]" in text(client_of(Role.SPECIALIST).get(reverse("indicators:levels")))
    for number in ("1", "2"):
        link_levels(upper=f"region.{number}", lower=f"trial.{number}", note="", by=specialist)
    assert "название, единица и формула совпадают" in text(client_of(Role.SPECIALIST).get(reverse("indicators:levels")))
