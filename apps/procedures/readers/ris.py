"""РИС ГИА-9 and ГИА-11 protocols: several exams may follow one another in a sheet; names are never read."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Any

import numpy as np

from apps.core.findings import Finding, Refused, error, notice, query
from apps.procedures.readers import columns, neutral
from apps.procedures.readers.identity import as_date
from apps.procedures.readers.neutral import HeadItem, Identity, Reading, Results, School, SheetRows
from apps.procedures.readers.ris_layouts import by_position, columns_of, grade_of, is_header
from apps.procedures.readers.subjects import canonical
from apps.procedures.readers.text import Row, class_label, folded, text, whole

EXAM = re.compile(r"^(\d{1,3})\s*[-–]\s*(.+?)\s+(\d{4}\.\d{2}\.\d{2}|\d{2}\.\d{2}\.\d{4})$")
_OF_NAME = re.compile(r"(?<!\d)(\d{1,2})_(\d{4}\.\d{2}\.\d{2})")
_SHORT = re.compile(r"^[+\-0-9]*$")
_LONG = re.compile(r"(\d+)\((\d+)\)")
_FLAT = {"schoolcode", "primarymark", "testresultbcell"}
_STATE_FINAL_EXAM = ("51", "52", "53", "54", "55", "56", "57", "58", "59")  # ГВЭ; by general knowledge
# Federal codes of subjects by general knowledge: a hint for files that name the exam by a code only.
CODES = {
    1: "Русский язык", 2: "Математика", 3: "Физика", 4: "Химия", 5: "Информатика", 6: "Биология", 7: "История",
    8: "География", 9: "Английский язык", 10: "Немецкий язык", 11: "Французский язык", 12: "Обществознание",
    13: "Испанский язык", 14: "Китайский язык", 18: "Литература", 51: "Русский язык", 52: "Математика",
}  # fmt: skip


@dataclass
class _Exam:
    """A title and its rows."""

    code: str
    subject: str
    day: date | None
    at: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _titles(row: Row) -> list[re.Match[str]]:
    return [match for cell in row if isinstance(cell, str) and (match := EXAM.match(text(cell)))]


def is_protocol(rows: list[Row]) -> bool:
    """A titled exam with a header, or with rows of a known layout where the header is broken."""
    if is_appeals(rows) or not any(_titles(row) for row in rows[:40]):
        return False
    return any(is_header(columns_of(row)) for row in rows[:60]) or by_position(rows) is not None


def is_flat(rows: list[Row]) -> bool:
    """English keys in the first row; the exam stands in the name of the file only."""
    return bool(rows) and {folded(cell) for cell in rows[0]} >= _FLAT


def is_appeals(rows: list[Row]) -> bool:
    return any({"экзамен", "состояние апелляции"} <= {folded(cell) for cell in row} for row in rows[:20])


def of_file_name(name: str) -> Identity:
    """Exam and day of a name such as `02_2026.06.02_….csv`: a hint, since codes of subjects are not confirmed."""
    match = _OF_NAME.search(PurePath(name.replace("\\", "/")).name)
    if match is None:
        return Identity()
    day = as_date(match[2])
    kind = "gve" if f"{int(match[1]):02d}" in _STATE_FINAL_EXAM else "oge"
    session = day.isoformat() if day else ""
    return Identity(kind, day.year if day else None, CODES.get(int(match[1]), ""), 9, day, session)


def _exams(rows: list[Row]) -> list[_Exam]:
    exams: list[_Exam] = []
    at: dict[str, int] = {}
    is_open = False
    for number, row in enumerate(rows, start=1):
        if titles := _titles(row):
            exams.append(_Exam(titles[0][1], canonical(titles[0][2]), as_date(titles[0][3]), at))
            is_open = True
        elif exams and is_header(found := columns_of(row)):
            exams[-1].at = at = found
        elif row and folded(row[0]).startswith("средни"):
            is_open = False
        elif exams and is_open and row and whole(row[0]) is not None:
            exams[-1].rows.append(row)
            exams[-1].numbers.append(number)
    found_exams = [exam for exam in exams if exam.rows]
    if any(not exam.at for exam in found_exams):
        _place_by_position(found_exams)
    return [exam for exam in found_exams if exam.at]


def _place_by_position(exams: list[_Exam]) -> None:
    for exam in exams:
        layout = by_position(exam.rows)
        if not exam.at and layout:
            exam.at = dict(layout.at)
            message = (
                f"«{exam.subject}»: заголовок таблицы не читается, столбцы узнаны по расположению ({layout.name})."
            )
            exam.findings.append(query("header_broken", message, action="Проверьте результаты или выгрузите заново."))


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


def _kind(exam: _Exam, grade: int) -> str:
    if exam.code.zfill(2) in _STATE_FINAL_EXAM or "гвэ" in folded(exam.subject):
        return "gve"
    return "ege" if grade == 11 else "oge"


def _schools(exam: _Exam, system: str, sheet: str) -> tuple[list[School], np.ndarray]:
    keys = [(text(_cell(row, exam.at["school"])), text(_cell(row, exam.at.get("municipality")))) for row in exam.rows]
    if unnamed := [number for (code, _), number in zip(keys, exam.numbers, strict=True) if not code]:
        refusal = error("school_unread", "Нет кода школы.", sheet=sheet, row=unnamed[0], action="Проверьте протокол.")
        raise Refused([refusal])
    return columns.indexed(keys, lambda key: School(system, key[0], municipality_code=key[1], name=f"ОО {key[0]}"))


def _given(exam: _Exam, kind: str) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Marks and test scores. Basic mathematics and ГВЭ have marks 2–5 where others have a test score."""

    def column(role: str, parse: Any, dtype: Any) -> np.ndarray | None:
        if role not in exam.at:
            return None
        return columns.mapped([_cell(row, exam.at[role]) for row in exam.rows], parse, dtype)

    if "mark" in exam.at:
        return column("mark", columns.mark, np.uint8), None
    if kind == "gve" or "базов" in folded(exam.subject):
        return column("test", columns.mark, np.uint8), None
    return None, column("test", columns.total, np.int16)


