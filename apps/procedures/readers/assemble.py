"""Participants of a sheet, whatever the layout calls its columns, made into `Results`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from apps.core.findings import Finding, Refused, error
from apps.procedures.readers import columns, neutral
from apps.procedures.readers.neutral import HeadItem, Identity, Results, School
from apps.procedures.readers.text import LOGIN, class_label, text

_NAME = re.compile(r"[А-ЯЁа-яё]{2,}\s+[А-ЯЁа-яё]{2,}")
_SHOWN = 20


@dataclass
class Layout:
    """Where the columns of a family stand in this file."""

    family: str
    sheet: str
    code: int
    variant: int | None
    klass: int | None
    total: int | None
    journal: int | None
    items: list[tuple[int, HeadItem]]
    mark: int | None = None
    # Columns that say which school a row belongs to, and how to make a school of them.
    school: tuple[int, ...] = ()
    school_of: Callable[..., School | None] = lambda *_: None
    numbered_by_position: bool = False
    identity: Identity = field(default_factory=Identity)
    maximum: int | None = None


def fis_login(value: Any) -> tuple[str, str] | None:
    """Prefix and digits of a ФИС ОКО login inside a cell: («edu», «224085»)."""
    match = LOGIN.search(text(value))
    return (match[1].lower(), match[2]) if match else None


def _school_column(
    layout: Layout, data: list[Sequence[Any]], row_numbers: np.ndarray
) -> tuple[list[School], np.ndarray]:
    keys = list(zip(*(data[index] for index in layout.school), strict=True))
    schools: dict[tuple[str, str], int] = {}
    found: list[School] = []
    table: dict[tuple[Any, ...], int] = {}
    for key in dict.fromkeys(keys):
        school = layout.school_of(*key)
        if school is None:
            table[key] = -1
            continue
        index = schools.setdefault((school.system, school.digits), len(found))
        if index == len(found):
            found.append(school)
        table[key] = index
    indexes = np.fromiter(map(table.__getitem__, keys), np.int32, len(keys))
    if (bad := np.flatnonzero(indexes < 0)).size:
        raise Refused(
            [
                error(
                    "school_unread",
                    "Не удалось понять, к какой школе относится строка.",
                    sheet=layout.sheet,
                    row=int(row_numbers[index]),
                    found=text(keys[index][0])[:40] or "пусто",
                    expected="логин ФИС ОКО, например edu990101",
                    action="Выгрузите файл из ФИС ОКО заново и не меняйте столбец с логином.",
                )
                for index in bad[:_SHOWN]
            ]
        )
    return found, indexes


def _refuse_names(layout: Layout, codes: Sequence[Any], row_numbers: np.ndarray) -> None:
    """A name where a code belongs refuses the file; what was found is not repeated anywhere."""
    named = {value for value in set(codes) if isinstance(value, str) and _NAME.search(value)}
    if not named:
        return
    rows = [int(number) for value, number in zip(codes, row_numbers, strict=True) if value in named]
    listed = ", ".join(str(row) for row in rows[:_SHOWN])
    raise Refused(
        [
            error(
                "names_instead_of_codes",
                f"В столбце кода участника стоят слова, похожие на фамилию и имя (строки {listed}).",
                sheet=layout.sheet,
                expected="код участника из цифр",
                action="Портал не хранит имён учеников. Уберите их из файла и загрузите его снова.",
            )
        ]
    )


def assemble(layout: Layout, rows: Sequence[Sequence[Any]], row_numbers: np.ndarray) -> Results:
    """Results of the participants' `rows`. Raises Refused when schools cannot be read or names stand for codes."""
    size = len(rows)
    data = columns.transpose(rows)
    blank: Sequence[Any] = [""] * size

    def take(index: int | None) -> Sequence[Any]:
        return data[index] if index is not None and index < len(data) else blank

    codes = take(layout.code)
    _refuse_names(layout, codes, row_numbers)
    schools, school = _school_column(layout, data, row_numbers)
    labels, klass = columns.indexed(take(layout.klass), class_label)
    scores = np.empty((size, len(layout.items)), np.uint8)
    unread: dict[tuple[int, str], str] = {}
    for position, (index, item) in enumerate(layout.items):
        scores[:, position] = columns.mapped(take(index), columns.score, np.uint8)
        unread |= columns.unread_cells(scores[:, position], take(index), neutral.UNREADABLE, f"задание {item.number}")
    marks = None
    if layout.mark is not None:
        marks = columns.mapped(take(layout.mark), columns.mark, np.uint8)
        unread |= columns.unread_cells(marks, take(layout.mark), neutral.IMPOSSIBLE_MARK, "отметка")
    journal = None
    if layout.journal is not None:
        journal = columns.mapped(take(layout.journal), columns.mark, np.uint8)
        unread |= columns.unread_cells(journal, take(layout.journal), neutral.IMPOSSIBLE_MARK, "отметка по журналу")
    return Results(
        family=layout.family,
        identity=layout.identity,
        sheet=layout.sheet,
        items=[item for _, item in layout.items],
        schools=schools,
        row_numbers=row_numbers,
        school=school,
        class_labels=labels,
        klass=klass,
        codes=columns.mapped(codes, columns.code, np.int64),
        variants=columns.mapped(take(layout.variant), columns.variant, np.uint8),
        marked_absent=columns.mapped(take(layout.variant), columns.says_absent, np.bool_),
        scores=scores,
        totals=columns.mapped(take(layout.total), columns.total, np.int16),
        marks=marks,
        journal=journal,
        numbered_by_position=layout.numbered_by_position,
        maximum=layout.maximum,
        unread=unread,
    )


def _is_participant(code: str) -> bool:
    if "кол-во участников" in code.lower():  # the separator of a school, in copies whose codes stand in column A
        return False
    return any(letter.isdigit() for letter in code) or bool(_NAME.search(code))


def participants(rows: Sequence[Sequence[Any]], *, first: int, column: int) -> tuple[list[Sequence[Any]], np.ndarray]:
    """Rows below the header whose `column` holds a digit, with their numbers; `first` is the index of the first.

    Separators of schools, totals and pre-filled empty rows have no code and are passed over.
    """
    values = [row[column] if column < len(row) else "" for row in rows[first:]]
    verdict = {value: _is_participant(text(value)) for value in set(values)}
    kept = [index for index, value in enumerate(values) if verdict[value]]
    numbers = np.asarray(kept, np.int32) + first + 1
    if len(kept) == len(values):
        return list(rows[first:]), numbers
    return [rows[first + index] for index in kept], numbers


def blank_form(family: str, sheet: str) -> Finding:
    return error(
        "no_participants",
        "В файле нет ни одного участника: это пустой бланк или в нём удалены строки.",
        sheet=sheet,
        action="Загрузите заполненный файл.",
    )
