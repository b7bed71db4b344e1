"""Observers for all places of a procedure at once."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.people.models import Assignment
from apps.procedures.people.picking import picks
from tests.factories.organizations import SchoolFactory
from tests.factories.people import AssignmentFactory, PersonFactory, VenueFactory, day
from tests.factories.results import ProcedureFactory

pytestmark = pytest.mark.django_db


@pytest.mark.capability("S-058")
def test_those_who_may_go_are_proposed_and_sent_at_once(client_of, specialist, period, school, other_school) -> None:
    """Two observers, two places on one day: one of them works at the first school, so the choice is forced."""
    procedure = ProcedureFactory(period=period)
    here = VenueFactory(procedure=procedure, organization=school, on=day(2))
    there = VenueFactory(procedure=procedure, organization=other_school, on=day(2))
    nobody = VenueFactory(procedure=procedure, organization=SchoolFactory(), on=day(300))
    worker = PersonFactory(workplace=school, last_name="Аистова")
    other = PersonFactory(last_name="Яблокова", accredited=3)
    PersonFactory(accredited=-1)
    AssignmentFactory(person=other, venue__procedure=procedure, venue__on=day(9))  # has more to do already
    assert {row.venue: row.chosen for row in picks(procedure)} == {here: other.pk, there: worker.pk, nobody: None}
    url, client = reverse("procedures:observers_pick", args=[procedure.pk]), client_of(specialist)
    assert "назначить некого" in client.get(url).content.decode()
    # The same person at both places: refused as a whole, what was chosen is still there.
    both = {f"person-{here.pk}": other.pk, f"person-{there.pk}": other.pk}
    refused = client.post(url, both)
    assert refused.status_code == 422
    assert "уже назначен" in refused.content.decode()
    assert [row.chosen for row in refused.context["rows"]][:2] == [other.pk, other.pk]
    foreign = client.post(url, {f"person-{here.pk}": worker.pk}).content.decode()
    assert "назначить уже нельзя" in foreign
    assert Assignment.objects.count() == 1
    client.post(url, {f"person-{here.pk}": other.pk, f"person-{there.pk}": worker.pk})
    assert set(Assignment.objects.filter(on=day(2)).values_list("person", "venue")) == {
        (other.pk, here.pk), (worker.pk, there.pk),
    }  # fmt: skip
    assert client_of(Role.METHODOLOGIST).get(url).status_code == 404
