"""Rows are compared with the official text by one person and confirmed by another one."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.models import Event
from apps.indicators.models import Comparison, Confirmation, IndicatorVersion
from apps.indicators.services import load_packs
from apps.indicators.services.comparisons import ComparedRow, compare, confirm, refuse, withdraw
from apps.indicators.todo import todo_for
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db
ACT = "Приказ Минобрнауки России от 10.12.2013 № 1324"


@pytest.fixture
def packs(db):
    packs_loaded()


def row(number):
    return IndicatorVersion.objects.current().get(indicator__code=f"so_oo.{number}")


def laid(by, *numbers, **fields):
    rows = [ComparedRow(row(number).pk, **fields) for number in numbers]
    return compare(
        outcome="official", act=ACT, evidence="приложение № 2, строки 1.6–1.9, с. 4",
        compared_on=timezone.localdate(), rows=rows, by=by,
    )  # fmt: skip


def codes_of(refusal):
    return {finding.code for finding in refusal.value.findings}


def text(response):
    return " ".join(response.content.decode().split())


def test_a_row_is_official_only_after_the_second_person(packs, specialist, colleague):
    comparison = laid(specialist, "1.6", "1.7")
    assert row("1.6").source_state == "unconfirmed"
    assert confirm(rows=comparison.rows.all(), by=colleague) == 2
    version = row("1.6")
    assert (version.source_state, version.act) == ("official", ACT)
    assert version.evidence.endswith("с. 4")
    assert (version.author, version.checker, version.number) == (specialist, colleague, 1)
    event = Event.objects.get(kind="indicators.confirmed", subject_id=str(version.indicator.pk))
    assert event.data["before"]["source_state"] == "unconfirmed"


def test_nobody_confirms_what_they_compared(packs, specialist):
    comparison = laid(specialist, "1.6")
    for decision, words in ((confirm, {}), (refuse, {"note": "нет"})):
        with pytest.raises(Refused) as refusal:
            decision(rows=comparison.rows.all(), by=specialist, **words)
        assert codes_of(refusal) == {"own"}
    with pytest.raises(IntegrityError), transaction.atomic():
        comparison.rows.update(state="accepted", decided_by=specialist, decided_at=timezone.now())
    assert row("1.6").source_state == "unconfirmed"


def test_words_of_the_act_replace_those_of_the_row(packs, specialist, colleague):
    comparison = laid(specialist, "1.6", name="Средний балл ГИА-9 по русскому языку", unit="баллов")
    assert row("1.6").unit != "баллов"
    confirm(rows=comparison.rows.all(), by=colleague)
    version = row("1.6")
    assert (version.name, version.unit, version.number) == ("Средний балл ГИА-9 по русскому языку", "баллов", 1)


def test_a_load_of_the_packs_does_not_undo_a_confirmation(packs, specialist, colleague):
    confirm(rows=laid(specialist, "1.6", name="Как в акте").rows.all(), by=colleague)
    before = IndicatorVersion.objects.filter(indicator__code="so_oo.1.6").values().get()
    result = load_packs()
    assert (result.new_versions, result.kept, result.findings) == (0, 1, [])
    assert IndicatorVersion.objects.filter(indicator__code="so_oo.1.6").values().get() == before


def test_a_refusal_has_a_reason_and_the_row_may_be_compared_again(packs, specialist, colleague):
    comparison = laid(specialist, "1.6")
    with pytest.raises(Refused) as refusal:
        refuse(rows=comparison.rows.all(), by=colleague, note=" ")
    assert codes_of(refusal) == {"no_note"}
    refuse(rows=comparison.rows.all(), by=colleague, note="Это строка 1.7")
    assert row("1.6").source_state == "unconfirmed"
    again = laid(specialist, "1.6")
    assert withdraw(rows=again.rows.all(), by=specialist) == 1
    laid(colleague, "1.6")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"act": " "}, "no_act"),
        ({"evidence": ""}, "no_evidence"),
        ({"outcome": "proposal"}, "bad_outcome"),
        ({"compared_on": date.max}, "future"),
        ({"rows": []}, "no_rows"),
    ],
)
def test_a_comparison_says_where_the_row_stands(packs, specialist, fields, code):
    given = {
        "outcome": "official", "act": ACT, "evidence": "с. 4", "compared_on": timezone.localdate(),
        "rows": [ComparedRow(row("1.6").pk)],
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        compare(**(given | fields), by=specialist)
    assert codes_of(refusal) == {code}
    assert not Comparison.objects.exists()


def test_a_row_is_compared_by_one_person_at_a_time(packs, specialist, colleague):
    laid(specialist, "1.6")
    with pytest.raises(Refused) as refusal:
        laid(colleague, "1.6", "1.1")
    assert codes_of(refusal) == {"waiting", "confirmed"}


def test_a_row_that_changed_meanwhile_is_not_confirmed_nor_are_its_neighbours(packs, specialist, colleague):
    comparison = laid(specialist, "1.6", "1.7")
    IndicatorVersion.objects.filter(pk=row("1.7").pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        confirm(rows=comparison.rows.all(), by=colleague)
    assert codes_of(refusal) == {"changed_meanwhile"}
    assert row("1.6").source_state == "unconfirmed"
    assert comparison.rows.filter(state="open").count() == 2


# --- pages


def test_a_whole_annex_is_compared_and_confirmed_in_four_clicks(client_of, packs, colleague):
    ours, second = client_of(Role.SPECIALIST), client_of(colleague)
    address = reverse("indicators:comparisons") + "?pack=so_oo"
    assert "Численность учащихся" in text(ours.get(address))
    left = IndicatorVersion.objects.current().filter(
        indicator__pack="so_oo", indicator__is_group=False, source_state__in=("unconfirmed", "proposal")
    )
    count = left.count()
    assert count > 70
    form = {
        "outcome": "official", "act": ACT, "evidence": "приложение № 2", "compared_on": "2026-01-15", "all": "1",
        f"name-{row('1.6').pk}": "Как в акте",
    }  # fmt: skip
    response = ours.post(address, form)
    comparison = Comparison.objects.get()
    assert response.url == reverse("indicators:comparison", args=[comparison.pk])
    assert comparison.rows.count() == count
    assert [one.count for one in todo_for(colleague)] == [count]
    assert "Как в акте" in text(second.get(response.url))
    second.post(reverse("indicators:comparison_decide", args=[comparison.pk]), {"decision": "accept", "all": "1"})
    assert left.count() == 0
    assert row("1.6").name == "Как в акте"
    assert todo_for(colleague) == []
    assert "Несверенных строк нет" in text(ours.get(address))


def test_single_rows_are_confirmed_and_others_refused(client_of, packs, specialist, colleague):
    comparison = laid(specialist, "1.6", "1.7")
    first, other = comparison.rows.order_by("version__indicator__order")
    address = reverse("indicators:comparison_decide", args=[comparison.pk])
    client = client_of(colleague)
    client.post(address, {"decision": "accept", "rows": [first.pk]})
    client.post(address, {"decision": "decline", "rows": [other.pk], "note": "Другая строка"})
    states = dict(Confirmation.objects.values_list("version__indicator__code", "state"))
    assert states == {"so_oo.1.6": "accepted", "so_oo.1.7": "declined"}
    seen = text(client.get(reverse("indicators:comparison", args=[comparison.pk])))
    assert "Другая строка" in seen
    passport = text(client.get(reverse("indicators:passport", args=["so_oo.1.6"])))
    assert "Источник подтверждён: было «не подтверждено», стало «официальный акт»" in passport


def test_what_was_marked_and_typed_stays_after_a_refusal(client_of, packs, specialist):
    version = row("1.6")
    form = {"outcome": "official", "act": "", "evidence": "с. 4", "compared_on": "вчера", "rows": [version.pk]}
    response = client_of(Role.SPECIALIST).post(
        reverse("indicators:comparisons") + "?pack=so_oo", form | {f"name-{version.pk}": "Как в акте"}
    )
    seen = text(response)
    assert response.status_code == 422
    for said in ("Не указан акт", "День сверки ещё не наступил", "Как в акте</textarea>", 'value="с. 4"'):
        assert said in seen
    assert f'id="row-{version.pk}" checked' in seen


def test_pages_of_comparisons_are_of_the_authority(client_of, packs, specialist):
    comparison = laid(specialist, "1.6")
    addresses = [reverse("indicators:comparisons"), reverse("indicators:comparison", args=[comparison.pk])]
    for address in addresses:
        assert client_of(Role.METHODOLOGIST).get(address).status_code == 200
        assert client_of(Role.DIRECTOR).get(address).status_code == 404
    decide = reverse("indicators:comparison_decide", args=[comparison.pk])
    for role in (Role.METHODOLOGIST, Role.DIRECTOR):
        assert client_of(role).post(decide, {"decision": "accept", "all": "1"}).status_code == 404
    assert row("1.6").source_state == "unconfirmed"


@pytest.mark.parametrize("query", [{"pack": "none"}, {"state": "official"}])
def test_an_address_that_names_nothing_is_not_found(client_of, packs, query):
    assert client_of(Role.SPECIALIST).get(reverse("indicators:comparisons"), query).status_code == 404
