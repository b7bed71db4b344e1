"""Published lists of markers as an external source, matched by the digits of logins."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.organizations.models import ExternalId
from apps.procedures.markers import selectors, services
from apps.procedures.models import ExternalMarker
from tests.factories.result_files import xlsx
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db

HEAD = ["Год", "Логин", "Муниципалитет", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА", "Количество маркеров"]
ROWS = [
    HEAD,
    [2024, "edu990101", "Район", "Школа", 1, "", "", 1.0, 2],
    [2025, "sch990101", "Район", "Школа", "", "", 1, "", 2],
    [2025, "edu990199", "Район", "Чужая", "", 1, "", "", 1],
    [2025, "нет", "", "", "", "", "", "", ""],
]


def load(rows, by=None):
    return services.load_markers(stream=xlsx({"Признаки": rows}), name="список.xlsx", source="сайт", by=by)


def test_markers_are_matched_by_digits_whatever_the_prefix(school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101", prefix="edu")
    loaded = load(ROWS)
    assert (loaded.rows, loaded.years) == (3, [2024, 2025])
    assert [finding.code for finding in loaded.findings] == ["count_differs", "rows_unread"]
    found = [(marker.year, marker.columns) for marker in selectors.markers_of(school)]
    assert found == [(2025, ["5 РУ"]), (2024, ["4 РУ", "5 МА"])]
    assert len(selectors.ours()) == 2


def test_a_later_list_replaces_its_years_only():
    load(ROWS)
    load([HEAD, [2025, "edu990150", "", "", 1, "", "", "", 1]])
    assert set(ExternalMarker.objects.values_list("year", "digits")) == {(2024, "990101"), (2025, "990150")}


def test_another_table_is_refused():
    with pytest.raises(Refused) as refusal:
        load([["Год", "Школа"], [2025, "Первая"]])
    assert refusal.value.findings[0].code == "no_markers"


def test_the_page_loads_shows_and_removes(client_of, school):
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101", prefix="edu")
    address = reverse("procedures:markers")
    client = client_of(Role.SPECIALIST)
    stream = xlsx({"Признаки": ROWS})
    stream.name = "список.xlsx"
    assert "Назовите источник" in text_of(client.post(address, {"file": stream}))
    stream.seek(0)
    page = text_of(client.post(address, {"file": stream, "source": "сайт региона"}, follow=True))
    assert "4 РУ, 5 МА" in page
    assert "маркер — повод проверить, а не вывод" in page.lower()
    assert "Чужая" not in page
    reader = client_of(Role.METHODOLOGIST)
    assert "Загрузить список" not in text_of(reader.get(address))
    assert client_of(Role.DIRECTOR).get(address).status_code == 404
    remove = reverse("procedures:marker_list_delete", args=[ExternalMarker.objects.first().source_id])
    assert reader.post(remove).status_code == 404
    client.post(remove)
    assert not ExternalMarker.objects.exists()


def test_the_published_list_loads(shared):
    with (shared / "samples" / "rd_bias_markers_2023_2025.xlsx").open("rb") as stream:
        loaded = services.load_markers(stream=stream, name="list.xlsx", source="публикация", by=None)
    assert loaded.years == [2023, 2024, 2025]
    assert loaded.rows == ExternalMarker.objects.count() == 451  # 599 rows, 148 of 2024 stand twice
    assert "148" in next(finding.message for finding in loaded.findings if finding.code == "rows_repeated")
