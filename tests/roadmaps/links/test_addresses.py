"""A chain leads to pages that its reader may open, and to no others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.access import may_open
from apps.accounts.roles import Role
from apps.analysis.models import Conclusion, Sign
from apps.roadmaps.effect.subjects import find
from apps.roadmaps.links.registry import kind_of
from apps.roadmaps.models import Recommendation
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db


def address(model: type[Any], user: Any) -> str:
    kind = kind_of(model)
    assert kind is not None
    return kind.address(model(pk=7), user)


def test_a_school_reads_on_its_own_pages(user_of: Callable[..., Any]) -> None:
    director = user_of(Role.DIRECTOR)
    assert address(Sign, director) == reverse("analysis:own_sign", args=[7])
    assert address(Recommendation, director) == reverse("roadmaps:own")


def test_what_a_school_has_no_page_of_is_named_without_a_link(user_of: Callable[..., Any]) -> None:
    assert address(Conclusion, user_of(Role.DIRECTOR)) == ""


@pytest.mark.parametrize("model", [Sign, Recommendation, Conclusion])
def test_the_office_reads_on_the_pages_of_the_office(user_of: Callable[..., Any], model: type[Any]) -> None:
    specialist = user_of(Role.SPECIALIST)
    assert address(model, specialist) == model(pk=7).get_absolute_url() != ""
    assert may_open(specialist, address(model, specialist))


def test_an_address_that_is_none_is_opened_by_nobody(user_of: Callable[..., Any]) -> None:
    assert not may_open(user_of(Role.HEAD), "/no/such/page/")


def test_methods_lead_to_the_office_only_those_who_open_it(user_of: Callable[..., Any], client: Client) -> None:
    link = f'href="{reverse("analysis:funnel")}"'
    page = reverse("procedures:methods")
    assert link not in client.get(page).content.decode()
    client.force_login(user_of(Role.DIRECTOR))
    assert link not in client.get(page).content.decode()
    client.force_login(user_of(Role.SPECIALIST))
    assert link in client.get(page).content.decode()


def test_what_has_an_effect_leads_there_too(user_of: Callable[..., Any]) -> None:
    director = user_of(Role.DIRECTOR)
    line = AddresseeFactory(organization=director.organization)
    label, key = Recommendation._meta.label, str(line.recommendation_id)
    seen = {role: find(label, key, user=user_of(role)) for role in (Role.DIRECTOR, Role.SPECIALIST)}
    assert {role: one.url if one else None for role, one in seen.items()} == {
        Role.DIRECTOR: reverse("roadmaps:own"),
        Role.SPECIALIST: line.recommendation.get_absolute_url(),
    }
