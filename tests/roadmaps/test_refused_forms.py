"""What was typed stays in its place when a page refuses it; nothing is cut, nothing is half written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.core.models import Notice
from apps.library.inspections import services as inspections
from apps.roadmaps.cycle.models import Track
from apps.roadmaps.cycle.services import NewTrack, end_track, set_track
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.decisions.services import NewItem, cancel_decision
from apps.roadmaps.decisions.services.approving import send_to_approval
from apps.roadmaps.decisions.services.terms import add_executors
from apps.roadmaps.support import services as support
from tests.factories.decisions import draft, signed
from tests.factories.library import RemarkFactory
from tests.factories.plans import MeasureFactory, RoadmapFactory
from tests.factories.projects import MemberFactory
from tests.factories.series import DirectionFactory

pytestmark = pytest.mark.django_db


def shown(client, address, data):
    response = client.post(address, data)
    assert response.status_code == 200
    return response.content.decode()


def test_an_action_of_help_that_is_not_closed_keeps_its_words(client_of, school, specialist):
    today = timezone.localdate()
    new = support.NewSupport("Помощь", "План", "Методист", today, today, reason="Просьба.",
                             steps=[support.NewStep("Занятие", today)])  # fmt: skip
    case = support.plan_support(organization=school, new=new, by=specialist)
    step, reason = case.steps.get(), "Ы" * 301
    close = reverse("roadmaps:support_step_close", args=[step.pk])
    page = shown(client_of(specialist), close, {"on": today.isoformat(), "result": reason, "drop": "1"})
    assert reason in page
    assert "301 знаков, можно 300" in page
    step.refresh_from_db()
    assert step.is_open
    assert "Есть ошибки" in shown(client_of(specialist), close, {"on": "никогда", "result": "Провели"})


def test_a_remark_to_a_draft_of_a_decision(client_of, specialist, head):
    made = draft(specialist, [NewItem(text="Сделать")])
    send_to_approval(decision=made, people=[head], by=specialist)
    remark = "Ы" * 20_001
    assert remark in shown(client_of(head), reverse("roadmaps:decision_approve", args=[made.pk]), {"remark": remark})


@pytest.mark.parametrize(("name", "state"), [("project_decide", "applied"), ("project_leave", "accepted")])
def test_a_reason_in_a_project(client_of, specialist, school, name, state):
    undecided = {"decided_at": None, "decided_by": None} if state == "applied" else {}
    member = MemberFactory(organization=school, state=state, **undecided)
    reason = "Ы" * 1001
    assert reason in shown(client_of(specialist), reverse(f"roadmaps:{name}", args=[member.pk]), {"reason": reason})


def test_a_review_of_an_answer_to_a_remark_and_another_term(client_of, specialist, director, school):
    remark = RemarkFactory(inspection__organization=school)
    address = reverse("library:remark_review", args=[remark.pk])
    sooner = (remark.due_on - timedelta(days=1)).isoformat()
    page = shown(client_of(specialist), address, {"extend": "1", "due_on": sooner, "reason": "Ждём ремонта"})
    assert "Ждём ремонта" in page
    inspections.answer_remark(remark=remark, text="Исправили", by=director)
    review = "Ы" * 2001
    assert review in shown(client_of(specialist), address, {"return": "1", "review": review})


def test_words_of_a_track_are_not_cut(specialist):
    direction = DirectionFactory()
    with pytest.raises(Refused):
        set_track(new=NewTrack(direction, "Ы" * 251, is_full=True), by=specialist)
    track = set_track(new=NewTrack(direction, "Одарённые дети", is_full=True), by=specialist)
    with pytest.raises(Refused):
        end_track(track=track, reason="Ы" * 301, by=specialist)
    assert Track.objects.get().ended_at is None


# --- what else a slip of the finger must not do


def test_a_decision_is_not_cancelled_before_the_day(specialist):
    order = signed(specialist, [NewItem(text="Сделать")])
    with pytest.raises(Refused) as refusal:
        cancel_decision(decision=order, on=timezone.localdate() + timedelta(days=1), reason="Новый", by=specialist)
    assert [finding.code for finding in refusal.value.findings] == ["future"]
    assert Decision.objects.get(pk=order.pk).is_in_force


def test_mending_a_draft_keeps_what_its_form_does_not_ask(client_of, specialist):
    made = draft(specialist, basis="Решение коллегии")
    words = {"kind": "order", "title": "Другое название", "reason_without_analysis": "по плану"}
    client_of(specialist).post(reverse("roadmaps:decision_edit", args=[made.pk]), words)
    made.refresh_from_db()
    assert (made.title, made.basis) == ("Другое название", "Решение коллегии")


def test_who_gets_another_item_later_is_told_of_it(specialist, school, other_school, other_director):
    items = [NewItem(number="1.", text="Обеим", organizations=[school, other_school]),
             NewItem(number="2.", text="Одной", organizations=[school])]  # fmt: skip
    order = signed(specialist, items)
    Notice.objects.all().delete()
    add_executors(item=order.items.get(number="2."), organizations=[other_school], by=specialist)
    assert set(Notice.objects.values_list("user", flat=True)) == {other_director.pk}


@pytest.mark.parametrize("starts_on", ["9999-12-31", "0001-01-01"])
def test_a_roadmap_of_no_year_is_refused(client_of, specialist, starts_on):
    like = MeasureFactory(roadmap=RoadmapFactory()).roadmap
    words = {"title": "Следующий", "starts_on": starts_on, "ends_on": starts_on}
    assert "Проверьте годы" in shown(client_of(specialist), reverse("roadmaps:roadmap_copy", args=[like.pk]), words)


def test_a_school_does_not_read_who_answers_elsewhere(client_of, director, other_director, school, other_school):
    mine = RoadmapFactory(kind="school", organization=school)
    MeasureFactory(roadmap=mine, person=director)
    MeasureFactory(roadmap=RoadmapFactory(kind="school", organization=other_school), person=other_director)
    page = client_of(director).get(reverse("roadmaps:measures"))
    offered = set(page.context["filter"].form.fields["person"].queryset)
    assert offered == {director}
    assert client_of(Role.SPECIALIST).get(reverse("roadmaps:measures")).context["filter"].form.fields[
        "person"
    ].queryset.count() == 2  # fmt: skip


def test_organisations_that_nobody_could_tick_are_nobody(client_of, specialist, school):
    item = signed(specialist, [NewItem(number="1.", text="Одной", organizations=[school])]).items.get()
    address = reverse("roadmaps:decision_item_act", args=[item.pk])
    page = client_of(specialist).post(address, {"organizations": ["\x00", "school-01", "🙂"]}, follow=True)
    assert "Добавлено исполнителей: 0" in page.content.decode()
