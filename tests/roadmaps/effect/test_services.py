"""Writes of effects: faults at once, approval with the least effect kept, measuring, and what breaks a comparison."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from apps.core.findings import Refused
from apps.core.models import Event, Job
from apps.core.notices.models import Notice
from apps.indicators.models import Aggregate
from apps.organizations import services as register
from apps.organizations.models import Organization
from apps.organizations.signals import merged
from apps.roadmaps.effect import figures, measuring, moving, selectors, services, words
from apps.roadmaps.effect.gathering import gather, plan_of
from apps.roadmaps.effect.models import Expectation, Measurement
from apps.roadmaps.effect.subjects import find, subject_of
from apps.roadmaps.links.selectors import bases_of
from tests.factories.effects import expectation
from tests.factories.indicators import VersionFactory
from tests.factories.roadmaps import RecommendationFactory
from tests.roadmaps.effect import scene

pytestmark = pytest.mark.django_db
Verdict = Measurement.Verdict


def counted(found, draws=199):
    """Measure at once, as the worker would."""
    row = Measurement.objects.create(expectation=found, number=found.measurements.count() + 1)
    return measuring.measure(measurement=row, draws=draws)


def said(row):
    return words.sentence(row, figures.of_expectation(row.expectation)).replace("\xa0", " ")


def test_all_faults_of_an_expectation_are_told_at_once_and_nothing_is_written(specialist):
    version = scene.share_version()
    new = services.NewExpectation(
        subject=subject_of(RecommendationFactory()),
        figure=figures.of_indicator(version.indicator),
        organizations=[],
        starts_on=date(2025, 2, 1),
        expected_change=Decimal(-150),
        rationale="я" * 20_000,
        years=9,
    )
    with pytest.raises(Refused) as refused:
        services.expect(new=new, by=specialist)
    codes = {finding.code for finding in refused.value.findings}
    assert codes == {"no_organizations", "bad_change", "wrong_way", "long_text", "bad_years"}
    assert not Expectation.objects.exists()


def test_free_text_is_kept_as_it_was_written(specialist):
    version, _, addressed = scene.municipality()
    new = services.NewExpectation(
        subject_of(RecommendationFactory()), figures.of_indicator(version.indicator), addressed, date(2025, 2, 1),
        Decimal(3), "<script>alert(1)</script> 🙂",
    )  # fmt: skip
    assert services.expect(new=new, by=specialist).rationale == "<script>alert(1)</script> 🙂"


def test_only_the_authority_names_effects(specialist, director):
    version, _, addressed = scene.municipality(count=12)
    with pytest.raises(Refused):
        expectation(version=version, organizations=addressed, by=director)
    made = expectation(version=version, organizations=addressed, by=specialist, approved=False)
    with pytest.raises(Refused):
        services.approve(expectation=made, by=director)
    with pytest.raises(Refused):
        measuring.start(expectation=made, by=specialist)  # not approved


def test_the_least_effect_is_kept_as_it_stood_at_approval(specialist):
    version, _, addressed = scene.municipality(after=False)
    made = expectation(version=version, organizations=addressed, by=specialist)
    least = made.least["effect"]
    assert least > 0
    assert made.least["addressed"] == scene.ADDRESSED
    Aggregate.objects.filter(period__code="2023").delete()
    services.approve(expectation=made, by=specialist)  # twice changes nothing
    made.refresh_from_db()
    assert made.least["effect"] == least
    assert Event.objects.filter(kind="roadmaps.effect_approved", subject_id=str(made.pk)).count() == 1
    assert [one.kind.key for one in bases_of(made, user=specialist)] == ["recommendation"]


def test_without_the_year_before_the_least_effect_is_not_invented(specialist):
    version, _, addressed = scene.municipality(after=False)
    Aggregate.objects.filter(period__code="2023").delete()
    made = expectation(version=version, organizations=addressed, by=specialist)
    assert "effect" not in made.least
    assert made.least["why"].startswith("Не по чему оценить разброс")


@pytest.mark.parametrize(
    ("effect", "verdict", "start"),
    [
        (15, Verdict.VISIBLE, "Эффект есть: у адресованных значение выросло на"),
        (0, Verdict.UNSEEN, "Эффект не виден: разница с похожими организациями"),
        (-15, Verdict.WORSE, "Изменение в худшую сторону: у адресованных на"),
    ],
)
def test_a_measured_effect_says_what_the_interval_says(specialist, effect, verdict, start):
    version, _, addressed = scene.municipality(effect=effect)
    made = expectation(version=version, organizations=addressed, by=specialist)
    row = counted(made)
    assert row.verdict == verdict
    assert row.low <= effect <= row.high
    assert said(row).startswith(start)
    assert row.result["draws"] == 199
    assert Notice.objects.filter(user=specialist, key=f"roadmaps.effect:{made.pk}:1").count() == 1
    assert measuring.measure(measurement=row).measured_at == row.measured_at  # a second run changes nothing


def test_one_addressed_organisation_is_no_effect(specialist):
    version, _, addressed = scene.municipality(effect=30)
    row = counted(expectation(version=version, organizations=addressed[:1], by=specialist))
    assert row.verdict == Verdict.FEW
    assert row.estimate is None
    assert "По одной организации действие меры не отличить от случайного изменения" in said(row)
    assert len(row.result["addressed"]) == 1


def test_without_similar_organisations_nothing_is_said(specialist):
    version, found, _ = scene.municipality(count=12)
    row = counted(expectation(version=version, organizations=found, by=specialist))
    assert row.verdict == Verdict.FEW
    assert "Похожих организаций, которым мера не адресована, нет" in said(row)


def test_a_new_version_of_the_indicator_breaks_the_comparison(specialist):
    version, _, addressed = scene.municipality(effect=15)
    made = expectation(version=version, organizations=addressed, by=specialist)
    version.valid_to = date(2024, 12, 31)
    version.save()
    newer = VersionFactory(
        indicator=version.indicator, number=2, formula="[trial.1]", value_type=version.value_type,
        aggregation=version.aggregation, unit="%", decimals=1, polarity=version.polarity,
    )  # fmt: skip
    Aggregate.objects.filter(version=version, period__code="2025").update(version=newer)
    row = counted(made)
    assert row.verdict == Verdict.BROKEN
    assert "версия 2 (формула)" in said(row)
    assert row.estimate is None


def test_an_organisation_merged_between_before_and_after_is_left_out_with_the_reason(specialist, administrator):
    version, found, addressed = scene.municipality(effect=15)
    made = expectation(version=version, organizations=addressed, by=specialist)
    old, new = addressed[0], found[1]
    register.merge_organizations(organization=old, into=new, on=date(2025, 6, 1), by=administrator)
    merged.send(Organization, old=old, new=new, by=administrator)  # a second time changes nothing
    assert set(made.addressed.values_list("organization", flat=True)) == {one.pk for one in addressed[1:]} | {new.pk}
    gathered = gather(plan_of(made))
    reasons = {one.organization: one.why for one in gathered.left}
    assert reasons[new.pk] == "объединение 01.06.2025: до и после это разные школы"
    assert new.pk not in {one.key for one in (*gathered.addressed, *gathered.pool)}
    text = Event.objects.get(kind="roadmaps.effect_moved", subject_id=str(made.pk)).text
    assert f"«{old}» присоединена к «{new}»" in text


def test_two_lines_of_joined_organisations_become_one(specialist, administrator):
    version, _, addressed = scene.municipality()
    made = expectation(version=version, organizations=addressed, by=specialist)
    old, new = addressed[:2]
    moving.move_lines(None, old=old, new=new, by=administrator)
    line = made.addressed.get(organization=new)
    assert line.moved_from == old
    assert made.addressed.count() == scene.ADDRESSED - 1


def test_an_addressee_of_another_measure_with_the_same_figure_is_not_similar(specialist):
    version, found, addressed = scene.municipality(effect=15)
    made = expectation(version=version, organizations=addressed, by=specialist)
    expectation(version=version, organizations=[found[1]], by=specialist)
    left = {one.organization: one.why for one in gather(plan_of(made)).left}
    assert left[found[1].pk] == "адресат другой меры с тем же показателем"
    assert found[2].pk not in left


def test_changed_figures_are_noticed(specialist):
    version, found, addressed = scene.municipality(effect=15)
    made = expectation(version=version, organizations=addressed, by=specialist)
    row = counted(made)
    assert gather(plan_of(made)).digest == row.digest
    Aggregate.objects.filter(period__code="2025", scope_key=str(found[1].pk)).update(value=12)
    assert gather(plan_of(made)).digest != row.digest


def test_the_night_measures_what_has_its_figures_and_only_that(specialist, run_jobs):
    version, found, addressed = scene.municipality(after=False)
    waiting = expectation(version=version, organizations=addressed, by=specialist)
    assert measuring.start_due() == 0
    with pytest.raises(Refused) as refused:
        measuring.start(expectation=waiting, by=specialist)
    assert "Данных за 2025 год ещё нет" in str(refused.value)
    scene.figures(version, found[:20], 2)
    assert measuring.start_due() == 0  # of half of the addressed
    Aggregate.objects.filter(period__code="2025").delete()
    scene.figures(version, found, 2)
    assert measuring.start_due() == 1
    run_jobs()
    assert waiting.measurements.get().verdict == Verdict.UNSEEN
    assert measuring.start_due() == 0


def test_what_failed_at_night_waits_again_and_is_tried_the_next_night(specialist, run_jobs):
    version, _, addressed = scene.municipality()
    made = expectation(version=version, organizations=addressed, by=specialist)
    assert measuring.start_due() == 1
    assert measuring.start_due() == 0  # it is under way
    assert selectors.rows([made])[0].state == selectors.COUNTING
    Job.objects.update(state=Job.State.FAILED, finished_at=timezone.now())
    again = Expectation.objects.get(pk=made.pk)
    assert selectors.rows([again])[0].state == selectors.DUE
    assert measuring.start_due() == 1
    run_jobs()
    assert made.measurements.get().verdict == Verdict.UNSEEN


def test_two_people_measure_once(specialist, head):
    version, _, addressed = scene.municipality()
    made = expectation(version=version, organizations=addressed, by=specialist)
    first = measuring.start(expectation=made, by=specialist)
    assert measuring.start(expectation=made, by=head) == first


def test_a_dismissed_author_gets_no_notice(specialist, head):
    version, _, addressed = scene.municipality()
    made = expectation(version=version, organizations=addressed, by=specialist)
    specialist.is_active = False
    specialist.save()
    counted(made)
    assert not Notice.objects.exists()


def test_withdrawn_with_a_reason_it_is_measured_no_more(specialist):
    version, _, addressed = scene.municipality()
    made = expectation(version=version, organizations=addressed, by=specialist)
    with pytest.raises(Refused):
        services.withdraw(expectation=made, reason=" ", by=specialist)
    services.withdraw(expectation=made, reason="Мера отменена.", by=specialist)
    assert measuring.start_due() == 0
    with pytest.raises(Refused):
        services.withdraw(expectation=made, reason="Ещё раз.", by=specialist)


def test_objects_that_cannot_have_an_effect_are_not_found(specialist, director):
    recommendation = RecommendationFactory()
    key = str(recommendation.pk)
    assert find("roadmaps.Recommendation", key, user=specialist).title == str(recommendation)
    assert find("roadmaps.Recommendation", key, user=director) is None
    for label, name in (("accounts.User", "1"), ("roadmaps.Nothing", "1"), ("roadmaps.Recommendation", "x"), ("", "")):
        assert find(label, name, user=specialist) is None


def test_a_period_starts_before_the_measure(specialist):
    version = scene.share_version()
    figure = figures.of_indicator(version.indicator)
    before, after = figures.periods_of(figure, date(2025, 2, 1), 2)
    assert (before.code, after.code) == ("2024", "2026")
