"""Bounded reading of XML parts by expat: no document types, no entities, no endless nesting. No Django here."""

from collections.abc import Callable, Set
from xml.parsers import expat

from apps.core.findings import Refused
from apps.workbooks.refusals import damaged, refusal

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
_PROLOG = 65_536
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class _Enough(Exception):
    """The root element was reached."""


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_: object) -> None:
        raise refusal(
            "file_doctype",
            "Внутри файла есть объявление DOCTYPE, которого табличный редактор не пишет; такой файл не принимается.",
            action="Откройте файл в табличном редакторе и сохраните его как «Книга Excel (*.xlsx)».",
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def parse(
    name: str,
    data: bytes,
    *,
    start: Start,
    end: End,
    text: Callable[[str], None] | None,
    depth: int | None,
) -> None:
    """Feed one part to the handlers; names come as `namespace}local`. Raises Refused for whatever is not plain XML.

    `depth` None leaves the nesting to the handlers.
    """
    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if depth is not None:
        parser.StartElementHandler, parser.EndElementHandler = _counted(name, start, end, depth)
    if text:
        parser.CharacterDataHandler = text
    _run(name, lambda: parser.Parse(data, True))


def _counted(name: str, start: Start, end: End, depth: int) -> tuple[Start, End]:
    level = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise damaged(f"часть «{name}» вложена слишком глубоко")
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal level
        level -= 1
        end(tag)

    return opened, closed


def elements(name: str, data: bytes, wanted: Set[str], depth: int) -> list[tuple[str, dict[str, str]]]:
    """Names and attributes of the wanted elements, in their order."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in wanted:
            found.append((tag, attributes))

    parse(name, data, start=start, end=lambda _tag: None, text=None, depth=depth)
    return found


def check_prolog(name: str, data: bytes) -> str:
    """Name of the root element, `namespace}local`; Refused if the part declares a document type or is not XML."""
    parser = _parser()
    root = ""

    def opened(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal root
        root = tag
        raise _Enough

    parser.StartElementHandler = opened
    try:
        _run(name, lambda: parser.Parse(data[:_PROLOG], False))
    except _Enough:
        return root
    raise damaged(f"часть «{name}» не похожа на XML")


def _run(name: str, step: Callable[[], object]) -> None:
    try:
        step()
    except (Refused, _Enough, MemoryError):
        raise
    except (expat.ExpatError, ValueError, LookupError) as failure:
        raise damaged(f"часть «{name}»") from failure
