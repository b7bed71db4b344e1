"""Surveys in the calendar: their days, for those who take part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.roles import Role
from apps.surveys.deadlines import deadlines_for
from tests.factories.surveys import PlaceFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def test_a_survey_has_its_days_for_those_who_take_part(director, other_director, school, user_of, specialist):
    today = timezone.localdate()
    survey = SurveyFactory(title="О питании", opens_on=today, closes_on=today + timedelta(days=5))
    PlaceFactory(survey=survey, organization=school)
    week = (today, today + timedelta(days=7))
    words = ["Опрос открывается: О питании", "Последний день опроса: О питании"]
    assert [line.title for line in deadlines_for(director, *week)] == words
    assert [line.on for line in deadlines_for(specialist, *week)] == [survey.opens_on, survey.closes_on]
    assert [line.title for line in deadlines_for(director, today + timedelta(days=1), week[1])] == words[1:]
    assert deadlines_for(other_director, *week) == []
    assert deadlines_for(user_of(Role.OBSERVER), *week) == []
    survey.closed_at = timezone.now()
    survey.save()
    assert deadlines_for(director, *week) == []
