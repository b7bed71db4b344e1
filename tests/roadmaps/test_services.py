from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.digests import send_digests
from apps.core import events
from apps.core.findings import Refused
from apps.core.models import Notice, PrivateFile
from apps.roadmaps import services
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db
State = RecommendationAddressee.State


def new(period, **changes):
    values = {
        "period": period,
        "title": "Разберите задание 5",
        "text": "Проведите консультации.",
        "due_on": timezone.localdate() + timedelta(days=30),
        "basis_text": "«2» получили 4 из 10.",
        "basis": [{"low": 4, "marked": 10}],
    }
    return services.NewRecommendation(**{**values, **changes})


@pytest.fixture
def addressee(school, period, specialist):
    issued = services.issue_recommendation(new=new(period), addressees=[school], by=specialist)
    return issued.addressees.get()


def codes(error):
    return [finding.code for finding in error.value.findings]


@pytest.fixture
def readers(director, coordinator, other_director):
    return [director, coordinator, other_director]


def test_it_goes_to_every_addressee_with_a_letter_to_its_people(period, specialist, readers, mailoutbox, commit):
    school, other_school = readers[0].organization, readers[-1].organization
    with commit():
        issued = services.issue_recommendation(new=new(period), addressees=[school, other_school], by=specialist)
        assert send_digests() == 3
    assert {row.organization for row in issued.addressees.all()} == {school, other_school}
    assert {row.state for row in issued.addressees.all()} == {State.SENT}
    assert issued.basis == [{"low": 4, "marked": 10}]
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(user.email for user in readers)
    assert all("Разберите задание 5" in letter.body and "4 из 10" not in letter.body for letter in mailoutbox)
    assert [event.kind for event in events.history(issued)] == ["roadmaps.issued"]


def test_the_same_organisation_twice_is_one_addressee(period, specialist, school):
    issued = services.issue_recommendation(new=new(period), addressees=[school, school], by=specialist)
    assert issued.addressees.count() == 1


def test_a_school_cannot_issue(period, director, other_school):
    with pytest.raises(Refused) as error:
        services.issue_recommendation(new=new(period), addressees=[other_school], by=director)
    assert codes(error) == ["not_allowed"]
    assert not Recommendation.objects.exists()


def test_no_addressee_and_a_past_term_are_refused(period, specialist, school):
    with pytest.raises(Refused) as error:
        services.issue_recommendation(new=new(period), addressees=[], by=specialist)
    assert codes(error) == ["no_addressees"]
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused) as error:
        services.issue_recommendation(new=new(period, due_on=yesterday), addressees=[school], by=specialist)
    assert codes(error) == ["due_in_past"]
    assert not Recommendation.objects.exists()


def test_a_term_of_today_is_accepted(period, specialist, school):
    issued = services.issue_recommendation(
        new=new(period, due_on=timezone.localdate()), addressees=[school], by=specialist
    )
    assert not issued.addressees.get().is_overdue


def test_letters_leave_only_after_the_commit(period, specialist, school, director):
    services.issue_recommendation(new=new(period), addressees=[school], by=specialist)
    assert send_digests() == 1
    assert not mail.outbox


def test_what_is_received_goes_into_no_letter(director, coordinator, addressee, commit, mailoutbox):
    assert Notice.objects.unread().count() == 2
    services.confirm_receipt(addressee=addressee, by=coordinator)
    with commit():
        assert send_digests() == 0
    assert not mailoutbox


def test_receipt_is_confirmed_once(addressee, director, coordinator):
    first = services.confirm_receipt(addressee=addressee, by=coordinator)
    again = services.confirm_receipt(addressee=addressee, by=director)
    assert (again.state, again.received_by, again.received_at) == (State.RECEIVED, coordinator, first.received_at)


@pytest.mark.parametrize(
    "act", [services.confirm_receipt, partial(services.report, text="Сделано")], ids=["receipt", "report"]
)
def test_another_school_and_the_authority_cannot_answer(addressee, other_director, specialist, act):
    for stranger in (other_director, specialist):
        with pytest.raises(Refused) as error:
            act(addressee=addressee, by=stranger)
        assert codes(error) == ["not_allowed"]
    addressee.refresh_from_db()
    assert addressee.state == State.SENT


