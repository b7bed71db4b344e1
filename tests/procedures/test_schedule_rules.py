"""Rules of the schedule on hand-made slots: what is flagged, and what is not while it may still come out well."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from apps.procedures.schedule import rules
from apps.procedures.schedule.rules import Code, Slot, check, class_names, lessons_taken

MONDAY = date(2026, 11, 2)


def slot(work: int, first: int, last: int | None = None, **changes) -> Slot:
    """A work whose days are counted from a Monday; subject 1, grade 5, school 1 unless said."""
    start = MONDAY + timedelta(days=first)
    end = MONDAY + timedelta(days=first if last is None else last)
    said = {"school": 1, "grade": 5, "subject": work, **changes}
    return Slot(work=work, title=f"Работа {work}", first=start, last=end, **said)


def codes(*slots: Slot, hours=None) -> list[str]:
    return [str(remark.code) for remark in check(slots, hours)]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        pytest.param([slot(1, 0), slot(2, 0)], ["same_day"], id="two on one day"),
        pytest.param([slot(1, 0), slot(2, 1)], [], id="next day"),
        pytest.param([slot(1, 0), slot(2, 0, grade=6)], [], id="other grade"),
        pytest.param([slot(1, 0), slot(2, 0, school=2)], [], id="other school"),
        pytest.param(
            [slot(1, 0, classes=frozenset({"5А"})), slot(2, 0, classes=frozenset({"5Б"}))], [], id="other class"
        ),
        pytest.param([slot(1, 0, classes=frozenset({"5А"})), slot(2, 0)], ["same_day"], id="a class of the parallel"),
        pytest.param([slot(1, 0, 3), slot(2, 2, 5)], ["windows"], id="short windows meet"),
        pytest.param([slot(1, 0, 3), slot(2, 3)], ["windows"], id="a day in a short window"),
        pytest.param([slot(1, 0, 30), slot(2, 2, 5)], [], id="a long window leaves room"),
        pytest.param([slot(1, 0, 6), slot(2, 6, 12)], ["windows"], id="seven days are short"),
        pytest.param([slot(1, 0), slot(2, 17, subject=1)], ["gap"], id="17 days are less than 17.5"),
        pytest.param([slot(1, 0), slot(2, 18, subject=1)], [], id="18 days are enough"),
        pytest.param([slot(1, 0, 4), slot(2, 10, 20, subject=1)], [], id="a good choice of days is left"),
        pytest.param([slot(1, 0, 4), slot(2, 10, 17, subject=1)], ["gap"], id="no choice helps"),
        pytest.param(
            [slot(1, 0), slot(2, 5, subject=1, in_lessons=False)], [], id="exams and olympiads are not counted"
        ),
        pytest.param([slot(1, 0, lesson=1)], ["edge"], id="first lesson"),
        pytest.param([slot(1, 0, lesson=6, lessons_in_day=6)], ["edge"], id="last lesson"),
        pytest.param([slot(1, 0, lesson=5, lessons_in_day=6, length=2)], ["edge"], id="two lessons up to the last"),
        pytest.param([slot(1, 0, lesson=3, lessons_in_day=6)], [], id="in the middle"),
        pytest.param([slot(1, 0)], [], id="a lesson not said is not judged"),
        pytest.param([slot(1, 2)], ["day_off"], id="the fourth of November"),
        pytest.param([slot(1, 6)], ["day_off"], id="a Sunday"),
        pytest.param([slot(1, 5)], [], id="a Saturday may be a day of lessons"),
        pytest.param([slot(1, 2, in_lessons=False)], [], id="an olympiad may be on a day off"),
        pytest.param([slot(1, 1, 7)], [], id="a window over a day off leaves others"),
        pytest.param([slot(1, 51), slot(2, 68, subject=1)], ["gap"], id="17 days over the end of the year"),
    ],
)
def test_what_is_flagged(slots, expected) -> None:
    assert codes(*slots) == expected
    assert codes(*reversed(slots)) == expected


@pytest.mark.parametrize(("hours", "expected"), [(39, ["hours"]), (40, []), (None, [])])
def test_more_than_a_tenth_of_the_hours(hours, expected) -> None:
    """Four works of a lesson each: 4 of 39 hours is 10.26 %, of 40 exactly 10 %."""
    works = [slot(number, 28 * number, subject=1) for number in range(4)]
    assert codes(*works, hours={(1, 1, 5): hours} if hours else {}) == expected


@pytest.mark.parametrize(("hours", "expected"), [(34, []), (35, []), (36, ["edge"]), (None, ["edge"])])
def test_the_edge_of_a_day_is_left_to_subjects_of_one_lesson_a_week(hours, expected) -> None:
    works = [slot(1, 0, subject=1, lesson=6, lessons_in_day=6)]
    assert codes(*works, hours={(1, 1, 5): hours} if hours else None) == expected


def test_lessons_are_those_of_the_class_with_most() -> None:
    works = [
        slot(1, 0, length=2),
        slot(2, 20, classes=frozenset({"5А"})),
        slot(3, 40, classes=frozenset({"5А", "5Б"})),
        slot(4, 60, classes=frozenset({"5Б"}), length=3),
    ]
    assert lessons_taken(works) == 2 + max(1 + 1, 1 + 3)
    assert rules.share_of_hours(6, 136) == Decimal(600) / 136
    assert rules.share_of_hours(6, None) is None


def test_classes_are_read_as_people_write_them() -> None:
    assert class_names(" 5а, 5 Б;5В ") == {"5А", "5Б", "5В"}
    assert class_names("") == frozenset()
    assert class_names("а, «Б», 5-В, 5A", 5) == {"5А", "5Б", "5В"}  # the last A is Latin


def test_every_rule_names_its_source_and_state() -> None:
    assert {rule.code for rule in rules.RULES} == set(Code)
    for rule in rules.RULES:
        assert rule.source
        assert rule.advice
        assert rule.state == ("unconfirmed" if "СК-228/03" in rule.source else "proposal")
