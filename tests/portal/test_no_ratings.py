"""Open pages never rank schools: by the register where they list them, no results of single schools, no places."""

import re

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.clusters import services as clusters
from tests.factories.context import index_of_two, scene
from tests.test_access import ALL, is_public

pytestmark = pytest.mark.django_db
RANKINGS = (
    "analysis:funnel",
    "analysis:expected",
    "analysis:resilient",
    "analysis:social_index",
    "analysis:clusterings",
)
ORDERS = ("", "?sort=-value", "?ordering=-result", "?order=desc&sort=marks")


@pytest.fixture
def stage(school, specialist, head):
    """Results get worse from school to school, so an order by results is not that of the register."""
    built = scene(school, specialist)
    for aggregate in built.work.aggregates.select_related("school__organization"):
        number = aggregate.school.organization.number
        aggregate.marks = [number * 7 % 12 + 1, 20, 20, 3]
        aggregate.save()
    index_of_two(specialist)
    made = clusters.make_by_rules(kind="school", period=built.period, criteria=["band"], bounds=[], by=specialist)
    clusters.confirm(clustering=made, basis="Приказ", by=head)
    return built


def in_order(page, names):
    places = [found.start() for name in names for found in [re.search(rf"{re.escape(name)}(?!\d)", page)] if found]
    return len(places), places == sorted(places)


@pytest.mark.capability("S-106")
def test_open_pages_stand_by_the_register_and_rank_nobody(client, client_of, stage):
    names = [str(one) for one in stage.schools]
    open_pages = [name for name, pattern in ALL if is_public(name) and not pattern.pattern.regex.groups]
    assert {"portal:organizations", "portal:home", "portal:methods", "procedures:methods"} <= set(open_pages)
    listing = 0
    for name in open_pages:
        for order in ORDERS if name in {"portal:organizations", "portal:home"} else ("",):
            response = client.get(reverse(name) + order)
            if response.status_code != 200 or "html" not in response["Content-Type"]:
                continue
            page = response.content.decode()
            shown, sorted_ = in_order(page, names)
            assert sorted_, f"{name}{order} does not stand by the register"
            listing += shown > 1
            assert "наименее благоприятные" not in page or name.endswith("methods"), f"{name} tells a school's context"
            assert not re.search(r"\d+-?е? место|рейтинг школ|лучшие школы|худшие школы", page, re.IGNORECASE), name
    assert listing >= len(ORDERS)  # the open register lists all of them
    for name in RANKINGS:
        assert client.get(reverse(name)).status_code == 302  # asked to log in
        for role in (Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE):
            assert client_of(role).get(reverse(name)).status_code == 404
        assert client_of(Role.SPECIALIST).get(reverse(name)).status_code == 200


def test_the_results_of_a_school_are_on_no_open_page(client, stage):
    page = client.get(reverse("procedures:school", args=[stage.work.pk, "school-01"]))
    assert page.status_code == 302
    assert client.get(reverse("procedures:detail", args=[stage.work.pk])).status_code == 302


def test_clusters_of_others_are_not_told_in_the_register(client_of, stage):
    """A name of a cluster may tell of hard conditions: others than the authority see their own only."""
    other = reverse("organizations:detail", args=["school-11"])
    listing = reverse("organizations:list")
    words = "Условия наименее благоприятные"
    assert words in client_of(Role.SPECIALIST).get(other).content.decode()
    assert words in client_of(Role.SPECIALIST).get(listing).content.decode()
    for role in (Role.DIRECTOR, Role.OBSERVER, Role.PUBLIC_REPRESENTATIVE):
        assert words not in client_of(role).get(other).content.decode()
        assert words not in client_of(role).get(listing).content.decode()
    own = client_of(Role.DIRECTOR).get(reverse("organizations:detail", args=["school-01"])).content.decode()
    assert "Условия наиболее благоприятные" in own
