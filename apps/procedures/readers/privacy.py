"""Names of pupils: found by their headers, blanked before anything is kept, matched to appeals in memory only."""

import re
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any

from apps.procedures.readers import context, ris
from apps.procedures.readers.identity import as_date
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.ris_layouts import by_position, columns_of, is_header
from apps.procedures.readers.subjects import canonical
from apps.procedures.readers.text import Row, class_label, code_of, folded, text
from apps.procedures.readers.words import without_words

NAME_HEADS = frozenset({"фамилия", "имя", "отчество", "surnamecell", "namecell", "secondnamecell"})
# A column under such a header alone tells that there are names; teachers' names are kept no more than pupils'.
FULL_NAME_HEAD = re.compile(
    r"\bф\.?\s?и\.?\s?о\b|^(учитель|педагог|преподаватель|наставник|классный руководитель)$|фамилия,?\s+имя"
)
DOCUMENT_HEAD = re.compile(
    r"^(серия|номер|документ|серия документа|номер документа|documentseriescode|documentnumbercode|дата рождения)$"
    r"|паспорт|снилс|телефон|e-?mail|электронн\w+ (почт|адрес)"
)
_APPEALED = re.compile(r"^(?:\d{1,3}\s*[-–—]\s*)?(.+?)\s*\(\s*(\d{4}\.\d{2}\.\d{2}|\d{2}\.\d{2}\.\d{4})\s*\)$")
_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC = re.compile(r"^[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична|оглы|кызы)$")
_PERSON = re.compile(rf"^{_WORD}\s+(?:{_WORD}\s+[А-ЯЁ][а-яё]+(?:вич|вна|ична|оглы|кызы)|[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)$")
_NAME_WORD = re.compile(rf"^{_WORD}$")
# Layouts of ФИС ОКО that have codes instead of names; their authors of textbooks are no pupils.
_CODED = frozenset({"код участника", "код обучающегося", "логин школы", "var-1", "группы участников"})
_OWN_HEADS = re.compile(r"участник|учени[кц]|обучающ|школьник|выпускник|фио|фамил")


def _is_full_name(head: str) -> bool:
    return bool(FULL_NAME_HEAD.search(head))


def name_columns(row: Row) -> set[int]:
    """Columns of names and documents, if the row is a header that has them."""
    heads = [folded(cell) if isinstance(cell, str) and len(cell) < 120 else "" for cell in row]
    named = {i for i, head in enumerate(heads) if head in NAME_HEADS or (head and _is_full_name(head))}
    if len(named) < 2 and not any(_is_full_name(heads[i]) for i in named):
        return set()
    return named | {i for i, head in enumerate(heads) if head and DOCUMENT_HEAD.search(head)}


def _texts(sheet: SheetRows) -> set[str]:
    return {cell for cell in set(chain.from_iterable(sheet.rows)) if isinstance(cell, str)}


def columns_like_names(sheet: SheetRows) -> set[int]:
    """Columns whose cells are mostly persons, whatever the header says: for layouts with no readable header."""
    if any(folded(cell) in _CODED for row in sheet.rows[:20] for cell in row if isinstance(cell, str)):
        return set()
    if not any(_PATRONYMIC.match(word) or _PERSON.match(word) for word in _texts(sheet)):
        return set()
    width = max(map(len, sheet.rows), default=0)
    shares = []
    for index in range(width):
        cells = [
            text(row[index]) for row in sheet.rows if index < len(row) and isinstance(row[index], str) and row[index]
        ]
        shares.append([_share(cells, pattern) for pattern in (_PERSON, _PATRONYMIC, _NAME_WORD)])
    found = {index for index, (person, *_) in enumerate(shares) if person >= 0.5}
    for index, (_, patronymic, _) in enumerate(shares):
        if patronymic >= 0.5:  # the surname and the name stand to the left of it
            words = [i for i in range(index) if shares[i][2] >= 0.5 and i >= index - 5]
            found |= {index, *words[-2:], *_passports(sheet, index)}
    return found | _by_layout(sheet)


def _passports(sheet: SheetRows, after: int) -> set[int]:
    """A column of four digits with one of six to the right of it, near names: series and number of a document."""
    digits = {}
    for index in range(after + 1, after + 5):
        cells = {text(row[index]) for row in sheet.rows if index < len(row)} - {""}
        numbers = {cell for cell in cells if cell.isdigit()}
        digits[index] = {len(cell) for cell in numbers} if numbers else set()
    series = [index for index, lengths in digits.items() if lengths == {4}]
    number = [index for index, lengths in digits.items() if lengths == {6}]
    return {series[-1], number[0]} if series and number and series[-1] < number[0] else set()


def _by_layout(sheet: SheetRows) -> set[int]:
    """Names and documents of a protocol whose header is broken, by its known positions."""
    layout = by_position(sheet.rows) if not any(is_header(columns_of(row)) for row in sheet.rows[:60]) else None
    return set(layout.names) if layout else set()


def _share(cells: list[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.match(cell)) for cell in cells) / len(cells) if cells else 0.0


def says_names(sheets: list[SheetRows]) -> bool:
    """Whether a header stands over names, columns look like names, or the file is a questionnaire with persons."""
    return any(
        (_says_name(sheet) and any(map(name_columns, sheet.rows)))
        or columns_like_names(sheet)
        or context.header_row(sheet.rows) is not None
        for sheet in sheets
    )


