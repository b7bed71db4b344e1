"""The review of indicators: what nothing uses, what is asked twice, switching off without loss of history."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.collection.models import Form
from apps.collection.services.forms import refresh_forms
from apps.core.findings import Refused
from apps.indicators.models import Aggregate, Indicator, Twin, Value
from apps.indicators.selectors import minimisation
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from apps.indicators.services.switching import switch_off, switch_on
from apps.indicators.services.twins import forget_verdict, judge
from apps.indicators.uses import UseKind, uses_by_code
from tests.factories.collection import FieldFactory, FormFactory
from tests.factories.indicators import PackFactory, RequestFactory, RuleFactory, VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db

REVIEW = "/indicators/review/"


@pytest.fixture
def pack():
    return PackFactory(title="Набор", short_title="Набор", act="Приказ № 1", programmes=["basic"])


@pytest.fixture
def alone(pack):
    return VersionFactory(indicator__number="9", name="Никому не нужный")


@pytest.fixture
def asked(pack):
    """In a form, and nowhere further."""
    version = VersionFactory(indicator__number="8", name="Спрашивают зря")
    FieldFactory(form=FormFactory(), version=version)
    return version


@pytest.fixture
def formula(pack):
    VersionFactory(indicator__number="1", name="Всего")
    VersionFactory(indicator__number="2", name="Часть")
    return VersionFactory(
        indicator__number="2%", name="Доля", unit="%", value_type="percent", aggregation="ratio",
        is_derived=True, formula="100 * [trial.2] / [trial.1]",
    )  # fmt: skip


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


# --- where indicators are used


@pytest.mark.capability("S-010")
def test_uses_come_from_all_rooms(client_of, formula, asked, alone):
    packs_loaded()  # the annual report shows the rows of self-examination
    RuleFactory(code="trial.1", condition="[trial.2] <= [trial.1]", indicators=["trial.2", "trial.1"])
    RequestFactory(asker="Министерство образования").indicators.add(formula.indicator)
    kinds = {code: {use.kind for use in uses} for code, uses in uses_by_code().items()}
    assert kinds["trial.1"] == {UseKind.FORMULA, UseKind.RULE}
    assert kinds["trial.2%"] == {UseKind.REQUEST}
    assert kinds["trial.8"] == {UseKind.FORM}
    assert UseKind.REPORT in kinds["so_oo.1.1"]
    assert "trial.9" not in kinds
    assert uses_by_code(["trial.8"]).keys() == {"trial.8"}
    passport = text(client_of(Role.SPECIALIST).get("/indicators/trial.2%25/"))
    assert "Запрос внешнего пользователя" in passport
    assert "Министерство образования" in passport
    assert "Нигде: ни в формах" in text(client_of(Role.SPECIALIST).get("/indicators/trial.9/"))
    assert "Где используется" not in text(client_of(Role.DIRECTOR).get("/indicators/trial.9/"))


@pytest.mark.capability("S-010")
def test_unused_are_listed_for_removal_and_used_are_not(client_of, formula, asked, alone):
    page = text(client_of(Role.METHODOLOGIST).get(REVIEW))
    unused, collected = page.split('id="unused"')[1].split('id="collected"')
    collected = collected.split('id="alike"')[0]
    assert "trial.9 Никому не нужный" in unused
    assert "trial.2% Доля" in unused
    assert "trial.8" not in unused
    assert "trial.1 " not in unused
    assert "trial.8 Спрашивают зря" in collected
    assert "trial.9" not in collected
    assert "Выключить отмеченные" not in page  # a methodologist reads
    assert client_of(Role.DIRECTOR).get(REVIEW).status_code == 404


def test_the_review_reads_a_constant_number_of_times(client_of, pack):
    client = client_of(Role.SPECIALIST)

    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(REVIEW).status_code == 200
        return len(queries)

    VersionFactory(indicator__number="1")
    before = statements()
    for number in range(2, 20):
        VersionFactory(indicator__number=str(number), name="Одинаковые")
    assert statements() == before


# --- switching off and on


@pytest.mark.capability("S-091")
def test_switching_off_keeps_the_history_and_stops_asking(client_of, specialist, calendar_year):
    packs_loaded()
    refresh_forms()
    school = SchoolFactory()
    origin = Origin("collection.Submission", "1")
    values = [NewValue(school.pk, "so_oo.2.4", Decimal(1))]
    record_values(period=calendar_year, source="collection", values=values, by=None, origin=origin)
    compute_aggregates(period=calendar_year)
    client = client_of(Role.SPECIALIST)
    before = minimisation.changes(["so_oo.2.4"])[0]
    asked = text(client.post(f"{REVIEW}off/", {"code": "so_oo.2.4"}))
    assert f"было {before.before}, станет {before.before - 1}" in asked
    assert Indicator.objects.get(code="so_oo.2.4").is_active  # nothing yet
    assert "Напишите причину" in text(client.post(f"{REVIEW}off/", {"code": "so_oo.2.4", "confirm": "1"}))
    data = {"code": "so_oo.2.4", "confirm": "1", "reason": "Есть в протоколах ГИА"}
    assert client.post(f"{REVIEW}off/", data).status_code == 302
    indicator = Indicator.objects.get(code="so_oo.2.4")
    assert (indicator.is_active, indicator.switched_off_on) == (False, timezone.localdate())
    assert Value.objects.filter(version__indicator=indicator).count() == 1
    compute_aggregates(period=calendar_year)
    assert Aggregate.objects.filter(version__indicator=indicator, scope="organization", numerator=1).exists()
    page = text(client.get("/indicators/?pack=so_oo&period=2025"))
    assert "/indicators/so_oo.2.4/" in page  # the year that is over still shows it
    newest = Form.objects.get(code="so_oo", is_active=True)
    assert newest.version == 2
    assert not newest.fields.filter(version__indicator=indicator).exists()
    assert Form.objects.get(code="so_oo", version=1).fields.filter(version__indicator=indicator).exists()
    assert "Есть в протоколах ГИА" in text(client.get("/indicators/so_oo.2.4/"))
    packs_loaded()
    assert not Indicator.objects.get(code="so_oo.2.4").is_active  # the file does not bring it back
    assert client.post(f"{REVIEW}on/", {**data, "reason": "Понадобился"}).status_code == 302
    indicator.refresh_from_db()
    assert (indicator.is_active, indicator.switched_off_on) == (True, None)
    assert Form.objects.get(code="so_oo", is_active=True).fields.filter(version__indicator=indicator).exists()


def test_an_input_of_a_formula_stays_until_the_formula_goes(formula, specialist):
    with pytest.raises(Refused) as refusal:
        switch_off(codes=["trial.1"], reason="лишний", by=specialist)
    assert [finding.code for finding in refusal.value.findings] == ["formula_holds"]
    assert Indicator.objects.get(code="trial.1").is_active
    assert switch_off(codes=["trial.1", "trial.2", "trial.2%"], reason="лишние", by=specialist) == 3
    assert switch_on(codes=["trial.1"], reason="нужен", by=specialist) == 1
    assert switch_on(codes=["trial.1"], reason="нужен", by=specialist) == 0


@pytest.mark.parametrize(
    ("codes", "reason", "code"),
    [([], "почему", "nothing_chosen"), (["trial.9"], " ", "no_reason"), (["no.such"], "почему", "unknown_indicator")],
)
def test_wrong_switching_is_refused(alone, specialist, codes, reason, code):
    with pytest.raises(Refused) as refusal:
        switch_off(codes=codes, reason=reason, by=specialist)
    assert [finding.code for finding in refusal.value.findings] == [code]


def test_only_the_department_switches(client_of, alone, methodologist):
    data = {"code": "trial.9", "confirm": "1", "reason": "лишний", "verdict": "same"}
    for role in (Role.METHODOLOGIST, Role.ADMIN, Role.DIRECTOR, Role.OBSERVER):
        for page in ("off/", "on/", "alike/"):
            assert client_of(role).post(REVIEW + page, data).status_code == 404
    with pytest.raises(Refused):
        switch_off(codes=["trial.9"], reason="лишний", by=methodologist)
    assert Indicator.objects.get(code="trial.9").is_active


# --- duplicates


@pytest.fixture
def twins(pack):
    PackFactory(code="other", short_title="Другой", programmes=["preschool"])
    return [
        VersionFactory(indicator__number="1", name="Численность, всего"),
        VersionFactory(indicator__number="2", name="численность всего."),
        VersionFactory(indicator__number="3", name="Численность, всего", unit="%"),
        VersionFactory(indicator__pack="other", indicator__number="1", name="Площадь"),
        VersionFactory(indicator__number="4", name="Площадь"),
    ]


def alike():
    return {tuple(one.codes): one for one in minimisation.review().open_likenesses}


@pytest.mark.capability("S-091")
def test_the_same_name_and_unit_are_alike(twins):
    found = alike()
    assert found.keys() == {("trial.1", "trial.2"), ("other.1", "trial.4")}
    assert found["trial.1", "trial.2"].same_organizations
    assert not found["other.1", "trial.4"].same_organizations


def test_one_formula_under_two_names_is_alike(formula):
    VersionFactory(
        indicator__number="7", name="Удельный вес", unit="доля", is_derived=True, aggregation="ratio",
        formula="100*[trial.2]/[trial.1]",
    )  # fmt: skip
    assert {codes: one.why for codes, one in alike().items()} == {("trial.2%", "trial.7"): "одна формула"}


def test_a_judgement_is_remembered_until_it_is_undone(client_of, twins, specialist):
    client = client_of(Role.SPECIALIST)
    data = {"code": ["trial.1", "trial.2"], "verdict": "different"}
    refused = client.post(f"{REVIEW}alike/", data, follow=True)
    assert "чем показатели различаются" in text(refused)
    assert not Twin.objects.exists()
    client.post(f"{REVIEW}alike/", {**data, "note": "Разные даты"})
    assert ("trial.1", "trial.2") not in alike()
    assert "Разные даты" in text(client.get(REVIEW))
    client.post(f"{REVIEW}alike/", {**data, "verdict": "forget"})
    assert ("trial.1", "trial.2") in alike()


@pytest.mark.capability("S-091")
def test_two_of_different_names_are_linked_by_hand(client_of, twins, specialist):
    client_of(Role.SPECIALIST).post(f"{REVIEW}alike/", {"code": ["trial.4", " trial.1 "], "verdict": "same"})
    same = minimisation.review().same
    assert [one.codes for one in same] == [["trial.1", "trial.4"]]
    assert "То же самое, что" in text(client_of(Role.SPECIALIST).get("/indicators/trial.4/"))
    with pytest.raises(Refused):
        judge(codes=["trial.1"], verdict="same", note="", by=specialist)
    with pytest.raises(Refused):
        judge(codes=["trial.1", "no.such"], verdict="same", note="", by=specialist)
    assert forget_verdict(codes=["trial.1", "trial.4"], by=specialist) == 1


# --- terms


def test_overdue_for_review(pack):
    VersionFactory(indicator__number="1", name="Давно", review_due=timezone.localdate().replace(year=2020))
    VersionFactory(indicator__number="2", name="Ещё нет", review_due=timezone.localdate())
    VersionFactory(indicator__number="3", name="Не назначен")
    found = minimisation.review()
    assert [entry.code for entry in found.overdue] == ["trial.1"]
    assert found.without_term == 1


def test_names_of_others_do_no_harm_on_the_page(client_of, pack):
    VersionFactory(indicator__number="1", name="<script>alert(1)</script>")
    assert "<script>alert" not in text(client_of(Role.SPECIALIST).get(reverse("indicators:review")))