def _differing(exam: _Exam, scores: np.ndarray, totals: np.ndarray, sheet: str) -> list[Finding]:
    counted = np.where(scores > neutral.HIGHEST_SCORE, 0, scores).sum(axis=1, dtype=np.int32)
    differ = np.flatnonzero((totals >= 0) & (counted != totals))
    if not scores.shape[1] or not differ.size:
        return []
    message = f"«{exam.subject}»: сумма баллов за задания не равна первичному баллу (строк: {differ.size})."
    action = "Учтён первичный балл протокола: строки ответов не всегда содержат все задания."
    return [notice("sum_differs", message, sheet=sheet, action=action)]


def _results(exam: _Exam, sheet: str) -> Results:
    grade = grade_of(exam.at)
    system, kind = f"ris_gia{grade}", _kind(exam, grade)
    scores, items, findings = _scores(exam, sheet)
    schools, school = _schools(exam, system, sheet)
    labels, klass = columns.indexed([_cell(row, exam.at.get("klass")) for row in exam.rows], class_label)
    totals = columns.mapped([_cell(row, exam.at["primary"]) for row in exam.rows], columns.total, np.int16)
    marks, test = _given(exam, kind)
    size = len(exam.rows)
    variants = np.zeros(size, np.uint8)
    if "variant" in exam.at:
        variants = columns.mapped([_cell(row, exam.at["variant"]) for row in exam.rows], columns.variant, np.uint8)
    identity = Identity(kind, None, exam.subject, grade)
    if exam.day:
        identity = replace(identity, year=exam.day.year, held_on=exam.day, session=exam.day.isoformat())
    return Results(
        family=f"{system}_protocol",
        identity=identity,
        sheet=sheet,
        items=items,
        schools=schools,
        row_numbers=np.asarray(exam.numbers, np.int32),
        school=school,
        class_labels=labels,
        klass=klass,
        codes=columns.mapped([_cell(row, 0) for row in exam.rows], columns.code, np.int64),
        variants=variants,
        marked_absent=np.zeros(size, np.bool_),
        scores=scores,
        totals=totals,
        marks=marks,
        journal=None,
        test_scores=test,
        findings=[*exam.findings, *findings, *_differing(exam, scores, totals, sheet)],
    )


def _no_rows(sheet: str) -> Refused:
    action = "Выгрузите протокол заново."
    return Refused([error("no_participants", "В протоколе нет строк участников.", sheet=sheet, action=action)])


def read(sheet: SheetRows) -> Reading:
    """One `Results` for each exam of the sheet. Raises Refused when no exam has rows."""
    exams = _exams(sheet.rows)
    if not exams:
        raise _no_rows(sheet.name)
    results = [_results(exam, sheet.name) for exam in exams]
    return Reading(results[0].family, results=results)


def read_flat(sheet: SheetRows) -> Reading:
    """The flat layout with English keys: the exam is named by a person, the file's name only suggests it."""
    at = columns_of(sheet.rows[0])
    numbered = [(number, row) for number, row in enumerate(sheet.rows[1:], start=2) if text(_cell(row, at["school"]))]
    if not numbered:
        raise _no_rows(sheet.name)
    exam = _Exam("", "", None, at, [row for _, row in numbered], [number for number, _ in numbered])
    results = _results(exam, sheet.name)
    results.codes = np.asarray(results.row_numbers, np.int64)
    results.identity = Identity("oge", None, "", 9)
    return Reading("ris_gia9_flat", results=[results])
