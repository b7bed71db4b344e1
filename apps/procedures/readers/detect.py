"""Which family a file is of, by its content; then that family's reader."""

from collections.abc import Callable

from apps.core.findings import Refused, error
from apps.procedures.readers import achievements, context, exports, f1, form, groups, neutral, ris
from apps.procedures.readers.neutral import Reading, SheetRows
from apps.procedures.readers.sheets import left, trimmed

FAMILIES = {
    "f1": "Ф1 «Индивидуальные результаты» (ФИС ОКО)",
    "export_2020": "выгрузка индивидуальных результатов 2020 года",
    "export_2021": "выгрузка индивидуальных результатов 2021 года",
    "export_2022": "выгрузка индивидуальных результатов 2022 года",
    "form": "форма сбора результатов",
    "groups": "сводный отчёт ФИС ОКО по группам участников (Ф3, сравнение с журналом, выполнение заданий, "
    "распределение первичных баллов)",
    "achievements": "отчёт ФИС ОКО «Достижение планируемых результатов»",
    "ris_gia9_protocol": "протокол РИС ГИА-9",
    "ris_gia9_flat": "протокол РИС ГИА-9, плоская выгрузка",
    "ris_gia11_protocol": "протокол РИС ГИА-11",
    "appeals": "протокол апелляций",
    "context": "сбор контекстных данных об ОО: только коды и числа",
    "matrix": "матрица РДР, МДР, ВСОКО и других работ: столбцы указываете вы",
    "olympiad": "результаты ВсОШ: столбцы указываете вы, хранится только число участников",
}
_FIS_OKO, _RIS_9, _RIS_11 = "ГИС ФИС ОКО", "РИС ГИА-9", "РИС ГИА-11"
# Which system a file of a family was exported from; matrices say it themselves or not at all.
SYSTEMS = {
    "ris_gia9_protocol": _RIS_9,
    "ris_gia9_flat": _RIS_9,
    "ris_gia11_protocol": _RIS_11,
    "appeals": "РИС ГИА",
    "matrix": "таблица, столбцы указаны вручную",
    "olympiad": "таблица, столбцы указаны вручную",
    "": "не определён",
}


def system_of(family: str) -> str:
    """The system that a file comes from, for people."""
    return SYSTEMS.get(family, _FIS_OKO)


_KNOWN = (
    "индивидуальные результаты Ф1, статистика по отметкам Ф3, сравнение с журналом, выполнение заданий, распределение "
    "первичных баллов, достижение планируемых результатов, форма сбора результатов, "
    "выгрузки 2020–2022 годов, протоколы РИС ГИА-9 и ГИА-11"
)


def _read_sheet(sheet: SheetRows, sheets: list[SheetRows], digest: str) -> Reading | None:
    rows = sheet.rows
    classes = next((other for other in sheets if other.name == "Классы"), None)
    families: tuple[tuple[Callable[[], bool], Callable[[], Reading]], ...] = (
        (lambda: exports.is_2021(rows), lambda: exports.read_2021(sheet)),
        (lambda: exports.is_2020(rows), lambda: exports.read_2020(sheet)),
        (lambda: exports.is_2022(rows), lambda: exports.read_2022(sheet, classes)),
        (lambda: form.is_form(rows), lambda: form.read(sheet, digest=digest)),
        (lambda: f1.header_row(rows) is not None, lambda: f1.read(sheet)),
        (lambda: groups.header_row(rows) is not None, lambda: groups.read(sheet)),
        (lambda: ris.is_flat(rows), lambda: ris.read_flat(sheet)),
        (lambda: achievements.header_row(rows) is not None, lambda: achievements.read(sheet)),
        (lambda: context.is_context(rows), lambda: context.read(sheet)),
    )
    return next((reader() for suits, reader in families if suits()), None)


def _protocols(sheets: list[SheetRows]) -> list[SheetRows]:
    """Sheets of a РИС protocol: the first with a title, and those after it that go on without one."""
    chosen: list[SheetRows] = []
    for sheet in sheets:
        if ris.is_protocol(sheet.rows) or (chosen and ris.goes_on(sheet.rows)):
            chosen.append(sheet)
    return chosen


def read(sheets: list[SheetRows], *, digest: str = "") -> Reading:
    """Read every sheet of a known family. Raises Refused when there is none.

    An appeals protocol cannot be read alone: its participants are named, and names are not kept.
    """
    sheets = trimmed(sheets)
    found, unread = [], []
    protocols = _protocols(sheets)
    if protocols:
        found.append(ris.read(protocols))
    for sheet in sheets:
        if sheet in protocols:
            continue
        reading = _read_sheet(sheet, sheets, digest)
        if reading is None:
            unread.append(sheet)
        else:
            found.append(reading)
    if found:
        first = found[0]
        for other in found[1:]:
            first.results += other.results
            first.tables += other.tables
            first.bridges += other.bridges
            first.findings += other.findings
        first.results = neutral.joined(first.results)
        first.findings += left(unread)
        return first
    if any(ris.is_appeals(sheet.rows) for sheet in sheets):
        raise Refused(
            [
                error(
                    "appeals_alone",
                    "Протокол апелляций загружен без протокола экзамена.",
                    action="Портал не хранит имён учеников, поэтому загрузите апелляции вместе с протоколом экзамена, "
                    "к которому они относятся.",
                )
            ]
        )
    raise Refused(
        [
            error(
                "unknown_layout",
                "Не удалось узнать вид файла: в нём нет известного заголовка или столбцов.",
                found=", ".join(f"лист «{sheet.name}»" for sheet in sheets[:5]) or "нет листов",
                expected=_KNOWN,
                action="Загрузите файл в том виде, в каком его выдала система.",
            )
        ]
    )
