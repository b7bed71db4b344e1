"""«Когда контрольные у моего класса»: choose, read, take the calendar; nothing that is not open."""

import pytest
from icalendar import Calendar

from tests.factories.schedule import PlannedFactory, SittingFactory, day

pytestmark = pytest.mark.django_db
URL = "/schedule/class/"


@pytest.fixture
def works(school, other_school):
    """Of grade 5: a window with a chosen day, an own work of the school, one of the other school, a closed one."""
    window = PlannedFactory(
        held_on=None, window_starts_on=day(5), window_ends_on=day(9), subject__name="История", title="МДР. История"
    )
    SittingFactory(procedure=window, organization=school, held_on=day(6), lesson=2)
    PlannedFactory(kind="vsoko", organization=school, title="Своя работа")
    PlannedFactory(kind="vsoko", organization=other_school, title="Чужая работа")
    PlannedFactory(kind="rdr", title="Закрытая работа", is_public=False)
    PlannedFactory(grade=6, title="Шестой класс")
    PlannedFactory(kind="niko", held_on=day(-3), title="Прошедшая работа")


def test_parents_read_the_works_of_their_class(client, school, works) -> None:
    page = client.get(URL, {"school": school.code, "grade": "5"})
    shown = page.context["shown"]
    assert [(entry.procedure.title, entry.first) for entry in shown.coming] == [
        ("МДР. История", day(6)),
        ("Своя работа", day(10)),
    ]
    html = page.content.decode()
    assert f"{day(6):%d.%m.%Y}" in html
    for hidden in ("Чужая работа", "Закрытая работа", "Шестой класс"):
        assert hidden not in html
    assert "<script" not in html.split("</head>")[1]


def test_the_calendar_file_holds_the_same_works(client, school, works) -> None:
    answer = client.get(f"/schedule/class/{school.code}-5.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    found = {str(event["summary"]): event.decoded("dtstart") for event in events}
    expected = {"МДР. История": day(6), "Своя работа": day(10)}
    assert expected.items() <= found.items()
    assert set(found) <= {*expected, "Прошедшая работа"}


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({}, ""),
        ({"school": "no-such", "grade": "5"}, "Выберите школу"),
        ({"school": "school-01", "grade": "99"}, "Выберите класс"),
        ({"school": "\x00", "grade": "٥"}, "Выберите школу и класс"),
    ],
)
def test_a_wrong_choice_is_said(client, school, asked, fault: str) -> None:
    page = client.get(URL, asked)
    assert page.status_code == 200
    assert fault in page.content.decode()
    assert not page.context["shown"].is_chosen


def test_a_calendar_of_nowhere_is_not_found(client, school) -> None:
    for address in ("no-such-5.ics", "school-01-12.ics", "school-01-0.ics"):
        assert client.get(URL + address).status_code == 404
