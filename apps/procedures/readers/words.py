"""Words of a file that may be kept, whatever its layout: heads, schools, territories, subjects; others may be names.

Not names are looked for here but what is no name: a cell with words stays only under a head that has them by its
nature, or where the column itself speaks of schools. So a list of pupils cannot slip through under any head.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.text import LOGIN, Row, folded

REMOVED = "(слово удалено)"
NAME_REMOVED = "(имя удалено)"

_HEADER_WITHIN = 40
_LEAST_HEADS = 2
# Heads of tables of results; a row with two of them is a header.
_HEAD = re.compile(
    r"^(№|n$|п/п|id$|код|логин|пользователь|оо$|оу$|ооу$|школ|класс|паралл|вариант|балл|сумма|итог|всего|перв|тест|"
    r"отметк|оценк|задани|ответ|мсу|муниципал|район|регион|территор|предмет|статус|результат|пол$|дата|год$|аудитор|"
    r"ппэ|групп|кол-во|количество|макс|минимал|процент|%|шифр|участник|учени|обучающ|фио|ф\.?\s?и\.?\s?о|фамил|имя|"
    r"отчеств|серия|номер|рейтинг|место|уров|учебник|др\.уч|user|sum|groups|gender|klass|otc|var-|a-\d|columnname|"
    r"\w*code$|\w*cell$|primarymark|mark5|блоки|критери|организац|образовательн|учрежд|наимен|назван|список|буква|"
    r"экзамен|состояние|текущие|понизили|подтвердили|повысили|адрес|телефон|опф|\d{1,2}\s*класс|устн|практич|умени)"
)
# Heads under which words belong: schools, territories, subjects, statuses, textbooks, planned results, groups.
_WORDED = re.compile(
    r"^(оо|оу|ооу|user|groups|мсу|блоки пооп.*|группы участников|экзамен|состояние апелляции|статус|диплом|результат|"
    r"уровень.*|учебник.*|др\.уч.*|регион|район|муниципал.*|территори.*|субъект.*|населенн.*|город.*|"
    r"предмет.*|дисциплин.*|логин.*|пользователь|год|этап.*|вид.*|тип.*|умени.*|"
    r"(?:(?:полное|краткое|сокращенное)\s+)?(?:название|наименование)(?:\s+(?:оо|оу|школы|организации|предмета|района)?.*)?|"
    r".*\b(?:школа|школы|оо|организаци\w+|учреждени\w+|лице\w+|гимнази\w+)\b.*)$"
)
_SCHOOL_HEAD = re.compile(r"^(оо|оу|ооу|школа)$|название|наименование оо|наименование ш|организац|учрежден")
_PERSONAL = re.compile(
    r"фио|ф\.\s?и|фамил|\bимя|отчеств|участник\b|учени[кц]|обучающ|школьник|выпускник|учител|педагог|преподав|директор|"
    r"руководител|эксперт|организатор|наставник|родител|ответственн"
)
_NOT_PERSONS = ("группы участ", "блоки пооп", "умени")
_SCHOOL = re.compile(
    r"школ|сош|оош|нош|лице[йя]|гимнази|[мгк][бка]оу|\bмоу|\bоу\b|\bцо\b|центр образ|интернат|колледж|техникум|корпус|"
    r"комплекс|\(reg\d|" + LOGIN.pattern,
    re.IGNORECASE,
)
# Textbooks name their authors; those are no pupils.
_PUBLISHED = re.compile(r"издательств|просвещени|дрофа|вентана|мнемозина|учебник|академкнига|русское слово|бином", re.I)
_TEXTBOOK = re.compile(r"^(учебник|др\.уч|автор)")
_PLACE = re.compile(
    r"район|округ|область|край|республик|город|\bг\.|впр\b|выборка|отметк|индивидуальн|порядков|достижение|язык$"
)
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")
# Words of cells of scores, classes and statuses; they are nobody's names.
_PLAIN = frozenset(
    """
    не пройд пройдено пройден пройдена нет да отметки отметка отсутствовал отсутствовала отсут явился явилась
    болел болела аттестован аттестована приступал приступала класс классы муж жен вариант базовый базовая
    повышенный высокий высокая низкий низкая средний средняя средние ниже выше среднего уровень зачет незачет
    победитель призер участник участие сдал сдала итого итог всего среднее макс максимум максимальный балл баллы
    процент кол во удалено слово имя истина ложь основной резервный уч чел page лист страница
    """.split()  # noqa: SIM905
)
_CAPITAL = r"[А-ЯЁ][А-Яа-яЁё]+(?:-[А-ЯЁ][А-Яа-яЁё]+)?"
_PATRONYMIC = r"[А-ЯЁ][А-Яа-яЁё-]*(?:(?i:вич)\w{0,2}|(?i:вн|ичн)(?:а|ы|е|у|ой|А|Ы|Е|У|ОЙ)|(?i:оглы|кызы))"
_PERSON = re.compile(
    rf"{_CAPITAL}\s+{_CAPITAL}\s+{_PATRONYMIC}\b"
    rf"|{_CAPITAL}\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_CAPITAL}"
)
_LABELLED = re.compile(
    r"((?:учител|учени|педагог|преподавател|ф\.?и\.?о|эксперт|руководител|организатор|директор|участни|обучающ)"
    r"\w*\.?\s*:)\s*[^\W\d_].*",
    re.IGNORECASE,
)
_TWO_CAPITALS = re.compile(rf"^{_CAPITAL}(?:\s+{_CAPITAL}){{1,2}}$")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?:\+7|\b8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}\b|\b\d{3}-\d{3}-\d{3}[\s-]\d{2}\b|"
    r"\b\d{2}\s?\d{2}\s?[-–№ ]\s?\d{6}\b"
)
_WITHIN_FIRST = 4  # a participant has a number or a code in one of the first cells
_LONG_TEXT = 120
_LONG_NUMBER = 10**9  # ten digits and more under no code: a passport, an insurance number, a telephone
_NUMBERED = re.compile(r"код|логин|инн|огрн|номер|number|code")


def scrubbed(written: str) -> str:
    """A title or a name of a file without persons in it."""
    plain = _CONTACT.sub(NAME_REMOVED, written)
    return _LABELLED.sub(rf"\1 {NAME_REMOVED}", _PERSON.sub(NAME_REMOVED, plain))


def header_of(rows: Sequence[Row]) -> int | None:
    """Index of the row with the most heads of tables of results; None when no row has two."""
    counts = [
        sum(isinstance(cell, str) and len(cell) < 200 and bool(_HEAD.match(folded(cell))) for cell in row)
        for row in rows[:_HEADER_WITHIN]
    ]
    most = max(counts, default=0)
    return counts.index(most) if most >= _LEAST_HEADS else None


def _heads(rows: Sequence[Row], header: int | None) -> list[str]:
    """Heads of the columns; a head that stands a row or two above an empty cell of the header counts."""
    if header is None:
        return []
    over = reversed(rows[max(0, header - 2) : header + 1])
    return [next((head for head in map(folded, cells) if head), "") for cells in zip_longest(*over, fillvalue="")]


def says_words(value: Any) -> bool:
    """Whether a cell holds words that could be a name: not a score, a class, a code or a known word of results."""
    if not isinstance(value, str) or value.isdigit() or len(value) < 2:
        return False
    words = [word for word in _WORD.findall(value) if folded(word) not in _PLAIN]
    if not words:
        return False
    longest = max(map(len, words))
    if longest <= 3 and len(words) == 1:
        return longest == 3 and not any(letter.isdigit() for letter in value)
    return not _PUBLISHED.search(value)


def may_be_name(value: str) -> bool:
    """Whether a text of a file of codes may be a name: no head, school, territory or title of a report."""
    head = folded(value)
    return says_words(value) and not (_HEAD.match(head) or _SCHOOL.search(value) or _PLACE.search(head))


def _may_have_words(head: str) -> bool:
    return bool(_WORDED.match(head)) and (head.startswith(_NOT_PERSONS) or not _PERSONAL.search(head))


def _is_personal(value: Any) -> bool:
    """Numbers and contacts that belong to a person."""
    if isinstance(value, str):
        return len(value) < _LONG_TEXT and bool(_CONTACT.search(value))
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= _LONG_NUMBER


def _column_keeps(head: str, worded: set[str]) -> bool:
    """Whether words of a column stay: by its head, or, when the head says nothing, by what its cells speak of."""
    if _TEXTBOOK.match(head):
        return True
    persons = sum(bool(_PERSON.fullmatch(value.strip())) for value in worded)
    if persons * 2 >= len(worded):
        return False
    if _may_have_words(head):
        return True
    schools = sum(bool(_SCHOOL.search(value)) for value in worded)
    return schools == len(worded) if _PERSONAL.search(head) else schools * 2 >= len(worded)


def _is_odd_school(value: str) -> bool:
    """«Придуманов Олег» among names of schools: two or three capital words and nothing of a school."""
    return bool(_TWO_CAPITALS.match(value) or _PERSON.fullmatch(value)) and not _SCHOOL.search(value)


def _repeated(values: Iterable[Any], wanted: set[str]) -> set[str]:
    """Texts that stand in a column three times and more: names of classes, never of pupils."""
    counts = Counter(value for value in values if value in wanted)
    return {value for value, count in counts.items() if count > 2}


def _is_numeric(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and value.isdigit())


def _is_title(row: Row) -> bool:
    """A row below the header that is no participant: a title, a separator of a school, a repeated header."""
    if any(map(_is_numeric, row[:_WITHIN_FIRST])):
        return False
    filled = [cell for cell in row if cell not in (None, "")]
    heads = sum(isinstance(cell, str) and bool(_HEAD.match(folded(cell))) for cell in filled)
    if heads > _LEAST_HEADS or (heads == len(filled) and heads > 1):
        return True
    return len(filled) == 1 and filled[0] == row[0] and isinstance(row[0], str)


def without_words(sheet: SheetRows) -> SheetRows | None:
    """The sheet without words that may be names; None when it holds none and stays as it is."""
    rows = sheet.rows
    header = header_of(rows)
    start = 0 if header is None else header + 1
    heads = _heads(rows, header)
    body = list(_body(rows, start))
    replaced: dict[int, dict[Any, Any]] = {}
    for index, column in enumerate(zip_longest(*(row for _, row in body), fillvalue=None)):
        if found := _judged(heads[index] if index < len(heads) else "", column):
            replaced[index] = found
    above = {
        number: fresh
        for number, row in _titles(rows, start, body)
        if (fresh := _scrubbed_row(row, is_header=number == header)) != row
    }
    name = scrubbed(sheet.name)
    if not replaced and not above and name == sheet.name:
        return None
    fresh_rows = [above.get(number, row) for number, row in enumerate(rows)]
    for number, row in body:
        if any(index < len(row) and _key(row[index]) in table for index, table in replaced.items()):
            fresh_rows[number] = [
                replaced[index].get(_key(cell), cell) if index in replaced else cell for index, cell in enumerate(row)
            ]
    return SheetRows(name, fresh_rows)


def _key(value: Any) -> Any:
    return str(value) if isinstance(value, bool) else value


def _body(rows: Sequence[Row], start: int) -> Iterator[tuple[int, Row]]:
    place, codes = _codes(rows, start)
    for number in range(start, len(rows)):
        row = rows[number]
        if (place < len(row) and row[place] in codes) or not _is_title(row):
            yield number, row


def _codes(rows: Sequence[Row], start: int) -> tuple[int, set[Any]]:
    """The first column with a number in most rows, and its numbers: its rows need no closer look. Regions are long."""
    for place in range(_WITHIN_FIRST):
        values = [row[place] if place < len(row) else None for row in rows[start:]]
        codes = {value for value in set(values) if _is_numeric(value)}
        if codes and sum(map(codes.__contains__, values)) * 2 > len(values):
            return place, codes
    return 0, set()


def _titles(rows: Sequence[Row], start: int, body: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    below = {number for number, _ in body}
    return ((number, row) for number, row in enumerate(rows) if number < start or number not in below)


def _judged(head: str, column: Sequence[Any]) -> dict[Any, Any]:
    """What of a column must go: each distinct cell with what takes its place."""
    distinct = set(map(_key, column)) if bool in set(map(type, column)) else set(column)
    worded = {value for value in distinct if says_words(value)}
    gone: dict[Any, Any] = {}
    if worded and _column_keeps(head, worded):
        worded = {value for value in worded if _SCHOOL_HEAD.match(head) and _is_odd_school(value)}
    if worded:
        if head.startswith(("класс", "klass", "наименование класса", "параллель")):
            worded = {value for value in worded - _repeated(column, worded) if len(_WORD.findall(value)) > 1}
        mark = (
            REMOVED if sum(map(_is_numeric, distinct)) > len(worded) else None
        )  # among scores a word is a fault to be seen
        gone = dict.fromkeys(worded, mark)
    if not _NUMBERED.search(head):
        gone |= {value: None for value in distinct if _is_personal(value)}
    return gone


def _scrubbed_row(row: Row, *, is_header: bool) -> Row:
    return [_scrubbed_cell(cell, is_header) if isinstance(cell, str) and len(cell) > 4 else cell for cell in row]


def _scrubbed_cell(cell: str, is_header: bool) -> str:
    if is_header and _TWO_CAPITALS.match(cell) and not _HEAD.match(folded(cell)):
        return NAME_REMOVED
    return cell if _SCHOOL.search(cell) and not _LABELLED.search(cell) else scrubbed(cell)
