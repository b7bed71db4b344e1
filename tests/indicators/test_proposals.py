"""A definition changes by two persons: proposed, checked, put into effect for later periods only."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from apps.core.findings import Refused
from apps.core.models import Event, Job
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack, Proposal
from apps.indicators.services.checking import Draft, Place, check
from apps.indicators.services.definitions import Definition
from apps.indicators.services.proposals import accept, decline, draft_of, propose, revise, withdraw
from apps.indicators.services.trial import MUNICIPALITY, place_of, trial
from tests.factories.core import PeriodFactory
from tests.factories.indicators import IndicatorFactory, PackFactory, VersionFactory

pytestmark = pytest.mark.django_db
D = Decimal
NEW_YEAR = date(2025, 1, 1)


def changed(version, **fields):
    definition = Definition(**{**vars(Definition.of(version)), **fields})
    return Draft(kind="version", definition=definition, valid_from=NEW_YEAR, indicator=version.indicator)


def codes_of(refusal):
    return {finding.code for finding in refusal.value.findings}


def figure(year, code="trial.2%"):
    found = Aggregate.objects.get(version__indicator__code=code, period__code=year, scope="municipality")
    return found.value, found.version.number


def test_a_new_version_counts_from_its_day_and_leaves_the_years_before(counted, rows, specialist, colleague, run_jobs):
    draft = changed(
        rows, formula="100 × [trial.3] ÷ [trial.1]"
    )  # fmt: skip
    proposal = propose(draft=draft, reason="Считаем качество, а не успеваемость", by=specialist)
    assert (figure("2024"), figure("2025")) == ((D(60), 1), (D(55), 1))
    accept(proposal=proposal, by=colleague)
    new, old = rows.indicator.versions.all()
    assert (old.valid_to, new.valid_from, new.number) == (date(2024, 12, 31), NEW_YEAR, 2)
    assert (new.author, new.checker, new.made_by) == (specialist, colleague, "site")
    assert {(term.part, term.input.code) for term in new.terms.all()} == {("n", "trial.3"), ("d", "trial.1")}
    assert [job.title for job in run_jobs()] == ["Пересчёт показателей: 2025 год"]
    assert (figure("2024"), figure("2025")) == ((D(60), 1), (D(25), 2))
    kinds = list(Event.objects.filter(subject_id=str(rows.indicator.pk)).values_list("kind", flat=True))
    assert kinds[:2] == ["indicators.proposal_accepted", "indicators.proposed"]


@pytest.mark.parametrize(
    ("formula", "aggregation"),
    [
        ("100 * [trial.3] / [trial.1]", "ratio"),
        ("[trial.1] - [trial.2]", "sum"),
        ("min(100, share([trial.3], [trial.2]))", "mean"),
        ("points([trial.2%], 30: 1, 50: 2, 85: 3)", "formula"),
        ("100 * [trial.2%] / [trial.1]", "formula"),
        ("[trial.2%] - previous([trial.2%])", "formula"),
    ],
)
def test_the_trial_shows_what_will_be_counted(counted, specialist, colleague, run_jobs, formula, aggregation):
    place = Place("trial", "9", direction="")
    definition = Definition(name="Проба", unit="%", value_type="decimal", aggregation=aggregation, formula=formula)
    draft = Draft(kind="new", definition=definition, valid_from=date(2024, 1, 1), place=place)
    compiled = check(draft).compiled
    period = PeriodFactory(code="2025")
    before = trial(draft=draft, compiled=compiled, period=period)
    accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=colleague)
    run_jobs()
    found = Aggregate.objects.filter(version__indicator__code="trial.9", period=period)
    after = {(row.scope, row.scope_key): row.value for row in found if row.scope in ("organization", "municipality")}
    rounded = {place: None if one.value is None else round(one.value, 12) for place, one in before.items()}
    assert rounded == after
    assert MUNICIPALITY in after
    assert place_of(counted[0].pk) in after


def test_the_author_never_decides(counted, rows, specialist, colleague):
    proposal = propose(draft=changed(rows, unit="доля"), reason="Единица", by=specialist)
    for decision, words in ((accept, {}), (decline, {"note": "нет"})):
        with pytest.raises(Refused) as refusal:
            decision(proposal=proposal, by=specialist, **words)
        assert codes_of(refusal) == {"own"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="accepted", decided_by=specialist, decided_at="2026-01-01T00:00Z"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorVersion.objects.filter(pk=rows.pk).update(author=specialist, checker=specialist)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorVersion.objects.filter(pk=rows.pk).update(made_by="site")
    accept(proposal=proposal, by=colleague)


def test_a_refusal_has_a_reason_and_changes_nothing(counted, rows, specialist, colleague):
    proposal = propose(draft=changed(rows, unit="доля"), reason="Единица", by=specialist)
    with pytest.raises(Refused) as refusal:
        decline(proposal=proposal, by=colleague, note="  ")
    assert codes_of(refusal) == {"no_note"}
    decline(proposal=proposal, by=colleague, note="Единица в акте другая")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("declined", colleague)
    assert rows.indicator.versions.count() == 1
    assert not Job.objects.exists()
    with pytest.raises(Refused) as refusal:
        accept(proposal=proposal, by=colleague)
    assert codes_of(refusal) == {"decided"}


def test_the_author_mends_and_takes_back(counted, rows, specialist, colleague):
    proposal = propose(draft=changed(rows, unit="доля"), reason="Единица", by=specialist)
    with pytest.raises(Refused) as refusal:
        propose(draft=changed(rows, unit="другая"), reason="Ещё раз", by=colleague)
    assert codes_of(refusal) == {"open_proposal"}
    with pytest.raises(Refused) as refusal:
        revise(proposal=proposal, draft=changed(rows, unit="другая"), reason="Чужое", by=colleague)
    assert codes_of(refusal) == {"not_author"}
    revise(proposal=proposal, draft=changed(rows, unit="процент"), reason="Единица словом", by=specialist)
    proposal.refresh_from_db()
    assert draft_of(proposal).definition.unit == "процент"
    withdraw(proposal=proposal, by=specialist)
    propose(draft=changed(rows, unit="другая"), reason="Ещё раз", by=colleague)


def test_what_changed_meanwhile_must_be_looked_at_again(counted, rows, specialist, colleague):
    proposal = propose(draft=changed(rows, unit="доля"), reason="Единица", by=specialist)
    IndicatorVersion.objects.filter(pk=rows.pk).update(valid_to="2024-06-30")
    VersionFactory(indicator=rows.indicator, number=2, valid_from="2024-07-01", name="Другая", polarity="higher")
    with pytest.raises(Refused) as refusal:
        accept(proposal=proposal, by=colleague)
    assert "base_changed" in codes_of(refusal)
    proposal.refresh_from_db()
    assert proposal.is_open


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"formula": "100 * [trial.2] /"}, "unexpected"),
        ({"formula": "100 * [trial.2] / [trial.77]"}, "unknown_code"),
        ({"formula": "[trial.2] * [trial.1]"}, "not_linear"),
        ({"formula": "[trial.0] + [trial.1]"}, "not_a_number"),
        ({"formula": "2 + 2"}, "no_inputs"),
        ({"formula": "", "aggregation": "ratio"}, "needs_formula"),
        ({"formula": "", "aggregation": "weighted_mean"}, "unknown_weight"),
        ({"aggregation": "share_yes"}, "wrong_aggregation"),
        ({"name": " "}, "no_name"),
        ({"minimum": D(5), "maximum": D(1)}, "limits"),
        ({"attention": D(50), "polarity": "neutral"}, "attention"),
        ({"weight": D(0)}, "weight"),
        ({"value_type": "text"}, "text"),
        ({"source_state": "municipal", "act": ""}, "no_act"),
        ({"source_state": "official", "act": "Приказ"}, "not_compared"),
        ({}, "no_change"),
    ],
)
def test_every_fault_is_said_before_anything_is_stored(counted, rows, specialist, fields, code):
    IndicatorFactory(number="0", is_group=True)
    VersionFactory(indicator__number="0", value_type="", aggregation="none")
    with pytest.raises(Refused) as refusal:
        propose(draft=changed(rows, **fields), reason="Проба", by=specialist)
    assert code in codes_of(refusal)
    assert not Proposal.objects.exists()


def test_all_faults_come_at_once(rows, specialist):
    draft = changed(rows, name="", formula="[trial.2] +", minimum=D(5), maximum=D(1))
    with pytest.raises(Refused) as refusal:
        propose(draft=draft, reason="", by=specialist)
    assert codes_of(refusal) == {"no_name", "unexpected", "limits", "no_reason"}


def test_a_circle_is_refused_with_its_path_also_when_two_proposals_make_it(rows, specialist, colleague):
    for number, formula in (("5", "[trial.1] + [trial.2]"), ("6", "[trial.5] + [trial.1]")):
        definition = Definition(name=f"Сумма {number}", formula=formula)
        draft = Draft(kind="new", definition=definition, valid_from=NEW_YEAR, place=Place("trial", number))
        accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=colleague)
    five = IndicatorVersion.objects.get(indicator__code="trial.5")
    draft = Draft(
        kind="version", indicator=five.indicator, valid_from=date(2026, 1, 1),
        definition=Definition(**{**vars(Definition.of(five)), "formula": "[trial.6] + [trial.1]"}),
    )  # fmt: skip
    with pytest.raises(Refused, match=r"trial\.5 → trial\.6 → trial\.5|trial\.6 → trial\.5 → trial\.6"):
        propose(draft=draft, reason="Круг", by=specialist)


def test_those_built_on_a_changed_formula_are_compiled_anew(counted, rows, specialist, colleague, run_jobs):
    definition = Definition(name="Полдоли", value_type="decimal", aggregation="ratio", formula="[trial.2%] / 2")
    draft = Draft(kind="new", definition=definition, valid_from=date(2024, 1, 1), place=Place("trial", "8"))
    accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=colleague)
    run_jobs()
    assert (figure("2024", "trial.8"), figure("2025", "trial.8")) == ((D(30), 1), (D("27.5"), 1))
    later = changed(rows, formula="100 * [trial.3] / [trial.1]")
    proposal = propose(draft=later, reason="Качество", by=specialist)
    accept(proposal=proposal, by=colleague)
    run_jobs()
    assert (figure("2024", "trial.8"), figure("2025", "trial.8")) == ((D(30), 1), (D("12.5"), 2))
    note = IndicatorVersion.objects.get(indicator__code="trial.8", number=2).note
    assert "изменился показатель 2%" in note


def test_a_change_that_breaks_another_indicator_is_refused(rows, specialist, colleague):
    definition = Definition(name="Полдоли", value_type="decimal", aggregation="ratio", formula="[trial.2%] / 2")
    draft = Draft(kind="new", definition=definition, valid_from=date(2024, 1, 1), place=Place("trial", "8"))
    accept(proposal=propose(draft=draft, reason="Проба", by=specialist), by=colleague)
    with pytest.raises(Refused) as refusal:
        propose(draft=changed(rows, formula="min(100, [trial.2])", aggregation="mean"), reason="Проба", by=specialist)
    assert "breaks_dependent" in codes_of(refusal)


def test_a_new_indicator_stands_behind_its_sisters(rows, specialist, colleague):
    parent = VersionFactory(indicator__number="10", indicator__is_group=True, value_type="", aggregation="none")
    definition = Definition(name="Охват", act="Приказ № 5", source_state="municipal", review_due=date(2027, 1, 1))
    draft = Draft(
        kind="new", definition=definition, valid_from=NEW_YEAR, place=Place("trial", "10.1", parent="trial.10")
    )
    proposal = propose(draft=draft, reason="Нужен охват", by=specialist)
    assert not Indicator.objects.filter(code="trial.10.1").exists()
    accept(proposal=proposal, by=colleague)
    indicator = Indicator.objects.get(code="trial.10.1")
    assert (indicator.parent, indicator.is_active) == (parent.indicator, True)
    version = indicator.versions.get()
    assert (version.source_state, version.valid_from, version.review_due) == ("municipal", NEW_YEAR, date(2027, 1, 1))
    with pytest.raises(Refused) as refusal:
        propose(draft=draft, reason="Ещё раз", by=specialist)
    assert codes_of(refusal) == {"known_code"}


def test_an_own_pack_is_made_with_its_first_indicator(specialist, colleague):
    draft = Draft(
        kind="new", definition=Definition(name="Охват"), valid_from=NEW_YEAR, place=Place("own_calendar", "1")
    )
    proposal = propose(draft=draft, reason="Свой", by=specialist)
    assert not Pack.objects.filter(code="own_calendar").exists()
    accept(proposal=proposal, by=colleague)
    assert Pack.objects.get(code="own_calendar").period_kind == "calendar_year"


@pytest.mark.parametrize("place", [Place("trial", "<script>"), Place("none", "1"), Place("trial", "1" * 50)])
def test_a_place_that_is_none_is_refused(rows, specialist, place):
    PackFactory()
    draft = Draft(kind="new", definition=Definition(name="Охват"), valid_from=NEW_YEAR, place=place)
    with pytest.raises(Refused):
        propose(draft=draft, reason="Проба", by=specialist)


def test_an_indicator_ends_but_its_years_stay(counted, rows, specialist, colleague, run_jobs):
    used = Draft(
        kind="archive", definition=Definition(name=""), valid_from=NEW_YEAR,
        indicator=Indicator.objects.get(code="trial.2"),
    )  # fmt: skip
    with pytest.raises(Refused, match=r"trial\.2%"):
        propose(draft=used, reason="Лишний", by=specialist)
    draft = Draft(kind="archive", definition=Definition(name=""), valid_from=NEW_YEAR, indicator=rows.indicator)
    accept(proposal=propose(draft=draft, reason="Лишний", by=specialist), by=colleague)
    run_jobs()
    assert figure("2024") == (D(60), 1)
    assert not Aggregate.objects.filter(version=rows, period__code="2025").exists()
    rows.indicator.refresh_from_db()
    assert (rows.indicator.is_active, rows.indicator.switched_off_on) == (False, NEW_YEAR)
