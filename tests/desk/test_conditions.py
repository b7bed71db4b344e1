"""Conditions of a direction: what exists, what is lacking, what people name."""

import pytest

from apps.accounts.roles import Role
from apps.indicators.models import DataSource, Direction
from apps.procedures.models import Condition, Duty
from tests.factories.indicators import IndicatorFactory, VersionFactory

pytestmark = pytest.mark.django_db
PAGE = "/directions/9.9/"


@pytest.fixture
def direction(db) -> Direction:
    return Direction.objects.create(code="9.9", name="Проверочное направление")


def state(client) -> dict[str, bool]:
    return {part.kind: part.exists for part in client.get(PAGE).context["conditions"]}


@pytest.mark.capability("S-084")
def test_a_specialist_sees_which_conditions_a_direction_has(client_of, specialist, direction) -> None:
    staff = client_of(specialist)
    assert state(staff) == dict.fromkeys(("documents", "people", "instruments", "systems"), False)
    assert "Никто не назначен ответственным" in staff.get(PAGE).content.decode()
    version = VersionFactory(
        indicator=IndicatorFactory(direction=direction), source_state="official", act="Приказ № 1324"
    )
    Duty.objects.create(user=specialist, direction=direction)
    source = DataSource.objects.create(code="ris", name="Региональная система")
    source.links.create(indicator=version.indicator)
    assert state(staff) == {"documents": True, "people": True, "instruments": False, "systems": True}
    html = staff.get(PAGE).content.decode()
    for text in ("Приказ № 1324", str(specialist), "Региональная система"):
        assert text in html
    staff.post(PAGE + "conditions/", {"kind": "instruments", "title": "Карта наблюдения урока", "url": ""})
    assert state(staff)["instruments"]
    assert "Карта наблюдения урока" in staff.get(PAGE).content.decode()
    condition = Condition.objects.get()
    staff.post(PAGE + "conditions/", {"kind": "instruments", "title": "Карта  наблюдения урока"})
    staff.post(PAGE + "conditions/", {"kind": "poems", "title": "Стихи"})
    assert Condition.objects.count() == 1
    staff.post(f"{PAGE}conditions/{condition.pk}/remove/")
    assert not state(staff)["instruments"]


def test_conditions_are_the_authoritys_matter(client_of, direction) -> None:
    own = client_of(Role.DIRECTOR)
    assert "conditions" not in own.get(PAGE).context
    assert own.post(PAGE + "conditions/", {"kind": "people", "title": "X"}).status_code == 404
    assert client_of(Role.METHODOLOGIST).post(PAGE + "conditions/", {"kind": "people", "title": "X"}).status_code == 404
    assert not Condition.objects.exists()
