"""X1: the import of a result file end to end, against reading its cells and copying ready rows."""

import csv
from datetime import datetime
from functools import partial
from io import BytesIO, StringIO

from django.db import connection

from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.models import Procedure, ResultAggregate, ResultBlock, ResultFile
from tests.bench.registry import measure, ratio
from tests.factories.result_files import export_2021

SCHOOLS, PUPILS, ITEMS = 500, 50, 20
MAXIMA = (4, 3, 3, 1, 3, 2, 1, 2, 3, 2, 1, 1, 2, 1, 2, 1, 2, 1, 2, 1)


def generated() -> bytes:
    """25,000 rows of 20 items in the layout of 2021, invented and the same each time."""
    rows = []
    for school in range(SCHOOLS):
        for pupil in range(PUPILS):
            seed = school * PUPILS + pupil
            scores = [(seed * (item + 3) // 7 + seed // 11) % (most + 1) for item, most in enumerate(MAXIMA)]
            cells = [str(score) if (seed + item) % 23 else "X" for item, score in enumerate(scores)]
            total = str(sum(int(cell) for cell in cells if cell.isdigit()))
            head = [f"sch99{school:04d}", f"Район {school % 40}", str(pupil + 1), str(40001 + pupil)]
            head += [str(3 + seed % 3), "жм"[seed % 2], "абв"[pupil * 3 // PUPILS], str(1 + seed % 2), total]
            rows.append([*head, *cells, "Учебник", "", ""])
    return export_2021(rows, items=ITEMS).getvalue()


def forget() -> None:
    """The next import finds an empty database."""
    for model in (ResultBlock, ResultAggregate, ResultFile, Procedure):
        model._base_manager.all().delete()


def imported(data: bytes) -> ResultFile:
    incoming = [Incoming("x1.xlsx", BytesIO(data), f"2021/4/Русский язык {datetime.now():%f}.xlsx")]
    batch = services.create_batch(incoming=incoming, by=None)
    (file,) = services.import_batch(batch=batch, by=None, trust_names=True)
    assert (file.state, file.present) == ("done", SCHOOLS * PUPILS), file.findings
    return file


def read_and_copied(data: bytes) -> int:
    """python-calamine, then COPY of the participants' rows with their scores as an array; no check at all."""
    import python_calamine

    _, *rows = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    buffer = StringIO()
    csv.writer(buffer).writerows([*row[:9], "{" + ",".join(map(str, row[9 : 9 + ITEMS])) + "}"] for row in rows)
    buffer.seek(0)
    with connection.cursor() as cursor:
        columns = ", ".join(f"c{number} text" for number in range(9))
        cursor.execute(f"create temp table copied ({columns}, scores text[]) on commit preserve rows")
        cursor.copy_expert("copy copied from stdin with (format csv)", buffer)
        cursor.execute("drop table copied")
    return len(rows)


@measure(
    "X1",
    goal=3,
    how="import of a generated file of 25,000 pupils × 20 items through the service (safe reading in a child process, "
    "all checks, matrices, additive parts) ÷ python-calamine + bare COPY of the same rows; medians of 5, interleaved; "
    "1.6 is aimed at",
)
def importing_results() -> float:
    data = generated()
    return ratio(partial(imported, data), partial(read_and_copied, data), before=forget)
