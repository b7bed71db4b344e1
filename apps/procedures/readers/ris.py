"""РИС ГИА-9 and ГИА-11 protocols: several exams may follow one another in a sheet; names are never read."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from apps.core.findings import Refused, error, notice
from apps.procedures.readers import columns, neutral
from apps.procedures.readers.identity import as_date
from apps.procedures.readers.neutral import HeadItem, Identity, Reading, Results, School, SheetRows
from apps.procedures.readers.subjects import canonical
from apps.procedures.readers.text import Row, class_label, folded, text, whole

EXAM = re.compile(r"^(\d{1,3})\s*-\s*(.+?)\s+(\d{4}\.\d{2}\.\d{2})$")
_SHORT = re.compile(r"^[+\-0-9]*$")
_LONG = re.compile(r"(\d+)\((\d+)\)")
_HEADS = {
    "school": ("код оо", "schoolcode"),
    "municipality": ("код мсу",),
    "klass": ("класс", "classcode"),
    "short": ("задания с кратким ответом", "ответы в краткой форме", "testresultbcell"),
    "long": ("задания с развернутым ответом", "ответы в развернутой форме", "testresultccell"),
    "primary": ("первичный балл", "primarymark"),
    "mark": ("оценка", "mark5"),
    "test": ("тестовый балл", "балл", "итоговый балл"),
}


@dataclass
class _Exam:
    """A title and its rows."""

    code: str
    subject: str
    day: Any
    at: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def is_protocol(rows: list[Row]) -> bool:
    titled = any(EXAM.match(text(cell)) for row in rows[:40] for cell in row if isinstance(cell, str))
    return titled and any({"код оо", "первичный балл"} <= {folded(cell) for cell in row} for row in rows[:60])


def is_appeals(rows: list[Row]) -> bool:
    return any({"экзамен", "состояние апелляции"} <= {folded(cell) for cell in row} for row in rows[:20])


def columns_of(row: Row) -> dict[str, int]:
    heads = [folded(cell) for cell in row]
    return {role: heads.index(name) for role, names in _HEADS.items() for name in names if name in heads}


def _exams(rows: list[Row]) -> list[_Exam]:
    exams: list[_Exam] = []
    for number, row in enumerate(rows, start=1):
        titles = [match for cell in row if isinstance(cell, str) and (match := EXAM.match(text(cell)))]
        if titles:
            exams.append(_Exam(titles[0][1], canonical(titles[0][2]), as_date(titles[0][3])))
            continue
        if not exams:
            continue
        at = columns_of(row)
        if {"school", "primary"} <= set(at):
            exams[-1].at = at
        elif exams[-1].at and row and whole(row[0]) is not None:
            exams[-1].rows.append(row)
            exams[-1].numbers.append(number)
    return [exam for exam in exams if exam.rows]


def task_scores(short: str, long: str) -> tuple[list[int], list[tuple[int, int]]] | None:
    """Points of short answers by position, then (points, maximum) of extended ones; None when unreadable.

    «+» is 1 point, «-» is 0, a digit is points of a task worth several. Both kinds may stand in one string.
    """
    signs, extended = "", []
    for written in (short.replace(" ", ""), long.replace(" ", "")):
        start = 0
        for match in _LONG.finditer(written):
            points, most = match[1], int(match[2])
            cut = 0
            while cut < len(points) - 1 and int(points[cut:]) > most:
                cut += 1  # in «21(2)» the 2 is a short answer, then 1 point of 2
            signs += written[start : match.start() + cut]
            extended.append((int(points[cut:]), most))
            start = match.end()
        signs += written[start:]
    if not _SHORT.match(signs):
        return None
    return [1 if sign == "+" else 0 if sign == "-" else int(sign) for sign in signs], extended


def _cell(row: Row, index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else ""


def _scores(exam: _Exam, sheet: str) -> tuple[np.ndarray, list[HeadItem], list[Any]]:
    parsed = [
        task_scores(text(_cell(row, exam.at.get("short"))), text(_cell(row, exam.at.get("long")))) for row in exam.rows
    ]
    read = [answer for answer in parsed if answer is not None]
    shorts = max((len(short) for short, _ in read), default=0)
    longs = max((len(long) for _, long in read), default=0)
    scores = np.full((len(exam.rows), shorts + longs), neutral.EMPTY, np.uint8)
    maxima: list[int | None] = [None] * (shorts + longs)
    odd = []
    for index, answer in enumerate(parsed):
        if answer is None:
            odd.append(exam.numbers[index])
            continue
        short, long = answer
        scores[index, : len(short)] = short
        for position, (points, most) in enumerate(long, start=shorts):
            scores[index, position] = points
            maxima[position] = max(maxima[position] or 0, most)
        if len(short) not in (0, shorts):
            odd.append(exam.numbers[index])
    items = [HeadItem(str(position + 1), maximum) for position, maximum in enumerate(maxima)]
    findings = []
    if odd:
        listed = ", ".join(map(str, odd[:20]))
        message = f"«{exam.subject}»: ответы на задания не разобраны или другой длины (строки {listed})."
        findings.append(notice("answers_unread", message, sheet=sheet, action="Баллы и отметки взяты из протокола."))
    return scores, items, findings


def _results(exam: _Exam, sheet: str) -> Results:
    is_ege = "test" in exam.at and "mark" not in exam.at
    system, kind, grade = ("ris_gia11", "ege", 11) if is_ege else ("ris_gia9", "oge", 9)
    scores, items, findings = _scores(exam, sheet)
    keys = [(text(_cell(row, exam.at["school"])), text(_cell(row, exam.at.get("municipality")))) for row in exam.rows]
    if unnamed := [number for (code, _), number in zip(keys, exam.numbers, strict=True) if not code]:
        refusal = error("school_unread", "Нет кода школы.", sheet=sheet, row=unnamed[0], action="Проверьте протокол.")
        raise Refused([refusal])
    schools, school = columns.indexed(
        keys, lambda key: School(system, key[0], municipality_code=key[1], name=f"ОО {key[0]}")
    )
    labels, klass = columns.indexed([_cell(row, exam.at.get("klass")) for row in exam.rows], class_label)
    totals = columns.mapped([_cell(row, exam.at["primary"]) for row in exam.rows], columns.total, np.int16)
    marks = test = None
    if is_ege:
        test = columns.mapped([_cell(row, exam.at["test"]) for row in exam.rows], columns.total, np.int16)
    elif "mark" in exam.at:
        marks = columns.mapped([_cell(row, exam.at["mark"]) for row in exam.rows], columns.mark, np.uint8)
    counted = np.where(scores > neutral.HIGHEST_SCORE, 0, scores).sum(axis=1, dtype=np.int32)
    if (differ := np.flatnonzero((totals >= 0) & (counted != totals))).size:
        message = f"«{exam.subject}»: сумма баллов за задания не равна первичному баллу (строк: {differ.size})."
        action = "Учтён первичный балл протокола: строки ответов не всегда содержат все задания."
        findings.append(notice("sum_differs", message, sheet=sheet, action=action))
    size = len(exam.rows)
    return Results(
        family=f"{system}_protocol",
        identity=Identity(kind, exam.day.year, exam.subject, grade, exam.day, exam.day.isoformat()),
        sheet=sheet,
        items=items,
        schools=schools,
        row_numbers=np.asarray(exam.numbers, np.int32),
        school=school,
        class_labels=labels,
        klass=klass,
        codes=columns.mapped([_cell(row, 0) for row in exam.rows], columns.code, np.int64),
        variants=np.zeros(size, np.uint8),
        marked_absent=np.zeros(size, np.bool_),
        scores=scores,
        totals=totals,
        marks=marks,
        journal=None,
        test_scores=test,
        findings=findings,
    )


def read(sheet: SheetRows) -> Reading:
    """One `Results` for each exam of the sheet. Raises Refused when no exam has rows."""
    exams = _exams(sheet.rows)
    if not exams:
        action = "Выгрузите протокол заново."
        raise Refused([error("no_participants", "В протоколе нет строк участников.", sheet=sheet.name, action=action)])
    results = [_results(exam, sheet.name) for exam in exams]
    return Reading(results[0].family, results=results)
