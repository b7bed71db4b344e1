"""Packs of the project's files: loaded, loaded again, changed, broken."""

import json
import os
import shutil
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from apps.core.findings import Refused
from apps.indicators.formulas import check_rule, parse_condition
from apps.indicators.models import Direction, Indicator, IndicatorVersion, Pack, Rule
from apps.indicators.services import load_packs
from apps.indicators.services.checking import Draft, Place
from apps.indicators.services.definitions import Definition
from apps.indicators.services.marks import mark
from apps.indicators.services.proposals import accept, propose
from tests.factories.organizations import AdditionalFactory, KindergartenFactory, SchoolFactory

pytestmark = pytest.mark.django_db

# 70 + 92 + 125 of order 1324, 63 of НОКО, 172 of МСОКО, 93 and 23 of preschool, 21 of schools' ВСОКО,
# 213 of the monitoring of the plans, 11 of the system itself; proposals of our own: 31 of conditions, 15 of gifted
# children, 8 of additional education, 16 of the social passport.
ROWS = 953


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's pack files that a test may change."""
    return Path(shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures"))


def change(folder: Path, pack: str, **rows: dict) -> None:
    """Rewrite rows of a pack by their numbers: `change(folder, "so_oo", **{"1.5": {"name": …}})`."""
    path = folder / "packs" / f"{pack}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for row in data["indicators"]:
        row.update(rows.get(row["number"], {}))
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_all_rows_of_the_three_annexes_are_there():
    result = load_packs()
    assert (result.packs, result.created, result.new_versions) == (22, ROWS, 0)
    counts = {code: Indicator.objects.filter(pack=code).count() for code in ("so_doo", "so_oo", "so_dod")}
    assert counts == {"so_doo": 70, "so_oo": 92, "so_dod": 125}
    assert Direction.objects.count() == 10
    calendar = Pack.objects.filter(period_kind="calendar_year").values_list("code", flat=True)
    assert set(calendar) == {"so_oo", "so_doo", "so_dod", "noko", "talents", "conditions", "coverage"}


def test_what_the_sources_do_not_confirm_stays_unconfirmed():
    load_packs()
    states = dict(IndicatorVersion.objects.values_list("indicator__code", "source_state"))
    assert states["so_oo.1.1"] == "official"
    assert states["so_oo.1.6"] == "unconfirmed"
    assert sum(state == "official" for code, state in states.items() if code.startswith("so_oo.")) == 9
    auxiliary = IndicatorVersion.objects.filter(is_auxiliary=True, indicator__pack__startswith="so_")
    assert auxiliary.count() == 12
    assert all(version.source_state == "unconfirmed" and "Не входит в приказ" in version.note for version in auxiliary)


def test_a_share_is_compiled_to_its_terms():
    load_packs()
    version = IndicatorVersion.objects.get(indicator__code="so_oo.1.10%")
    assert (version.formula, version.scale, version.aggregation) == ("100 * [so_oo.1.10] / [so_oo.A.9]", 100, "ratio")
    assert version.indicator.parent == Indicator.objects.get(code="so_oo.1.10")
    terms = set(version.terms.values_list("part", "input__code", "coefficient"))
    assert terms == {("n", "so_oo.1.10", 1), ("d", "so_oo.A.9", 1)}


def test_a_second_load_changes_nothing():
    load_packs()
    before = list(IndicatorVersion.objects.order_by("pk").values())
    result = load_packs()
    assert (result.created, result.new_versions, result.unchanged) == (0, 0, ROWS)
    assert list(IndicatorVersion.objects.order_by("pk").values()) == before


def test_a_changed_passport_makes_a_new_version(folder):
    load_packs(folder=folder)
    change(folder, "so_oo", **{"1.5%": {"formula": "100 * [so_oo.1.5] / ([so_oo.1.1] - [so_oo.1.2])"}})
    result = load_packs(folder=folder)
    assert (result.created, result.new_versions) == (0, 1)
    new, old = IndicatorVersion.objects.filter(indicator__code="so_oo.1.5%").order_by("-number")
    assert (new.number, new.valid_to, new.terms.count()) == (2, None, 3)
    assert old.valid_to < new.valid_from
    assert old.formula == "100 * [so_oo.1.5] / [so_oo.1.1]"
    assert load_packs(folder=folder).new_versions == 0


def test_a_row_that_left_the_file_is_switched_off_and_comes_back(folder):
    load_packs(folder=folder)
    path = folder / "packs" / "so_oo.json"
    whole = path.read_text(encoding="utf-8")
    data = json.loads(whole)
    data["indicators"] = [row for row in data["indicators"] if row["number"] != "2.3"]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert load_packs(folder=folder).switched_off == 1
    assert not Indicator.objects.get(code="so_oo.2.3").is_active
    path.write_text(whole, encoding="utf-8")
    load_packs(folder=folder)
    assert Indicator.objects.get(code="so_oo.2.3").is_active


@pytest.mark.parametrize(
    ("number", "fields", "code"),
    [
        ("1.5%", {"formula": "100 * [so_oo.1.5] / "}, "bad_formula"),
        ("1.5%", {"formula": "__import__('os').system('id')"}, "bad_formula"),
        ("1.5%", {"formula": "100 * [so_oo.1.5] / [so_oo.9.9]"}, "unknown_code"),
        ("1.5%", {"formula": "100 * [so_oo.1.5%] / [so_oo.1.1]"}, "cycle"),
        ("1.5%", {"formula": "[so_oo.1.5] * [so_oo.1.1]"}, "not_linear"),
        ("1.5%", {"polarity": "sideways"}, "bad_choice"),
        ("1.5%", {"parent": "7.7"}, "unknown_parent"),
        ("1.6", {"weight": "7.7"}, "unknown_weight"),
        ("1.6", {"number": "1.7"}, "double_code"),
        ("1.6", {"maximum": "сто"}, "bad_pack"),
    ],
)
def test_a_broken_file_is_refused_as_a_whole(folder, number, fields, code):
    change(folder, "so_oo", **{number: fields})
    with pytest.raises(Refused) as refusal:
        load_packs(folder=folder)
    assert code in {finding.code for finding in refusal.value.findings}
    assert not Indicator.objects.exists()


def test_a_circle_of_formulas_is_refused_with_its_path(folder):
    circle = {"1.5%": {"formula": "[so_oo.1.10%] / [so_oo.1.1]"}, "1.10%": {"formula": "[so_oo.1.5%] / [so_oo.A.9]"}}
    change(folder, "so_oo", **circle)
    with pytest.raises(Refused, match=r"so_oo\.1\.5% → so_oo\.1\.10% → so_oo\.1\.5%"):
        load_packs(folder=folder)


def test_a_folder_without_packs_is_refused(tmp_path):
    with pytest.raises(Refused, match="нет наборов"):
        load_packs(folder=tmp_path)


def test_every_rule_is_a_condition_over_known_codes_with_a_russian_message():
    load_packs()
    codes = set(Indicator.objects.values_list("code", flat=True))
    for rule in Rule.objects.all():
        parse_condition(rule.condition)
        assert set(rule.indicators) <= codes, rule.code
        assert rule.message.endswith("."), rule.code


def test_rules_catch_what_the_act_forbids():
    load_packs()
    rules = {rule.code: rule for rule in Rule.objects.filter(pack="so_oo")}
    level = rules["so_oo.sum.1.1"]
    assert level.indicators[0] == "so_oo.1.1"
    values = {"so_oo.1.1": 100, "so_oo.1.2": 40, "so_oo.1.3": 50, "so_oo.1.4": 10}
    assert check_rule(level.condition, values).value is True
    assert check_rule(level.condition, {**values, "so_oo.1.4": 11}).value is False
    assert check_rule(level.condition, {**values, "so_oo.1.4": None}).value is None
    hall = rules["so_oo.library.2.4.2"].condition
    assert check_rule(hall, {"so_oo.2.4": 0, "so_oo.2.4.2": 1}).value is False
    assert check_rule(hall, {"so_oo.2.4": None, "so_oo.2.4.2": 0}).value is True
    assert check_rule(rules["so_oo.part.1.10"].condition, {"so_oo.1.10": 3, "so_oo.A.9": 2}).value is False


def test_packs_go_to_those_who_deliver_the_programmes():
    load_packs()
    school = SchoolFactory(programmes=["preschool", "primary", "basic"])
    codes = {
        kind: [pack.code for pack in Pack.objects.all().for_organization(organization)]
        for kind, organization in {
            "school": school,
            "kindergarten": KindergartenFactory(),
            "additional": AdditionalFactory(),
        }.items()
    }
    codes = {kind: [code for code in found if code.startswith("so_")] for kind, found in codes.items()}
    assert codes == {"school": ["so_doo", "so_oo"], "kindergarten": ["so_doo"], "additional": ["so_dod"]}


def test_the_command_loads_and_a_trial_changes_nothing():
    out = StringIO()
    call_command("load_packs", "--dry-run", "--json", stdout=out)
    assert json.loads(out.getvalue().splitlines()[-1])["created"] == ROWS
    assert not Indicator.objects.exists()
    call_command("load_packs", stdout=out)
    assert f"новых: {ROWS}" in out.getvalue()
    assert Indicator.objects.count() == ROWS


def domain(name: str) -> dict:
    """A file of the subject area that the packs were made from."""
    folder = Path(os.environ.get("SHARED_DIR", settings.BASE_DIR.parent / "shared"))
    path = folder / "domain" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["noko114", "msoko_indicators", "mkdo_vsoko_doo", "vsoko_oo"])
