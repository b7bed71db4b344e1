import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.clusters import services
from apps.analysis.clusters.models import Clustering
from tests.factories.context import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(school, specialist):
    return scene(school, specialist)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.capability("S-032")
def test_a_specialist_groups_schools_and_compares_one_with_its_cluster(client_of, stage, specialist, head, run_jobs):
    client = client_of(specialist)
    rule = {
        "kind": "school", "period": stage.period.pk, "criteria": ["locality", "size"], "bounds": "100, 500",
        "title": "Школы по местности",
    }  # fmt: skip
    answer = client.post(reverse("analysis:clustering_create", args=["rule"]), rule)
    made = Clustering.objects.get()
    assert answer.url == made.get_absolute_url()
    draft = html(client.get(answer.url))
    assert "Город, число обучающихся неизвестно" in draft
    moved = stage.schools[9]
    client.post(answer.url, {
        "edit": "1", "name-1": "Город", "name-2": "Село",
        **{f"place-{one.pk}": "1" if n < 8 or one == moved else "2" for n, one in enumerate(stage.schools)},
    })  # fmt: skip
    client.post(answer.url, {"confirm": "1", "basis": "Приказ № 5"})
    run_jobs()
    made.refresh_from_db()
    page = html(client.get(answer.url))
    assert made.state == "confirmed"
    assert f"{timezone.localtime(made.confirmed_at):%d.%m.%Y}" in page  # the date
    assert "Приказ № 5" in page
    assert "перемещена вручную" in page
    assert all(str(one) in page for one in stage.schools)  # the members
    own = html(client.get(reverse("analysis:organization_context", args=["school-01"])))
    members = [*range(8), 9]
    poor = sorted(10 + 6 * n for n in members)
    assert f"{100 * sum(poor) / (200 * 9):.1f}".replace(".", ",") in own  # the mean of the cluster
    assert f"{poor[4] / 2:.1f}".replace(".", ",") in own  # and its median


def test_by_hand_the_names_are_asked_first(client_of, stage):
    client = client_of(Role.SPECIALIST)
    address = reverse("analysis:clustering_create", args=["hand"])
    assert "двух кластеров" in html(client.post(address, {"kind": "school", "names": "Одни"}))
    answer = client.post(address, {"kind": "school", "names": "Одни\nДругие"})
    assert "Не распределены" in html(client.get(answer.url))


def test_the_page_of_computing_says_why_it_is_not_offered(client_of, stage):
    client = client_of(Role.SPECIALIST)
    address = reverse("analysis:clustering_create", args=["computed"])
    assert "от 30 организаций" in html(client.get(address))
    data = {"kind": "school", "period": stage.period.pk, "codes": ["social.1.2%", "social.1.5%"], "method": "ward"}
    page = html(client.post(address, data))
    assert "Все показатели есть у 11 организаций" in page
    assert "по правилам" in page
    assert not Clustering.objects.exists()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER, Role.EXPERT])
def test_how_schools_are_grouped_is_the_authoritys(client_of, stage, specialist, role):
    made = services.make_by_hand(kind="school", title="", names=["Одни", "Другие"], by=specialist)
    client = client_of(role)
    for address in (made.get_absolute_url(), reverse("analysis:clusterings")):
        assert client.get(address).status_code == 404
    assert client.post(made.get_absolute_url(), {"confirm": "1", "basis": "Сам"}).status_code == 404
    assert client_of(Role.METHODOLOGIST).get(made.get_absolute_url()).status_code == 200
    client_of(Role.METHODOLOGIST).post(made.get_absolute_url(), {"drop": "1"})
    made.refresh_from_db()
    assert made.is_draft


def test_faults_of_the_forms_are_told_and_odd_addresses_are_not_found(client_of, stage):
    client = client_of(Role.SPECIALIST)
    address = reverse("analysis:clustering_create", args=["rule"])
    page = html(client.post(address, {"kind": "school", "period": stage.period.pk, "bounds": "сто, -5"}))
    assert "не целое число" in page
    assert "Отметьте хотя бы одно правило" in page
    assert client.get(reverse("analysis:clustering_create", args=["magic"])).status_code == 404
