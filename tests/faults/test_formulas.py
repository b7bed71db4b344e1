"""Rows F of the list of faults, through the doors that people use: the editor, the packs, the pages, the release."""

import ast
import json
import random
import re
import time
import tracemalloc
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.core.figures import percent
from apps.core.findings import Refused
from apps.indicators.formulas import FormulaError, Reason, evaluate, parse
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Proposal
from apps.indicators.services import NewValue, Origin, compute_aggregates, digest, load_packs, record_values
from apps.indicators.services.checking import Draft, Place
from apps.indicators.services.definitions import Definition
from apps.indicators.services.proposals import accept, propose
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.reports import document, report_of
from tests.indicators.conftest import counted, rows  # noqa: F401
from tests.indicators.formulas import trees
from tests.indicators.formulas.test_parsing import FOREIGN
from tests.packs import packs_loaded

D = Decimal
EVIL = "<script>alert(1)</script>{{ 7|add:7 }}{% debug %}"


def text(response):
    return " ".join(response.content.decode().split())


def version_of(base, **fields):
    definition = Definition(**{**vars(Definition.of(base)), **fields})
    return Draft("version", definition, date(2025, 1, 1), base.indicator)


# --- F1: what is no formula


@pytest.mark.django_db
def test_f1_foreign_texts_are_refused_by_the_editor_in_words(client_of, rows):  # noqa: F811
    client = client_of(Role.SPECIALIST)
    address = reverse("indicators:propose", args=["trial.2%"])
    form = {
        "name": "Доля", "value_type": "percent", "decimals": "1", "polarity": "higher", "aggregation": "sum",
        "source_state": "proposal", "valid_from": "2025-01-01", "reason": "Проба",
    }  # fmt: skip
    chosen = random.Random(1).sample(FOREIGN, 40)  # noqa: S311 - which texts, not a secret
    for foreign in ["__import__('os').system('id')", "().__class__.__bases__", "{x for x in [1]}", *chosen]:
        if not foreign.strip():
            continue  # an empty formula is an entered number
        response = client.post(address, {**form, "formula": foreign})
        assert response.status_code == 200, foreign
        assert "Есть ошибки" in text(response), foreign
    assert not Proposal.objects.exists()


def test_f1_nothing_in_the_code_executes_text():
    """No eval, exec or compile of built-in Python anywhere in the project."""
    found = []
    for path in Path(settings.BASE_DIR).glob("apps/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"eval", "exec", "compile"}
            ):
                found.append(f"{path}:{node.lineno}")
    assert found == []


# --- F2: bombs


@pytest.mark.parametrize(
    "bomb",
    [
        "9**9**9**9", "'a'*10**9", "1" * 1_000_000, "(" * 10_000, "+".join(["1"] * 10_000), "[a]*" * 900 + "[a]",
        "sum(" * 900, "if(1>0," * 400, "-" * 3_900 + "1",
    ],
    ids=range(9),
)  # fmt: skip
def test_f2_bombs_end_at_once_with_a_clear_error(bomb):
    """The best of three: a busy machine is no fault of the parser."""
    spent = []
    for _ in range(3):
        begun = time.process_time()
        with pytest.raises(FormulaError) as refusal:
            parse(bomb)
        spent.append(time.process_time() - begun)
    assert min(spent) <= 0.05
    assert str(refusal.value)
    tracemalloc.start()
    with pytest.raises(FormulaError):
        parse(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 50 * 2**20


@pytest.mark.django_db
def test_f2_formulas_that_double_each_other_cost_nothing(specialist, head):
    """Twenty levels, each naming the one below twice: a million parts if they were written out."""
    VersionFactory(indicator__number="0")
    for level in range(1, 19):
        formula = f"0.5 * [trial.{level - 1}] + 0.5 * [trial.{level - 1}]"
        VersionFactory(indicator__number=f"{level}", formula=formula, is_derived=True)
    definition = Definition(name="Вершина", value_type="decimal", formula="[trial.18] + [trial.18]")
    draft = Draft("new", definition, date(2025, 1, 1), place=Place("trial", "19"))
    begun = time.process_time()
    accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=head)
    assert time.process_time() - begun < 2
    version = IndicatorVersion.objects.get(indicator__code="trial.19")
    assert [(term.input.code, term.coefficient * version.scale) for term in version.terms.all()] == [("trial.0", 2)]