def test_no_row_of_a_source_is_lost_and_none_is_raised_to_official(name):
    load_packs()
    states = dict(IndicatorVersion.objects.values_list("indicator__code", "source_state"))
    rows = domain(name)["indicators"]
    assert [row["uid"] for row in rows if row["uid"] not in states] == []
    raised = [row["uid"] for row in rows if not row["confirmed"] and states[row["uid"]] in ("official", "municipal")]
    assert raised == []
    options = [option["code"] for row in rows for option in row.get("options", [])]
    assert [code for code in options if f"noko.{code}" not in states] == []


def test_words_are_no_formula_and_are_not_added_up():
    load_packs()
    version = IndicatorVersion.objects.get(indicator__code="msoko.1.4.1.1")
    assert (version.formula, version.aggregation, version.is_derived) == ("", "none", False)
    assert "Числитель: охваченные. Знаменатель: обучающиеся 6–11 классов" in version.note


@pytest.mark.capability("S-023")
def test_the_nine_directions_stand_in_two_blocks_with_their_indicators():
    load_packs()
    for direction in Direction.objects.all():
        pack = "noko" if direction.code == "УС" else "msoko"  # conditions stand beside the nine of the federal list
        assert Indicator.objects.filter(direction=direction, pack=pack, is_group=False).exists(), direction.code
    blocks = set(Direction.objects.values_list("block", flat=True))
    assert {block.split(".")[0] for block in blocks} == {"I", "II"}


