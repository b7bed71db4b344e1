"""Lines of execution: who answers, what is shown, when it is late, what two people at once may not do."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.services import end_membership
from apps.core import events
from apps.core.findings import Refused
from apps.core.notices.models import Notice
from apps.organizations.services import merge_organizations
from apps.roadmaps.decisions.control import controller_of
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem
from apps.roadmaps.decisions.reminding import remind_item, remind_terms, summarise_control
from apps.roadmaps.decisions.services import NewItem
from apps.roadmaps.decisions.services.annexes import add_annex, publish_annex
from apps.roadmaps.decisions.services.approving import agree, give_back, send_to_approval
from apps.roadmaps.decisions.services.executing import Acquaintance, Report, accept, receive, report, withdraw
from apps.roadmaps.decisions.services.executing import give_back as return_report
from apps.roadmaps.decisions.services.registering import add_items
from apps.roadmaps.decisions.services.signing import sign_decision
from apps.roadmaps.decisions.services.terms import add_executors, extend_item, extend_line
from tests.factories.accounts import MembershipFactory
from tests.factories.decisions import SIGNED_ON, draft, line_of, signed

pytestmark = pytest.mark.django_db
State = Assignment.State
PDF = b"%PDF-1.4 test"


def codes(refusal):
    return [finding.code for finding in refusal.value.findings]


@pytest.fixture
def order(specialist, head, school, other_school):
    """Item 1 for two schools with a term in ten days, item 2 to be noted."""
    due_on = timezone.localdate() + timedelta(days=10)
    both = [school, other_school]
    items = [
        NewItem(number="1.", text="Создать рабочую группу", organizations=both, due_on=due_on),
        NewItem(number="2.", text="Принять к сведению", organizations=both, kind="note"),
    ]
    return signed(specialist, items)


@pytest.fixture
def line(order, school):
    return line_of(order, "1.", organization=school)


def test_an_executor_reports_with_proofs_and_the_controller_accepts(line, director, head):
    uploads = [(BytesIO(PDF), "приказ.pdf"), (BytesIO(PDF), "протокол.pdf")]
    report(line=line, new=Report(text="Создана", uploads=uploads, url="https://school.invalid/a"), by=director)
    done = accept(line=line, by=head)
    assert (done.state, done.closed_on, done.is_late) == (State.DONE, timezone.localdate(), False)
    assert sorted(proof.kind for proof in done.proofs.all()) == ["file", "file", "link"]
    assert [event.kind for event in events.history(line)] == [
        "roadmaps.assignment_done",
        "roadmaps.assignment_reported",
    ]


def test_a_returned_report_says_why_and_may_be_sent_again(line, director, head):
    report(line=line, new=Report(text="Сделали"), by=director)
    with pytest.raises(Refused) as refusal:
        return_report(line=line, text=" ", by=head)
    assert codes(refusal) == ["no_remark"]
    return_report(line=line, text="Приложите приказ", by=head)
    assert report(line=line, new=Report(text="Приказ № 3"), by=director).state == State.REPORTED


def test_who_may_not_report_and_who_may_not_accept(line, director, other_director, methodologist):
    with pytest.raises(Refused) as refusal:
        report(line=line, new=Report(text="Сделано"), by=other_director)
    assert codes(refusal) == ["not_allowed"]
    report(line=line, new=Report(text="Сделано"), by=director)
    for stranger in (director, methodologist):
        with pytest.raises(Refused) as refusal:
            accept(line=line, by=stranger)
        assert codes(refusal) == ["not_allowed"]


def test_of_two_people_closing_one_item_the_second_is_told(line, director, coordinator, head, specialist):
    report(line=line, new=Report(text="Первый"), by=director)
    with pytest.raises(Refused) as refusal:
        report(line=line, new=Report(text="Второй"), by=coordinator)
    assert codes(refusal) == ["wrong_state"]
    accept(line=line, by=head)
    with pytest.raises(Refused) as refusal:
        accept(line=line, by=specialist)
    assert codes(refusal) == ["wrong_state"]
    line.refresh_from_db()
    assert (line.report_text, line.reviewed_by) == ("Первый", head)


def test_what_is_only_to_be_noted_is_done_by_taking_note(order, director):
    noted = receive(line=line_of(order, "2.", organization=director.organization), by=director)
    assert noted.state == State.DONE
    assert receive(line=noted, by=director).state == State.DONE


@pytest.mark.parametrize(
    ("moment", "late"),
    [((2026, 3, 28, 23, 59, 59), False), ((2026, 3, 29, 0, 0, 0), True)],
    ids=["last second of the day", "first second of the next"],
)
def test_a_term_lasts_to_the_last_second_of_the_municipalitys_day(
    specialist, director, school, monkeypatch, settings, moment, late
):
    assert settings.TIME_ZONE == settings.MUNICIPALITY_TIME_ZONE
    item = NewItem(text="Создать", organizations=[school], due_on=date(2026, 3, 28))
    mine = line_of(signed(specialist, [item], on=date(2026, 3, 1)))
    now = datetime(*moment, tzinfo=ZoneInfo(settings.MUNICIPALITY_TIME_ZONE))
    monkeypatch.setattr(timezone, "now", lambda: now.astimezone(ZoneInfo("UTC")))
    assert mine.is_overdue is late
    assert (Assignment.objects.overdue().filter(pk=mine.pk).exists()) is late
    assert report(line=mine, new=Report(text="Создана"), by=director).is_late is late


def test_texts_and_files_of_any_kind(line, director):
    wicked = "<script>alert(1)</script> 🎉\x00" + "ы" * 19_000
    bad = [(BytesIO(b"MZ"), "вирус.exe"), (BytesIO(b"MZ"), "вирус.pdf"), (BytesIO(b""), "пусто.pdf")]
    with pytest.raises(Refused) as refusal:
        report(line=line, new=Report(text="ы" * 20_001, uploads=bad, url="javascript:alert(1)"), by=director)
    assert codes(refusal) == ["long_text", "bad_link", "wrong_type", "wrong_content", "empty_file"]
    line.refresh_from_db()
    assert (line.state, line.proofs.count()) == (State.GIVEN, 0)
    kept = report(line=line, new=Report(text=wicked), by=director)
    assert kept.report_text == wicked.replace("\x00", "")


@pytest.mark.parametrize(
    ("shown", "wrong"),
    [
        (None, ["no_acquaintance"]),
        (Acquaintance(date(2022, 4, 1)), ["no_people"]),
        (Acquaintance(date(2222, 4, 1), people=3), ["future"]),
        (Acquaintance(date(2022, 4, 1), people=31), []),
        (Acquaintance(date(2022, 4, 1), names="лист № 1"), []),
        (Acquaintance(date(2022, 4, 1), file=(BytesIO(PDF), "лист.pdf")), []),
    ],
    ids=["nothing", "only a day", "a day to come", "a count", "a list", "a sheet"],
)
def test_acquaintance_of_teachers_is_shown_by_day_and_count_or_list(specialist, school, coordinator, shown, wrong):
    item = NewItem(text="Довести до сведения", organizations=[school], proof="acquaintance")
    mine = line_of(signed(specialist, [item]))
    new = Report(text="Педсовет", acquaintance=shown)
    if wrong:
        with pytest.raises(Refused) as refusal:
            report(line=mine, new=new, by=coordinator)
        assert codes(refusal) == wrong
    else:
        proof = report(line=mine, new=new, by=coordinator).proofs.get()
        assert (proof.kind, proof.held_on, proof.people) == ("acquaintance", date(2022, 4, 1), shown.people)


# --- terms, control


def test_a_term_moves_with_a_reason_for_all_who_have_not_reported(order, line, director, head, other_director):
    report(line=line, new=Report(text="Сделано"), by=director)
    item, old = line.item, line.due_on
    with pytest.raises(Refused) as refusal:
        extend_item(item=item, due_on=old, reason="", by=head)
    assert codes(refusal) == ["no_reason", "same_term"]
    extend_item(item=item, due_on=old + timedelta(days=7), reason="карантин", by=head)
    terms = dict(item.lines.values_list("organization__code", "due_on"))
    assert terms == {"school-01": old, "school-02": old + timedelta(days=7)}
    assert Notice.objects.filter(user=other_director, key__startswith="roadmaps.assignment_term").count() == 1
    with pytest.raises(Refused):
        extend_item(item=item, due_on=old + timedelta(days=8), reason="ещё", by=other_director)


def test_one_executor_gets_another_term(order, line, head):
    new = line.due_on + timedelta(days=3)
    made = extend_line(line=line, due_on=new, reason="болезнь", by=head)
    assert (made.assignment, made.old_due_on, made.new_due_on) == (line, line.due_on, new)
    assert order.items.first().lines.get(organization__code="school-02").due_on == line.due_on


def test_a_dismissed_controller_hands_over_to_the_head(order, head, specialist, methodologist, administrator):
    Decision.objects.filter(pk=order.pk).update(controller=methodologist)
    order.refresh_from_db()
    assert controller_of(order) == methodologist
    assert not Decision.objects.controlled_by(head).filter(pk=order.pk).exists()
    end_membership(membership=Membership.objects.get(user=methodologist), by=administrator)
    assert controller_of(order) == head
    found = Decision.objects.controlled_by(head).get(pk=order.pk)
    assert not found.controller_stays
    assert not Decision.objects.controlled_by(specialist).filter(pk=order.pk).exists()


def summaries():
    return set(Notice.objects.filter(key__startswith="roadmaps.control").values_list("user", flat=True))


def test_the_summary_of_a_dismissed_controller_goes_to_the_head_and_then_to_the_office(
    order, line, head, specialist, methodologist, administrator, director
):
    Decision.objects.filter(pk=order.pk).update(controller=methodologist)
    Assignment.objects.filter(pk=line.pk).update(due_on=SIGNED_ON)
    weeks = [date(2026, 11, 23) + timedelta(days=7 * number) for number in range(3)]
    summarise_control(weeks[0])
    assert summaries() == {methodologist.pk}
    for week, gone, who in ((weeks[1], methodologist, head), (weeks[2], head, specialist)):
        end_membership(membership=Membership.objects.get(user=gone), by=administrator)
        Notice.objects.all().delete()
        summarise_control(week)
        assert summaries() == {who.pk}
    report(line=line, new=Report(text="Сделано"), by=director)
    told = Notice.objects.filter(key__startswith="roadmaps.assignment_reported")
    assert set(told.values_list("user", flat=True)) == {specialist.pk}


def unread(user, words):
    return Notice.objects.unread().filter(user=user, title__startswith=words).count()


def test_a_second_report_of_one_day_is_told_again_and_so_is_its_review(line, director, head):
    report(line=line, new=Report(text="Сделали"), by=director)
    return_report(line=line, text="Приложите приказ", by=head)
    assert (unread(head, "Отчёт об исполнении"), unread(director, "Отчёт возвращён")) == (0, 1)
    report(line=line, new=Report(text="Приказ № 3"), by=director)
    assert (unread(head, "Отчёт об исполнении"), unread(director, "Отчёт возвращён")) == (1, 0)
    accept(line=line, by=head)
    assert (unread(head, "Отчёт об исполнении"), unread(director, "Отчёт принят")) == (0, 1)


def test_both_moves_of_a_term_in_one_day_are_told(line, director, head):
    for days in (3, 6):
        extend_line(line=line, due_on=line.due_on + timedelta(days=days), reason="болезнь", by=head)
    days = Notice.objects.filter(user=director, key__startswith="roadmaps.assignment_term").values_list("due_on")
    assert {day for (day,) in days} == {line.due_on + timedelta(days=3), line.due_on + timedelta(days=6)}


def test_whoever_no_longer_executes_is_told_so(line, director, head):
    withdraw(line=line, reason="Передано другой школе", by=head)
    notice = Notice.objects.get(user=director, key__startswith="roadmaps.assignment_reviewed")
    assert (notice.title.split(":")[0], notice.note) == ("Пункт снят с исполнения", "Передано другой школе")


@pytest.mark.capability("S-283")
def test_reminders_leave_once_for_each_nearness(order, line, director, other_director, head):
    report(line=line, new=Report(text="Сделано"), by=director)
    week_before = line.due_on - timedelta(days=7)
    assert remind_terms(week_before) == 1
    assert remind_terms(week_before) == 0
    assert remind_terms(week_before + timedelta(days=2)) == 0
    Notice.objects.filter(key__startswith="roadmaps.item_soon").delete()  # nothing ran that morning
    assert remind_terms(week_before + timedelta(days=2)) == 1
    assert remind_terms(line.due_on - timedelta(days=1)) == 1
    assert set(Notice.objects.filter(key__startswith="roadmaps.item_soon").values_list("user", flat=True)) == {
        other_director.pk
    }
    assert remind_terms(line.due_on) == 0
    remind_item(item=line.item, by=head, today=timezone.localdate())
    assert Notice.objects.filter(user=other_director, key__startswith="roadmaps.item_reminder").count() == 1


@pytest.mark.capability("S-282")
def test_whoever_controls_gets_a_summary_once_a_week(order, line, head, specialist):
    Assignment.objects.filter(pk=line.pk).update(due_on=SIGNED_ON)
    assert summarise_control(date(2026, 11, 23)) == 1
    assert summarise_control(date(2026, 11, 27)) == 0
    notice = Notice.objects.get(user=head, key__startswith="roadmaps.control")
    assert "просрочено — 1" in notice.title
    assert not Notice.objects.filter(user=specialist, key__startswith="roadmaps.control").exists()


def test_executors_may_be_added_to_an_act_in_force(order, line, specialist, kindergarten, school):
    assert add_executors(item=line.item, organizations=[kindergarten, school], by=specialist) == 1
    assert line.item.lines.get(organization=kindergarten).due_on == line.due_on


# --- organisations that join, heads that leave


def test_lines_of_a_merged_organisation_move_with_their_history(
    specialist, school, other_school, kindergarten, director
):
    both = NewItem(number="1.", text="Обеим", organizations=[school, other_school])
    items = [
        both,
        *(
            NewItem(number=n, text="Одной", organizations=[school], person=p)
            for n, p in (("2.", director), ("3.", None))
        ),
    ]
    order = signed(specialist, items)
    waiting = draft(specialist, [NewItem(text="Проект", organizations=[school])])
    done = line_of(order, "3.")
    accept(line=report(line=done, new=Report(text="Сделано"), by=director), by=specialist)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=specialist)
    doubled, moved = line_of(order, "1.", organization=school), line_of(order, "2.")
    assert (doubled.state, "присоединена" in doubled.review_text) == (State.WITHDRAWN, True)
    assert (moved.organization, moved.person, moved.state) == (other_school, None, State.GIVEN)
    assert [event.kind for event in events.history(moved)] == ["roadmaps.assignment_moved"]
    done.refresh_from_db()
    assert (done.organization, done.state) == (school, State.DONE)
    assert [each.code for each in waiting.items.get().organizations.all()] == ["school-02"]


def test_the_successor_is_told_and_controls_what_the_joined_school_decided(
    school, other_school, specialist, director, other_director
):
    own = draft(director, [NewItem(number="1.", text="Провести педсовет")], kind="school", organization=school)
    sign_decision(decision=own, number="5", signed_on=SIGNED_ON, by=director)
    merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=specialist)
    moved = line_of(own)
    assert Notice.objects.get(user=other_director, key__startswith="roadmaps.decision_moved").url == (
        own.get_absolute_url()
    )
    assert controller_of(Decision.objects.get(pk=own.pk)) == other_director
    assert Decision.objects.controlled_by(other_director).filter(pk=own.pk).exists()
    report(line=moved, new=Report(text="Проведён"), by=other_director)
    assert accept(line=moved, by=other_director).state == State.DONE


def test_a_refused_receiver_undoes_the_merging(specialist, school, other_school):
    from apps.organizations.signals import merged

    def refuse(**_):
        raise Refused([])

    merged.connect(refuse)
    try:
        with pytest.raises(Refused):
            merge_organizations(organization=school, into=other_school, on=timezone.localdate(), by=specialist)
    finally:
        merged.disconnect(refuse)
    school.refresh_from_db()
    assert school.closed_on is None


# --- annexes and approval


@pytest.mark.parametrize(("days", "late"), [(0, False), (-1, True)], ids=["in time", "late"])
def test_publishing_a_document_closes_its_item_on_that_day(specialist, head, days, late):
    due_on = timezone.localdate() + timedelta(days=days)
    made = draft(specialist, signer="Н. Е. Дерябина")
    annex = add_annex(decision=made, title="Концепция", upload=(BytesIO(PDF), "концепция.pdf"), by=specialist)
    item = NewItem(number="2.", text="Разместить на сайте", due_on=due_on, proof="publication", publishes=annex)
    add_items(decision=made, items=[item], by=specialist)
    order = sign_decision(decision=made, number="283", signed_on=date(2022, 12, 15), by=specialist)
    annex.refresh_from_db()
    assert annex.approved_on == date(2022, 12, 15)
    publish_annex(annex=annex, by=specialist)
    published = publish_annex(annex=annex, by=head)
    assert published.published_by == specialist
    done = line_of(order, "2.")
    assert (done.state, done.closed_on, done.is_late) == (State.DONE, timezone.localdate(), late)


def test_approval_goes_from_one_to_the_next_and_back_with_a_remark(specialist, head, methodologist):
    made = draft(specialist, [NewItem(text="Сделать")])
    send_to_approval(decision=made, people=[methodologist, head], by=specialist)
    with pytest.raises(Refused) as refusal:
        agree(decision=made, by=head)
    assert codes(refusal) == ["not_your_turn"]
    with pytest.raises(Refused) as refusal:
        sign_decision(decision=made, number="1", signed_on=SIGNED_ON, by=specialist)
    assert codes(refusal) == ["not_agreed"]
    agree(decision=made, by=methodologist)
    give_back(decision=made, by=head, remark="Уточните срок")
    made.refresh_from_db()
    assert made.state == Decision.State.DRAFT
    send_to_approval(decision=made, people=[head], by=specialist)
    agree(decision=made, by=head)
    assert sign_decision(decision=made, number="1", signed_on=SIGNED_ON, by=specialist).is_in_force


def test_an_item_without_a_name_takes_addressees_of_its_heading(specialist, school, director, authority):
    items = [
        NewItem(number="1.", text="Руководителям:", is_heading=True, kinds=["school"]),
        NewItem(number="1.2.", text="Довести"),
        NewItem(number="1.2.", text="Принять"),
        NewItem(number="2.", text="Директору:", is_heading=True, person=director),
        NewItem(number="2.1.", text="Разместить"),
        NewItem(number="12.", text="Не из первого"),
    ]
    order = signed(specialist, items)
    at = [[line.organization for line in item.lines.all()] for item in order.items.all()]
    assert at == [[], [school], [school], [], [school], [authority]]
    assert line_of(order, "2.1.").person == director
    assert DecisionItem.objects.undated().count() == 4


def test_a_head_who_left_is_followed_by_the_organisation(specialist, director, coordinator, administrator):
    order = signed(specialist, [NewItem(text="Лично", person=director)])
    end_membership(membership=Membership.objects.get(user=director), by=administrator)
    successor = MembershipFactory(role="director", organization=coordinator.organization).user
    assert report(line=line_of(order), new=Report(text="Сделано"), by=successor).state == State.REPORTED