# --- F3: circles and chains


@pytest.mark.django_db
@pytest.mark.parametrize("aggregation", ["sum", "mean", "formula"])
def test_f3_a_circle_is_refused_on_saving_with_its_path(rows, specialist, aggregation):  # noqa: F811
    VersionFactory(indicator__number="5", formula="[trial.6]", is_derived=True, aggregation="sum")
    VersionFactory(indicator__number="6", formula="[trial.2%]", is_derived=True, aggregation="sum")
    draft = version_of(rows, formula="100 * [trial.5] / [trial.1]", aggregation=aggregation)
    with pytest.raises(Refused) as refusal:
        propose(draft=draft, reason="Круг", by=specialist)
    cycle = next(one for one in refusal.value.findings if one.code == "cycle")
    assert "trial.2% → trial.5 → trial.6 → trial.2%" in cycle.message
    with pytest.raises(Refused, match=r"trial\.2% → trial\.2%"):
        propose(draft=version_of(rows, formula="[trial.2%] + 1 * [trial.1]"), reason="Сам", by=specialist)
    assert not Proposal.objects.exists()


@pytest.mark.django_db
def test_f3_a_chain_of_a_thousand_is_refused_by_the_packs(tmp_path):
    (tmp_path / "packs").mkdir()
    base = {"name": "Звено", "unit": "", "type": "int", "source_state": "proposal", "aggregation": "sum"}
    indicators = [{**base, "number": "0"}]
    indicators += [{**base, "number": str(n), "formula": f"[chain.{n - 1}]"} for n in range(1, 1_001)]
    pack = {"code": "chain", "title": "Цепь", "short_title": "Цепь", "period_kind": "calendar_year"}
    (tmp_path / "packs" / "chain.json").write_text(
        json.dumps({"pack": pack, "indicators": indicators, "rules": []}), encoding="utf-8"
    )
    with pytest.raises(Refused) as refusal:
        load_packs(folder=tmp_path)
    assert "deep_chain" in {finding.code for finding in refusal.value.findings}
    assert not Indicator.objects.exists()


@pytest.mark.django_db
def test_f3_two_proposals_cannot_make_a_circle_together(rows, specialist, head):  # noqa: F811
    first = VersionFactory(indicator__number="5", formula="[trial.1] + [trial.2]", is_derived=True)
    other = VersionFactory(indicator__number="6", formula="[trial.1] + [trial.3]", is_derived=True)
    one = propose(draft=version_of(first, formula="[trial.6] + [trial.2]"), reason="Раз", by=specialist)
    two = propose(draft=version_of(other, formula="[trial.5] + [trial.3]"), reason="Два", by=specialist)
    accept(proposal=one, by=head)
    with pytest.raises(Refused, match="по кругу"):
        accept(proposal=two, by=head)


# --- F4: absent is not zero


@hypothesis_settings(max_examples=150)
@given(
    tree=trees.formulas,
    values=st.dictionaries(
        st.sampled_from(trees.CODES),
        st.one_of(st.none(), st.just(D(0)), st.just(D("NaN")), st.just(D("Infinity")), st.decimals(allow_nan=False)),
    ),
)
def test_f4_any_formula_gives_a_finite_number_or_a_reason(tree, values):
    outcome = evaluate(tree, values)
    if outcome.is_known:
        assert isinstance(outcome.value, bool) or outcome.value.is_finite()
    else:
        assert outcome.value is None
        assert outcome.reason.text


@pytest.mark.parametrize(
    ("formula", "values", "reason"),
    [
        ("[a] / [b]", {"a": D(1), "b": D(0)}, Reason.DIVISION_BY_ZERO),
        ("share([a], [b] - [b])", {"a": D(1), "b": D(5)}, Reason.DIVISION_BY_ZERO),
        ("[a] + [b]", {"a": D(1)}, Reason.NO_DATA),
        ("mean([a], [b])", {}, Reason.NO_DATA),
        ("[a] * 2", {"a": D("NaN")}, Reason.OUT_OF_RANGE),
        ("[a] * [a] * [a]", {"a": D("1e30")}, Reason.OUT_OF_RANGE),
    ],
)
def test_f4_no_data_has_its_reason(formula, values, reason):
    outcome = evaluate(parse(formula), values)
    assert (outcome.value, outcome.reason) == (None, reason)