def test_level_is_filled_in_without_a_new_version(folder):
    load_packs(folder=folder)
    for code, level in {"so_oo.1.1": "", "so_oo.1.2": "regional"}.items():
        version = IndicatorVersion.objects.get(indicator__code=code)
        version.level = level
        version.save(update_fields=["level"])
    assert load_packs(folder=folder).new_versions == 0
    levels = dict(IndicatorVersion.objects.values_list("indicator__code", "level"))
    assert (levels["so_oo.1.1"], levels["so_oo.1.2"]) == ("institutional", "regional")
    assert levels["msoko.1.1.4.1"] == "municipal"


# --- what was made on the portal


def accepted(specialist, head, number, **fields):
    """A new version of a row of `so_oo`, made on the portal."""
    version = IndicatorVersion.objects.current().get(indicator__code=f"so_oo.{number}")
    definition = Definition(**{**vars(Definition.of(version)), "source_state": "proposal", **fields})
    day = timezone.localdate()
    draft = Draft(kind="version", definition=definition, valid_from=day, indicator=version.indicator)
    accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=head)


def test_a_version_of_the_portal_outlives_the_files(folder, specialist, head):
    load_packs(folder=folder)
    accepted(specialist, head, "1.5%", formula="100 * [so_oo.1.5] / ([so_oo.1.1] - [so_oo.1.2])", attention=Decimal(40))
    before = list(IndicatorVersion.objects.order_by("pk").values())
    result = load_packs(folder=folder)
    assert (result.new_versions, result.kept) == (0, 1)
    assert [finding.code for finding in result.findings] == ["file_differs"]
    assert "so_oo.1.5%" in result.findings[0].message
    assert "формула" in result.findings[0].message
    assert list(IndicatorVersion.objects.order_by("pk").values()) == before
    change(folder, "so_oo", **{"1.5%": {"name": "Совсем другое", "unit": "шт."}, "1.1": {"unit": "чел."}})
    result = load_packs(folder=folder)
    assert result.new_versions == 1
    assert "название" in result.findings[0].message
    current = IndicatorVersion.objects.current()
    assert current.get(indicator__code="so_oo.1.5%").attention == 40
    assert current.get(indicator__code="so_oo.1.1").unit == "чел."


