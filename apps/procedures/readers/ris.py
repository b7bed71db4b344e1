"""РИС ГИА-9 and ГИА-11 protocols: several exams may follow one another in a sheet; names are never read."""

import re
from collections.abc import Iterator
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
from apps.procedures.readers.text import Row, class_label, code_of, folded, header_in, text

# «02 - Математика 2026.06.02», also with words before and after it.
EXAM = re.compile(r"(?<![\d.])(\d{1,3})\s*[-–—]\s*([^\W\d_].*?)[\s,]*(\d{4}\.\d{2}\.\d{2}|\d{2}\.\d{2}\.\d{4})")
_OF_NAME = re.compile(r"(?<!\d)(\d{1,2})_(\d{4}\.\d{2}\.\d{2})")
_SHORT = re.compile(r"^[+\-0-9]*$")
_LONG = re.compile(r"(\d+)\((\d+)\)")
_NUMBERED = re.compile(r"^\d{1,9}(?:\.0*)?$")
_ANSWERS = re.compile(r"^(?=.*[+\-(])[+\-\d()]+$")
_FLAT = {"schoolcode", "primarymark", "testresultbcell"}
_GVE = re.compile(r"\(?\bгвэ(?:-\d+)?\b\)?", re.IGNORECASE)
_HIGHEST_MARK = 5
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
    sheets: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, date | None]:
        return self.code.lstrip("0"), self.subject, self.day


def is_numbered(row: Row) -> bool:
    """Whether a row is of a participant: its first cell is a number, «1» or «1.»."""
    if not row:
        return False
    return isinstance(row[0], int | float) or (isinstance(row[0], str) and bool(_NUMBERED.match(row[0].strip())))


def title_of(row: Row) -> re.Match[str] | None:
    """The exam that a row names in one cell, or in a few cells beside each other; None for rows of participants."""
    if is_numbered(row) and len(row) > 3:
        return None
    written = [text(cell) for cell in row if cell not in (None, "")]
    found = next((match for cell in written if (match := EXAM.search(cell))), None)
    return found or (EXAM.search(" ".join(written)) if 1 < len(written) <= 4 else None)


def is_protocol(rows: list[Row]) -> bool:
    """A titled exam with a header, or with rows of a known layout where the header is broken."""
    if is_appeals(rows) or not any(title_of(row) for row in rows[:40]):
        return False
    return any(is_header(columns) for columns, _ in headers(rows[:60])) or by_position(rows) is not None


def goes_on(rows: list[Row]) -> bool:
    """Whether a sheet without a title continues a protocol: a header, or rows of answers."""
    if is_appeals(rows):
        return False
    answers = sum(
        any(isinstance(cell, str) and len(cell) > 3 and _ANSWERS.match(cell) for cell in row)
        for row in rows[:40]
        if is_numbered(row)
    )
    return answers > 0 or any(is_header(found) for found, _ in headers(rows[:40]))


def headers(rows: list[Row]) -> Iterator[tuple[dict[str, int], Row]]:
    """For each row its columns by the words of a header: its own, and those of the row above it, when that is a part
    of a header too (two rows of a merged header)."""
    above: dict[str, int] = {}
    for row in rows:
        if is_numbered(row):
            above = {}
            yield {}, row
            continue
        own = columns_of(row)
        joined = {**above, **own} if own and above and not is_header(above) else own
        above = own
        yield joined, row


def is_flat(rows: list[Row]) -> bool:
    """English keys in the header; the exam stands in the name of the file only."""
    return header_in(rows, *_FLAT) is not None


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


def _exams(sheets: list[SheetRows]) -> list[_Exam]:
    """Exams with rows. One exam may go on in a further block or sheet: its rows are read together."""
    exams: dict[tuple[Any, ...], _Exam] = {}
    current: _Exam | None = None
    at: dict[str, int] = {}
    is_open = False
    for sheet in sheets:
        for number, (columns_here, row) in enumerate(headers(sheet.rows), start=1):
            if title := title_of(row):
                fresh = _Exam(title[1], canonical(title[2]), as_date(title[3]), at)
                current = exams.setdefault((*fresh.key, *sorted(at.items())), fresh)
                is_open = True
            elif current and is_header(columns_here):
                at, is_open = columns_here, True
                same = _Exam(current.code, current.subject, current.day, at)
                current = exams.setdefault((*same.key, *sorted(at.items())), same)
            elif row and folded(row[0]).startswith("средни"):
                is_open = False
            elif current and is_open and is_numbered(row):
                current.rows.append(row)
                current.numbers.append(number)
                if sheet.name not in current.sheets:
                    current.sheets.append(sheet.name)
    found_exams = [exam for exam in exams.values() if exam.rows]
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


