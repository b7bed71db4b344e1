"""What an xlsx says about itself before a cell is read: its parts, sheets and their states. No Django here."""

import re
from dataclasses import dataclass, field

from apps.core.findings import Finding, notice
from apps.workbooks import markup
from apps.workbooks.cells import clean_text
from apps.workbooks.container import Container, active_content, live_link, resolve
from apps.workbooks.limits import Limits
from apps.workbooks.refusals import SAVE_AS_XLSX, damaged, refusal, too_heavy

_SHEET, _PROPERTIES, _NAME = (f"{markup.MAIN}}}{local}" for local in ("sheet", "workbookPr", "definedName"))
_OF_WORKBOOK = frozenset((_SHEET, _PROPERTIES, _NAME))
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_XML_PART = re.compile(r"\.(xml|rels|vml)$")
_CONTENT_TYPES = "[content_types].xml"
_STATES = {"": "visible", "visible": "visible", "hidden": "hidden", "veryhidden": "very_hidden"}


@dataclass
class SheetPart:
    """One worksheet of the book: its name, state and the part that holds its cells."""

    name: str
    state: str
    part: str


@dataclass
class Book:
    """Parts of an xlsx that its sheets need. `parts` maps names to unpacked bytes of all XML parts."""

    parts: dict[str, bytes]
    sheets: list[SheetPart] = field(default_factory=list)
    texts_part: str = ""
    styles_part: str = ""
    epoch_1904: bool = False
    notices: list[Finding] = field(default_factory=list)


def open_book(data: bytes, limits: Limits) -> Book:
    """Check everything that must be checked before a cell is read. Raises Refused."""
    container = Container(data, limits)
    container.refuse_active_content()
    live = container.live_parts()
    if live and not limits.live_links:
        raise live_link(live[0])
    book = Book({name: container.read(name) for name in container.names if _XML_PART.search(name)})
    roots = {name: markup.check_prolog(name, part) for name, part in book.parts.items()}
    types = book.parts.get(_CONTENT_TYPES, b"")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise active_content("тип книги «с поддержкой макросов»")
    workbook = _workbook_part(book, limits)
    if roots[workbook].startswith(markup.STRICT):
        raise refusal(
            "file_strict",
            "Книга сохранена в строгом варианте формата, из которого числа читаются ненадёжно.",
            found="Strict Open XML",
            expected="«Книга Excel (*.xlsx)»",
            action=SAVE_AS_XLSX,
        )
    if roots[workbook] != f"{markup.MAIN}}}workbook":
        raise damaged("главная часть не похожа на книгу")
    _read_workbook_part(book, workbook, limits)
    _check_links(book, limits, live=bool(live))
    return book


def relations(book: Book, part: str, limits: Limits) -> list[dict[str, str]]:
    """Relationships of a part: dictionaries with Id, Type, Target and, for outer ones, TargetMode."""
    folder, _, name = part.rpartition("/")
    source = f"{folder}/_rels/{name}.rels".lstrip("/")
    if source not in book.parts:
        return []
    return [attributes for _, attributes in markup.elements(source, book.parts[source], {_RELATION}, limits.depth)]


def _workbook_part(book: Book, limits: Limits) -> str:
    for relation in relations(book, "", limits):
        if relation.get("Type", "").endswith("/officeDocument"):
            part = resolve("", relation.get("Target", ""))
            if part in book.parts:
                return part
    raise damaged("нет главной части книги")


def _read_workbook_part(book: Book, workbook: str, limits: Limits) -> None:
    targets = {}
    for relation in relations(book, workbook, limits):
        kind = relation.get("Type", "").rpartition("/")[2]
        targets[relation.get("Id", "")] = (kind, resolve(workbook, relation.get("Target", "")))
    by_kind = dict(targets.values())
    book.texts_part = by_kind.get("sharedStrings", "")
    book.styles_part = by_kind.get("styles", "")
    if book.texts_part and book.texts_part not in book.parts:
        raise damaged("нет части с текстами ячеек")
    named = 0
    for tag, attributes in markup.elements(workbook, book.parts[workbook], _OF_WORKBOOK, limits.depth):
        if tag == _SHEET:
            _add_sheet(book, attributes, targets)
        elif tag == _PROPERTIES:
            book.epoch_1904 = attributes.get("date1904", "0") in ("1", "true")
        else:
            named += 1
    if len(book.sheets) > limits.sheets:
        raise too_heavy(f"{len(book.sheets)} листов, допустимо {limits.sheets}")
    if named > limits.defined_names:
        raise too_heavy(f"{named} именованных диапазонов, допустимо {limits.defined_names}")


def _add_sheet(book: Book, attributes: dict[str, str], targets: dict[str, tuple[str, str]]) -> None:
    name = clean_text(attributes.get("name", ""))
    kind, target = targets.get(attributes.get(f"{markup.RELATIONS}}}id", ""), ("", ""))
    if kind in ("chartsheet", "dialogsheet"):
        book.notices.append(notice("sheet_ignored", "лист с диаграммой пропущен: в нём нет ячеек.", sheet=name))
        return
    if kind != "worksheet" or target not in book.parts:
        raise refusal(
            "sheet_missing",
            "В файле нет содержимого листа, который назван в книге: файл повреждён.",
            sheet=name,
            action="Откройте книгу в табличном редакторе, проверьте лист и сохраните её ещё раз.",
        )
    state = _STATES.get(attributes.get("state", "").lower(), "hidden")
    book.sheets.append(SheetPart(name, state, target))


def _check_links(book: Book, limits: Limits, *, live: bool) -> None:
    """Links to other files and to the web are never followed, and that is said; DDE and OLE links refuse the file."""
    outer = live
    for name, part in book.parts.items():
        if "/externallinks/" in name and not name.endswith(".rels"):
            if b"ddeLink" in part or b"oleLink" in part:
                raise live_link("связь DDE или OLE")
            outer = True
        elif name.endswith(".rels") and b"External" in part:
            outer = outer or _has_outer_picture(book, name, limits)
    if outer:
        book.notices.append(
            notice(
                "external_links",
                "В книге есть ссылки на другие файлы или на данные из сети. Они не открывались: "
                "взяты значения, сохранённые в самой книге.",
            )
        )


def _has_outer_picture(book: Book, rels: str, limits: Limits) -> bool:
    part = rels.replace("_rels/", "").removesuffix(".rels")
    return any(
        relation.get("TargetMode") == "External"
        and not relation.get("Type", "").endswith(("/hyperlink", "/externalLinkPath"))
        for relation in relations(book, part, limits)
    )