def test_a_file_that_changes_an_input_recompiles_the_version_of_the_portal(folder, specialist, head):
    load_packs(folder=folder)
    accepted(specialist, head, "1.10%", formula="[so_oo.1.5%] / 2")
    change(folder, "so_oo", **{"1.5%": {"formula": "100 * [so_oo.1.5] / ([so_oo.1.1] - [so_oo.1.2])"}})
    assert load_packs(folder=folder).new_versions == 2
    version = IndicatorVersion.objects.current().get(indicator__code="so_oo.1.10%")
    assert (version.number, version.made_by, version.author, version.checker) == (3, "site", specialist, head)
    assert version.terms.count() == 3
    assert load_packs(folder=folder).new_versions == 0


def test_an_indicator_made_on_the_portal_is_not_switched_off(specialist, head):
    load_packs()
    draft = Draft(
        kind="new", definition=Definition(name="Охват"), valid_from=timezone.localdate(),
        place=Place("msoko", "99", direction="1.1"),
    )  # fmt: skip
    accept(proposal=propose(draft=draft, reason="Нужен", by=specialist), by=head)
    assert load_packs().switched_off == 0
    assert Indicator.objects.get(code="msoko.99").is_active


def test_an_indicator_ended_on_the_portal_stays_ended(specialist, head):
    load_packs()
    indicator = Indicator.objects.get(code="so_oo.2.3")
    draft = Draft(kind="archive", definition=Definition(name=""), valid_from=timezone.localdate(), indicator=indicator)
    accept(proposal=propose(draft=draft, reason="Не нужен", by=specialist), by=head)
    load_packs()
    assert not Indicator.objects.get(code="so_oo.2.3").is_active


def test_the_command_says_what_differs(specialist, head):
    load_packs()
    accepted(specialist, head, "1.5%", unit="доля")
    out = StringIO()
    call_command("load_packs", stdout=out)
    assert "so_oo.1.5%: на портале действует другая версия" in out.getvalue()
    assert "оставлено: 1" in out.getvalue()


def test_levels_of_education_come_from_the_words_and_a_mark_of_a_person_stays(folder, specialist):
    load_packs(folder=folder)
    levels = dict(Indicator.objects.values_list("code", "education_levels"))
    assert levels["so_oo.1.2"] == ["primary"]
    assert levels["so_oo.1.1"] == []  # a school has several
    assert levels["so_doo.1.1"][0] == "preschool"
    assert all("special" in levels[code] for code in levels if code.startswith("so_dod.1.6.1"))
    indicator = Indicator.objects.get(code="so_oo.1.2")
    mark(indicator=indicator, level="institutional", object="", education_levels=["special"], by=specialist)
    load_packs(folder=folder)
    assert Indicator.objects.get(code="so_oo.1.2").education_levels == ["special"]
