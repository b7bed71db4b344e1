"""The anonymous questionnaire as a reader's browser meets it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from apps.core.models import Event
from apps.surveys import devices
from apps.surveys.models import DaySalt, DeviceMark, FreeText, NetworkCount, Response
from tests.factories.organizations import SchoolFactory

pytestmark = pytest.mark.django_db


def test_answers_are_kept_without_anything_about_the_person(client, asked, good, send) -> None:
    answered = send(client, asked.place.token, good, REMOTE_ADDR="203.0.113.77", headers={"user-agent": "Приметный/1"})
    assert answered.status_code == 302
    assert client.get(answered.url).status_code == 200
    row = Response.objects.get()
    assert row.answers == {
        str(asked.used.pk): 1,
        str(asked.pleased.pk): 2,
        str(asked.several.pk): [1, 3],
        str(asked.scale.pk): 4,
        str(asked.number.pk): "2.5",
    }
    text = FreeText.objects.get()
    assert (text.text, text.masked) == ("Спасибо [имя скрыто], пишите на [контакт скрыт]", 2)
    everything = str(
        [list(model.objects.values()) for model in (Response, FreeText, DeviceMark, NetworkCount, DaySalt)]
    )
    device = client.cookies[devices.cookie_name(asked.survey)].value
    for trace in ("203.0.113.77", "Приметный", device, "sessionid"):
        assert trace not in everything
    assert not Event.objects.filter(kind__startswith="surveys").exists()
    assert set(client.cookies) == {devices.cookie_name(asked.survey)}  # no session, no CSRF cookie


def test_one_device_counts_once_and_another_counts_too(client, asked, good, send) -> None:
    assert send(client, asked.place.token, good).status_code == 302
    again = client.get(f"/s/{asked.place.token}/")
    assert "уже принят" in again.content.decode()
    # The other organisation's link and the common link are the same survey.
    assert "уже принят" in client.get(f"/s/{asked.survey.token}/").content.decode()
    posted = client.post(f"/s/{asked.other.token}/", good)
    assert "уже принят" in posted.content.decode()
    assert Response.objects.count() == 1
    assert send(Client(), asked.place.token, good).status_code == 302
    assert Response.objects.count() == 2


def test_a_form_sent_twice_counts_once_on_a_shared_computer(client, asked, good, send) -> None:
    asked.survey.shared_devices = True
    asked.survey.save()
    assert send(client, asked.place.token, good).status_code == 302
    assert send(client, asked.place.token, good).status_code == 302  # the next pupil, the same computer
    ticket = client.get(f"/s/{asked.place.token}/").context["ticket"]
    for _ in range(2):
        client.post(f"/s/{asked.place.token}/", {"ticket": ticket, **good})
    assert Response.objects.count() == 3


def test_faults_are_told_all_at_once_and_answers_stay(client, asked, good, send) -> None:
    bad = {**good, f"q{asked.scale.pk}": "9", f"q{asked.number.pk}": "много", f"q{asked.words.pk}": "Лавочку <b>"}
    del bad[f"q{asked.several.pk}"]
    page = send(client, asked.place.token, bad)
    html = page.content.decode()
    assert page.status_code == 200
    assert Response.objects.count() == 0
    assert "Отметьте хотя бы один вариант." in html
    assert "Выберите один из вариантов." in html
    assert "«много» — не число" in html
    assert 'value="много"' in html
    assert "Лавочку &lt;b&gt;" in html
    assert html.count(" checked") == 2  # the filter and its question


def test_what_the_filter_leaves_out_is_neither_asked_nor_kept(client, asked, good, send) -> None:
    data = {**good, f"q{asked.used.pk}": "2"}
    assert send(client, asked.place.token, data).status_code == 302
    assert str(asked.pleased.pk) not in Response.objects.get().answers
    without = {key: value for key, value in good.items() if key != f"q{asked.pleased.pk}"}
    page = send(Client(), asked.place.token, without)
    assert page.status_code == 200  # asked by «да», so it must be answered
    assert "Выберите ответ." in page.content.decode()


def test_the_common_link_asks_for_the_organisation(client, asked, good, send) -> None:
    stranger = SchoolFactory()
    page = send(client, asked.survey.token, good)
    assert "Выберите организацию." in page.content.decode()
    assert "Школа № 2" in page.content.decode()
    assert stranger.name not in page.content.decode()
    assert send(client, asked.survey.token, {**good, "place": str(asked.other.pk)}).status_code == 302
    assert Response.objects.get().place == asked.other


@pytest.mark.parametrize("place", ["0", "-1", "nonsense", "99999999999999999999", "١", "1\x00"])
def test_an_organisation_of_nowhere_is_a_fault(client, asked, good, send, place: str) -> None:
    assert "Выберите организацию." in send(client, asked.survey.token, {**good, "place": place}).content.decode()
    assert not Response.objects.exists()


def test_machines_are_asked_again_and_people_lose_nothing(client, asked, good, send) -> None:
    fast = send(client, asked.place.token, good, patiently=False)
    assert "быстрее, чем её можно прочитать" in fast.content.decode()
    trapped = send(client, asked.place.token, {**good, "website": "http://spam.example"})
    assert "поле, которого люди не видят" in trapped.content.decode()
    assert "spam.example" not in trapped.content.decode()
    assert trapped.content.decode().count(" checked") == 5
    assert not Response.objects.exists()
    assert send(client, asked.place.token, good).status_code == 302


def test_a_browser_without_cookies_or_a_foreign_form_is_not_counted(asked, good, send) -> None:
    """A form of another site has neither the reader's ticket nor, from another site, the reader's cookie."""
    answered = Client().post(f"/s/{asked.place.token}/", good)
    assert "файлы cookie" in answered.content.decode()
    browser, other = Client(), Client()
    ticket = other.get(f"/s/{asked.place.token}/").context["ticket"]
    browser.get(f"/s/{asked.place.token}/")
    stolen = browser.post(f"/s/{asked.place.token}/", {"ticket": ticket, **good})
    assert "слишком давно" in stolen.content.decode()
    assert not Response.objects.exists()


@override_settings(SURVEY_ANSWERS_PER_HOUR=2)
def test_a_network_is_limited_by_the_hour_and_answers_stay(asked, good, send) -> None:
    for _ in range(2):
        assert send(Client(), asked.place.token, good, REMOTE_ADDR="203.0.113.5").status_code == 302
    stopped = send(Client(), asked.place.token, good, REMOTE_ADDR="203.0.113.5")
    assert stopped.status_code == 429
    assert "Подождите до следующего часа" in stopped.content.decode()
    assert stopped.content.decode().count(" checked") == 5
    assert send(Client(), asked.place.token, good, REMOTE_ADDR="203.0.113.6").status_code == 302
    assert Response.objects.count() == 3


@override_settings(SURVEY_ANSWERS_PER_HOUR=1, TRUSTED_PROXIES=1)
def test_only_our_own_proxy_is_believed_about_the_address(asked, good, send) -> None:
    def through(claimed: str) -> int:
        chain = {"x-forwarded-for": f"{claimed}, 203.0.113.9"}
        return int(send(Client(), asked.place.token, good, headers=chain).status_code)

    assert [through("10.0.0.1"), through("10.0.0.2")] == [302, 429]


def test_the_day_after_nothing_can_be_traced(asked, good, send) -> None:
    send(Client(), asked.place.token, good)
    yesterday = timezone.localdate() - timedelta(days=1)
    DaySalt.objects.update(day=yesterday)
    NetworkCount.objects.update(day=yesterday)
    send(Client(), asked.place.token, good)
    assert list(DaySalt.objects.values_list("day", flat=True)) == [timezone.localdate()]
    assert list(NetworkCount.objects.values_list("day", flat=True)) == [timezone.localdate()]


def test_links_that_lead_nowhere_say_so(client, asked, over) -> None:
    unknown = client.get("/s/no-such-link/")
    assert (unknown.status_code, "Такого опроса нет" in unknown.content.decode()) == (404, True)
    asked.survey.opens_on = timezone.localdate() + timedelta(days=1)
    asked.survey.save()
    early = client.get(f"/s/{asked.place.token}/")
    assert (early.status_code, "ещё не открыт" in early.content.decode()) == (404, True)
    over()
    late = client.post(f"/s/{asked.place.token}/", {})
    assert (late.status_code, "Опрос завершён" in late.content.decode()) == (410, True)


def test_the_last_day_is_a_whole_day(client, asked) -> None:
    asked.survey.opens_on = asked.survey.closes_on = timezone.localdate()
    asked.survey.save()
    assert client.get(f"/s/{asked.place.token}/").status_code == 200


NASTY: list[dict[str, Any]] = [
    {"ticket": "x" * 100_000},
    {"ticket": "\x00", "website": "\x00"},
    {"ticket": ["a", "b"]},
]


@pytest.mark.parametrize("extra", NASTY)
@pytest.mark.parametrize("value", ["", "\x00", "1" * 5000, "-1", "1e9", "٣", "<script>", "a" * 100_000])
def test_bad_input_is_never_a_failure(client, asked: SimpleNamespace, value: str, extra: dict[str, Any]) -> None:
    client.get(f"/s/{asked.place.token}/")
    data = {f"q{row.pk}": value for row in (asked.used, asked.several, asked.scale, asked.number, asked.words)}
    client.cookies[devices.cookie_name(asked.survey)] = (
        value[:200] if value.isascii() and value.isprintable() and value else "?"
    )
    page = client.post(f"/s/{asked.place.token}/", {**data, **extra})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("<main")[1]
    assert not Response.objects.exists()


def test_the_page_is_whole_without_javascript(client, asked) -> None:
    page = client.get(f"/s/{asked.place.token}/")
    html = page.content.decode()
    assert page.headers["Cache-Control"].find("no-store") >= 0
    assert "если на вопрос 1 вы ответили «Да»" in html
    assert "style=" not in html
    assert "onclick" not in html
    assert "sessionid" not in page.cookies
    assert page["X-Robots-Tag"] == "noindex"
