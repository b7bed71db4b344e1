"""What is recorded of a meeting: protocol, votes, documents, the decision and who has read it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.models import Notice
from apps.library.documents.services import NewDocument, NewVersion, create_document
from apps.organizations.models import Organization
from apps.organizations.signals import merged
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.links.selectors import bases_of
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.models import ApprovedDocument, Invitee, Meeting, Vote
from tests.factories.meetings import InviteeFactory, ItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()
HEAD = {"number": "2", "on": TODAY, "chairman_name": "Травина О. Ю.", "chairman_post": "начальник управления"}


@pytest.fixture
def client(client_of):
    return client_of(Role.SPECIALIST)


@pytest.fixture
def meeting(kindergarten, school):
    begun = timezone.now() - timedelta(minutes=1)
    row = MeetingFactory(kind="collegium", theme="Развитие системы оценки", starts_at=begun)
    ItemFactory(meeting=row, text="Об утверждении программы площадки", speaker="Озеров П. П.")
    InviteeFactory(meeting=row, organization=kindergarten)
    InviteeFactory(meeting=row, organization=school)
    return row


def post(client, name, row, sent, *more):
    return client.post(reverse(f"roadmaps:{name}", args=[row.pk, *more]), sent)


def page(client, name, *args):
    response = client.get(reverse(f"roadmaps:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


@pytest.mark.capability("S-217")
def test_a_vote_approves_documents_by_protocol(client, client_of, meeting, kindergarten, specialist):
    counted = {"question": "Утвердить программу", "in_favour": 40, "against": 1, "abstained": 2, "is_adopted": "on"}
    wrong = post(client, "meeting_vote_new", meeting, {**counted, "against": 41})
    assert "не больше, чем «против»" in wrong.content.decode()
    post(client, "meeting_vote_new", meeting, counted)
    vote = Vote.objects.get()
    upload = SimpleUploadedFile("программа.pdf", b"%PDF-1.4 x")
    early = post(client, "meeting_approve", meeting, {"title": "Программа площадки"}, vote.pk).content.decode()
    assert "Сначала впишите номер и дату протокола" in early
    half = post(client, "meeting_protocol", meeting, {**HEAD, "on": ""}).content.decode()
    assert "нужны и номер, и дата" in half
    post(client, "meeting_protocol", meeting, HEAD)
    post(client, "meeting_approve", meeting, {"title": "Программа площадки", "upload": upload}, vote.pk)
    document = ApprovedDocument.objects.get()
    text = page(client, "meeting_protocol", meeting.pk)
    assert "за — 40, против — 1, воздержались — 2" in text
    assert f"утверждено: протокол от {timezone.localdate():%d.%m.%Y} № 2" in text
    # number and date now stand; a vote with documents is not deleted
    assert "не изменить" in post(client, "meeting_protocol", meeting, {**HEAD, "number": "3"}).content.decode()
    post(client, "meeting_vote_delete", meeting, {}, vote.pk)
    assert Vote.objects.exists()
    draft = create_document(
        new=NewDocument(kind="platform", title="Положение о площадке"), first=NewVersion(text="Текст"), by=specialist
    ).versions.get()
    post(client, "meeting_approve", meeting, {"version": draft.pk}, vote.pk)
    draft.refresh_from_db()
    assert draft.state == "approved"
    assert draft.approved_on == timezone.localdate()
    assert draft.act_text == f"решение коллегии, протокол от {timezone.localdate():%d.%m.%Y} № 2"
    url = reverse("roadmaps:meeting_file", args=[meeting.pk, "document", document.pk])
    assert client_of(Role.DIRECTOR, kindergarten).get(url).status_code == 404  # the decision was not told yet
    assert client.get(url).status_code == 200


@pytest.mark.capability("S-234")
def test_the_decision_is_published_and_each_confirms_reading(client, client_of, meeting, kindergarten, other_school):
    item = meeting.items.get()
    garden = client_of(Role.DIRECTOR, kindergarten)
    post(client, "meeting_act", meeting, {}, "publish")
    assert "Сначала отметьте" in page(client, "meeting", meeting.pk)
    post(client, "meeting_act", meeting, {}, "hold")
    sent = {
        **HEAD,
        f"heard-{item.pk}": "Слушали <b>доклад</b> 😀",
        f"resolved-{item.pk}": "Перечень актов.",
    }
    post(client, "meeting_protocol", meeting, sent)
    assert "Перечень актов." not in page(garden, "own_meeting", meeting.pk)
    post(client, "meeting_act", meeting, {}, "publish")
    meeting.refresh_from_db()
    assert meeting.published_at
    assert Notice.objects.filter(title__startswith="Решение").count() == 1  # the school of the tests has no head yet
    text = page(garden, "own_meeting", meeting.pk)
    assert "Перечень актов." in text
    assert "Подтверждаю" in text
    for _ in range(2):
        post(garden, "meeting_confirm", meeting, {})
    text = page(client, "meeting_protocol", meeting.pk)
    assert "1 из 2" in text
    assert "Ещё не подтвердили: 1" in text
    assert "&lt;b&gt;доклад&lt;/b&gt; 😀" in text
    row = Invitee.objects.get(organization=kindergarten)
    assert row.read_by.email.startswith("director@kindergarten")
    assert post(client_of(Role.DIRECTOR, other_school), "meeting_confirm", meeting, {}).status_code == 404
    with pytest.raises(Refused):
        services.confirm_reading(invitee=Invitee.objects.get(read_at=None), by=row.read_by)


def test_the_decision_goes_to_the_register_and_the_protocol_is_a_file(
    client, meeting, kindergarten, school, specialist
):
    items = (
        "1.1. Управлению образования обобщить опыт.\n"
        "1.2. Руководителям организаций в срок до 01.09.2030 рекомендуется:\n- сформировать перечень актов"
    )
    post(client, "meeting_protocol", meeting, HEAD)
    post(client, "meeting_decision", meeting, {"items": items, "reason": "По итогам коллегии."})
    decision = Decision.objects.get()
    meeting.refresh_from_db()
    assert meeting.decision == decision
    first, second = decision.items.all()
    assert (first.number, first.organizations.count(), first.due_on) == ("1.1.", 0, None)
    assert set(second.organizations.all()) == {kindergarten, school}
    assert f"{second.due_on:%d.%m.%Y}" == "01.09.2030"
    assert second.kind == "recommend"
    assert [linked.found for linked in bases_of(decision, user=specialist)] == [meeting]
    post(client, "meeting_decision", meeting, {"items": items, "reason": "ещё раз"})
    assert Decision.objects.count() == 1
    content = client.get(reverse("roadmaps:meeting_protocol_docx", args=[meeting.pk])).content
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    assert "ПРОТОКОЛ № 2" in words
    assert "Об утверждении программы площадки (Озеров П. П.)" in words
    assert "1.1. Управлению образования обобщить опыт." in words


def test_what_was_held_is_not_planned_any_more(specialist, meeting):
    services.hold_meeting(meeting=meeting, by=specialist)
    with pytest.raises(Refused):
        services.add_items(meeting=meeting, items=[services.NewItem("Ещё", 5)], by=specialist)
    with pytest.raises(Refused):
        services.cancel_meeting(meeting=meeting, reason="передумали", by=specialist)
    later = MeetingFactory(starts_at=timezone.now() + timedelta(hours=2))
    with pytest.raises(Refused):
        services.hold_meeting(meeting=later, by=specialist)


def test_places_of_a_merged_organisation_move_with_history(
    specialist, meeting, kindergarten, school, other_school, other_director
):
    Meeting.objects.filter(pk=meeting.pk).update(state="announced")
    invitee = meeting.invitees.get(organization=kindergarten)
    merged.send(Organization, old=kindergarten, new=other_school, by=specialist)
    invitee.refresh_from_db()
    assert invitee.organization == other_school
    assert invitee.invited_as == "Детский сад № 1"
    assert Notice.objects.get(user=other_director).key == f"roadmaps.meeting.{meeting.pk}.invited"
    # where the successor is invited itself, the old line stays as it was
    merged.send(Organization, old=school, new=other_school, by=specialist)
    assert set(meeting.invitees.values_list("organization", flat=True)) == {school.pk, other_school.pk}
    assert Meeting.objects.get().invitees.count() == 2


def test_many_participants_stand_in_an_annex_to_the_protocol(client):
    row = MeetingFactory()
    url = reverse("roadmaps:meeting_protocol_docx", args=[row.pk])
    people = [InviteeFactory(meeting=row, attendance="present", came=f"Озерова {n}") for n in range(12)]
    few = Document(BytesIO(client.get(url).content))
    assert not few.tables
    assert any("Озерова 11" in one.text for one in few.paragraphs)
    InviteeFactory(meeting=row, attendance="present", came="Листьева")
    InviteeFactory(meeting=row, attendance="absent")
    (table,) = Document(BytesIO(client.get(url).content)).tables
    assert len(table.rows) == len(people) + 2  # with the headers and the thirteenth
    assert "Листьева" in {one.cells[2].text for one in table.rows}
