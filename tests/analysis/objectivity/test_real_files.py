"""The worked numbers of the real files of 2021 (one region, scales of «Описание КИМ» 2021).

They were taken before quarantine, over participants whose total stands in the file; so the files are read here by
the readers and nothing is stored.
"""

import numpy as np
import pytest

from apps.analysis.objectivity.arithmetic import federal, spikes
from apps.analysis.objectivity.arithmetic.work import Rule, Work
from apps.procedures.intake import read_sheets
from apps.procedures.readers import detect

FILES = {
    "РУ4": ("4/Проведение работы по русскому языку, 4 класс. ВПР 2021.xlsx", (14, 24, 33)),
    "МА4": ("4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx", (6, 10, 15)),
    "МА5": ("5/Проведение работы по математике, 5 класс. ВПР 2021.xlsx", (7, 11, 15)),
}


@pytest.fixture(scope="module")
def works(shared):
    """Participants with a total, as arrays."""
    found = {}
    for name, (path, bounds) in FILES.items():
        with (shared / "samples" / "altai_vpr" / "2021" / path).open("rb") as stream:
            results = detect.read(read_sheets(stream)).results[0]
        rows = np.flatnonzero(~results.marked_absent & (results.totals >= 0))
        _, school = np.unique(results.school[rows], return_inverse=True)
        totals = results.totals[rows].astype(np.int64)
        found[name] = Work(
            scores=np.zeros((len(rows), 1), np.int16), totals=totals, marks=np.zeros(len(rows), np.uint8),
            journal=results.journal[rows], school=school, schools=int(school.max()) + 1, maxima=np.array([1]),
            bounds=bounds, maximum=int(totals.max()),
        )  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("name", "schools", "every", "of_ten", "with_ten"),
    [("РУ4", 628, 94, 81, 491), ("МА4", 631, 80, 69, 495), ("МА5", 634, 115, 81, 490)],
)
def test_the_first_sign_marks_as_many_schools_as_was_counted_by_hand(works, name, schools, every, of_ten, with_ten):
    work = works[name]
    region = federal.Sample.of_histogram(work.histograms.sum(axis=0))
    assert work.schools == schools
    sample = federal.overstated(work.histograms, region, Rule(participants=2)).marked
    means = work.histograms @ np.arange(work.histograms.shape[1]) / work.sizes
    single = (work.sizes == 1) & (means > region.upper)  # counted by hand as if one pupil had s = 0
    assert int(sample.sum()) + int(single.sum()) == every
    assert int(federal.overstated(work.histograms, region, Rule()).marked.sum()) == of_ten
    assert int((work.sizes >= 10).sum()) == with_ten


@pytest.mark.parametrize(("name", "marked"), [("РУ4", 0), ("МА4", 0), ("МА5", 1)])
def test_the_second_sign_almost_never_marks(works, name, marked):
    outcome = federal.mismatch(works[name], Rule())
    assert int(outcome.marked.sum()) == marked


@pytest.mark.parametrize(("name", "ratio"), [("РУ4", 3.8), ("МА4", 4.9), ("МА5", 7.1)])
def test_the_region_has_a_ratio_of_its_own_at_the_first_bound(works, name, ratio):
    work = works[name]
    found = spikes.region_ratio(work.histograms.sum(axis=0), work.bounds[0])
    assert found == pytest.approx(ratio, abs=0.05)