@pytest.mark.django_db
def test_f4_an_empty_group_and_a_zero_base_are_words_on_the_page(client_of, rows, school):  # noqa: F811
    period = PeriodFactory(code="2025")
    values = [NewValue(school.pk, "trial.1", D(0)), NewValue(school.pk, "trial.2", D(0))]
    record_values(period=period, source="collection", values=values, by=None, origin=Origin("t", "1"))
    compute_aggregates(period=period)
    client = client_of(Role.SPECIALIST)
    seen = text(client.get(reverse("indicators:explain", args=["trial.2%"]), {"period": "2025"}))
    assert "деление на ноль" in seen
    seen = text(client.get(reverse("indicators:explain", args=["trial.3"]), {"period": "2025"}))
    assert "нет данных" in seen


# --- F5: rounding only on output, half up, the same everywhere


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "−1"),
        ("2.5", 0, "3"),
        ("0.25", 1, "0,3"),
        ("1.005", 2, "1,01"),
        ("-0.05", 1, "−0,1"),
    ],
)
def test_f5_half_goes_up_away_from_zero(number, places, expected):
    assert percent(D(number), places).replace("\u00a0%", "").replace(" %", "").replace("\u202f%", "") == expected
    rounded = evaluate(parse(f"round([a], {places})"), {"a": D(number)}).number
    assert rounded == D(number).quantize(D(1).scaleb(-places), rounding=ROUND_HALF_UP)


@pytest.mark.django_db
def test_f5_the_pages_and_the_file_agree_to_the_last_digit(client_of, rows):  # noqa: F811
    """Three shares of 33.35, 33.35 and 33.35 %: the sum of the rounded ones is not the rounded share of the sum."""
    period = PeriodFactory(code="2025")
    for _ in range(3):
        school = SchoolFactory()
        values = [NewValue(school.pk, "trial.1", D(2000)), NewValue(school.pk, "trial.2", D(667))]
        record_values(period=period, source="collection", values=values, by=None, origin=Origin("t", str(school.pk)))
    compute_aggregates(period=period)
    client = client_of(Role.SPECIALIST)
    pages = {
        "detail": reverse("indicators:detail", args=["trial.2%"]) + "?period=2025",
        "explain": reverse("indicators:explain", args=["trial.2%"]) + "?period=2025",
        "list": reverse("indicators:list") + "?pack=trial&period=2025",
        "register": reverse("indicators:register") + "?q=trial.2%25",
    }
    for name, address in pages.items():
        shown = re.findall(r"(\d+,\d+)\s*%", client.get(address).content.decode().replace("\u00a0", " "))
        assert "33,4" in shown, name  # 33.35 rounds half up
        assert "33,3" not in shown, name
    book = load_workbook(BytesIO(client.get(reverse("indicators:export", args=["trial.2%"]) + "?period=2025").content))
    values = [cell.value for row in book.active.iter_rows() for cell in row if isinstance(cell.value, float)]
    assert {D(str(value)).quantize(D("0.1"), rounding=ROUND_HALF_UP) for value in values if value < 100} == {D("33.4")}
    assert Aggregate.objects.get(version=rows, scope="municipality").value == D("33.35")


@pytest.mark.django_db
def test_f5_sums_do_not_drift(rows, school):  # noqa: F811
    period = PeriodFactory(code="2025")
    record_values(
        period=period, source="collection", by=None, origin=Origin("t", "1"),
        values=[NewValue(SchoolFactory().pk, "trial.1", D("0.1")) for _ in range(10)],
    )  # fmt: skip
    compute_aggregates(period=period)
    assert Aggregate.objects.get(version__indicator__code="trial.1", scope="municipality").value == 1


# --- F6: a formula changed after publication


