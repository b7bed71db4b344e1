"""Results of a school made from the points of its pupils, summed as an import sums them (no file is read)."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from apps.organizations.models import Organization
from apps.procedures import matrices
from apps.procedures.matrices import Participants
from apps.procedures.models import Item, Procedure, ResultAggregate
from tests.factories.results import ParticipatingSchoolFactory, ResultFileFactory


def work_of(procedure: Procedure, maxima: Sequence[int], levels: str = "", skills: Sequence[str] = ()) -> list[Item]:
    """Items of a work with their maxima, levels and skills."""
    procedure.max_score = sum(maxima)
    procedure.save(update_fields=["max_score"])
    return Item.objects.bulk_create(
        Item(
            procedure=procedure, position=place, number=str(place + 1), maximum=maximum,
            level=levels[place : place + 1], skill=skills[place] if place < len(skills) else "",
        )
        for place, maximum in enumerate(maxima)
    )  # fmt: skip


def scored(
    procedure: Procedure, organization: Organization | None, scores: Sequence[Sequence[int]], *,
    marks: Sequence[int] = (), journal: Sequence[int] = (), tests: Sequence[int] | None = None, **school: Any,
) -> ResultAggregate:  # fmt: skip
    """The additive parts of a school; `marks` and `journal` go with the pupils, 0 is none."""
    size = len(scores)
    matrix = np.array(scores, np.uint8).reshape(size, -1)
    people = Participants(
        matrix,
        matrix.astype(np.int16).sum(axis=1),
        np.array(list(marks) or [0] * size, np.uint8),
        np.array(list(journal) or [0] * size, np.uint8),
        np.arange(size, dtype=np.int64),
        np.zeros(size, np.uint8),
        None if tests is None else np.array(tests, np.int16),
    )
    maxima = list(procedure.items.values_list("maximum", flat=True))
    maximum = procedure.max_score
    found = matrices.parts(people, np.zeros(size, np.int32), 1, maxima=maxima, maximum=maximum)
    names = [name for name in found.__dataclass_fields__ if name != "item_details"]
    values = {name: getattr(found, name)[0].tolist() for name in names}
    return ResultAggregate.objects.create(
        procedure=procedure,
        school=ParticipatingSchoolFactory(organization=organization, **school),
        file=ResultFileFactory(),
        item_details=matrices.packed(found.item_details[0]),
        digest="0" * 64,
        **values,
    )
