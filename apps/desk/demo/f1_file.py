"""A municipal file of ФИС ОКО «Индивидуальные результаты» (Ф1, layout of 2026) with invented results.

The demonstration leaves it for the newcomer to import: all schools of the register, one that the register does not
know, and a few rows that cannot be right.
"""

from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from apps.desk.demo import catalog, pupils, responses, works
from apps.desk.demo.catalog import Portrait
from apps.desk.demo.responses import SKIPPED, Answers
from apps.desk.demo.works import Work

SUBJECT, GRADE = "Русский язык", 4
YEAR_INDEX = 2  # the school year in work
MUNICIPALITY = "Заречный муниципальный округ"
STRANGER = catalog.Portrait(
    "school-99", "school", "МБОУ «Соседская СОШ»", "", "с. Соседское", "", 120, 0.0, catalog.NINE
)
# (school, place of the pupil in it, what is wrong with the row): each is put aside at import.
WRONG_ROWS = (
    ("school-05", 3, "score"),
    ("school-11", 1, "score"),
    ("school-14", 0, "mark"),
)
IMPOSSIBLE_SCORE, IMPOSSIBLE_MARK = 9, 7


def login(portrait: Portrait) -> str:
    return "edu999999" if portrait is STRANGER else f"edu9901{portrait.index:02d}"


def _head(sheet: Worksheet, work: Work, year: int) -> None:
    sheet.append(["Индивидуальные результаты"])
    sheet.append([])
    sheet.append([f"ВПР {year} {work.subject} {work.grade} класс"])
    sheet.append(["Предмет:", work.subject])
    sheet.append(["Максимальный первичный балл:", work.maximum])
    sheet.append(["Дата:", date(year, 4, 20).strftime("%d.%m.%Y")])
    sheet.append(["", "", "Уровень сложности задания", "", "", "", *[item.level for item in work.items]])
    names = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант"]
    items = [f"{item.number} ({item.maximum}б)" for item in work.items]
    sheet.append([*names, *items, "Первичный балл", "Отметка", "Отметка по журналу"])


def _row(answers: Answers, pupil: int) -> list[str | int | None]:
    name = f"{answers.portrait.name}({login(answers.portrait)})"
    start: list[str | int | None] = [
        login(answers.portrait), MUNICIPALITY, name, int(answers.codes[pupil]), int(answers.classes[pupil]),
    ]  # fmt: skip
    if answers.absent[pupil]:
        return [*start, "отсутствовал", *[None] * answers.scores.shape[1], None, None, int(answers.journal[pupil])]
    scores: list[str | int | None] = ["X" if score == SKIPPED else int(score) for score in answers.scores[pupil]]
    end = [int(answers.totals[pupil]), int(answers.marks[pupil]), int(answers.journal[pupil])]
    return [*start, int(answers.variants[pupil]), *scores, *end]


def _spoil(row: list[str | int | None], kind: str) -> None:
    if kind == "score":
        row[6] = IMPOSSIBLE_SCORE
    else:
        row[-2] = IMPOSSIBLE_MARK


def workbook(*, year: int, seed: int) -> Workbook:
    """The file for the spring of `year`."""
    work = works.work(SUBJECT, GRADE, year)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "РУ 4 Индивидуальные результаты"
    _head(sheet, work, year)
    for school in (*catalog.SCHOOLS, STRANGER):
        if not pupils.by_grade(school, YEAR_INDEX, seed):
            continue
        answers = responses.answers(school, work, YEAR_INDEX, seed)
        sheet.append([f"{school.name}({login(school)}) | Кол-во участников: {answers.size}"])
        rows = [_row(answers, pupil) for pupil in range(answers.size)]
        for code, pupil, kind in WRONG_ROWS:
            if code == school.code:
                _spoil(rows[pupil], kind)
        for row in rows:
            sheet.append(row)
    return book


def file_name(year: int) -> str:
    return f"Ф1_Индивидуальные результаты_РУ 4_{year}.xlsx"


def as_bytes(*, year: int, seed: int) -> bytes:
    stream = BytesIO()
    workbook(year=year, seed=seed).save(stream)
    return stream.getvalue()