@pytest.mark.django_db
def test_f6_published_figures_keep_the_old_formula(specialist, head, run_jobs, school, other_school):
    """A release is frozen, the figures of the years before keep their version, later ones are recounted."""
    packs_loaded()
    years = {year: PeriodFactory(code=year) for year in ("2024", "2025")}
    for year, period in years.items():
        for one in (school, other_school, SchoolFactory()):
            values = [NewValue(one.pk, "so_oo.1.1", D(200)), NewValue(one.pk, "so_oo.1.5", D(100))]
            record_values(period=period, source="collection", values=values, by=None, origin=Origin(year, str(one.pk)))
        compute_aggregates(period=period)
    report = report_of("2025/26")
    published = document(report)
    kept = json.dumps(published, ensure_ascii=False, sort_keys=True)
    share = IndicatorVersion.objects.current().get(indicator__code="so_oo.1.5%")
    draft = version_of(share, formula="50 * [so_oo.1.5] / [so_oo.1.1]", source_state="proposal")
    accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=head)
    run_jobs()
    figures = dict(
        Aggregate.objects.filter(version__indicator__code="so_oo.1.5%", scope="municipality").values_list(
            "period__code", "value"
        )
    )
    assert figures == {"2024": 50, "2025": 25}
    assert json.dumps(published, ensure_ascii=False, sort_keys=True) == kept
    assert share.indicator.versions.count() == 2
    fresh = json.dumps(document(report), ensure_ascii=False, sort_keys=True)
    assert fresh != kept  # a draft is counted anew


@pytest.mark.django_db
def test_f6_the_page_says_that_the_method_changed(client_of, counted, rows, specialist, head, run_jobs):  # noqa: F811
    accept(
        proposal=propose(draft=version_of(rows, formula="100 * [trial.3] / [trial.1]"), reason="Проба", by=specialist),
        by=head,
    )
    run_jobs()
    seen = text(client_of(Role.SPECIALIST).get(reverse("indicators:list"), {"pack": "trial", "period": "2025"}))
    assert "методика изменилась" in seen


# --- F7: order


@pytest.mark.django_db
def test_f7_ten_orders_of_recording_and_recounting_give_one_digest(rows):  # noqa: F811
    VersionFactory(
        indicator__number="7", is_derived=True, aggregation="mean", formula="points([trial.2%], 30: 1, 50: 2, 85: 3)"
    )
    period = PeriodFactory(code="2025")
    schools = [SchoolFactory() for _ in range(5)]
    values = [
        NewValue(one.pk, f"trial.{number}", D(10 * place + 7 * number))
        for place, one in enumerate(schools, 1)
        for number in (1, 2, 3)
    ]
    found = set()
    for seed in range(10):
        shuffled = random.Random(seed).sample(values, len(values))  # noqa: S311 - an order, not a secret
        Aggregate.objects.all().delete()
        for place, value in enumerate(shuffled):
            record_values(period=period, source="collection", values=[value], by=None, origin=Origin("t", str(seed)))
            if place % 4 == seed % 4:
                compute_aggregates(period=period, only_changed=bool(seed % 2))
        compute_aggregates(period=period)
        found.add(digest(period))
    assert len(found) == 1


# --- F8: what is shown to the public


@pytest.mark.django_db
def test_f8_texts_of_indicators_are_escaped_everywhere(client, client_of, counted, rows):  # noqa: F811
    IndicatorVersion.objects.filter(pk=rows.pk).update(name=EVIL, act=EVIL, note=EVIL, evidence=EVIL, unit=EVIL[:90])
    reader = client_of(Role.SPECIALIST)
    pages = [
        (client, reverse("portal:methods") + "?group=trial"),
        (reader, reverse("indicators:passport", args=["trial.2%"])),
        (reader, reverse("indicators:detail", args=["trial.2%"])),
        (reader, reverse("indicators:explain", args=["trial.2%"])),
        (reader, reverse("indicators:propose", args=["trial.2%"])),
        (reader, reverse("indicators:register")),
        (reader, reverse("indicators:comparisons") + "?pack=trial"),
    ]
    for browser, address in pages:
        seen = text(browser.get(address))
        assert "<script>alert" not in seen, address
        assert "{{ 7|add:7 }}" in seen, address  # shown as it is, not rendered
        assert "{% debug %}" in seen, address
