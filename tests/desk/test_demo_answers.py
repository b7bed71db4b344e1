"""Answers of the forms agree with themselves: control sums exact, parts within the whole, steady over years."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from apps.desk.demo import catalog
from apps.desk.demo.answers import FORMS, Answers
from apps.desk.demo.chance import Draw

SEED = 7
YEARS = (0, 1, 2)
WITH_PRESCHOOL = [school for school in catalog.SCHOOLS if school.preschool]
CASES = {
    "so_oo": [school for school in catalog.SCHOOLS if school.code != catalog.MERGED],
    "so_doo": [*catalog.KINDERGARTENS, *WITH_PRESCHOOL],
    "so_dod": list(catalog.ADDITIONALS),
}
Check = Callable[[Answers], bool]

# The control ratios of the packs and the wholes of their shares, written out by hand.
SUMS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "so_oo": [("1.1", ("1.2", "1.3", "1.4")), ("1.29", ("1.29.1", "1.29.2"))],
    "so_doo": [
        ("1.1", ("1.1.1", "1.1.2", "1.1.3", "1.1.4")),
        ("1.1", ("1.2", "1.3")),
        ("1.4", ("1.4.1", "1.4.2", "1.4.3")),
        ("1.8", ("1.8.1", "1.8.2")),
    ],
    "so_dod": [
        ("1.1", ("1.1.1", "1.1.2", "1.1.3", "1.1.4")),
        ("1.6", ("1.6.1", "1.6.2", "1.6.3", "1.6.4")),
        ("1.11", tuple(f"1.11.{level}" for level in range(1, 6))),
        ("1.17", ("1.17.1", "1.17.2")),
        ("2.2", tuple(f"2.2.{room}" for room in range(1, 7))),
        ("2.3", ("2.3.1", "2.3.2", "2.3.3")),
    ],
}
WITHIN: dict[str, list[tuple[str, str]]] = {
    "so_oo": [
        *[(part, "1.1") for part in ("1.5", "1.18", "1.20", "1.22", "1.23", "2.5")],
        *[(part, "A.9") for part in ("1.10", "1.11", "1.14", "1.16")],
        *[(part, "A.11") for part in ("1.12", "1.13", "1.15", "1.17")],
        *[(part, "1.24") for part in ("1.25", "1.27", "1.29", "1.30.1", "1.30.2", "1.31", "1.32")],
        ("1.19", "1.18"), ("1.19.1", "1.19"), ("1.19.2", "1.19"), ("1.19.3", "1.19"), ("1.21", "1.4"),
        ("1.26", "1.25"), ("1.28", "1.27"), ("1.24", "A.staff"), ("1.33", "A.staff"), ("1.34", "A.staff"),
    ],
    "so_doo": [
        *[(part, "1.7") for part in ("1.7.1", "1.7.3", "1.8", "1.9.1", "1.9.2", "1.10", "1.11")],
        ("1.5", "1.1"), ("1.5.1", "1.5"), ("1.7.2", "1.7.1"), ("1.7.4", "1.7.3"), ("1.7", "A.staff"),
        ("1.12", "A.staff"), ("1.13", "A.staff"),
    ],
    "so_dod": [
        *[(part, "1.1") for part in ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.10", "2.7")],
        *[(f"1.9.{level}", f"1.8.{level}") for level in range(1, 6)],
        *[(part, "1.12") for part in ("1.13", "1.15", "1.17", "1.18.1", "1.18.2", "1.19", "1.20")],
        ("1.9", "1.8"), ("1.14", "1.13"), ("1.16", "1.15"), ("1.12", "A.ped_ahr"), ("1.21", "A.ped_ahr"),
        ("A.ped_ahr", "A.staff"), ("1.22", "A.staff"), ("1.23.2", "1.23.1"),
    ],
}  # fmt: skip
READING_ROOM = {"so_oo": "2.4", "so_dod": "2.6"}


def _all(pack: str) -> list[Answers]:
    return [FORMS[pack](Draw(portrait, year, SEED)) for portrait in CASES[pack] for year in YEARS]


@pytest.mark.parametrize("pack", FORMS)
def test_sums_are_exact(pack: str) -> None:
    for answers in _all(pack):
        for whole, parts in SUMS[pack]:
            assert answers[whole] == sum(answers[part] for part in parts), whole


@pytest.mark.parametrize("pack", FORMS)
def test_no_part_exceeds_its_whole_and_nothing_is_negative(pack: str) -> None:
    for answers in _all(pack):
        for part, whole in WITHIN[pack]:
            assert 0 <= answers[part] <= answers[whole], (part, whole)


@pytest.mark.parametrize("pack", READING_ROOM)
def test_equipment_stands_only_in_a_reading_room(pack: str) -> None:
    room = READING_ROOM[pack]
    for answers in _all(pack):
        assert answers[room] or not any(answers[f"{room}.{place}"] for place in range(1, 6))


def test_school_without_grade_eleven_has_no_mean_of_the_exam() -> None:
    nine = next(school for school in catalog.SCHOOLS if catalog.SECONDARY not in school.programmes)
    answers = FORMS["so_oo"](Draw(nine, 0, SEED))
    assert answers["1.8"] is None
    assert answers["1.9"] is None
    assert answers["A.11"] == 0


def test_years_differ_a_little_and_organisations_much() -> None:
    """Each row of a school drifts; a school does not change places with another from one year to the next."""
    shares = {}
    for school in CASES["so_oo"][:10]:
        for year in YEARS:
            answers = FORMS["so_oo"](Draw(school, year, SEED))
            shares[school.code, year] = Decimal(answers["1.5"]) / Decimal(answers["1.1"])
    drift = max(abs(shares[code, 1] - shares[code, 0]) for code, _ in shares)
    spread = max(shares[code, 0] for code, _ in shares) - min(shares[code, 0] for code, _ in shares)
    assert 0 < drift < Decimal("0.06")
    assert spread > Decimal("0.2")


def test_strong_schools_answer_better_than_weak_ones() -> None:
    by_strength = sorted(CASES["so_oo"], key=lambda school: school.strength)
    weak = [FORMS["so_oo"](Draw(school, 0, SEED)) for school in by_strength[:5]]
    strong = [FORMS["so_oo"](Draw(school, 0, SEED)) for school in by_strength[-5:]]
    assert sum(answers["1.7"] for answers in strong) / 5 > sum(answers["1.7"] for answers in weak) / 5 + Decimal("0.3")


@pytest.mark.parametrize("pack", FORMS)
def test_same_seed_same_answers(pack: str) -> None:
    portrait = CASES[pack][0]
    assert FORMS[pack](Draw(portrait, 1, SEED)) == FORMS[pack](Draw(portrait, 1, SEED))
    assert FORMS[pack](Draw(portrait, 1, SEED)) != FORMS[pack](Draw(portrait, 1, SEED + 1))
