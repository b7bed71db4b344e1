"""The calendar file against what RFC 5545 asks and programs stumble over. Read by the library and by hand."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar

from apps.procedures.schedule import ics

TITLE = "МДР; Математика, 5 класс: «" + "очень длинное название " * 6 + "» \\ конец"
NOTE = "Первая строка\nвторая, с запятой"


def _lines(content: bytes) -> list[bytes]:
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    return content.split(b"\r\n")[:-1]


def test_the_file_keeps_what_the_format_asks() -> None:
    today = timezone.localdate()
    days = [ics.Day("procedure-1", TITLE, date(2026, 12, 30), date(2027, 1, 2), NOTE),
            ics.Day("procedure-2", "Работа", date(2027, 2, 28), date(2027, 2, 28))]  # fmt: skip
    content = ics.feed("Контрольные: школа № 6", days, today=today)
    assert all(len(line) <= 75 for line in _lines(content))
    for line in _lines(content):
        line.decode()  # no letter is cut in two at a fold
    first, second = Calendar.from_ical(content).walk("VEVENT")
    assert (str(first["summary"]), str(first["description"])) == (TITLE, NOTE)
    # The end of an all-day event is the day after its last one.
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 12, 30), date(2027, 1, 3))
    assert second.decoded("dtend") == date(2027, 3, 1)
    text = content.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20261230\r\n" in text
    assert "SUMMARY:МДР\\; Математика\\, 5 класс" in text
    assert "\r\nMETHOD:" not in text
    assert "PRODID:" in text
    assert "VERSION:2.0" in text
    stamps = {event.decoded("dtstamp") for event in (first, second)}
    assert all(stamp.utcoffset() == timedelta(0) and stamp <= datetime.now(UTC) for stamp in stamps)
    assert {str(event["uid"]) for event in (first, second)} == {"procedure-1@msoko", "procedure-2@msoko"}
    assert ics.feed("Контрольные: школа № 6", days, today=today) == content
