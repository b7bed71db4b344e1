"""Simulated works as an import stores them: matrices by class and additive parts by school."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np

from apps.analysis.objectivity.arithmetic.work import Work
from apps.core import files
from apps.organizations.models import Organization
from apps.procedures import storing
from apps.procedures.matrices import Participants, parts
from apps.procedures.models import (
    Batch,
    Item,
    ParticipatingSchool,
    Procedure,
    ResultAggregate,
    ResultBlock,
    ResultFile,
    Subject,
)


def result_file() -> ResultFile:
    kept = files.store(stream=BytesIO(b"simulated"), name="Ф1.csv", content_type=files.CSV, by=None)
    batch = Batch.objects.create()
    return ResultFile.objects.create(batch=batch, file=kept, name="Ф1.csv", sha256=kept.sha256, state="done")


def participating(owners: Sequence[Organization | None]) -> list[int]:
    """Schools of the files in order; None is a school that is not ours."""
    made = ParticipatingSchool.objects.bulk_create(
        ParticipatingSchool(system="fis_oko", digits=f"{number:06d}", prefix="edu", organization=owner)
        for number, owner in enumerate(owners, start=1)
    )
    return [school.pk for school in made]


def procedure(work: Work, *, subject: str = "Русский язык", grade: int = 4, **options) -> Procedure:
    made = Procedure.objects.create(
        kind=options.pop("kind", "vpr"), year=options["period"].ends_on.year, grade=grade,
        subject=Subject.objects.get_or_create(name=subject)[0], title=options.pop("title", f"ВПР. {subject}, {grade}"),
        max_score=work.maximum, bounds=list(work.bounds), **options,
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(procedure=made, position=place, number=str(place + 1), maximum=int(maximum))
        for place, maximum in enumerate(work.maxima)
    )
    return made


def store(work: Work, made: Procedure, schools: Sequence[int], file: ResultFile) -> None:
    """Write a work; `schools` are the rows of schools of the files in the order of the work's indexes."""
    people = Participants(
        work.scores.astype(np.uint8), work.totals, work.marks.astype(np.uint8), work.journal.astype(np.uint8),
        np.arange(len(work.totals)), np.ones(len(work.totals), np.uint8), None,
    )  # fmt: skip
    rows = []
    for place, school in enumerate(schools):
        own = people.take(work.school == place)
        rows.append(
            (
                made.pk, school, file.pk, "А", own.size, storing.octets(own.scores), storing.array(own.codes),
                storing.array(own.totals), storing.octets(own.variants), storing.octets(own.marks),
                storing.octets(own.journal), storing.NULL,
            )
        )  # fmt: skip
    storing.copy_rows(ResultBlock, storing._BLOCK_COLUMNS, rows)
    sums = parts(people, work.school, len(schools), maxima=work.maxima.tolist(), maximum=work.maximum)
    storing.copy_rows(
        ResultAggregate,
        storing._AGGREGATE_COLUMNS,
        ((made.pk, school, file.pk, 0, "", *storing._part_cells(sums, place)) for place, school in enumerate(schools)),
    )
    file.procedures.add(made)
