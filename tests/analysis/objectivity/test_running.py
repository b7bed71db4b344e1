"""A run from stored matrices to stored evidence."""

import numpy as np
import pytest
from scipy import stats

from apps.accounts.roles import Role
from apps.analysis.objectivity import running, services
from apps.analysis.objectivity.models import Evidence, ObjectivityRun
from apps.analysis.signs.inputs import objectivity as markers
from apps.core import periods
from apps.core.findings import Refused
from apps.core.models import Event, Job, Period
from apps.procedures.models import GroupResult
from tests.analysis.objectivity import scene as scenes
from tests.factories import simulated_results as results
from tests.factories import simulated_schools as simulated

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(period, school):
    return scenes.make(period, own=school)


def count(period, **options) -> ObjectivityRun:
    return running.perform(ObjectivityRun.objects.create(period=period, rule=services.current_rule(), **options))


def test_the_lifted_school_is_marked_and_evidence_is_kept_of_ours_only(scene, period) -> None:
    run = count(period)
    marked = Evidence.objects.filter(run=run, marked=True, p__isnull=False)
    assert [(each.organization, each.test) for each in marked] == [(scene.lifted, "spike")]
    assert set(Evidence.objects.values_list("organization", flat=True)) <= {owner.pk for owner in scene.owners}
    assert run.summary["works"][0]["schools"] == scenes.SCHOOLS
    assert run.summary["works"][0]["ours"] == scenes.OURS
    words = marked.get().words
    assert words.startswith("Ровно на границах отметок — ")
    assert "было бы около" in words


def test_the_correction_goes_over_all_schools_and_own_tests_of_the_run(scene, period) -> None:
    other = simulated.honest(78, schools=scenes.SCHOOLS, mean_size=35)
    procedure = results.procedure(other, period=period, subject="Математика", grade=6)
    results.store(other, procedure, scene.schools, results.result_file())
    run = count(period)
    rows = list(Evidence.objects.filter(run=run, p__isnull=False))
    assert {row.procedure_id for row in rows} == {procedure.pk, scene.procedure.pk}
    assert run.comparisons == len(rows) > 60
    expected = stats.false_discovery_control([row.p for row in rows])
    assert [row.q for row in rows] == pytest.approx(expected.tolist())
    assert all(row.marked == (row.q <= 0.05) for row in rows)


def test_a_recount_keeps_the_history_and_a_job_done_twice_changes_nothing(scene, period) -> None:
    first = count(period)
    before = list(Evidence.objects.filter(run=first).values_list("organization", "test", "p"))
    second = count(period)
    assert list(Evidence.objects.filter(run=first).values_list("organization", "test", "p")) == before
    running.perform(second)
    assert Evidence.objects.filter(run=second).count() == len(before)


def test_the_mean_is_compared_with_all_schools_of_the_files(scene, period) -> None:
    run = count(period)
    assert "все школы загруженных файлов: 25" in run.summary["works"][0]["region"]
    rows = Evidence.objects.filter(run=run, test="mean")
    assert rows.exists()
    assert run.summary["federal_assessed"] >= rows.count()


def test_a_missing_region_switches_the_sign_off_and_a_report_of_the_region_on(period, school) -> None:
    scene = scenes.make(period, own=school, with_others=False)
    run = count(period)
    assert not Evidence.objects.filter(run=run, test="mean").exists()
    assert run.summary["works"][0]["off"]["mean"] == "no_region"
    assert run.summary["works"][0]["region"] == "нет данных региона"
    rule = services.current_rule()
    rule.whole_region = True
    rule.save()
    whole = count(period)
    assert "все школы загруженных файлов" in whole.summary["works"][0]["region"]
    assert Evidence.objects.filter(run=whole, test="mean").exists()
    rule.whole_region = False
    rule.save()
    values = {str(score): share for score, share in enumerate([100 / 29] * 29)}
    GroupResult.objects.create(
        procedure=scene.procedure, file=results.result_file(), report="primary", level="region", name="Область",
        participants=9000, values=values,
    )  # fmt: skip
    again = count(period)
    assert "Область" in again.summary["works"][0]["region"]
    row = Evidence.objects.filter(run=again, test="mean").first()
    assert "в регионе среднее 14,00" in row.words  # the middle of 0 … 28


def test_a_sharp_change_needs_the_same_cohort_a_year_earlier(scene, period) -> None:
    earlier = Period.objects.named(periods.previous(period.span))
    four = simulated.honest(80, schools=scenes.SCHOOLS, mean_size=35)
    made = results.procedure(four, period=earlier, subject="Математика", grade=4)
    results.store(four, made, scene.schools, results.result_file())
    place = next(n for n, owner in enumerate(scene.owners) if four.sizes[n] >= 12)
    scores = np.where((four.school == place)[:, None], simulated.MAXIMA, four.scores)
    totals = scores.sum(axis=1)
    risen = simulated.replace(
        four, scores=scores, totals=totals, marks=2 + np.searchsorted(simulated.BOUNDS, totals, side="right")
    )
    five = results.procedure(risen, period=period, subject="Математика", grade=5)
    results.store(risen, five, scene.schools, results.result_file())
    run = count(period)
    marked = Evidence.objects.filter(run=run, test__in=("rise", "fall"), marked=True)
    assert [(each.organization, each.test) for each in marked] == [(scene.owners[place], "rise")]


def test_a_run_is_a_job_of_the_department(scene, period, specialist, commit, run_jobs) -> None:
    with commit():
        run = services.start_run(period=period, by=specialist)
    (job,) = run_jobs()
    assert job.state == Job.State.DONE
    run.refresh_from_db()
    assert run.finished_at
    assert run.rule.version == 1
    assert Event.objects.filter(kind="analysis.objectivity_counted", actor=specialist).count() == 1


def test_who_has_left_the_department_counts_nothing(scene, period, specialist, run_jobs) -> None:
    services.start_run(period=period, by=specialist)
    specialist.memberships.all().delete()
    (job,) = run_jobs()
    assert job.state == Job.State.REFUSED
    assert not Evidence.objects.exists()


def test_others_and_empty_years_are_refused(scene, period, user_of) -> None:
    with pytest.raises(Refused):
        services.start_run(period=period, by=user_of(Role.METHODOLOGIST))
    with pytest.raises(Refused, match="нет загруженных результатов"):
        services.start_run(period=Period.objects.named("2019/20"), by=user_of(Role.SPECIALIST))


def test_the_sign_of_biased_results_reads_own_tests_only(scene, period) -> None:
    assert markers(period) is None
    count(period)
    found = markers(period)
    own = [each for each in found[scene.lifted.pk] if each.is_marked]
    assert [each.title for each in own] == [f"{scene.procedure.title}: Скопление на границах отметок"]
    assert all(not each.is_marked for pk, rows in found.items() if pk != scene.lifted.pk for each in rows)
    assert all("среднее" not in each.title for rows in found.values() for each in rows)


def test_a_work_without_a_scale_is_drawn_with_the_bounds_that_its_marks_show(scene, period, client_of) -> None:
    expected = list(scene.procedure.bounds)
    scene.procedure.bounds = []
    scene.procedure.save(update_fields=["bounds"])
    run = count(period)
    work = run.summary["works"][0]
    assert work["bounds"] == expected
    assert work["bounds_from_marks"]
    assert list(work["ratios"]) == [str(bound) for bound in expected]

    page = client_of(Role.SPECIALIST).get(f"/objectivity/{period.slug}/{scene.lifted.code}/").content.decode()

    assert "наименьший балл каждой отметки в загруженных результатах: шкала работы не указана" in page
