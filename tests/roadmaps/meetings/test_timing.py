"""Starts of an agenda: plain arithmetic."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from apps.roadmaps.meetings.timing import in_words, starts

MOSCOW = ZoneInfo("Europe/Moscow")


def test_the_agenda_of_the_seed():
    found, end = starts(datetime(2026, 1, 29, 9, 0, tzinfo=MOSCOW), [5, 30, 30, 5])
    assert [f"{moment:%H:%M}" for moment in found] == ["09:00", "09:05", "09:35", "10:05"]
    assert f"{end:%H:%M}" == "10:10"


def test_over_midnight():
    found, end = starts(datetime(2026, 12, 31, 23, 30, tzinfo=MOSCOW), [45, 20])
    assert found[1] == datetime(2027, 1, 1, 0, 15, tzinfo=MOSCOW)
    assert end == datetime(2027, 1, 1, 0, 35, tzinfo=MOSCOW)


def test_a_change_of_the_clock_takes_no_minute():
    berlin = ZoneInfo("Europe/Berlin")  # at 02:00 the clock goes to 03:00
    found, end = starts(datetime(2026, 3, 29, 1, 30, tzinfo=berlin), [60, 30])
    assert f"{found[1]:%H:%M}" == "03:30"
    assert (end.timestamp() - found[0].timestamp()) / 60 == 90


@pytest.mark.parametrize(("minutes", "words"), [(70, "1 ч\u00a010 мин"), (45, "45 мин"), (120, "2 ч"), (0, "0 мин")])
def test_in_words(minutes, words):
    assert in_words(minutes) == words
