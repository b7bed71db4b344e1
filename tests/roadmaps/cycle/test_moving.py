"""An organisation joined another one: its tracks of the cycle go on there."""

from dataclasses import replace

import pytest
from django.utils import timezone

from apps.core import events
from apps.organizations.services import merge_organizations
from apps.roadmaps.cycle import services
from apps.roadmaps.cycle.models import Track
from tests.factories.series import DirectionFactory

pytestmark = pytest.mark.django_db


def test_open_tracks_go_on_at_the_successor(school, other_school, head, director, other_director):
    direction = DirectionFactory(code="1.3")
    own = services.NewTrack(direction=direction, title="Одарённые дети", is_full=False, organization=school)
    track = services.set_track(new=own, by=director)
    services.put_into_track(track=track, keys={("roadmaps.Measure", "1"), ("roadmaps.Measure", "2")}, by=director)
    other = replace(own, title="Кружки")
    moved = services.set_track(new=other, by=director)
    closed = services.set_track(new=replace(own, title="Прошлогодний"), by=director)
    services.end_track(track=closed, reason="Закончен.", by=director)
    same = services.set_track(new=replace(own, organization=other_school), by=other_director)
    services.put_into_track(track=same, keys={("roadmaps.Measure", "2")}, by=other_director)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=head)
    for row in (track, moved, closed, same):
        row.refresh_from_db()
    assert (moved.organization, closed.organization) == (other_school, school)
    assert "перешёл" in events.history(moved)[0].text
    assert track.ended_at
    assert track.end_reason
    assert set(same.objects_of.values_list("subject_id", flat=True)) == {"1", "2"}
    assert set(Track.objects.visible_to(other_director).current()) == {moved, same}
