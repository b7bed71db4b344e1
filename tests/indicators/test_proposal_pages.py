"""The editor and the decision in the browser: what it shows, what it refuses, who may do what."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.indicators.models import Indicator, IndicatorVersion, Proposal
from apps.indicators.selectors.composing import formula_of_children
from apps.indicators.services.checking import Draft
from apps.indicators.services.definitions import Definition
from apps.indicators.services.proposals import propose
from apps.indicators.todo import todo_for
from tests.factories.indicators import IndicatorFactory, VersionFactory

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def typed():
    """What the form sends for a new version of «2%»."""
    return {
        "name": "Доля успевающих", "unit": "%", "value_type": "percent", "decimals": "1", "polarity": "higher",
        "aggregation": "sum", "formula": "100 × [trial.3] ÷ [trial.1]", "source_state": "proposal",
        "attention": "12,5", "valid_from": "2025-01-01", "reason": "Считаем качество",
    }  # fmt: skip


@pytest.fixture
def new_one():
    return {
        "pack": "trial", "number": "7", "name": "Средняя доля", "value_type": "decimal", "decimals": "2",
        "polarity": "higher", "aggregation": "mean", "formula": "min(100, [trial.2%])", "source_state": "proposal",
        "valid_from": "2025-01-01", "reason": "Нужен совету",
    }  # fmt: skip


def url(name, *arguments):
    return reverse(f"indicators:{name}", args=arguments)


@pytest.mark.capability("S-112")
def test_an_indicator_is_created_mended_approved_and_archived(client_of, counted, new_one, colleague, run_jobs):
    ours, second = client_of(Role.SPECIALIST), client_of(colleague)
    response = ours.post(url("proposal_new"), new_one)
    proposal = Proposal.objects.get()
    assert response.url == url("proposal", proposal.pk)
    ours.post(url("proposal_edit", proposal.pk), {**new_one, "name": "Средняя доля успевающих"})
    assert "принять его может руководитель" in text(ours.get(url("proposal", proposal.pk)))
    assert ours.post(url("proposal_decide", proposal.pk), {"decision": "accept"}).status_code == 422
    assert second.post(url("proposal_decide", proposal.pk), {"decision": "accept"}).status_code == 302
    run_jobs()
    version = IndicatorVersion.objects.get(indicator__code="trial.7")
    assert (version.name, version.checker) == ("Средняя доля успевающих", colleague)
    passport = text(ours.get(url("passport", "trial.7")))
    assert "Вступило в силу: новый показатель" in passport
    assert "55,00" in text(ours.get(url("detail", "trial.7"), {"period": "2025"}))
    ours.post(url("propose_end", "trial.7"), {"valid_from": "2026-01-01", "reason": "Больше не нужен"})
    ended = Proposal.objects.get(kind="archive")
    second.post(url("proposal_decide", ended.pk), {"decision": "accept"})
    assert not Indicator.objects.get(code="trial.7").is_active
    assert "не используется" in text(ours.get(url("passport", "trial.7")))


def test_the_check_shows_meaning_samples_and_both_series(client_of, counted, rows, typed):
    client = client_of(Role.SPECIALIST)
    for response in (
        client.post(url("proposal_check") + "?code=trial.2%25", typed),
        client.post(url("propose", "trial.2%"), {**typed, "check": "1"}),
    ):
        seen = text(response)
        assert "100 × «Показатель 3» ÷ «Показатель 1»" in seen
        assert "числитель: 1 × trial.3" in seen
        assert "trial.3: <b>45</b>" in seen
        assert "<b>45,0 %</b>" in seen
        assert "останется прежним" in seen
        assert "новая версия" in seen
        assert '<td class="num">55,0 %</td> <td class="num"><b>25,0 %</b></td>' in seen
        assert "Муниципалитет: новая версия с 2025" in seen
    assert not Proposal.objects.exists()


def test_the_chosen_organisation_and_period_are_shown(client_of, counted, typed):
    client = client_of(Role.SPECIALIST)
    chosen = {**typed, "period": "2024", "sample_1": str(counted[1].pk)}
    seen = text(client.post(url("proposal_check") + "?code=trial.2%25", chosen))
    samples = seen[seen.index("Три организации, 2024 год") : seen.index("Прежний и новый ряд")]
    assert "Школа № 2" in samples
    assert "Школа № 1" not in samples
    assert "10,0 %" in samples


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"formula": "100 × [trial.3] ÷"}, "<mark>конец формулы</mark>"),
        ({"formula": "100 × [trial.3] & 2"}, "<mark>&amp;</mark>"),
        ({"formula": "[trial.99]"}, "Показателя trial.99 нет"),
        ({"formula": "[trial.2%]"}, "trial.2% → trial.2%"),
        ({"formula": "12,5 × [trial.3]"}, "Дробная часть отделяется точкой"),
        ({"formula": "points([trial.3], 30: 1)"}, "такая формула не складывается по организациям"),
    ],
)
def test_faults_of_a_formula_are_shown_at_their_place(client_of, counted, typed, fields, said):
    response = client_of(Role.SPECIALIST).post(url("proposal_check") + "?code=trial.2%25", {**typed, **fields})
    assert response.status_code == 200
    assert said.lower() in text(response).lower()


def test_all_faults_of_the_form_come_at_once_and_nothing_typed_is_lost(client_of, counted, typed):
    broken = {**typed, "formula": "[trial.99]", "attention": "много", "decimals": "9", "reason": ""}
    response = client_of(Role.SPECIALIST).post(url("propose", "trial.2%"), broken)
    seen = text(response)
    for said in ("Показателя trial.99 нет", "Порог внимания:", "Знаков после запятой:", "Почему нужно изменение:"):
        assert said in seen
    assert "много" in seen
    assert "[trial.99]</textarea>" in seen
    assert not Proposal.objects.exists()


@pytest.mark.capability("S-122")
def test_a_criterion_is_scored_by_its_scale_and_weighs_in_the_score_above(
    client_of, counted, rows, colleague, run_jobs
):
    """Scale, threshold and weight are typed; the points and the weighted score are counted."""
    ours, second = client_of(Role.SPECIALIST), client_of(colleague)
    IndicatorFactory(number="50", is_group=True)
    VersionFactory(indicator__number="50", name="Балл", value_type="", aggregation="none")
    for number, of, steps, weight in (
        ("50.1", "trial.2%", "30: 1\n50: 2\n85: 3", "0,4"),
        ("50.2", "trial.3", "40: 5", "0,6"),
    ):
        form = {
            "pack": "trial", "number": number, "parent": "trial.50", "name": f"Критерий {number}",
            "value_type": "decimal", "decimals": "0", "polarity": "higher", "aggregation": "sum", "formula": "",
            "scale_of": of, "scale_steps": steps, "weight": weight, "attention": "2", "source_state": "municipal",
            "act": "Приказ № 5", "valid_from": "2025-01-01", "reason": "Критерий рейтинга",
        }  # fmt: skip
        ours.post(url("proposal_new"), form)
        second.post(url("proposal_decide", Proposal.objects.get(code=f"trial.{number}").pk), {"decision": "accept"})
    group = Indicator.objects.get(code="trial.50")
    composed = formula_of_children(group, "weights")
    assert composed == {"formula": "0.4 * [trial.50.1] + 0.6 * [trial.50.2]", "aggregation": "formula"}
    assert "0.4 * [trial.50.1] + 0.6 * [trial.50.2]" in text(ours.get(url("propose", "trial.50") + "?compose=weights"))
    score = {
        "name": "Балл", "value_type": "decimal", "decimals": "1", "polarity": "higher", "source_state": "proposal",
        **composed, "valid_from": "2025-01-01", "reason": "Считаем балл",
    }  # fmt: skip
    ours.post(url("propose", "trial.50"), score)
    second.post(url("proposal_decide", Proposal.objects.get(code="trial.50").pk), {"decision": "accept"})
    run_jobs()
    # 55 % reach the step of 2 points; 50 passed well in all: 5 points; 0.4 × 2 + 0.6 × 5.
    assert "3,8" in text(ours.get(url("detail", "trial.50"), {"period": "2025"}))
    passport = text(ours.get(url("passport", "trial.50.1")))
    assert "меньше 2" in passport
    assert "баллы по шкале за «Доля успевающих» (от 30 — 1; от 50 — 2; от 85 — 3; меньше — 0)" in passport


def test_a_decision_needs_a_reason_when_it_is_no(client_of, rows, colleague, specialist):
    definition = Definition(**{**vars(Definition.of(rows)), "unit": "доля"})
    draft = Draft("version", definition, date(2025, 1, 1), rows.indicator)
    proposal = propose(draft=draft, reason="Единица", by=specialist)
    client = client_of(colleague)
    response = client.post(url("proposal_decide", proposal.pk), {"decision": "decline", "note": ""})
    assert response.status_code == 422
    assert "Не указано, почему отклонено" in text(response)
    client.post(url("proposal_decide", proposal.pk), {"decision": "decline", "note": "В акте процент"})
    seen = text(client.get(url("proposals"), {"state": "declined"}))
    assert "В акте процент" in seen
    assert client.post(url("proposal_decide", proposal.pk), {"decision": "nonsense"}).status_code == 404


def test_today_calls_the_second_person_not_the_author(client_of, rows, colleague, specialist, director):
    definition = Definition(**{**vars(Definition.of(rows)), "unit": "доля"})
    propose(draft=Draft("version", definition, date(2025, 1, 1), rows.indicator), reason="Единица", by=specialist)
    assert [one.title for one in todo_for(colleague)] == ["Решить по предложениям показателей"]
    assert todo_for(specialist) == todo_for(director) == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("proposals", ()), ("proposal_new", ()), ("propose", ("trial.2%",)), ("propose_end", ("trial.2%",)),
        ("comparisons", ()), ("levels", ()),
    ],
)  # fmt: skip
def test_who_sees_the_pages_of_definitions(client_of, rows, name, arguments):
    address = url(name, *arguments)
    assert client_of(Role.SPECIALIST).get(address).status_code == 200
    assert client_of(Role.HEAD).get(address).status_code == 200
    reads = name in {"proposals", "comparisons", "levels"}
    assert client_of(Role.METHODOLOGIST).get(address).status_code == (200 if reads else 404)
    for role in (Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER):
        assert client_of(role).get(address).status_code == 404


def test_only_the_department_writes(client_of, rows, specialist, typed):
    definition = Definition(**{**vars(Definition.of(rows)), "unit": "доля"})
    draft = Draft("version", definition, date(2025, 1, 1), rows.indicator)
    proposal = propose(draft=draft, reason="Единица", by=specialist)
    for role in (Role.METHODOLOGIST, Role.DIRECTOR, Role.ADMIN):
        client = client_of(role)
        assert client.post(url("propose", "trial.2%"), typed).status_code == 404
        assert client.post(url("proposal_check"), typed).status_code == 404
        assert client.post(url("proposal_decide", proposal.pk), {"decision": "accept"}).status_code == 404
        assert client.post(url("mark", "trial.2%"), {"level": "federal"}).status_code == 404
        assert client.post(url("comparisons"), {}).status_code == 404
        assert client.post(url("levels"), {}).status_code == 404
    proposal.refresh_from_db()
    assert proposal.is_open
    assert client_of(Role.HEAD).get(url("proposal_edit", proposal.pk)).status_code == 404  # the author's only


def test_what_is_typed_is_escaped(client_of, rows, typed):
    evil = "<script>alert(1)</script>{{ 7|add:7 }}"
    client = client_of(Role.SPECIALIST)
    for address in (url("proposal_check") + "?code=trial.2%25", url("propose", "trial.2%")):
        seen = text(client.post(address, {**typed, "formula": evil, "name": evil}))
        assert "<script>alert" not in seen
        assert "&lt;" in seen
    client.post(url("propose", "trial.2%"), {**typed, "name": evil, "note": evil, "reason": evil})
    seen = text(client.get(url("proposal", Proposal.objects.get().pk)))
    assert "<script>alert" not in seen
    assert "{{ 7|add:7 }}" in seen
