"""Invented pupils answer believably, and what was planted is there."""

import numpy as np
import pytest

from apps.desk.demo import catalog, responses
from apps.desk.demo.responses import SKIPPED, Answers
from apps.desk.demo.works import NEW_RUSSIAN_4, Item, Work

SEED = 20251
WORK = Work("Математика", 6, tuple(Item(str(number), 1 + number % 2, "Б") for number in range(1, 13)), (6, 10, 15))
BY_CODE = {school.code: school for school in catalog.SCHOOLS}


@pytest.fixture(scope="module")
def municipality() -> dict[str, Answers]:
    return {code: responses.answers(school, WORK, 0, SEED) for code, school in BY_CODE.items()}


def _share(answers: list[Answers], mark: int) -> float:
    marks = np.concatenate([one.marks[~one.absent] for one in answers])
    return float(np.mean(marks == mark))


def test_totals_are_sums_of_scores_within_their_maxima(municipality: dict[str, Answers]) -> None:
    maxima = np.array([item.maximum for item in WORK.items])
    for answers in municipality.values():
        present = ~answers.absent
        points = np.where(answers.scores == SKIPPED, 0, answers.scores)
        assert (points[present] <= maxima).all()
        assert (points.sum(axis=1)[present] == answers.totals[present]).all()
        assert (answers.scores[answers.absent] == SKIPPED).all()


def test_marks_follow_the_bounds() -> None:
    totals = np.array([0, 9, 10, 15, 16, 21, 22, 24])
    assert responses.marks_of(totals, NEW_RUSSIAN_4.bounds).tolist() == [2, 2, 3, 3, 4, 4, 5, 5]


def test_municipality_has_its_usual_shares_of_marks(municipality: dict[str, Answers]) -> None:
    everybody = list(municipality.values())
    assert _share(everybody, 2) == pytest.approx(responses.SHARE_OF_TWOS[6], abs=0.035)
    assert _share(everybody, 5) == pytest.approx(responses.SHARE_OF_FIVES[6], abs=0.035)


def test_weak_schools_have_a_third_of_twos_and_strong_ones_few(municipality: dict[str, Answers]) -> None:
    assert _share([municipality["school-06"], municipality["school-12"]], 2) >= 0.3
    assert _share([municipality["school-04"]], 2) < 0.08


def test_journal_goes_with_the_marks(municipality: dict[str, Answers]) -> None:
    marks, journal = (
        np.concatenate([getattr(answers, name)[~answers.absent] for answers in municipality.values()])
        for name in ("marks", "journal")
    )
    assert 0.45 < np.corrcoef(marks, journal)[0, 1] < 0.85
    assert set(journal.tolist()) == {2, 3, 4, 5}


def _pile(answers: Answers) -> float:
    """How many times more totals stand on the bounds of marks than a point below them."""
    totals = answers.totals[~answers.absent]
    on = sum(int((totals == bound).sum()) for bound in WORK.bounds)
    below = sum(int((totals == bound - 1).sum()) for bound in WORK.bounds)
    return on / max(1, below)


def test_planted_pile_at_the_bounds_begins_in_its_year() -> None:
    lifted = BY_CODE[responses.LIFTED]
    honest, suspicious = (
        _pile(responses.answers(lifted, WORK, year, SEED)) for year in (0, responses.LIFTED_FROM_YEAR)
    )
    assert honest < 2.5
    assert suspicious > 4


def test_risen_school_rises_without_a_pile() -> None:
    risen = BY_CODE[responses.RISEN]
    before, after = (responses.answers(risen, WORK, year, SEED) for year in (1, responses.RISEN_FROM_YEAR))
    assert np.mean(after.totals[~after.absent]) > np.mean(before.totals[~before.absent]) * 1.12
    assert _pile(after) < 2.5


def test_merged_school_writes_nothing_after_the_merger() -> None:
    assert responses.answers(BY_CODE[catalog.MERGED], WORK, 2, SEED).size == 0
