"""Writes of roadmaps: who may, what is refused, what is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused
from apps.core.notices.models import Notice
from apps.organizations.models import Organization
from apps.organizations.signals import merged
from apps.roadmaps.plans.models import Measure, Part, Roadmap, Stage
from apps.roadmaps.plans.selectors.means import means_of
from apps.roadmaps.plans.services.approving import approve_roadmap, changes_since_approval
from apps.roadmaps.plans.services.copying import copy_roadmap, moved_day
from apps.roadmaps.plans.services.measures import Plan, change_measure, delete_measure, plan_measure
from apps.roadmaps.plans.services.people import assign_people
from apps.roadmaps.plans.services.progress import (
    add_proof,
    drop_measure,
    finish_measure,
    move_measure,
    reopen_measure,
    report_progress,
)
from apps.roadmaps.plans.services.resources import NewResource, add_resource
from apps.roadmaps.plans.services.roadmaps import NewRoadmap, create_roadmap, end_roadmap
from apps.roadmaps.plans.services.stages import NewStage, report_stage, set_stage
from tests.factories.plans import MeasureFactory, RoadmapFactory, day
from tests.factories.series import DirectionFactory

PDF = b"%PDF-1.4 invented"


def codes(refusal):
    return {finding.code for finding in refusal.value.findings}


def plan(**changes):
    return replace(Plan("Семинар", day(30), day(1), responsible="Методист"), **changes)


@pytest.fixture
def roadmap(specialist):
    return RoadmapFactory(author=specialist)


# --- planning


def test_all_faults_of_a_measure_at_once_and_nothing_written(roadmap, specialist):
    with pytest.raises(Refused) as refusal:
        plan_measure(roadmap=roadmap, plan=Plan(" ", day(-5), day(5), line="чужая"), by=specialist)
    assert codes(refusal) == {"no_title", "no_responsible", "unknown_line", "days"}
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    "responsible", ["Иванова И. И., Петров П. П.", "Иванова И. И.; отдел", "Иванова И.И. и Петров П.П."]
)
def test_two_people_do_not_answer_for_one_measure(roadmap, specialist, responsible):
    with pytest.raises(Refused) as refusal:
        plan_measure(roadmap=roadmap, plan=plan(responsible=responsible), by=specialist)
    assert codes(refusal) == {"several"}


def test_days_stay_inside_the_roadmap_and_the_stage(roadmap, specialist):
    stage = set_stage(roadmap=roadmap, new=NewStage("Первый", day(0), day(50)), by=specialist)
    for wrong, code in ((plan(due_on=day(400)), "outside"), (plan(stage=stage, due_on=day(60)), "outside_stage")):
        with pytest.raises(Refused) as refusal:
            plan_measure(roadmap=roadmap, plan=wrong, by=specialist)
        assert codes(refusal) == {code}
    with pytest.raises(Refused) as refusal:
        set_stage(roadmap=roadmap, new=NewStage("Второй", day(0), day(500)), by=specialist)
    assert codes(refusal) == {"outside"}


def test_twenty_thousand_letters_with_markup_and_emoji_are_kept_whole_and_one_more_is_refused(roadmap, specialist):
    text = "<script>alert(1)</script> 🎓 " + "я" * 19_000
    assert plan_measure(roadmap=roadmap, plan=plan(details=text), by=specialist).details == text
    with pytest.raises(Refused) as refusal:
        plan_measure(roadmap=roadmap, plan=plan(details="я" * 20_001), by=specialist)
    assert codes(refusal) == {"too_long"}


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.DIRECTOR, Role.OBSERVER, Role.ADMIN])
def test_others_do_not_plan_in_the_plans_of_the_authority(roadmap, user_of, role):
    with pytest.raises(Refused) as refusal:
        plan_measure(roadmap=roadmap, plan=plan(), by=user_of(role))
    assert codes(refusal) == {"no_right"}


def test_a_school_keeps_its_own_programme_only(school, director, other_director, specialist):
    own = RoadmapFactory(kind="school", organization=school, author=director)
    assert plan_measure(roadmap=own, plan=plan(), by=director).roadmap == own
    for stranger in (other_director, specialist):
        with pytest.raises(Refused):
            plan_measure(roadmap=own, plan=plan(), by=stranger)


# --- approval and versions


def test_approval_asks_for_one_working_person_for_each_measure(roadmap, specialist, methodologist):
    nobody = plan_measure(roadmap=roadmap, plan=plan(title="Ничей"), by=specialist)
    gone = plan_measure(roadmap=roadmap, plan=plan(title="Ушёл", person=methodologist), by=specialist)
    Membership.objects.filter(user=methodologist).update(ended_at=timezone.now())
    with pytest.raises(Refused) as refusal:
        approve_roadmap(roadmap=roadmap, act_text="", act_on=day(1), by=specialist)
    assert codes(refusal) == {"no_person", "no_act", "future"}
    assert len([one for one in refusal.value.findings if one.code == "no_person"]) == 2
    assert set(Measure.objects.without_person()) == {nobody, gone}
    with pytest.raises(Refused):  # the one who left takes nothing over either
        assign_people(roadmap=roadmap, people={nobody.pk: methodologist}, by=specialist)
    assert assign_people(roadmap=roadmap, people={nobody.pk: specialist, gone.pk: specialist}, by=specialist) == 2
    assert not Measure.objects.without_person()
    assert approve_roadmap(roadmap=roadmap, act_text="приказ № 1", act_on=day(0), by=specialist).number == 1


def test_a_version_is_frozen_and_changes_make_the_next_one(roadmap, specialist, methodologist):
    measure = plan_measure(roadmap=roadmap, plan=plan(person=methodologist), by=specialist)
    first = approve_roadmap(roadmap=roadmap, act_text="приказ № 1", act_on=day(-3), by=specialist)
    assert Notice.objects.filter(user=methodologist, key=f"roadmaps.roadmap:{roadmap.pk}:1").count() == 1
    with pytest.raises(Refused) as refusal:
        approve_roadmap(roadmap=roadmap, act_text="приказ № 2", act_on=day(0), by=specialist)
    assert codes(refusal) == {"same"}
    report_progress(measure=measure, percent=50, note="", by=specialist)
    assert changes_since_approval(roadmap) == []  # how far it is does not change the plan
    with pytest.raises(Refused) as refusal:
        change_measure(measure=measure, plan=plan(due_on=day(40), person=methodologist), by=specialist)
    assert codes(refusal) == {"moved"}
    move_measure(measure=measure, to=day(40), reason="Карантин", by=specialist)
    changed = changes_since_approval(roadmap)
    assert [(one.field, one.now) for one in changed] == [("срок", f"{day(40):%d.%m.%Y}")]
    second = approve_roadmap(roadmap=roadmap, act_text="приказ № 2", act_on=day(0), by=specialist)
    first.refresh_from_db()
    assert first.content["measures"][0]["due_on"] == day(30).isoformat()
    assert second.content["measures"][0]["due_on"] == day(40).isoformat()
    with pytest.raises(Refused):
        delete_measure(measure=measure, by=specialist)


# --- marks


def test_two_people_close_one_measure_and_the_second_is_told_who_was_first(roadmap, specialist, head):
    measure = MeasureFactory(roadmap=roadmap)
    stale = Measure.objects.get(pk=measure.pk)
    finish_measure(measure=measure, on=day(0), result="Проведено", by=specialist)
    with pytest.raises(Refused) as refusal:
        finish_measure(measure=stale, on=day(0), result="И я провёл", by=head)
    assert codes(refusal) == {"done_already"}
    assert specialist.get_short_name() in str(refusal.value)
    assert Measure.objects.get(pk=measure.pk).result == "Проведено"
    with pytest.raises(Refused):
        move_measure(measure=stale, to=day(60), reason="Поздно", by=head)


def test_states_follow_from_days_and_marks(roadmap, specialist):
    expected = {
        "planned": MeasureFactory(roadmap=roadmap, starts_on=day(1), due_on=day(9)),
        "on_time": MeasureFactory(roadmap=roadmap, due_on=day(0)),
        "overdue": MeasureFactory(roadmap=roadmap, due_on=day(-1)),
        "moved": MeasureFactory(roadmap=roadmap),
        "dropped": MeasureFactory(roadmap=roadmap),
        "done": MeasureFactory(roadmap=roadmap),
    }
    move_measure(measure=expected["moved"], to=day(25), reason="Отпуск", by=specialist)
    drop_measure(measure=expected["dropped"], reason="Дублирует другое", by=specialist)
    finish_measure(measure=expected["done"], on=day(-1), result="Есть", by=specialist)
    for state, measure in expected.items():
        assert Measure.objects.get(pk=measure.pk).state == state
        assert list(Measure.objects.in_state(state)) == [measure]
    assert Measure.objects.get(pk=expected["moved"].pk).state_text == f"перенесено с {day(20):%d.%m.%Y}"


@pytest.mark.parametrize(
    ("second", "late"),
    [(datetime(2026, 5, 20, 20, 59, 59, tzinfo=UTC), False), (datetime(2026, 5, 20, 21, tzinfo=UTC), True)],
)
def test_a_term_ends_with_the_last_second_of_the_municipalitys_day(roadmap, monkeypatch, second, late):
    """Midnight of Moscow is 21:00 UTC."""
    measure = MeasureFactory(roadmap=roadmap, starts_on=date(2026, 5, 1), due_on=date(2026, 5, 20))
    monkeypatch.setattr(timezone, "now", lambda: second)
    assert measure.is_overdue is late
    assert Measure.objects.in_state("overdue").exists() is late
    assert Measure.objects.overdue().exists() is late


def test_a_mark_is_taken_back_for_a_reason_and_the_result_stays_in_the_history(roadmap, specialist):
    measure = MeasureFactory(roadmap=roadmap)
    finish_measure(measure=measure, on=day(0), result="Ошиблись строкой", by=specialist)
    with pytest.raises(Refused):
        reopen_measure(measure=measure, reason=" ", by=specialist)
    reopened = reopen_measure(measure=measure, reason="Не та строка", by=specialist)
    assert (reopened.state, reopened.percent) == ("on_time", 99)
    assert "Ошиблись строкой" in events.history(measure).filter(kind="roadmaps.measure_reopened").get().text


def test_the_one_who_answers_marks_and_the_others_do_not(roadmap, methodologist, director, specialist):
    measure = MeasureFactory(roadmap=roadmap, person=methodologist)
    report_progress(measure=measure, percent=30, note="Начали", by=methodologist)
    with pytest.raises(Refused):
        move_measure(measure=measure, to=day(25), reason="Хочу", by=methodologist)
    with pytest.raises(Refused):
        finish_measure(measure=measure, on=day(0), result="Готово", by=director)
    finish_measure(measure=measure, on=day(0), result="Готово", covered=120, by=methodologist)


@pytest.mark.parametrize(
    ("to", "reason", "code"), [(20, "х", "same_day"), (500, "х", "outside"), (25, "", "no_reason")]
)
def test_refused_moves(roadmap, specialist, to, reason, code):
    with pytest.raises(Refused) as refusal:
        move_measure(measure=MeasureFactory(roadmap=roadmap), to=day(to), reason=reason, by=specialist)
    assert codes(refusal) == {code}


def test_proofs_are_checked_and_a_refused_file_marks_nothing(roadmap, specialist, school, director, other_director):
    measure = MeasureFactory(roadmap=roadmap)
    measure.organizations.add(school)
    with pytest.raises(Refused) as refusal:
        finish_measure(measure=measure, on=day(0), result="Есть", proof=(BytesIO(b"MZ"), "run.exe"), by=specialist)
    assert codes(refusal) == {"wrong_type"}
    assert Measure.objects.get(pk=measure.pk).done_on is None
    own = add_proof(measure=measure, proof=(BytesIO(PDF), "итог.pdf"), note="", by=director)
    assert own.organization == school
    with pytest.raises(Refused):
        add_proof(measure=measure, proof=(BytesIO(PDF), "чужой.pdf"), note="", by=other_director)


# --- copying, end, stages, means, moving


@pytest.mark.parametrize(
    ("day_", "old", "new", "expected"),
    [
        (date(2026, 3, 1), date(2025, 9, 1), date(2026, 9, 1), date(2027, 3, 1)),
        (date(2028, 2, 29), date(2027, 9, 1), date(2028, 9, 1), date(2029, 2, 28)),
        (date(2026, 3, 1), date(2025, 9, 1), date(2025, 9, 11), date(2026, 3, 11)),
    ],
)
def test_days_move_by_whole_years_or_by_days(day_, old, new, expected):
    assert moved_day(day_, old=old, new=new) == expected


def test_last_years_roadmap_is_copied_with_its_days_moved_and_without_marks(roadmap, specialist, school):
    measure = MeasureFactory(roadmap=roadmap, person=specialist)
    measure.organizations.add(school)
    add_resource(measure=measure, new=NewResource("staff", 10, [school]), by=specialist)
    finish_measure(measure=measure, on=day(0), result="Есть", by=specialist)
    drop_measure(measure=MeasureFactory(roadmap=roadmap), reason="Лишнее", by=specialist)
    shift = timedelta(days=7)
    new = NewRoadmap("support", "На другой год", roadmap.starts_on + shift, roadmap.ends_on + shift)
    made = copy_roadmap(roadmap=roadmap, new=new, by=specialist)
    (copied,) = made.measures.all()
    assert (made.state, made.version, made.copied_from) == ("draft", 0, roadmap)
    assert (copied.due_on, copied.person, copied.done_on, copied.percent) == (day(27), specialist, None, 0)
    assert [one.amount for one in copied.resources.all()] == [10]
    assert list(copied.organizations.all()) == [school]


def test_a_closed_roadmap_takes_no_changes(roadmap, specialist):
    measure = MeasureFactory(roadmap=roadmap)
    with pytest.raises(Refused) as refusal:
        end_roadmap(roadmap=roadmap, state="finished", reason="", by=specialist)
    assert codes(refusal) == {"no_reason"}
    end_roadmap(roadmap=roadmap, state="finished", reason="Срок вышел", by=specialist)
    for write in (
        lambda: plan_measure(roadmap=roadmap, plan=plan(), by=specialist),
        lambda: finish_measure(measure=measure, on=day(0), result="Есть", by=specialist),
        lambda: add_proof(measure=measure, proof=(BytesIO(PDF), "а.pdf"), note="", by=specialist),
    ):
        with pytest.raises(Refused) as refusal:
            write()
        assert codes(refusal) == {"closed"}


def test_faults_of_a_new_roadmap(specialist):
    with pytest.raises(Refused) as refusal:
        create_roadmap(new=NewRoadmap("direction", "", day(5), day(1)), by=specialist)
    assert codes(refusal) == {"no_title", "days", "no_direction"}
    off = DirectionFactory(is_active=False)
    with pytest.raises(Refused) as refusal:
        create_roadmap(new=NewRoadmap("direction", "План", day(0), day(9), direction=off), by=specialist)
    assert codes(refusal) == {"direction_off"}


def test_reports_of_stages_by_the_organisation_of_the_platform(school, director, other_director, specialist):
    platform = RoadmapFactory(kind="platform", organization=school, author=specialist)
    first = set_stage(roadmap=platform, new=NewStage("Первый", day(-100), day(50)), by=specialist)
    later = set_stage(roadmap=platform, new=NewStage("Второй", day(51), day(300)), by=specialist)
    assert [first.number, later.number] == [1, 2]
    with pytest.raises(Refused):
        report_stage(stage=first, text="Не наш", by=other_director)
    with pytest.raises(Refused) as refusal:
        report_stage(stage=later, text=" ", by=director)
    assert codes(refusal) == {"no_text", "early"}
    report_stage(stage=first, text="Сделано", report=(BytesIO(PDF), "отчёт.pdf"), by=director)
    assert Stage.objects.get(pk=first.pk).reported_by == director


def test_sums_by_school_and_kind_without_turning_absent_into_zero(roadmap, specialist, school, other_school):
    measure = MeasureFactory(roadmap=roadmap, part=Part.SUPPORT)
    add_resource(measure=measure, new=NewResource("financial", 100, [school, other_school]), by=specialist)
    add_resource(measure=measure, new=NewResource("financial", 50, [school]), by=specialist)
    add_resource(measure=measure, new=NewResource("staff", None, [school], "наставник"), by=specialist)
    dropped = MeasureFactory(roadmap=roadmap)
    add_resource(measure=dropped, new=NewResource("methodical", 7), by=specialist)
    drop_measure(measure=dropped, reason="Лишнее", by=specialist)
    found = means_of(roadmap)
    assert [(one.organization, one.sums["financial"], one.sums["staff"]) for one in found.lines] == [
        (school, 150, None),
        (other_school, 100, None),
    ]
    assert (found.whole.total, found.whole.sums["methodical"], found.whole.unpriced) == (250, None, 1)
    with pytest.raises(Refused) as refusal:
        add_resource(measure=measure, new=NewResource("staff"), by=specialist)
    assert codes(refusal) == {"nothing"}


def test_plans_of_a_joined_school_move_and_what_was_done_stays(roadmap, specialist, school, other_school, director):
    open_one, done = MeasureFactory(roadmap=roadmap), MeasureFactory(roadmap=roadmap)
    for one in (open_one, done):
        one.organizations.add(school)
    add_resource(measure=open_one, new=NewResource("staff", 5, [school]), by=specialist)
    finish_measure(measure=done, on=day(0), result="Есть", by=specialist)
    own = RoadmapFactory(kind="school", organization=school, author=director)
    merged.send(Organization, old=school, new=other_school, by=specialist)
    assert list(open_one.organizations.all()) == [other_school]
    assert list(done.organizations.all()) == [school]
    assert open_one.resources.get().organization == other_school
    assert Roadmap.objects.get(pk=own.pk).organization == other_school
    assert events.history(open_one).filter(kind="roadmaps.moved_to_successor").exists()