def test_report_then_return_then_report_then_done(addressee, director, specialist, mailoutbox, commit):
    with commit():
        reported = services.report(addressee=addressee, text=" Провели. ", by=director)
        send_digests()
    assert (reported.state, reported.report_text, reported.received_by) == (State.REPORTED, "Провели.", director)
    assert [letter.to for letter in mailoutbox] == [[specialist.email]]
    with commit():
        returned = services.return_report(addressee=addressee, text="Добавьте даты.", by=specialist)
        send_digests()
    assert returned.state == State.RETURNED
    assert mailoutbox[-1].to == [director.email]
    assert "Добавьте даты." in mailoutbox[-1].body
    services.report(addressee=addressee, text="Провели 5 марта.", by=director)
    done = services.accept_report(addressee=addressee, by=specialist)
    assert (done.state, done.reviewed_by) == (State.DONE, specialist)
    assert [event.kind for event in events.history(addressee)] == [
        "roadmaps.done",
        "roadmaps.reported",
        "roadmaps.returned",
        "roadmaps.reported",
        "roadmaps.received",
    ]


def test_steps_cannot_be_skipped(addressee, director, specialist):
    """Accepting or returning what is not reported, reporting what is done."""
    for act in (services.accept_report, services.return_report):
        with pytest.raises(Refused) as error:
            act(addressee=addressee, text="Почему?", by=specialist)
        assert codes(error) == ["wrong_state"]
    services.report(addressee=addressee, text="Провели.", by=director)
    with pytest.raises(Refused):
        services.report(addressee=addressee, text="Ещё раз.", by=director)
    services.accept_report(addressee=addressee, by=specialist)
    with pytest.raises(Refused) as error:
        services.return_report(addressee=addressee, text="Передумали.", by=specialist)
    assert codes(error) == ["wrong_state"]


def test_a_return_needs_a_remark_and_a_report_needs_a_text(addressee, director, specialist):
    with pytest.raises(Refused) as error:
        services.report(addressee=addressee, text="  ", by=director)
    assert codes(error) == ["no_text"]
    services.report(addressee=addressee, text="Провели.", by=director)
    with pytest.raises(Refused) as error:
        services.return_report(addressee=addressee, text=" ", by=specialist)
    assert codes(error) == ["no_remark"]


def test_a_proof_is_kept_with_its_type(addressee, director):
    row = services.report(
        addressee=addressee, text="Провели.", by=director, proof=(BytesIO(b"%PDF-1.7 rest"), "Приказ.pdf")
    )
    assert (row.proof.name, row.proof.content_type) == ("Приказ.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(b"", "a.pdf", "empty_file", id="empty"),
        pytest.param(b"%PDF-" + b"0" * (10 * 1024 * 1024), "a.pdf", "too_big", id="too big"),
        pytest.param(b"MZ", "a.exe", "wrong_type", id="program"),
        pytest.param(b"<html>", "a.pdf", "wrong_content", id="page named pdf"),
        pytest.param(b"%PDF-", "pdf", "wrong_type", id="no ending"),
    ],
)
def test_other_files_are_refused_and_nothing_is_kept(addressee, director, content, name, code):
    if name == "pdf":
        name = "приказ"
    with pytest.raises(Refused) as error:
        services.report(addressee=addressee, text="Провели.", by=director, proof=(BytesIO(content), name))
    assert codes(error) == [code]
    addressee.refresh_from_db()
    assert addressee.state == State.SENT
    assert not PrivateFile.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"state": State.RECEIVED}, id="received, nobody knows when"),
        pytest.param({"received_at": timezone.now(), "state": State.RECEIVED}, id="received by nobody"),
        pytest.param({"state": State.DONE}, id="done without a report"),
    ],
)
def test_the_database_refuses_half_a_story(addressee, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        RecommendationAddressee.objects.filter(pk=addressee.pk).update(**wrong)


def test_overdue_is_what_the_organisation_owes(addressee, director, specialist):
    yesterday = timezone.localdate() - timedelta(days=1)
    Recommendation.objects.update(due_on=yesterday)
    assert set(RecommendationAddressee.objects.overdue()) == {addressee}
    reported = services.report(addressee=addressee, text="Провели.", by=director)
    assert not reported.is_overdue
    assert not RecommendationAddressee.objects.overdue().exists()


def test_who_sees_which(addressee, director, other_director, methodologist, user_of):
    foreign = AddresseeFactory(organization=other_director.organization)
    seen = RecommendationAddressee.objects.visible_to
    assert set(seen(methodologist)) == {addressee, foreign}
    assert set(seen(director)) == {addressee}
    assert set(seen(other_director)) == {foreign}
    assert set(seen(user_of("observer"))) == set()
    assert set(Recommendation.objects.visible_to(director)) == {addressee.recommendation}


def test_counting_by_state_is_one_query(addressee, django_assert_num_queries):
    AddresseeFactory(recommendation=addressee.recommendation)
    with django_assert_num_queries(1):
        counts = RecommendationAddressee.objects.count_by_state()
    assert (counts["sent"], counts["done"], counts["overdue"], counts["total"]) == (2, 0, 0, 2)
