"""The grid of a month, and months of addresses on every page that has one."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.months import Mark, Month, month_of
from apps.desk.calendar import reading

# Pages that draw a month chosen by the address.
PAGES = ("procedures:schedule_month", "roadmaps:meetings_month", "roadmaps:decision_calendar", "desk:calendar")


def test_weeks_run_from_monday_and_hold_the_whole_month() -> None:
    month = Month.blank(date(2026, 11, 1))
    assert (month.opens, month.closes) == (date(2026, 10, 26), date(2026, 12, 6))
    assert all(week[0].day.weekday() == 0 and len(week) == 7 for week in month.weeks)
    assert sum(cell.inside for week in month.weeks for cell in week) == 30
    assert (month.before, month.after) == (date(2026, 10, 1), date(2026, 12, 1))


def test_a_mark_stands_on_its_day_and_one_outside_is_passed_over() -> None:
    month = Month.blank(date(2026, 2, 1))
    mark, beside = Mark("Срок", "/"), Mark("Чужой месяц", "/")
    month.put(date(2026, 2, 28), mark)
    month.put(date(2026, 3, 1), beside)
    month.put(date(2026, 3, 2), Mark("Вне сетки", "/"))
    assert [(cell.day, cell.marks) for cell in month.days] == [(date(2026, 2, 28), [mark])]
    assert month.weeks[-1][-1].marks == [beside]
    assert sum(len(cell.marks) for week in month.weeks for cell in week) == 2


@pytest.mark.parametrize("text", [None, "", "2026-13", "abc", "0001-01", "9999-12", "99999-01", "\x00"])
def test_what_names_no_month_is_the_present_one(text: str | None) -> None:
    assert month_of(text) == timezone.localdate().replace(day=1)
    assert month_of(text, date(2024, 3, 9)) == date(2024, 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_the_first_and_the_last_days_of_all_are_no_error(client_of, name) -> None:
    client = client_of(Role.SPECIALIST)
    for text in ("0001-01", "9999-12"):
        assert client.get(reverse(name), {"month": text}).status_code == 200


def test_the_calendar_asks_each_room_once() -> None:
    assert len(set(reading.ROOMS)) == len(reading.ROOMS)
