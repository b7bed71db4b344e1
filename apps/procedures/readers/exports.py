"""Individual exports that a regional coordinator downloaded in 2020, 2021 and 2022: three layouts."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from apps.core.findings import Refused
from apps.procedures.readers.assemble import Layout, assemble, blank_form, fis_login, participants
from apps.procedures.readers.heads import items_between
from apps.procedures.readers.identity import as_date
from apps.procedures.readers.neutral import HeadItem, Identity, Reading, School, SheetRows
from apps.procedures.readers.text import TASK, Row, folded, header_in, item_number, text

# Beginnings of textbook codes («ma4.8 | …») seen in real files of 2022.
_TEXTBOOK_SUBJECTS = {
    "ru": "Русский язык",
    "ma": "Математика",
    "bio": "Биология",
    "is": "История",
    "geo": "География",
    "fr": "Французский язык",
}


_WORDS_2020 = ("user", "code", "sum", "a-1-grade")
_WORDS_2021 = ("логин школы", "код обучающегося", "всего баллов")
_WORDS_2022 = ("пользователь", "код региона", "школа", "код", "вариант", "итого баллов")


def is_2020(rows: list[Row]) -> bool:
    return header_in(rows, *_WORDS_2020) is not None


def is_2021(rows: list[Row]) -> bool:
    return header_in(rows, *_WORDS_2021) is not None


def is_2022(rows: list[Row]) -> bool:
    return header_in(rows, *_WORDS_2022) is not None


def _find(heads: list[str], *beginnings: str) -> int | None:
    return next((i for i, head in enumerate(heads) if any(head.startswith(b) for b in beginnings)), None)


def _school_2020(user: Any, groups: Any) -> School | None:
    found = fis_login(user)
    if found is None:
        return None
    tag = re.search(r"reg(\d{2})_vpr_(m\d{3})", text(groups))
    return School("fis_oko", found[1], found[0], "", f"reg{tag[1]}_{tag[2]}" if tag else "")


def read_2020(sheet: SheetRows) -> Reading:
    """English keys; the first column after the last scored item is titled «Учебник» and what follows is empty."""
    header = header_in(sheet.rows, *_WORDS_2020) or 0
    heads = [folded(cell) for cell in sheet.rows[header]]
    end = heads.index("учебник") if "учебник" in heads else len(heads)
    items = [
        (index, HeadItem(match[1]))
        for index, head in enumerate(heads[:end])
        if (match := re.fullmatch(r"a-(\d+)-grade", head))
    ]
    rows, numbers = participants(sheet.rows, first=header + 1, column=heads.index("code"))
    if not rows:
        raise Refused([blank_form("export_2020", sheet.name)])
    layout = Layout(
        "export_2020", sheet.name, heads.index("code"), _find(heads, "var-1", "var"), _find(heads, "klass"),
        heads.index("sum"), _find(heads, "otc"), items,
        school=(heads.index("user"), heads.index("groups" if "groups" in heads else "user")),
        school_of=_school_2020, numbered_by_position=True, identity=Identity(kind="vpr"),
    )  # fmt: skip
    return Reading("export_2020", results=[assemble(layout, rows, numbers)])


def _school_2021(login: Any, municipality: Any) -> School | None:
    found = fis_login(login)
    return School("fis_oko", found[1], found[0], "", "", text(municipality)) if found else None


def read_2021(sheet: SheetRows) -> Reading:
    """Russian lower-case headers; all values are text; «регион» is the municipality.

    «балл за 5» is a running number; a copy that names «балл за 5.1» or «балл за 4К1» has numbers of the work.
    """
    header = header_in(sheet.rows, *_WORDS_2021) or 0
    heads = [folded(cell) for cell in sheet.rows[header]]
    named = [(index, match[1]) for index, head in enumerate(heads) if (match := re.fullmatch(r"балл за (.+)", head))]
    items = [(index, HeadItem(item_number(number))) for index, number in named if TASK.match(number)]
    rows, numbers = participants(sheet.rows, first=header + 1, column=heads.index("код обучающегося"))
    if not rows or not items:
        raise Refused([blank_form("export_2021", sheet.name)])
    layout = Layout(
        "export_2021", sheet.name, heads.index("код обучающегося"), _find(heads, "вариант"), _find(heads, "класс"),
        heads.index("всего баллов"), _find(heads, "отметка"), items,
        school=(heads.index("логин школы"), _find(heads, "регион", "муниципалитет") or heads.index("логин школы")),
        school_of=_school_2021, numbered_by_position=all(item.number.isdigit() for _, item in items),
        identity=Identity(kind="vpr"),
    )  # fmt: skip
    return Reading("export_2021", results=[assemble(layout, rows, numbers)])


def _school_2022(school: Any, municipality: Any, user: Any) -> School | None:
    found = fis_login(school) or fis_login(user)
    if found is None:
        return None
    name = text(school).split("|", 1)[1].strip() if "|" in text(school) else ""
    code, _, title = text(municipality).partition("|")
    return School("fis_oko", found[1], found[0], name, code.strip(), title.strip() or code.strip())


def _identity_2022(rows: list[Sequence[Any]], uploaded: int | None, classes: SheetRows | None) -> Identity:
    """Year of the upload dates, subject and grade of the textbook codes: the file itself has no title."""
    cells = [row[uploaded] for row in rows if uploaded is not None and uploaded < len(row)]
    days = Counter(day.year for cell in cells if (day := as_date(cell)))
    books: Counter[tuple[str, int]] = Counter()
    for row in classes.rows[1:] if classes else []:
        for cell in row:
            if match := re.match(r"([a-z]{2,4})(\d{1,2})\.\d+\s*\|", text(cell)):
                books[match[1], int(match[2])] += 1
    (book, grade), _ = books.most_common(1)[0] if books else (("", 0), 0)
    return Identity(
        kind="vpr",
        year=days.most_common(1)[0][0] if days else None,
        subject=_TEXTBOOK_SUBJECTS.get(book, ""),
        grade=grade or None,
    )


def read_2022(sheet: SheetRows, classes: SheetRows | None) -> Reading:
    """Sheets «Классы» and «Протокол»; items carry their maxima; there is no column of marks."""
    header = header_in(sheet.rows, *_WORDS_2022) or 0
    heads = [folded(cell) for cell in sheet.rows[header]]
    variant, klass = heads.index("вариант"), _find(heads, "наименование класса", "порядковый номер класса", "класс")
    total = heads.index("итого баллов")
    found = items_between(sheet.rows, header, after=variant, before=min(klass or total, total), sheet=sheet.name)
    rows, numbers = participants(sheet.rows, first=header + 1, column=heads.index("код"))
    if not rows:
        raise Refused([blank_form("export_2022", sheet.name)])
    layout = Layout(
        "export_2022", sheet.name, heads.index("код"), variant, klass, total, _find(heads, "отметка"), found.items,
        school=(heads.index("школа"), _find(heads, "муниципалитет") or 0, heads.index("пользователь")),
        school_of=_school_2022, identity=_identity_2022(rows, _find(heads, "дата загрузки"), classes),
    )  # fmt: skip
    results = assemble(layout, rows, numbers)
    results.findings += found.findings
    return Reading("export_2022", results=[results])
