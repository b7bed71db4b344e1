"""Item sums counted again from the matrices are the stored ones, and those of plain loops."""

import pytest

from apps.procedures import summing
from apps.procedures.models import Procedure, ResultAggregate
from tests.factories.procedures import imported
from tests.factories.result_files import f1, pupil

pytestmark = pytest.mark.django_db


def test_sums_of_classes_and_schools_are_the_stored_ones():
    rows = [(40001, (1, 2, "X"), 1), (40002, (1, "не пройд.", 1), 2), (40003, (0, 1, 1), 2)]
    imported(f1({"edu990101": [pupil(code, scores, 4, klass=klass) for code, scores, klass in rows],
                 "edu990102": [pupil(40001, (1, 0, 0), 3)]}))  # fmt: skip
    (found,) = summing.item_sums([Procedure.objects.get().pk])
    assert sorted(zip(found.participants.tolist(), found.sums.tolist(), strict=True)) == [
        (1, [1, 0, 0]),
        (1, [1, 2, 0]),
        (2, [1, 1, 2]),
    ]
    by_school = {school: sums.tolist() for school, sums in found.by_school().items()}
    stored = ResultAggregate.objects.values_list("school", "item_sums")
    assert by_school == dict(stored)


def test_works_without_results_give_nothing():
    assert list(summing.item_sums([999_999_999])) == []
