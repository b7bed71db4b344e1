"""The schedule has something past, running and coming, whatever the day of loading."""

from datetime import date

import pytest

from apps.desk.demo import schedule
from apps.desk.demo.world import World
from apps.procedures.models import Procedure


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 1, 9), date(2028, 8, 30)])
def test_works_stand_before_and_after_today(db: None, today: date) -> None:
    schedule.load(World.begin(today=today))
    works = Procedure.objects.all()
    assert works.filter(window_ends_on__lt=today).exists()
    assert works.filter(window_starts_on__gt=today).count() >= 7
    for work in works:
        assert work.window_starts_on.weekday() < 5
        assert work.window_ends_on.weekday() < 5
        assert work.period.starts_on <= work.window_starts_on <= work.period.ends_on
    assert set(works.values_list("level", flat=True)) == set(Procedure.Level)