def has_names(sheets: list[SheetRows]) -> bool:
    """Whether a file holds names or words that may be names: then a copy without them is kept."""
    return says_names(sheets) or any(without_words(sheet) is not None for sheet in sheets)


def _says_name(sheet: SheetRows) -> bool:
    """A quick no for the many sheets without such a word: each distinct text is looked at once."""
    heads = (folded(cell) for cell in _texts(sheet) if len(cell) < 120)
    return any(head in NAME_HEADS or _is_full_name(head) for head in heads)


def _is_own_head(cell: Any) -> bool:
    """Whether a cell in a column of names is its header: «Участник», «ФИО ученика»."""
    return isinstance(cell, str) and len(cell) < 40 and bool(_OWN_HEADS.search(folded(cell)))


def without_names(sheets: list[SheetRows]) -> list[SheetRows]:
    """The same sheets with every cell of a name or document column empty; headers stay where they are.

    Words that nobody knows go too, wherever they stand (see `words`). Of the questionnaire «Сбор контекстных данных»
    only the columns of codes and counts keep their cells.
    """
    stripped = [_without_named_columns(sheet) for sheet in sheets] if says_names(sheets) else sheets
    return [without_words(sheet) or sheet for sheet in stripped]


def _without_named_columns(sheet: SheetRows) -> SheetRows:
    hidden = columns_like_names(sheet)
    questionnaire = context.header_row(sheet.rows)
    rows = []
    for index, row in enumerate(sheet.rows):
        if index == questionnaire:
            hidden = context.forbidden_columns(row)
            rows.append(row)
        elif found := name_columns(row):
            hidden = found | (hidden if questionnaire is not None else set())
            rows.append(row)
        else:
            rows.append([None if i in hidden and not _is_own_head(cell) else cell for i, cell in enumerate(row)])
    return SheetRows(sheet.name, rows)


@dataclass
class Appeals:
    """What came of matching: rows of the appeals file, and which of them found their participant."""

    rows: int = 0
    matched: int = 0
    schools: set[str] = field(default_factory=set)
    unmatched: list[int] = field(default_factory=list)


Person = tuple[str, ...]


def _people(sheets: list[SheetRows]) -> dict[Person, tuple[Row, dict[str, int]]]:
    """Participants of protocols by school, class, exam, day and name; lives in memory for one upload only."""
    found: dict[Person, tuple[Row, dict[str, int]]] = {}
    for sheet in sheets:
        exam: tuple[str, Any] | None = None
        at: dict[str, int] = {}
        names: list[int] = []
        for columns, row in ris.headers(sheet.rows):
            if title := ris.title_of(row):
                exam = (canonical(title[2]), as_date(title[3]))
            elif named := name_columns(row):
                at, names = (columns if is_header(columns) else at), _of_name(row, named)
            elif is_header(columns):
                at = columns
            elif exam and at and names and text(row[0] if row else "").isdigit():
                place = (code_of(_at(row, at["school"])), class_label(_at(row, at.get("klass"))))
                found[(*place, exam[0], str(exam[1]), *(folded(_at(row, i)) for i in names))] = (row, at)
    return found


def _of_name(row: Row, columns: set[int]) -> list[int]:
    """Columns of names without those of documents: appeals have none."""
    return [i for i in sorted(columns) if not DOCUMENT_HEAD.search(folded(row[i]))]


def _at(row: Row, index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else ""


@dataclass
class _Head:
    """Where the columns of an appeals sheet stand."""

    heads: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)

    def cell(self, row: Row, head: str) -> Any:
        return _at(row, self.heads.index(head) if head in self.heads else None)


def apply_appeals(appeals: list[SheetRows], protocols: list[SheetRows]) -> Appeals:
    """Write the appealed points and marks into the protocols' rows (in place)."""
    people = _people(protocols)
    outcome = Appeals()
    for sheet in appeals:
        head = _Head()
        for number, row in enumerate(sheet.rows, start=1):
            if columns := name_columns(row):
                head = _Head([folded(cell) for cell in row], _of_name(row, columns))
            elif "первичный балл" in (below := [folded(cell) for cell in row]):
                head.heads = [lower or upper for upper, lower in zip_longest(head.heads, below, fillvalue="")]
            elif head.heads and text(row[0] if row else "").isdigit():
                outcome.rows += 1
                outcome.schools.add(code_of(head.cell(row, "код оо")))
                if _apply(row, head, people):
                    outcome.matched += 1
                else:
                    outcome.unmatched.append(number)
    return outcome


def _apply(row: Row, head: _Head, people: dict[Person, tuple[Row, dict[str, int]]]) -> bool:
    """Find the participant of an appeal and write what it changed; False when there is no such participant."""
    exam = _APPEALED.match(text(head.cell(row, "экзамен")))
    if exam is None:
        return False
    place = (code_of(head.cell(row, "код оо")), class_label(head.cell(row, "класс")))
    person = (*place, canonical(exam[1]), str(as_date(exam[2])), *(folded(_at(row, i)) for i in head.names))
    target = people.get(person)
    if target is None:
        return False
    protocol, at = target
    for role, name in (("primary", "первичный балл"), ("mark", "оценка"), ("test", "тестовый балл")):
        if role in at and at[role] < len(protocol) and text(head.cell(row, name)):
            protocol[at[role]] = head.cell(row, name)
    return True
