"""How two versions of a roadmap differ."""

import pytest

from apps.roadmaps.plans.content import Change, compare, digest


def content(**changes):
    measure = {"key": 1, "title": "Семинар", "due_on": "2026-05-01", "resources": []}
    return {"title": "План", "stages": [], "measures": [{**measure, **changes}]}


def test_same_content_has_no_changes_and_one_digest():
    assert compare(content(), content()) == []
    assert digest(content()) == digest({**content()})
    assert digest(content()) != digest(content(title="Другое"))


def test_a_moved_term_is_told_by_days_as_people_write_them():
    assert compare(content(), content(due_on="2026-06-15")) == [
        Change("changed", "мероприятие", "Семинар", "срок", "01.05.2026", "15.06.2026")
    ]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [({"measures": []}, content(), "added"), (content(), {"title": "План", "measures": []}, "removed")],
)
def test_lines_that_came_and_went(before, after, what):
    found = [one for one in compare(before, after) if one.about == "мероприятие"]
    assert [(one.what, one.title) for one in found] == [(what, "Семинар")]


def test_absent_is_said_in_words_and_titles_of_the_plan_are_compared():
    changed = compare({"title": "А", "aim": ""}, {"title": "Б", "aim": "Цель"})
    assert [(one.field, one.was, one.now) for one in changed] == [
        ("название", "А", "Б"),
        ("цель", "не указано", "Цель"),
    ]
