"""An organisation joined to another one in the middle of a year: works, places and people of what is to come."""

import pytest

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.notices.models import Notice
from apps.organizations.services import merge_organizations
from apps.procedures.models import Participation, Procedure, Sitting, Step, StepMark
from apps.procedures.people.services import assigning
from tests.factories.organizations import SchoolFactory
from tests.factories.people import AssignmentFactory, PersonFactory, VenueFactory, day
from tests.factories.schedule import ParticipationFactory, PlannedFactory, SittingFactory, school_day

pytestmark = pytest.mark.django_db


def test_what_is_to_come_goes_to_the_successor(head, specialist, user_of, school, other_school) -> None:
    own = PlannedFactory(organization=school, kind="vsoko", grade=9)
    its = PlannedFactory(organization=other_school, kind="vsoko", grade=9, subject=own.subject, period=own.period)
    common = PlannedFactory(held_on=None, window_starts_on=day(5), window_ends_on=day(30))
    past = PlannedFactory(held_on=day(-9), grade=8)
    SittingFactory(procedure=common, organization=school, held_on=school_day(10))
    SittingFactory(procedure=past, organization=school)
    ParticipationFactory(procedure=common, organization=school, readiness="ready")
    step = Step.objects.create(procedure=common, position=1, title="Шаг", due_on=day(1))
    StepMark.objects.create(step=step, organization=school)
    worker, avoiding = PersonFactory(workplace=school), PersonFactory()
    avoiding.avoids.add(school)
    outsider = PersonFactory(user=user_of(Role.OBSERVER, SchoolFactory()))
    colleague = PersonFactory(workplace=other_school)
    venue = VenueFactory(procedure=common, organization=school, on=school_day(10))
    stays = AssignmentFactory(venue=venue, person=outsider)
    ends = AssignmentFactory(venue=venue, person=colleague)

    merge_organizations(organization=school, into=other_school, on=day(), note="Приказ", by=head)

    assert set(Procedure.objects.filter(organization=other_school)) == {own, its}
    own.refresh_from_db()
    assert school.code in own.session
    assert Sitting.objects.get(procedure=common).organization == other_school
    assert Sitting.objects.get(procedure=past).organization == school
    assert Participation.objects.get(procedure=common).organization == other_school
    assert StepMark.objects.get().organization == other_school
    venue.refresh_from_db()
    assert venue.organization == other_school
    stays.refresh_from_db()
    ends.refresh_from_db()
    assert (stays.is_cancelled, ends.is_cancelled) == (False, True)
    assert "работает в этой организации" in ends.cancel_reason
    assert Notice.objects.filter(user=outsider.user, title__contains=str(other_school)).exists()
    for person in (worker, avoiding):
        with pytest.raises(Refused) as refusal:
            assigning.assign(venue=venue, person=person, capacity="observer", by=specialist)
        assert {finding.code for finding in refusal.value.findings} == {"conflict"}


def test_a_workplace_joined_long_ago_is_still_a_conflict(specialist, school, other_school) -> None:
    """A register filled from elsewhere may name a school that is closed: two joinings later it is the same place."""
    middle = SchoolFactory(successor=school, closed_on=day(-50))
    first = SchoolFactory(successor=middle, closed_on=day(-90))
    venue = VenueFactory(procedure=PlannedFactory(), organization=school, on=day(3))
    with pytest.raises(Refused) as refusal:
        assigning.assign(venue=venue, person=PersonFactory(workplace=first), capacity="observer", by=specialist)
    assert {finding.code for finding in refusal.value.findings} == {"conflict"}
