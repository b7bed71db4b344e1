"""What fourteen invented schools wrote: files as ФИС ОКО gives them, one a school, in an archive."""

import zipfile
from io import BytesIO
from typing import Any

import numpy as np

from apps.analysis.objectivity.arithmetic.work import Work
from tests.factories.result_files import xlsx
from tests.factories.simulated_schools import MAXIMA, planted

SCHOOLS = 14


def login(number: int) -> str:
    return f"edu9901{number:02d}"


def district(seed: int = 1) -> tuple[Work, int]:
    """The work and the number of the school whose totals were lifted to the bounds of marks; counted from one."""
    work, who = planted(seed, schools=SCHOOLS, mean_size=70, each=1)
    return work, int(np.flatnonzero(who.lifted)[0]) + 1


def archive(work: Work, *, impossible: int) -> bytes:
    """All files of the district. In the file of the school `impossible` one cell is above its maximum."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as files:
        for number in range(1, SCHOOLS + 1):
            rows = _file(work, number)
            if number == impossible:
                rows[9][6] = int(MAXIMA[0]) + 6
            files.writestr(f"Ф1 школа {number}.xlsx", xlsx({"МА 5 Индивидуальные результаты": rows}).getvalue())
    return whole.getvalue()


def _file(work: Work, number: int) -> list[list[Any]]:
    name = f'МБОУ "Примерная СОШ №{number}"({login(number)})'
    places = np.flatnonzero(work.school == number - 1)
    heads = [f"{item} ({maximum}б)" for item, maximum in enumerate(MAXIMA.tolist(), start=1)]
    rows: list[list[Any]] = [
        ["Индивидуальные результаты"],
        [],
        ["ВПР 2026 Математика 5 класс"],
        ["Предмет:", "Математика"],
        ["Максимальный первичный балл:", int(MAXIMA.sum())],
        ["Дата:", "20.04.2026"],
        ["", "", "Уровень сложности задания", "", "", "", *("Б" if at < 14 else "П" for at in range(len(MAXIMA)))],
        ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант", *heads]
        + ["Первичный балл", "Отметка", "Отметка по журналу"],
        [f"{name} | Кол-во участников: {len(places)}"],
    ]
    for at, place in enumerate(places, start=1):
        scores = work.scores[place].tolist()
        marks = [int(work.totals[place]), int(work.marks[place]), int(work.journal[place])]
        rows.append([login(number), "Примерный район", name, 50000 + at, 1, 1, *scores, *marks])
    return rows
