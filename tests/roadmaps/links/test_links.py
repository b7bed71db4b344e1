"""What rests on what: written once, never in a circle, read as far as a person may see."""

import pytest
from django.template import RequestContext, Template

from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused
from apps.roadmaps.links import registry
from apps.roadmaps.links.models import Link
from apps.roadmaps.links.selectors import bases_of, resting_on
from apps.roadmaps.links.services import detach, rest_on
from apps.roadmaps.models import Recommendation
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory, SchoolFactory
from tests.factories.roadmaps import AddresseeFactory, RecommendationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user


@pytest.fixture
def three(office):
    return [RecommendationFactory(author=office) for _ in range(3)]


def test_a_link_is_written_once_and_leaves_a_trace(office, three):
    first, second, _ = three

    rest_on(subject=second, basis=first, by=office)
    rest_on(subject=second, basis=first, by=office)

    assert Link.objects.count() == 1
    assert [one.found for one in bases_of(second, user=office)] == [first]
    assert [one.found for one in resting_on(first, user=office)] == [second]
    assert [event.text for event in events.history(second)] == [f"Основание: {first.title}"]


def test_a_circle_is_refused_however_long(office, three):
    first, second, third = three
    rest_on(subject=second, basis=first, by=office)
    rest_on(subject=third, basis=second, by=office)

    with pytest.raises(Refused, match="круговая"):
        rest_on(subject=first, basis=third, by=office)
    with pytest.raises(Refused, match="круговая"):
        rest_on(subject=first, basis=first, by=office)

    assert Link.objects.count() == 2


def test_a_link_is_taken_away_and_the_history_keeps_it(office, three):
    first, second, _ = three
    rest_on(subject=second, basis=first, by=office)

    assert detach(subject=second, basis=first, by=office)
    assert not detach(subject=second, basis=first, by=office)

    assert bases_of(second, user=office) == []
    assert [event.text for event in events.history(second)][0] == f"Основание снято: {first.title}"


def test_a_school_reads_only_the_ends_that_it_may_see(office, three):
    first, second, third = three
    school = SchoolFactory()
    director = MembershipFactory(organization=school, role=Role.DIRECTOR).user
    AddresseeFactory(recommendation=first, organization=school)
    AddresseeFactory(recommendation=third, organization=SchoolFactory())
    rest_on(subject=second, basis=first, by=office)
    rest_on(subject=second, basis=third, by=office)

    assert [one.found for one in bases_of(second, user=office)] == [first, third]
    assert [one.found for one in bases_of(second, user=director)] == [first]


def test_the_tag_names_kind_day_and_page_and_escapes_words(office, three, rf):
    first, second, _ = three
    Recommendation.objects.filter(pk=first.pk).update(title="<b>Чтение</b>")
    rest_on(subject=second, basis=first, by=office)
    request = rf.get("/")
    request.user = office

    page = Template("{% load links %}{% chain found %}").render(RequestContext(request, {"found": second}))

    day = first.issued_at.astimezone().strftime("%d.%m.%Y")
    assert f"Рекомендация от {day}" in " ".join(page.split())
    assert "&lt;b&gt;Чтение&lt;/b&gt;" in page
    assert first.get_absolute_url() in page


def test_every_kind_has_a_manager_that_asks_who_reads():
    assert [kind.label for kind in registry.kinds() if not hasattr(kind.model.objects, "visible_to")] == []


def test_a_position_outside_the_cycle_is_a_fault_of_the_programmer():
    with pytest.raises(ValueError, match="position"):
        registry.register(Recommendation, key="x", title="x", position=10, day=lambda found: None)
