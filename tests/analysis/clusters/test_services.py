import pytest

from apps.analysis.clusters import computing, services
from apps.analysis.clusters.models import Clustering
from apps.core.findings import Refused
from apps.indicators.models import Aggregate
from apps.organizations.models import Group
from tests.factories.context import hand_in, passport_versions, scene
from tests.factories.organizations import SchoolFactory

pytestmark = pytest.mark.django_db
CODES = ["social.1.2%", "social.1.5%"]


@pytest.fixture
def stage(school, specialist):
    return scene(school, specialist)


def names_and_sizes(clustering):
    return {one.name: one.members.count() for one in clustering.clusters.all()}


def by_place(stage, specialist):
    return services.make_by_rules(
        kind="school", period=stage.period, criteria=["locality"], bounds=[], by=specialist, title="По местности"
    )


def test_rules_make_a_draft_with_its_author(stage, specialist):
    made = by_place(stage, specialist)
    assert (made.state, made.created_by) == (Clustering.State.DRAFT, specialist)
    assert names_and_sizes(made) == {"Город": 8, "Село": 4}
    assert not Group.objects.filter(kind="cluster").exists()  # a draft is in no one's way


def test_confirmed_clusters_are_groups_whose_figures_are_counted(stage, specialist, head, run_jobs):
    made = services.confirm(clustering=by_place(stage, specialist), basis="Приказ № 5", by=head)
    assert (made.state, made.confirmed_by) == (Clustering.State.CONFIRMED, head)
    run_jobs()
    town = made.clusters.get(name="Город").group
    assert set(town.organizations.values_list("pk", flat=True)) == {one.pk for one in stage.schools[:8]}
    figure = Aggregate.objects.get(
        scope="group", scope_key=str(town.pk), period=stage.period, version__indicator__code="social.1.5%"
    )
    poor = [10 + 6 * n for n in range(8)]
    assert float(figure.value) == pytest.approx(100 * sum(poor) / (200 * 8))
    assert float(figure.median) == pytest.approx((poor[3] + poor[4]) / 2 / 2)


def test_the_next_clustering_ends_the_former_and_a_like_cluster_goes_on(stage, specialist, head):
    first = services.confirm(clustering=by_place(stage, specialist), basis="Приказ № 5", by=head)
    town, village = (first.clusters.get(name=name).group for name in ("Город", "Село"))
    again = by_place(stage, specialist)
    rural = [one.pk for one in stage.schools[8:]]
    services.edit(clustering=again, names={1: "Центр"}, places=dict.fromkeys(rural[:3], 1), by=specialist)
    second = services.confirm(clustering=again, basis="Приказ № 9", by=head)
    first.refresh_from_db()
    assert first.state == Clustering.State.REPLACED
    assert first.ended_at == second.confirmed_at
    assert names_and_sizes(first) == {"Город": 8, "Село": 4}  # the history keeps its members
    assert second.clusters.get(name="Центр").group == town  # 8 of 11: the same group goes on
    assert Group.objects.get(pk=town.pk).name == "Центр"
    assert second.clusters.get(name="Село").group != village  # 1 of 4 is another one
    assert village.organizations.count() == 0
    assert second.is_edited


def test_by_hand_everything_is_placed_by_a_person(stage, specialist, head):
    made = services.make_by_hand(kind="school", title="", names=["Опорные", "Остальные"], by=specialist)
    assert made.members.filter(cluster__isnull=True).count() == 12
    with pytest.raises(Refused, match="Распределите"):
        services.confirm(clustering=made, basis="Приказ", by=head)
    places = {one.pk: 1 if n < 3 else 2 for n, one in enumerate(stage.schools)}
    services.edit(clustering=made, names={}, places=places, by=specialist)
    assert names_and_sizes(made) == {"Опорные": 3, "Остальные": 9}
    with pytest.raises(Refused, match="основание"):
        services.confirm(clustering=made, basis=" ", by=head)
    with pytest.raises(Refused, match="одинаково"):
        services.edit(clustering=made, names={1: "Остальные"}, places={}, by=specialist)


def test_only_a_draft_is_changed_and_only_by_the_department(stage, specialist, head, methodologist, director):
    made = by_place(stage, specialist)
    for stranger in (methodologist, director):
        with pytest.raises(Refused):
            services.confirm(clustering=made, basis="Приказ", by=stranger)
    services.drop(clustering=made, by=specialist)
    with pytest.raises(Refused, match="черновик"):
        services.edit(clustering=made, names={}, places={}, by=specialist)


def test_below_thirty_the_reason_is_said(stage, specialist):
    with pytest.raises(Refused) as refusal:
        computing.start_computing(kind="school", period=stage.period, codes=CODES, method="ward", by=specialist)
    assert "у 11 организаций" in str(refusal.value)
    assert "от 30" in str(refusal.value)
    assert not Clustering.objects.exists()


def test_a_worker_computes_the_same_clusters_each_time(specialist, period, run_jobs):
    """Two sorts of schools: 18 with educated parents, 14 poor ones; one school has not handed in its passport."""
    passport_versions()
    schools = [SchoolFactory(number=n) for n in range(101, 134)]
    passports = {one: (200, 120 + n % 5, 10 + n % 4) for n, one in enumerate(schools[:18])}
    passports |= {one: (200, 40 + n % 5, 90 + n % 4) for n, one in enumerate(schools[18:32])}
    hand_in(period, specialist, passports)
    made = [
        computing.start_computing(kind="school", period=period, codes=CODES, method="ward", by=specialist)
        for _ in range(2)
    ]
    assert {one.state for one in made} == {Clustering.State.COUNTING}
    assert [job.state for job in run_jobs()] == ["done", "done"]
    found = []
    for one in made:
        one.refresh_from_db()
        assert one.state == Clustering.State.DRAFT
        parts = one.clusters.all()
        found.append([(each.name, {member.organization_id for member in each.members.all()}) for each in parts])
    assert found[0] == found[1]
    (_, first), (_, second) = found[0]
    assert first == {one.pk for one in schools[:18]}  # the greater one is the first
    assert second == {one.pk for one in schools[18:32]}
    result = made[0].result
    assert result["n"] == 32
    lacking = ["Доля с высшим образованием родителей", "Доля малообеспеченных"]
    assert [schools[32].pk, lacking] in result["lacking"]
    assert result["agreement"] > 0.9
    reason = next(one for one in made[0].clusters.get(order=1).reasons if one["code"] == "social.1.2%")
    assert float(reason["mean"]) == pytest.approx(sum((120 + n % 5) / 2 for n in range(18)) / 18, abs=0.001)
    assert computing.compute(clustering_id=made[0].pk) == {"clusters": 2}  # a second run changes nothing