def _answers(row: Row, at: dict[str, int]) -> tuple[list[int], list[tuple[int, int]]] | None:
    """Answers of a participant; oral and practical parts, where a protocol has them, follow the extended ones."""
    long = "".join(text(_cell(row, at[role])) for role in ("long", "oral", "practice") if role in at)
    return task_scores(text(_cell(row, at.get("short"))), long)


def _scores(exam: _Exam, sheet: str) -> tuple[np.ndarray, list[HeadItem], list[Any]]:
    parsed = [_answers(row, exam.at) for row in exam.rows]
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
    at = exam.at
    keys = [(code_of(_cell(row, at["school"])), code_of(_cell(row, at.get("municipality")))) for row in exam.rows]
    if unnamed := [number for (code, _), number in zip(keys, exam.numbers, strict=True) if not code]:
        refusal = error("school_unread", "Нет кода школы.", sheet=sheet, row=unnamed[0], action="Проверьте протокол.")
        raise Refused([refusal])
    return columns.indexed(keys, lambda key: School(system, key[0], municipality_code=key[1], name=f"ОО {key[0]}"))


def _codes(exam: _Exam, school: np.ndarray) -> np.ndarray:
    """Numbers that tell participants of a school apart: theirs, or those of the rows where they begin anew."""
    for column in (exam.at.get("person"), 0):
        if column is None:
            continue
        found = columns.mapped([_cell(row, column) for row in exam.rows], columns.code, np.int64)
        if found.all() and len(np.unique(np.stack([school, found]), axis=1).T) == len(found):
            return found
    return np.arange(1, len(exam.rows) + 1, dtype=np.int64)


def _given(exam: _Exam, kind: str) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Marks and test scores. Basic mathematics and ГВЭ have marks 2–5 where others have a test score."""

    def column(role: str, parse: Any, dtype: Any) -> np.ndarray | None:
        if role not in exam.at:
            return None
        return columns.mapped([_cell(row, exam.at[role]) for row in exam.rows], parse, dtype)

    if "mark" in exam.at and kind == "ege" and "test" not in exam.at:
        told = column("mark", columns.total, np.int16)
        if told is not None and (told > _HIGHEST_MARK).any():  # «Оценка» over test scores
            return None, told
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


def _results(exam: _Exam) -> Results:
    sheet = ", ".join(exam.sheets)
    grade = grade_of(exam.at, [_cell(row, exam.at.get("klass")) for row in exam.rows])
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
    identity = Identity(kind, None, _GVE.sub("", exam.subject).strip() if kind == "gve" else exam.subject, grade)
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
        codes=_codes(exam, school),
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


def read(sheets: list[SheetRows]) -> Reading:
    """One `Results` for each exam of the sheets. Raises Refused when no exam has rows."""
    exams = _exams(sheets)
    if not exams:
        raise _no_rows(sheets[0].name)
    results = [_results(exam) for exam in exams]
    return Reading(results[0].family, results=results)


def read_flat(sheet: SheetRows) -> Reading:
    """The flat layout with English keys: the exam is named by a person, the file's name only suggests it."""
    header = header_in(sheet.rows, *_FLAT) or 0
    at = columns_of(sheet.rows[header])
    below = enumerate(sheet.rows[header + 1 :], start=header + 2)
    numbered = [(number, row) for number, row in below if text(_cell(row, at["school"]))]
    if not numbered:
        raise _no_rows(sheet.name)
    exam = _Exam("", "", None, at, [row for _, row in numbered], [number for number, _ in numbered], [sheet.name])
    results = _results(exam)
    results.codes = np.asarray(results.row_numbers, np.int64)
    results.identity = Identity("oge", None, "", 9)
    return Reading("ris_gia9_flat", results=[results])
