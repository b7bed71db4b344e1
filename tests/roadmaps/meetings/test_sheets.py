"""The task sheet: phones without a log-in, nothing lost, answers grouped and counted."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.models import AnswerGroup, Meeting, Sheet, SheetCell, SheetFill
from apps.roadmaps.meetings.selectors.sheets import summary_of
from tests.factories.meetings import InviteeFactory, MeetingFactory, SheetFactory
from tests.factories.organizations import KindergartenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    """Open now; four kindergartens are invited."""
    made = SheetFactory()
    for number in range(1, 5):
        InviteeFactory(meeting=made.meeting, organization=KindergartenFactory(number=number))
    return made


@pytest.fixture
def client(client_of):
    return client_of(Role.SPECIALIST)


def url_of(sheet):
    return reverse("roadmaps:sheet", args=[sheet.token])


def phone(sheet, number=1):
    """A phone that has chosen its organisation."""
    browser = Client(enforce_csrf_checks=True)
    invitee = sheet.meeting.invitees.get(organization__number=number)
    assert browser.post(url_of(sheet), {"organization": invitee.pk}).status_code == 302
    return browser


def cells(sheet):
    return {(cell.row, cell.column): cell.text for cell in SheetCell.objects.filter(fill__sheet=sheet)}


@pytest.mark.capability("S-232")
def test_a_head_fills_in_the_3_by_3_sheet_on_a_phone_without_a_log_in(sheet):
    browser = Client(enforce_csrf_checks=True)
    first = browser.get(url_of(sheet)).content.decode()
    assert "Какую организацию вы представляете?" in first
    assert "Детский сад № 4" in first
    assert browser.post(url_of(sheet), {"organization": "999"}).status_code == 400
    browser = phone(sheet)
    page = browser.get(url_of(sheet)).content.decode()
    assert page.count("<textarea") == 9
    for words in (*sheet.rows, *sheet.columns, "Детский сад № 1"):
        assert words in page
    answers = {f"cell-{row}-{column}": f"Ответ {row}{column}" for row in range(3) for column in range(3)}
    assert browser.post(url_of(sheet), answers).status_code == 302
    assert cells(sheet) == {(row, column): f"Ответ {row}{column}" for row in range(3) for column in range(3)}
    # corrected on the same phone
    browser.post(url_of(sheet), {"cell-0-0": "Методист обучен", "version-0-0": "1"})
    assert cells(sheet)[0, 0] == "Методист обучен"
    assert "Методист обучен" in browser.get(url_of(sheet)).content.decode()
    # another organisation was meant
    other = sheet.meeting.invitees.get(organization__number=2)
    browser.post(url_of(sheet), {"organization": other.pk})
    assert SheetFill.objects.get().invitee == other
    # another phone sees nothing of it, and its cookie opens no other sheet
    assert "Методист обучен" not in phone(sheet).get(url_of(sheet)).content.decode()
    strange = SheetFactory()
    browser.cookies[f"sheet-{strange.pk}"] = browser.cookies[f"sheet-{sheet.pk}"].value
    assert "Какую организацию" in browser.get(url_of(strange)).content.decode()


def test_what_is_typed_is_saved_at_once_cell_by_cell(sheet):
    browser = phone(sheet)
    said = browser.post(url_of(sheet), {"cell-1-2": "План", "version-1-2": "0"}, headers={"X-Requested-With": "sheet"})
    assert said.json() == {"versions": {"1-2": 1}, "faults": {}, "conflicts": {}}
    # the answer got lost, the phone sends the same again: nothing changes
    said = browser.post(url_of(sheet), {"cell-1-2": "План", "version-1-2": "0"}, headers={"X-Requested-With": "sheet"})
    assert said.json()["versions"] == {"1-2": 1}
    assert SheetCell.objects.count() == 1


def test_two_people_editing_one_sheet_lose_nothing(sheet):
    browser = phone(sheet)
    browser.post(url_of(sheet), {"cell-0-0": "Первый", "version-0-0": "0"})
    browser.post(url_of(sheet), {"cell-0-0": "Второй", "version-0-0": "1"})
    late = browser.post(url_of(sheet), {"cell-0-0": "Третий", "version-0-0": "1", "cell-0-1": "Иное"})
    page = late.content.decode()
    assert "«Второй»" in page
    assert ">Третий</textarea>" in page
    assert cells(sheet) == {(0, 0): "Второй", (0, 1): "Иное"}
    browser.post(url_of(sheet), {"cell-0-0": "Второй. Третий", "version-0-0": "2"})
    assert cells(sheet)[0, 0] == "Второй. Третий"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<script>alert(1)</script> 😀 & «да»", "<script>alert(1)</script> 😀 & «да»"),
        ("я" * 20_000, None),
        ("\x00нуль\u202e", "нуль"),
        ("строка\r\nдругая", "строка\nдругая"),
    ],
)
def test_odd_texts_are_kept_or_politely_refused(sheet, text, kept):
    browser = phone(sheet)
    answer = browser.post(
        url_of(sheet), {"cell-0-0": text, "cell-2-2": "Хороший ответ", "cell-99-99": "мимо"}, follow=True
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in page
    assert cells(sheet)[2, 2] == "Хороший ответ"
    assert cells(sheet).get((0, 0)) == kept
    assert (99, 99) not in cells(sheet)
    if kept is None:
        assert "помещается 3" in page
        assert text in page  # what was typed stays in the field


def test_a_guessed_token_and_a_closed_sheet_are_not_found(sheet, client):
    browser = phone(sheet)
    assert Client().get(reverse("roadmaps:sheet", args=["abcdefghjkmn"])).status_code == 404
    assert Client().post(reverse("roadmaps:sheet", args=["x" * 300]), {"organization": "1"}).status_code == 404
    client.post(reverse("roadmaps:meeting_sheet_state", args=[sheet.meeting_id]), {"close": "1"})
    assert browser.get(url_of(sheet)).status_code == 404
    late = browser.post(url_of(sheet), {"cell-0-0": "поздно"})
    assert late.status_code == 404
    assert cells(sheet) == {}
    client.post(reverse("roadmaps:meeting_sheet_state", args=[sheet.meeting_id]), {"open": "1"})
    assert browser.get(url_of(sheet)).status_code == 200


@pytest.mark.parametrize(
    ("starts", "state", "is_open"),
    [(timedelta(minutes=29), "announced", True), (timedelta(minutes=31), "announced", False),
     (timedelta(hours=-1), "held", True), (timedelta(hours=-3), "held", False),
     (timedelta(), "draft", False), (timedelta(), "cancelled", False)],
)  # fmt: skip
def test_the_token_opens_only_while_the_meeting_runs(starts, state, is_open):
    meeting = MeetingFactory(starts_at=timezone.now() + starts)
    sheet = SheetFactory(meeting=meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=state, cancel_reason="x" if state == "cancelled" else "")
    assert (Client().get(url_of(sheet)).status_code == 200) is is_open


def test_phones_of_one_organisation_are_limited(sheet):
    for _ in range(6):
        phone(sheet)
    invitee = sheet.meeting.invitees.get(organization__number=1)
    assert "на нескольких телефонах" in Client().post(url_of(sheet), {"organization": invitee.pk}).content.decode()
    assert SheetFill.objects.count() == 6


def test_no_stranger_is_chosen(sheet):
    strange = InviteeFactory()
    with pytest.raises(Refused):
        services.choose_organization(sheet=sheet, device="d", invitee=strange)
    assert Client().post(url_of(sheet), {"organization": strange.pk}).status_code == 400


@pytest.mark.capability("S-233")
def test_answers_of_a_cell_are_grouped_and_counted(sheet, client, client_of):
    texts = {1: "Методист прошёл курсы", 2: "методист прошел курсы.", 3: "Обучены два педагога", 4: "Создан музей"}
    for number, text in texts.items():
        phone(sheet, number).post(url_of(sheet), {"cell-0-0": text})
    phone(sheet, 1).post(url_of(sheet), {"cell-0-0": "Обучены два педагога"})  # a second phone of the first
    cell = summary_of(sheet).cells[0]
    assert [(answer.text, answer.count) for answer in cell.answers] == [
        ("Методист прошёл курсы", 2),
        ("Обучены два педагога", 2),
        ("Создан музей", 1),
    ]
    url = reverse("roadmaps:meeting_sheet_cell", args=[sheet.meeting_id, 0, 0])
    page = client.get(url).content.decode()
    for words in ("Методист прошёл курсы", "Детский сад № 2", "Создан музей"):
        assert words in page
    assert "Отметьте ответы" in client.post(url, {"title": "Обучение"}).content.decode()
    client.post(url, {"title": "Обучение педагогов", "answer": [cell.answers[0].key, cell.answers[1].key]})
    group = AnswerGroup.objects.get()
    counted = summary_of(sheet).cells[0].groups[0]
    assert (counted.group, counted.count, counted.share) == (group, 3, 75)
    assert [answer.text for answer in summary_of(sheet).cells[0].loose] == ["Создан музей"]
    screen = client.get(reverse("roadmaps:meeting_sheet_screen", args=[sheet.meeting_id])).content.decode()
    assert "Обучение педагогов" in screen
    assert sheet.token in screen
    paper = Document(BytesIO(client.get(reverse("roadmaps:meeting_sheet_docx", args=[sheet.meeting_id])).content))
    assert "Обучение педагогов — 3" in paper.tables[0].rows[1].cells[1].text
    # a sheet that a stranger filled is left out with a reason and may come back
    fill = SheetFill.objects.filter(invitee__organization__number=4).get()
    leave = reverse("roadmaps:meeting_fill", args=[sheet.meeting_id, fill.pk])
    client.post(leave, {"reason": "заполнил не участник"})
    assert summary_of(sheet).answered == 3
    client.post(leave)
    assert summary_of(sheet).answered == 4
    client.post(url, {"delete": group.pk})
    assert not AnswerGroup.objects.exists()
    assert client_of(Role.DIRECTOR).get(url).status_code == 404


def test_the_sheet_is_made_follows_the_agenda_and_stands_once_answered(client, specialist):
    meeting = MeetingFactory(subgroups=2)
    services.add_items(meeting=meeting, items=[services.NewItem("Задание", 70)], by=specialist)
    edit = reverse("roadmaps:meeting_sheet_edit", args=[meeting.pk])
    assert "Нормативно-правовое обеспечение" in client.get(edit).content.decode()
    client.post(edit, {"title": "Задание", "rows": "Кадры\nНормы", "columns": "Достижения\nПроблемы\nПерспективы"})
    sheet = Sheet.objects.get()
    assert (len(sheet.rows), len(sheet.columns)) == (2, 3)
    second = meeting.subgroups.get(number=2)
    assert sheet.opens_at == meeting.starts_at - timedelta(minutes=30)
    assert sheet.closes_at == second.starts_at + timedelta(minutes=70) + timedelta(hours=1)
    services.add_items(meeting=meeting, items=[services.NewItem("Ещё", 20)], by=specialist)
    sheet.refresh_from_db()
    assert sheet.closes_at == second.starts_at + timedelta(minutes=90) + timedelta(hours=1)
    code = client.get(reverse("roadmaps:meeting_sheet_code", args=[meeting.pk]))
    assert code["Content-Type"] == "image/svg+xml"
    InviteeFactory(meeting=meeting, organization=KindergartenFactory(number=1))
    phone(sheet)
    page = client.post(edit, {"title": "Другое", "rows": "а", "columns": "б"}).content.decode()
    assert "уже отвечают" in page
