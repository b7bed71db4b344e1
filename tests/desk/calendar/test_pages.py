"""The calendar: terms of all rooms, each person's own; the secret address works until it is renewed."""

from datetime import date, time, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts import calendar_keys
from apps.core.deadlines import Deadline
from apps.desk.calendar import feed, reading
from tests.factories.collection import CampaignFactory, SubmissionFactory
from tests.factories.roadmaps import AddresseeFactory
from tests.factories.schedule import PlannedFactory

pytestmark = pytest.mark.django_db
CALENDAR = reverse("desk:calendar")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def terms(school, other_school, today):
    """Two schools with a recommendation each, a form of ours, a work of the municipality; all due today."""
    for organization, title in ((school, "Разобрать задание 5"), (other_school, "Чужая рекомендация")):
        AddresseeFactory(organization=organization, recommendation__title=title, recommendation__due_on=today)
    campaign = CampaignFactory(title="Самообследование", due_on=today, closes_on=today + timedelta(days=5))
    SubmissionFactory(campaign=campaign, organization=school)
    PlannedFactory(title="ВПР по физике", grade=7, held_on=today)


def text(client, query=""):
    return client.get(CALENDAR + query).content.decode()


@pytest.mark.parametrize("query", ["", "?view=month"])
def test_a_school_sees_its_own_terms_of_every_room(client_of, terms, director, query):
    page = text(client_of(director), query)
    for words in ("Отчитаться: Разобрать задание 5", "Сдать форму", "ВПР по физике"):
        assert words in page
    assert "Чужая рекомендация" not in page


def test_the_authority_sees_all_or_its_own_and_one_room(client_of, terms, specialist):
    client = client_of(specialist)
    page = text(client)
    for words in ("Разобрать задание 5", "Чужая рекомендация", "Самообследование", "ВПР по физике"):
        assert words in page
    own = text(client, "?whose=own")
    assert "Самообследование" in own
    assert "ВПР по физике" not in own
    only = text(client, "?room=Рекомендации")
    assert "Чужая рекомендация" in only
    assert "Срок сдачи" not in only


def test_an_observer_has_no_terms_of_others(client_of, terms, user_of):
    page = text(client_of(user_of("observer")))
    assert "В этом месяце сроков нет" in page


@pytest.mark.parametrize("month", ["2026-13", "abc", "", "0001-01", "99999-01", "%00"])
def test_wrong_months_are_the_present_one(client_of, director, today, month):
    assert str(today.year) in text(client_of(director), f"?month={month}")


def test_a_month_ago_is_late_or_done(today):
    was = Deadline("Сдать", today - timedelta(days=1), "/today/", "Сбор данных", tone="warn")
    done = Deadline("Сдать", today - timedelta(days=1), "/today/", "Сбор данных", is_done=True)
    assert [reading.line_of(one, today).tone for one in (was, done)] == ["bad", "good"]


def test_an_event_is_never_late(today):
    day = timedelta(days=1)
    lines = [
        reading.line_of(Deadline("ВПР", on, "/", "Процедуры", is_event=True, until=until), today)
        for on, until in ((today - day, None), (today - day, today), (today, None), (today + day, None))
    ]
    assert [line.tone_text for line in lines] == ["прошло", "идёт", "идёт", "впереди"]
    assert "bad" not in {line.tone for line in lines}


def entries(content):
    return {str(event["summary"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def test_the_secret_address_works_without_a_log_in_until_renewed(client_of, terms, director, other_director):
    client = client_of(director)
    assert "Получить адрес" in text(client)
    client.post(reverse("desk:calendar_feed_renew"))
    address = reverse("desk:calendar_feed", args=[calendar_keys.key_of(director).token])
    assert address in text(client)
    assert address not in text(client_of(other_director))
    answer = Client().get(address)
    assert "Отчитаться: Разобрать задание 5" in entries(answer.content)
    assert "Отчитаться: Чужая рекомендация" not in entries(answer.content)
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    client.post(reverse("desk:calendar_feed_renew"))
    assert Client().get(address).status_code == 404


def test_the_address_of_a_person_who_left_is_gone(director):
    token = calendar_keys.renew(user=director).token
    director.memberships.update(ended_at=timezone.now())
    assert Client().get(reverse("desk:calendar_feed", args=[token])).status_code == 404


def test_a_time_of_day_is_of_the_municipality(today):
    day = date(2026, 6, 1)
    at = Deadline("Совещание", day, "/meetings/1/", "Совещания", at=time(9, 0), note="зал")
    event = entries(feed.feed([at], today=today))["Совещание"]
    assert event["dtstart"].dt.isoformat() == "2026-06-01T06:00:00+00:00"  # Moscow is three hours ahead
