"""Result files in the layouts of the federal systems, with invented schools and pupils."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

MAXIMA = (1, 2, 1)
LEVELS = ("Б", "Б", "П")


def xlsx(sheets: dict[str, Sequence[Sequence[Any]]]) -> BytesIO:
    """A workbook of the given rows."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def pupil(code: int, scores: Sequence[Any], mark: Any, journal: Any = 4, klass: Any = 1) -> list[Any]:
    """Cells of a Ф1 row after the school: code, class, variant, scores, primary score, marks."""
    total = sum(score for score in scores if isinstance(score, int))
    return [code, klass, 1, *scores, total, mark, journal]


def f1_rows(schools: dict[str, list[list[Any]]], *, subject: str = "Математика", year: int = 2026) -> list[list[Any]]:
    """«Индивидуальные результаты»; `schools` maps logins such as edu990101 to rows of `pupil`."""
    heads = [f"{number} ({maximum}б)" for number, maximum in enumerate(MAXIMA, start=1)]
    rows: list[list[Any]] = [
        ["Индивидуальные результаты"],
        [],
        [f"ВПР {year} {subject} 4 класс"],
        ["Предмет:", subject],
        ["Максимальный первичный балл:", sum(MAXIMA)],
        ["Дата:", f"20.04.{year}"],
        ["", "", "Уровень сложности задания", "", "", "", *LEVELS],
        ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант", *heads]
        + ["Первичный балл", "Отметка", "Отметка по журналу"],
    ]
    for login, pupils in schools.items():
        name = f'МБОУ "Примерная СОШ №{login[-1]}"({login})'
        rows.append([f"{name} | Кол-во участников: {len(pupils)}"])
        rows += [[login, "Примерный район", name, *one] for one in pupils]
    return rows


def f1(schools: dict[str, list[list[Any]]], **options: Any) -> BytesIO:
    return xlsx({"МА 4 Индивидуальные результаты": f1_rows(schools, **options)})


TWO_SCHOOLS = {
    "edu990101": [pupil(40001, (1, 2, 1), 5, 5), pupil(40002, (1, 1, 0), 4, 5), pupil(40003, (0, "X", 0), 2, 3)],
    "edu990102": [pupil(40001, (1, 0, 0), 3, 3), pupil(40002, (1, 2, 0), 4, "нет отметки")],
}


def export_2021(rows: Sequence[Sequence[Any]], items: int = 15) -> BytesIO:
    """The export of 2021, all text: login, municipality, number, code, journal mark, sex, class, variant, total, …"""
    heads = ["логин школы", "регион", "номер обучающегося", "код обучающегося"]
    heads += ["отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов"]
    heads += [f"балл за {number}" for number in range(1, items + 1)] + ["Учебник", "Др.уч. автор", "Др.уч. название"]
    return xlsx({"Sheet": [heads, *rows]})
