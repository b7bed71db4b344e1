"""Results of a study by class and by task: sums over the stored matrices, divided last."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import Q

from apps.procedures import matrices
from apps.procedures.models import Item, Procedure, ResultBlock
from apps.procedures.selectors import Analysis, municipality_analysis
from apps.procedures.storing import stored_people
from apps.procedures.studies.models import Study


@dataclass(frozen=True)
class ClassRow:
    """A class of an organisation: how many wrote, mean primary score, completion of each task in percent."""

    school: str
    class_label: str
    n: int
    mean: Decimal
    tasks: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Work:
    """One procedure of a study."""

    procedure: Procedure
    analysis: Analysis
    items: tuple[Item, ...]
    classes: tuple[ClassRow, ...]


def works(study: Study) -> list[Work]:
    found = study.procedures.select_related("subject", "period").order_by("grade", "subject__name")
    return [_work(procedure) for procedure in found]


def _work(procedure: Procedure) -> Work:
    items = tuple(procedure.items.all())
    blocks = (
        ResultBlock.objects.filter(procedure=procedure, school__organization__isnull=False)
        .select_related("school__organization", "procedure")
        .order_by("school__organization__number", "school__organization__name_key", "class_label")
    )
    rows = tuple(_class(block, items) for block in blocks)
    return Work(procedure, municipality_analysis(procedure), items, rows)


def _class(block: ResultBlock, items: tuple[Item, ...]) -> ClassRow:
    people = stored_people(block, len(items))
    maxima = [item.maximum for item in items]
    group = np.zeros(people.size, np.int64)
    parts = matrices.parts(people, group, 1, maxima=maxima, maximum=block.procedure.max_score)
    n = int(parts.participants[0])
    tasks = tuple(
        _completion(int(parts.item_sums[0][at]), int(parts.item_counts[0][at]), maximum)
        for at, maximum in enumerate(maxima)
    )
    mean = Decimal(int(parts.score_sum[0])) / n if n else Decimal(0)
    return ClassRow(str(block.school.organization), _name(block), n, mean, tasks)


def _name(block: ResultBlock) -> str:
    """«4А»; the label of a file is a letter, or a number of its own."""
    grade, label = block.procedure.grade, block.class_label
    if not label:
        return f"{grade}"
    return f"{grade}{label}" if label[0].isalpha() else f"{grade} ({label})"


def _completion(points: int, count: int, maximum: int | None) -> Decimal | None:
    return Decimal(100 * points) / (count * maximum) if maximum and count else None


def candidates(study: Study) -> Any:
    """Works that may belong to a study: with results of about its year, planned for its days, and those that do."""
    with_results = Procedure.objects.with_results().values("pk")
    recent = Q(pk__in=with_results, year__gte=study.starts_on.year - 1)
    planned = Procedure.objects.planned().between(study.starts_on, study.ends_on).filter(organization__isnull=True)
    return (
        Procedure.objects.filter(recent | Q(pk__in=planned.values("pk")) | Q(studies=study))
        .select_related("subject", "period")
        .distinct()
        .order_by("-year", "grade", "subject__name")
    )
