"""Control events: remarks with a term, the organisation's answer, what is overdue."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.library.acts import selectors as acts
from apps.library.acts.models import ActUse
from apps.library.acts.services import NewAct, attach_act, create_act
from apps.library.deadlines import deadlines_for
from apps.library.inspections import services
from apps.library.models import Inspection, Remark
from apps.library.todo import todo_for
from tests.factories.library import InspectionFactory, RemarkFactory

pytestmark = pytest.mark.django_db


@pytest.mark.capability("S-129")
def test_a_specialist_keeps_events_and_remarks_with_their_terms(client_of, specialist, director, school, other_school):
    office, mine = client_of(specialist), client_of(director)
    told = {
        "organization": school.pk,
        "kind": "federal",
        "body": "Рособрнадзор",
        "subject": "Сайт организации",
        "starts_on": "2026-10-05",
        "ends_on": "2026-10-01",
    }
    assert "Окончание раньше начала" in office.post(reverse("library:inspection_new"), told).content.decode()
    office.post(reverse("library:inspection_new"), {**told, "ends_on": "2026-10-09"})
    event = Inspection.objects.get()
    due = timezone.localdate() + timedelta(days=7)
    office.post(event.get_absolute_url(), {"text": "Нет <b>раздела</b> 🙂", "due_on": due.isoformat()})
    remark = Remark.objects.get()
    assert [(line.title, line.due_on) for line in todo_for(director)] == [("Устранить замечания проверок", due)]
    assert [one.on for one in deadlines_for(director, due, due)] == [due]
    for url in (event.get_absolute_url(), remark.get_absolute_url()):
        assert client_of(Role.DIRECTOR, other_school).get(url).status_code == 404
        assert client_of(Role.PUBLIC_REPRESENTATIVE).get(url).status_code == 404
    assert "<b>раздела" not in mine.get(remark.get_absolute_url()).content.decode()
    assert mine.post(event.get_absolute_url(), {"text": "Сам", "due_on": due.isoformat()}).status_code == 404
    assert office.post(remark.get_absolute_url(), {"text": "За школу"}).status_code == 404
    exe = BytesIO(b"MZ")
    exe.name = "proof.pdf"
    page = mine.post(remark.get_absolute_url(), {"text": "Раздел сделан.", "proof": exe}).content.decode()
    assert "не соответствует окончанию" in page
    assert "Раздел сделан." in page
    pdf = BytesIO(b"%PDF-1.4")
    pdf.name = "proof.pdf"
    mine.post(remark.get_absolute_url(), {"text": "Раздел сделан.", "proof": pdf})
    proof = reverse("library:remark_proof", args=[remark.pk])
    assert office.get(proof)["Content-Disposition"].startswith("attachment")
    assert client_of(Role.DIRECTOR, other_school).get(proof).status_code == 404
    review = reverse("library:remark_review", args=[remark.pk])
    assert mine.post(review, {"close": "1"}).status_code == 404
    office.post(review, {"return": "1", "review": "Нет ссылки."})
    assert "Нет ссылки." in mine.get(remark.get_absolute_url()).content.decode()
    mine.post(remark.get_absolute_url(), {"text": "Ссылка дана."})
    office.post(review, {"close": "1"})
    assert Remark.objects.get().state == "closed"
    assert todo_for(director) == []


@pytest.mark.parametrize(("clock", "is_overdue"), [("2026-11-22T23:59:59", False), ("2026-11-23T00:00:00", True)])
def test_overdue_begins_with_the_second_after_the_last_day(monkeypatch, school, specialist, clock, is_overdue):
    remark = RemarkFactory(inspection__organization=school, due_on=datetime(2026, 11, 22).date())
    now = datetime.fromisoformat(clock).replace(tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert remark.is_overdue == is_overdue
    assert Remark.objects.overdue().exists() == is_overdue
    assert ("Просрочены замечания проверок" in [line.title for line in todo_for(specialist)]) == is_overdue


def test_two_people_close_one_remark(client_of, specialist, head, director, school):
    remark = RemarkFactory(inspection__organization=school)
    services.answer_remark(remark=remark, text="Сделано.", by=director)
    services.close_remark(remark=remark, by=specialist)
    for second in (services.close_remark, lambda **told: services.return_remark(review="Нет", **told)):
        with pytest.raises(Refused) as refused:
            second(remark=remark, by=head)
        assert [finding.code for finding in refused.value.findings] == ["wrong_state"]
    with pytest.raises(Refused):
        services.answer_remark(remark=remark, text="Ещё.", by=director)


def test_a_term_is_moved_with_a_reason(client_of, specialist, school):
    remark = RemarkFactory(inspection__organization=school)
    client, url = client_of(specialist), reverse("library:remark_review", args=[remark.pk])
    client.post(url, {"extend": "1", "due_on": remark.due_on.isoformat(), "reason": "Каникулы"})
    client.post(url, {"extend": "1", "due_on": "", "reason": ""})
    later = remark.due_on + timedelta(days=10)
    client.post(url, {"extend": "1", "due_on": later.isoformat(), "reason": "Каникулы"})
    assert Remark.objects.get().due_on == later
    assert "Каникулы" in client.get(remark.get_absolute_url()).content.decode()


def test_what_a_reader_may_not_see_is_not_named_among_uses(director, specialist, other_school):
    act = create_act(new=NewAct("federal", "law", "О лицензировании", number="99-ФЗ"), by=specialist)
    foreign = InspectionFactory(organization=other_school)
    attach_act(act=act, subject=foreign, by=specialist)
    attach_act(act=act, subject=foreign, by=specialist)
    assert ActUse.objects.count() == 1
    assert acts.uses_of(act, director) == []
    assert len(acts.uses_of(act, specialist)) == 1
