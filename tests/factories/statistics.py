"""Forms of federal statistics as books: in the shape of the printed blanks, with invented numbers."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl

AGES = (2, 10, 20, 25, 30, 28, 24, 5)  # up to a year, 1, 2, …, 7 and older


def _bytes(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def preschool_book(
    *, year: int = 2025, total: Any = 130, ages: tuple[Any, ...] = AGES, codes: dict[str, str] | None = None,
    name: str = "", edit: Callable[[openpyxl.Workbook], None] | None = None,
) -> bytes:  # fmt: skip
    """85‑К: a title sheet and section 7 with its rows 701–705, numbers of columns «А Б 3 … 11»."""
    book = openpyxl.Workbook()
    title = book.active
    title.title = "Титул"
    title.append(["ФЕДЕРАЛЬНОЕ СТАТИСТИЧЕСКОЕ НАБЛЮДЕНИЕ"])
    title.append(["СВЕДЕНИЯ О ДЕЯТЕЛЬНОСТИ ОРГАНИЗАЦИИ, ОСУЩЕСТВЛЯЮЩЕЙ ОБРАЗОВАТЕЛЬНУЮ ДЕЯТЕЛЬНОСТЬ ПО ОБРАЗОВАТЕЛЬНЫМ "
                  "ПРОГРАММАМ ДОШКОЛЬНОГО ОБРАЗОВАНИЯ, ПРИСМОТР И УХОД ЗА ДЕТЬМИ"])  # fmt: skip
    title.append([f"за {year} г."])
    title.append(["", "", "", "Форма № 85-К"])
    title.append(["Наименование отчитывающейся организации", "", name])
    for label, code in (codes or {}).items():
        title.append([label, "", code])
    sheet = book.create_sheet("Раздел 7")
    sheet.append([])
    sheet.append(["Раздел 7. Распределение воспитанников по возрасту, человек"])
    sheet.append(["Наименование показателей", "№ строки", "Всего", "в том числе в возрасте, лет"])
    sheet.append(["", "", "", "до года", "1 год", "2 года", "3 года", "4 года", "5 лет", "6 лет", "7 лет и старше"])
    sheet.append(["А", "Б", *range(3, 12)])
    sheet.append(["Численность воспитанников - всего", "701", sum(n for n in ages if isinstance(n, int)), *ages])
    sheet.append(["из них - девочки", "702", 60])
    sheet.append(["Из стр. 701:"])
    sheet.append(["обучающиеся по программам дошкольного образования", "703", total])
    sheet.append(["из них - девочки", "704", 55])
    sheet.append(["обучающиеся по адаптированным программам дошкольного образования", "705", "х"])
    if edit:
        edit(book)
    return _bytes(book)


def school_book(
    *, year: int = 2025, pupils: tuple[int, ...] = (30,) * 11, codes: dict[str, str] | None = None
) -> bytes:
    """ОО‑1: one sheet with two sections below each other; codes of rows as numbers and not as texts."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ОО-1"
    sheet.append(["Форма № ОО-1"])
    sheet.append([f"на начало {year}/{year + 1} учебного года"])
    for label, code in (codes or {}).items():
        sheet.append([label, int(code)])
    sheet.append(["2.1. Сведения о классах и обучающихся"])
    sheet.append(["2.1.1. Число классов и численность обучающихся"])
    sheet.append([])
    sheet.append(["Наименование показателя", "№ строки", "Всего"])
    sheet.append([1, 2, *range(3, 15)])
    sheet.append(["Число классов", 1, 11])
    sheet.append(["В них обучающихся", 2, sum(pupils), *pupils])
    sheet.append(["Раздел 3. Сведения о персонале организации"])
    sheet.append(["3.1. Распределение персонала по уровню образования и полу"])
    sheet.append([1, 2, *range(3, 13)])
    sheet.append(["Численность работников - всего", 1, 60, 40])
    sheet.append(["педагогические работники - всего", 6, 40, 34, 33, 0, 0, 0, 0, 0, 6, 5])
    return _bytes(book)


def archive(files: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return stream.getvalue()
