"""A1: the analysis of a school's ВПР from stored statistics, in seconds, beside 45 million stored item scores.

Seconds of a machine that does other work, too: the least of several calls is the figure of the portal.
"""

import numpy as np
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.models import Procedure, ResultAggregate, ResultBlock
from tests.bench.registry import measure, seconds
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory
from tests.factories.scored import scored, work_of

SCHOOLS, PUPILS, PROCEDURES = 250, 20, 450  # ten years of 225,000 works
MAXIMA = (1, 2, 1, 1, 2, 1, 3, 1, 2, 1, 1, 2, 1, 1, 2, 1, 3, 1, 2, 1)
LEVELS = "БББББПБББПБББПБББПББ"


def _first() -> Procedure:
    """One work of all schools, invented and the same each time."""
    procedure = ProcedureFactory(grade=4, session="1")
    work_of(procedure, MAXIMA, LEVELS, [f"Умение {place // 3}" for place in range(len(MAXIMA))])
    procedure.bounds = [8, 15, 23]
    procedure.save()
    lots = np.random.default_rng(4)
    for number in range(1, SCHOOLS + 1):
        chance = np.clip(0.6 + 0.1 * lots.normal(), 0.1, 0.95)
        scores = lots.binomial(MAXIMA, chance, size=(PUPILS, len(MAXIMA)))
        marks = 2 + np.searchsorted(procedure.bounds, scores.sum(axis=1), side="right")
        journal = np.clip(marks + lots.integers(-1, 2, PUPILS), 2, 5)
        row = scored(procedure, SchoolFactory(number=number), scores.tolist(), marks=marks.tolist(),
                     journal=journal.tolist())  # fmt: skip
        ResultBlock.objects.create(
            procedure=procedure, school=row.school, file=row.file, class_label="1", size=PUPILS,
            matrix=scores.astype(np.uint8).tobytes(), codes=list(range(40001, 40001 + PUPILS)),
            primary=scores.sum(axis=1).tolist(), variants=bytes(PUPILS), marks=bytes(marks.tolist()),
            journal=bytes(journal.tolist()),
        )  # fmt: skip
    return procedure


def _copies(first: Procedure) -> None:
    """The same results under other procedures, by SQL: what matters is how much lies in the tables."""
    others = Procedure.objects.bulk_create(
        Procedure(kind="vpr", period=first.period, year=first.year, subject=first.subject, grade=first.grade,
                  session=str(number), title=f"ВПР {number}", max_score=first.max_score)
        for number in range(2, PROCEDURES + 1)
    )  # fmt: skip
    keys = [one.pk for one in others]
    with connection.cursor() as cursor:
        for model in (ResultAggregate, ResultBlock):
            names = [field.column for field in model._meta.local_fields if field.column not in {"id", "procedure_id"}]
            columns = ", ".join(connection.ops.quote_name(str(name)) for name in names)
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} (procedure_id, {columns}) "  # noqa: S608 - names of our own columns
                f"SELECT key, {columns} FROM {table}, unnest(%s::bigint[]) AS key WHERE procedure_id = %s",
                [keys, first.pk],
            )
            cursor.execute(f"ANALYZE {table}")


@measure(
    "A1",
    goal=0.1,
    how="seconds of the server for the analysis of a school's ВПР (results, and items; the slower of the two), 250 "
    "schools in the work, with 45 million stored item scores; the least of 15",
)
def the_analysis_of_a_school() -> float:
    procedure = _first()
    _copies(procedure)
    assert ResultBlock.objects.count() * PUPILS * len(MAXIMA) == 45_000_000
    school = procedure.aggregates.order_by("pk").first().school.organization  # type: ignore[union-attr]
    client = Client()
    client.force_login(MembershipFactory(role=Role.DIRECTOR, organization=school).user)
    slowest = 0.0
    for name in ("procedures:school", "procedures:school_items"):
        url = reverse(name, args=[procedure.pk, school.code])

        def read(url: str = url) -> None:
            assert client.get(url).status_code == 200

        slowest = max(slowest, min([seconds(read) for _ in range(16)][1:]))
    return slowest
