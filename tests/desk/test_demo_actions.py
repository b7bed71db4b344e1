"""Recommendations of the demonstration stand in every state, each step after the one before."""

from datetime import timedelta

from apps.core.models import Event
from apps.desk.demo import actions
from apps.desk.demo.people import HOME_SCHOOL
from apps.desk.demo.responses import LIFTED
from apps.desk.demo.world import World
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from tests.desk.conftest import TODAY


def test_recommendations_stand_in_every_state(municipality: World) -> None:
    actions.load(municipality)
    found = RecommendationAddressee.objects.all()
    assert set(found.values_list("state", flat=True)) == set(RecommendationAddressee.State)
    assert found.filter(organization__code=HOME_SCHOOL, state="received").exists()
    assert Recommendation.objects.filter(due_on__lt=TODAY, addressees__organization__code=LIFTED).exists()


def test_steps_follow_each_other_and_none_is_in_the_future(municipality: World) -> None:
    actions.load(municipality)
    for row in RecommendationAddressee.objects.with_details():
        steps = [row.recommendation.issued_at, row.received_at, row.reported_at, row.reviewed_at]
        taken = [step for step in steps if step]
        assert taken == sorted(taken)
        assert taken[-1].date() <= TODAY + timedelta(days=1)


def test_history_has_the_days_of_the_steps(municipality: World) -> None:
    actions.load(municipality)
    row = RecommendationAddressee.objects.filter(state="done").first()
    history = Event.objects.filter(subject="roadmaps.RecommendationAddressee", subject_id=str(row.pk)).order_by("at")
    assert [event.at for event in history] == [row.received_at, row.reported_at, row.reviewed_at]
