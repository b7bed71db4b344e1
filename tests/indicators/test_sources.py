"""Sources of data: what is taken from where, and what is collected twice."""

import json

import pytest

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.indicators.models import DataSource, SourceLink
from apps.indicators.selectors import sources as reads
from apps.indicators.services.packs import FOLDER
from apps.indicators.services.sources import keep_collecting, link_indicators, load_sources
from tests.factories.collection import FieldFactory, FormFactory
from tests.factories.indicators import PackFactory, SourceFactory, VersionFactory

pytestmark = pytest.mark.django_db

LIST = "/indicators/sources/"


@pytest.fixture
def versions():
    """«1» is asked by a form, «2» is in two systems, «3» is in one and asked by nobody, «4» in none."""
    PackFactory()
    found = [VersionFactory(indicator__number=str(number), name=f"Число {number}") for number in range(1, 5)]
    FieldFactory(form=FormFactory(short_title="Самообследование"), version=found[0])
    return found


@pytest.fixture
def system(versions, specialist):
    source = SourceFactory(code="ris-gia", name="РИС ГИА")
    link_indicators(source=source, codes=["trial.1", "trial.2", "trial.3"], by=specialist)
    return source


@pytest.fixture
def other(versions, specialist):
    source = SourceFactory(code="oo-1", name="ОО-1")
    link_indicators(source=source, codes=["trial.2"], by=specialist)
    return source


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def flagged(code):
    return {line.code: line.advice for line in reads.lines() if line.link.source.code == code and line.is_flagged}


@pytest.mark.capability("S-009")
def test_a_specialist_describes_a_source_and_links_indicators(client_of, versions):
    client = client_of(Role.SPECIALIST)
    data = {
        "code": "navigator",
        "name": "Навигатор",
        "owner": "Центр",
        "source_state": "unconfirmed",
        "is_active": "on",
    }
    assert client.post(f"{LIST}new/", data).headers["Location"] == f"{LIST}navigator/"
    assert client.post(f"{LIST}navigator/links/", {"indicators": ["trial.1", "trial.3"]}).status_code == 302
    page = text(client.get(f"{LIST}navigator/"))
    assert "trial.3" in page
    assert "Центр" in page
    assert "Навигатор" in text(client.get("/indicators/trial.3/"))  # on the passport
    assert "Навигатор" in text(client.get(LIST))
    client.post(f"{LIST}navigator/links/", {"indicators": ["trial.3"]})
    assert set(SourceLink.objects.values_list("indicator__code", flat=True)) == {"trial.3"}


@pytest.mark.capability("S-009")
def test_what_is_collected_twice_is_flagged_with_what_to_do(client_of, system, other):
    found = flagged("ris-gia")
    assert found.keys() == {"trial.1", "trial.2"}
    assert "Спрашивает форма «Самообследование" in found["trial.1"]
    assert "«ОО-1»" in found["trial.2"]
    assert flagged("oo-1").keys() == {"trial.2"}
    page = text(client_of(Role.METHODOLOGIST).get(f"{LIST}ris-gia/"))
    assert "Собирается дважды: 2" in page
    assert "Записать решение" not in page


def test_the_organisations_own_books_are_no_second_source(versions, specialist):
    own = SourceFactory(code="own", is_own_form=True)
    link_indicators(source=own, codes=["trial.1", "trial.2"], by=specialist)
    assert flagged("own") == {}


def test_a_decision_to_collect_again_needs_a_reason_and_is_remembered(client_of, system):
    client = client_of(Role.SPECIALIST)
    assert "почему число собирается" in text(client.post(f"{LIST}ris-gia/", {"code": "trial.1"}))
    assert 'value="trial.1" id="f-' in text(client.get(f"{LIST}ris-gia/"))
    assert client.post(f"{LIST}ris-gia/", {"code": "trial.1", "reason": "Другая дата"}).status_code == 302
    assert flagged("ris-gia") == {}
    assert "Другая дата" in text(client.get(f"{LIST}ris-gia/"))


def test_only_the_department_changes_sources(client_of, system, methodologist):
    for role in (Role.METHODOLOGIST, Role.ADMIN):
        assert client_of(role).get(LIST).status_code == 200
        for page in ("new/", "ris-gia/edit/", "ris-gia/links/"):
            assert client_of(role).get(LIST + page).status_code == 404
        client_of(role).post(f"{LIST}ris-gia/", {"code": "trial.1", "reason": "x"})
    for page in ("", "ris-gia/", "new/"):
        assert client_of(Role.DIRECTOR).get(LIST + page).status_code == 404
    assert flagged("ris-gia")
    with pytest.raises(Refused):
        keep_collecting(source=system, codes=["trial.1"], reason="x", by=methodologist)
    with pytest.raises(Refused):
        link_indicators(source=system, codes=["no.such"], by=None)


def test_faults_of_a_source_are_shown_and_a_code_stays(client_of, system):
    client = client_of(Role.SPECIALIST)
    page = text(client.post(f"{LIST}new/", {"code": "ris-gia", "name": "", "link": "javascript:alert(1)"}))
    assert page.count("Есть ошибки") == 1
    assert "Ссылка:" in page
    assert "Этот код занят" in text(
        client.post(f"{LIST}new/", {"code": "new", "name": "Н", "source_state": "official"})
    )
    data = {"code": "changed", "name": "Другое имя", "source_state": "official"}
    assert client.post(f"{LIST}ris-gia/edit/", data).status_code == 302
    system.refresh_from_db()
    assert (system.code, system.name) == ("ris-gia", "Другое имя")


def test_the_file_is_loaded_once_and_cut_links_stay_cut(tmp_path, versions, specialist):
    path = tmp_path / "sources.json"
    path.write_text(
        json.dumps({"sources": [{"code": "x", "name": "Икс", "source_state": "official", "matches": ["икс"]}]}), "utf-8"
    )
    for version in versions[:2]:
        version.data_source = "Выгрузка ИКС"
        version.save()
    assert load_sources(path=path) == 1
    source = DataSource.objects.get(code="x")
    assert set(source.links.values_list("indicator__code", flat=True)) == {"trial.1", "trial.2"}
    link_indicators(source=source, codes=["trial.2"], by=specialist)
    assert load_sources(path=path) == 0
    assert source.links.count() == 1


def test_the_projects_file_is_whole():
    rows = json.loads((FOLDER / "sources.json").read_text("utf-8"))["sources"]
    assert len({row["code"] for row in rows}) == len(rows)
    assert load_sources(path=FOLDER / "sources.json") == len(rows)
    for source in DataSource.objects.all():
        source.full_clean()
