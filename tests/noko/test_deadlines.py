"""Shortcomings to be removed, in the calendar."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.roles import Role
from apps.noko.deadlines import deadlines_for
from apps.noko.models import Measure
from tests.factories.noko import MeasureFactory

pytestmark = pytest.mark.django_db


def test_a_school_has_its_measures_and_the_authority_a_line_a_day(
    director, other_director, school, specialist, user_of
):
    today = timezone.localdate()
    mine = MeasureFactory(shortcoming__assessment__organization=school, text="Поставить кулер", due_on=today)
    done = MeasureFactory(
        shortcoming=mine.shortcoming,
        due_on=today,
        state=Measure.State.REPORTED,
        report_text="Стоит",
        reported_at=timezone.now(),
    )
    lines = deadlines_for(director, today, today)
    assert [(line.title, line.is_done) for line in lines] == [
        ("Устранить недостаток: Поставить кулер", False),
        (f"Устранить недостаток: {done.text}", True),
    ]
    [line] = deadlines_for(specialist, today, today)
    assert (line.title, line.note, line.is_done) == ("Устранить недостатки: 2 меры", "отчитались по 1 из 2", False)
    assert deadlines_for(director, today + timedelta(days=1), today + timedelta(days=9)) == []
    assert deadlines_for(other_director, today, today) == []
    assert deadlines_for(user_of(Role.OBSERVER), today, today) == []
