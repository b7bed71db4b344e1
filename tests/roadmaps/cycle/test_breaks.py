"""Broken chains: an honest cycle has none, each of thirty planted breaks is found and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.roadmaps.cycle.breaks import breaks_of
from apps.roadmaps.cycle.facts import Chain, Item, Stage
from apps.roadmaps.cycle.spreading import spread

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
TODAY = date(2026, 8, 1)
CODE = frozenset({"1.2"})
SCHOOLS = frozenset({1, 2, 3})


def item(label, position, day, *bases, **fields):
    known = {"directions": CODE, "bases": frozenset((one, "1") for one in bases), **fields}
    return Item((label, "1"), label, label, position, day, **known)


def honest():
    """A whole cycle of one direction, as a municipality that does everything right leaves it."""
    return {
        one.key[0]: one
        for one in (
            item("Concept", 1, date(2024, 5, 6), is_standing=True),
            item("Goal", 1, date(2025, 9, 2), "Concept", is_standing=True),
            item("Set", 2, date(2025, 9, 3), is_standing=True),
            item("Method", 3, date(2025, 9, 10), is_standing=True),
            item("Campaign", 4, date(2025, 10, 1)),
            item("Conclusion", 5, date(2025, 11, 10), "Campaign", organizations=SCHOOLS),
            item("Sign", 5, date(2025, 11, 12), organizations=SCHOOLS),
            item(
                "Recommendation", 6, date(2025, 11, 20), "Conclusion", organizations=frozenset({1, 2}),
                due_on=date(2025, 12, 20), finished_on=date(2025, 12, 18),
            ),
            item("Roadmap", 7, date(2025, 11, 25), "Goal", is_standing=True, is_frame=True),
            item(
                "Measure", 7, date(2025, 12, 1), "Recommendation", "Roadmap", organizations=frozenset({1, 2}),
                due_on=date(2026, 3, 1), finished_on=date(2026, 2, 27), result="Проведено.", needs_result=True,
            ),
            item(
                "Open", 7, date(2025, 12, 1), "Roadmap", due_on=date(2026, 12, 1), needs_result=True, is_standing=True,
                ended_on=date(2026, 12, 1),
            ),
            item("Decision", 8, date(2025, 12, 5), "Conclusion", organizations=frozenset({1, 2, 3})),
            item("Result", 8, date(2025, 12, 9), "Decision"),
            item("Reasoned", 8, date(2026, 1, 15), excuse="Поручение региона."),
            item("Effect", 9, date(2026, 7, 1), "Measure", organizations=frozenset({1, 2})),
        )
    }  # fmt: skip


def found_in(items, **moments):
    chain = Chain.of(spread(list(items.values())))
    return breaks_of(chain, first=FIRST, last=LAST, today=moments.get("today", TODAY))


def changed(label, **fields):
    def plant(items):
        items[label] = replace(items[label], **fields)

    return plant


def keys(*labels):
    return frozenset((label, "1") for label in labels)


def only_older(label):
    """The position keeps nothing of the year."""

    def plant(items):
        items[label] = replace(items[label], day=FIRST - timedelta(days=200))
        if label == "Conclusion":
            items["Sign"] = replace(items["Sign"], day=FIRST - timedelta(days=100))

    return plant


def gone(label):
    def plant(items):
        del items[label]

    return plant


PLANTED = (
    # a document older than its basis
    ("recommendation before its conclusion", "older_than_basis", "Recommendation",
     changed("Recommendation", day=date(2025, 11, 9))),
    ("decision before its conclusion", "older_than_basis", "Decision", changed("Decision", day=date(2025, 11, 1))),
    ("measure before its recommendation", "older_than_basis", "Measure", changed("Measure", day=date(2025, 11, 19))),
    ("order of results before the order of the event", "older_than_basis", "Result",
     changed("Result", day=date(2025, 12, 4))),
    ("conclusion before the data", "older_than_basis", "Conclusion", changed("Conclusion", day=date(2025, 9, 30))),
    ("goal before the concept", "older_than_basis", "Goal", changed("Concept", day=date(2025, 9, 3))),
    # organisations that do not agree
    ("recommendation to a school nobody analysed", "organizations", "Recommendation",
     changed("Recommendation", organizations=frozenset({1, 2, 9}))),
    ("measure in a school without recommendation", "organizations", "Measure",
     changed("Measure", organizations=frozenset({1, 3}))),
    ("decision about schools nobody analysed", "organizations", "Decision",
     changed("Decision", organizations=frozenset({7}))),
    ("effect of other schools", "effect_organizations", "Effect", changed("Effect", organizations=frozenset({1, 3}))),
    ("effect of a part of the schools", "effect_organizations", "Effect",
     changed("Effect", organizations=frozenset({1}))),
    # acts that are void or not signed
    ("decision not signed", "unsigned", "Result", changed("Result", stage=Stage.DRAFT, state="проект")),
    ("method not approved", "unsigned", "Method", changed("Method", stage=Stage.DRAFT, state="проект")),
    ("roadmap not approved", "unsigned", "Roadmap",
     changed("Roadmap", stage=Stage.DRAFT, state="проект")),
    ("basis cancelled", "void_basis", "Result", changed("Decision", stage=Stage.VOID, state="отменено")),
    ("conclusion withdrawn", "void_basis", "Recommendation",
     changed("Conclusion", stage=Stage.VOID, state="снят")),
    ("position holds only a cancelled method", "void", "Method", changed("Method", stage=Stage.VOID)),
    ("the kind's own remark", "act_void", "Set", changed("Set", remarks=(("act_void", "Акт утратил силу."),))),
    # what rests on nothing
    ("recommendation without conclusion", "no_conclusion", "Recommendation",
     changed("Recommendation", bases=keys("Goal"))),
    ("decision without basis", "no_basis", "Reasoned", changed("Reasoned", excuse="")),
    ("measure without basis", "measure_alone", "Measure", changed("Measure", bases=keys())),
    ("effect without a measure", "effect_alone", "Effect", changed("Effect", bases=keys("Conclusion"))),
    ("basis that was deleted", "lost_basis", "Recommendation", gone("Conclusion")),
    # results
    ("measure without result after its term", "no_result", "Measure",
     changed("Measure", finished_on=None, result="", needs_result=True)),
    ("recommendation nobody answered", "not_answered", "Recommendation",
     changed("Recommendation", finished_on=None, needs_result=True, result="не отчитались 2 из 2")),
    ("measure with a term before its start", "due_before_start", "Measure",
     changed("Measure", due_on=date(2025, 11, 30))),
    ("measure done before it began", "finished_before_start", "Measure",
     changed("Measure", finished_on=date(2025, 11, 30), result="Сделано.")),
    ("effect counted before the measure ended", "effect_too_early", "Effect",
     changed("Effect", day=date(2026, 2, 1))),
    # of another direction, of another year
    ("decision on the analysis of another direction", "directions", "Decision",
     changed("Decision", directions=frozenset({"2.1"}))),
    ("monitoring of last year only", "outside_year", "", only_older("Campaign")),
)  # fmt: skip


def test_a_whole_honest_cycle_has_no_breaks():
    items = honest()
    assert {one.position for one in items.values()} == set(range(1, 10))
    assert found_in(items) == []


def test_there_are_thirty_planted_breaks():
    assert len(PLANTED) == 30
    assert len({name for name, *_ in PLANTED}) == 30


@pytest.mark.parametrize(("code", "label", "plant"), [pytest.param(*rest, id=name) for name, *rest in PLANTED])
def test_a_planted_break_is_found(code, label, plant):
    items = honest()
    plant(items)
    found = found_in(items)
    assert any(one.code == code and (one.key or ("",))[0] == label for one in found), found
    # Nothing is said of objects that the break does not touch.
    touched = {label, *(one.key[0] for one in items.values() if any(b[0] == label for b in one.bases))}
    near = {b[0] for one in items.values() if one.key[0] == label for b in one.bases}
    after = {one.key[0] for one in items.values() if any(b[0] in near | touched for b in one.bases)}
    assert all(one.key is None or one.key[0] in touched | near | after for one in found), found


def test_all_thirty_at_once_are_thirty_findings():
    """Thirty cycles side by side in one chain, one break each: none hides another."""
    items, wanted = [], []
    for number, (_, code, label, plant) in enumerate(PLANTED):
        cycle = honest()
        plant(cycle)
        own = f"d{number}"
        for one in cycle.values():
            items.append(
                replace(
                    one,
                    key=(one.key[0], str(number)),
                    bases=frozenset((name, str(number)) for name, _ in one.bases),
                    directions=frozenset({own} if one.directions == CODE else {f"{own}-other"}),
                )
            )
        wanted.append((code, label, str(number)))
    found = breaks_of(Chain.of(items), first=FIRST, last=LAST, today=TODAY)
    seen = {(one.code, one.key[0], one.key[1]) if one.key else (one.code, "", min(one.directions)[1:]) for one in found}
    assert set(wanted) - seen == set()


def test_a_basis_that_the_reader_may_not_see_is_no_break():
    items = honest()
    del items["Conclusion"]
    chain = Chain.of(list(items.values()), hidden=keys("Conclusion"))
    assert breaks_of(chain, first=FIRST, last=LAST, today=TODAY) == []


def test_a_measure_that_ended_a_year_ago_asks_for_its_effect():
    items = honest()
    del items["Effect"]
    assert found_in(items) == []
    late = found_in(items, today=date(2027, 3, 1))
    assert [(one.code, one.key[0]) for one in late if one.code == "no_effect"] == [("no_effect", "Measure")]


def test_only_the_asked_objects_are_examined():
    items = honest()
    items["Reasoned"] = replace(items["Reasoned"], excuse="")
    chain = Chain.of(list(items.values()))
    others = {one.key for one in items.values()} - {("Reasoned", "1")}
    assert breaks_of(chain, first=FIRST, last=LAST, today=TODAY, keys=others) == []
    assert len(breaks_of(chain, first=FIRST, last=LAST, today=TODAY)) == 1


def test_directions_spread_along_the_chain_both_ways():
    none = frozenset()
    chain = [
        item("Conclusion", 5, TODAY, directions=none),
        item("Recommendation", 6, TODAY, "Conclusion", directions=none),
        item("Decision", 8, TODAY, "Recommendation"),
        item("Alone", 8, TODAY, directions=none),
    ]
    codes = {one.key[0]: one.directions for one in spread(chain)}
    assert codes == {"Conclusion": CODE, "Recommendation": CODE, "Decision": CODE, "Alone": none}


@pytest.mark.parametrize(
    ("day", "fields", "inside"),
    [
        pytest.param(FIRST, {}, True, id="first day"),
        pytest.param(LAST, {}, True, id="last day"),
        pytest.param(FIRST - timedelta(days=1), {}, False, id="day before"),
        pytest.param(FIRST - timedelta(days=900), {"is_standing": True}, True, id="still in force"),
        pytest.param(
            FIRST - timedelta(days=900), {"is_standing": True, "ended_on": FIRST - timedelta(days=1)}, False, id="ended"
        ),
        pytest.param(LAST + timedelta(days=1), {"is_standing": True}, False, id="not yet"),
    ],
)
def test_which_year_an_object_belongs_to(day, fields, inside):
    assert item("Goal", 1, day, **fields).is_in(FIRST, LAST) is inside
