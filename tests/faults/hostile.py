"""Files that mean harm or were hurt on their way, all of our own making, made in memory.

Each maker gives the bytes of one file. They start from the smallest good workbook (`tests.workbooks.making`), which the
reader accepts, so that what is refused is refused for the one thing done to it.
"""

import io
import struct
import zipfile
import zlib

from apps.workbooks.cells import column_letters
from tests.workbooks.making import MAIN, OFFICE, XML, exact, parts_of, relations, sheet_xml, workbook_xml, zipped

MIB = 1 << 20
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def good() -> bytes:
    return exact(ONE_CELL).getvalue()


def with_parts(rows: str = ONE_CELL, **parts: str) -> bytes:
    return exact(rows, parts=parts).getvalue()


def with_raw_parts(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    return zipped({**parts_of(sheet_xml(ONE_CELL)), **parts}, compression).getvalue()


# --- U1: bombs


def white_space_bomb(size: int = 100 * MIB) -> bytes:
    return with_raw_parts({"xl/worksheets/sheet1.xml": sheet_xml(ONE_CELL + " " * size).encode()})


def shared_string_bomb(size: int = 60 * MIB) -> bytes:
    return with_raw_parts({"xl/sharedStrings.xml": b"<sst><si><t>" + b"A" * size + b"</t></si></sst>"})


def picture_bomb(size: int = 60 * MIB) -> bytes:
    return with_raw_parts({"xl/media/image1.png": bytes(size)})


def many_entries(count: int = 600) -> bytes:
    return with_raw_parts({f"xl/media/image{number}.png": b"x" for number in range(count)})


def lying_directory(size: int = 60 * MIB, *, declared: int = 1000) -> bytes:
    """A part that says it is small: both headers lie about its size, and the checksum is that of its beginning."""
    part = sheet_xml(ONE_CELL + " " * size).encode()
    data = bytearray(with_raw_parts({"xl/worksheets/sheet1.xml": part}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    checksum = struct.pack("<I", zlib.crc32(part[:declared]))
    for where in (entry.header_offset + 14, _directory_place(data, entry.filename) + 16):
        data[where : where + 4] = checksum
        data[where + 8 : where + 12] = struct.pack("<I", declared)
    return bytes(data)


def overlapping_entries() -> bytes:
    """Two directory entries over one part, as in a bomb that unpacks the same bytes again and again."""
    data = bytearray(with_raw_parts({"xl/media/image1.png": b"x" * 50, "xl/media/image2.png": b"x" * 50}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.getinfo("xl/media/image1.png").header_offset
    where = _directory_place(data, "xl/media/image2.png") + 42
    data[where : where + 4] = struct.pack("<I", first)
    return bytes(data)


def _directory_place(data: bytes | bytearray, name: str) -> int:
    """Where the directory entry of a part begins."""
    place = data.rfind(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    return place


# --- U2, U3: what XML can do


DOCTYPES = {
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{canary}/entity">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "{canary}/dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "{canary}/parameter"> %p;]>',
    "local file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "unused": "<!DOCTYPE x>",
    "billion laughs": "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>",
    "quadratic": "<!DOCTYPE x [<!ENTITY a '" + "a" * 100_000 + "'>]>",
}


def doctype_in(part: str, doctype: str, encoding: str = "utf-8") -> bytes:
    """The good workbook with a document type in one of its parts, in the encoding given."""
    text = parts_of(sheet_xml(ONE_CELL)).get(part, b'<?xml version="1.0"?><x/>').decode()
    declaration, _, rest = text.partition("?>")
    declaration = declaration.replace("UTF-8", encoding.upper())
    body = f"{declaration}?>{doctype}{rest.replace('<v>1</v>', '<v>&e;</v>' if 'ENTITY e' in doctype else '<v>1</v>')}"
    return with_raw_parts({part: body.encode(encoding)}, zipfile.ZIP_STORED)


def deep_nesting(levels: int = 50_000) -> bytes:
    sheet = sheet_xml(f"{ONE_CELL}{'<x>' * levels}{'</x>' * levels}")
    return with_raw_parts({"xl/worksheets/sheet1.xml": sheet.encode()}, zipfile.ZIP_STORED)


# --- U4, U5: links and active content


def with_external_link(body: str = '<externalBook r:id="rId1"/>') -> bytes:
    link = f'{XML}<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}">{body}</externalLink>'
    target = relations(("rId1", "externalLinkPath", "file:///C:/x.xlsx"), mode=' TargetMode="External"')
    return with_parts(
        **{"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": target}
    )


def with_remote_picture(address: str) -> bytes:
    links = relations(("rId1", "image", address), mode=' TargetMode="External"')
    return with_parts(**{"xl/worksheets/_rels/sheet1.xml.rels": links})


def with_connection(address: str) -> bytes:
    return with_parts(**{"xl/connections.xml": f'{XML}<connections xmlns="{MAIN}"><x url="{address}"/></connections>'})


def with_formula(formula: str, value: str = "<v>1</v>", attributes: str = "") -> bytes:
    return exact(f'<row r="1"><c r="A1"{attributes}><f>{formula}</f>{value}</c></row>').getvalue()


def macro_type() -> bytes:
    types = parts_of("")["[Content_Types].xml"].decode()
    return with_parts(
        **{"[Content_Types].xml": types.replace(f"{CONTENT}.sheet.main", f"{CONTENT}.sheet.macroEnabled.main")}
    )


# --- U6, U7: other formats under a familiar name


def compound(*streams: str) -> bytes:
    """A file that begins like a compound document and names the given streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)) + bytes(512)


def open_document(kind: str = "spreadsheet") -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": mimetype, "content.xml": b"<x/>"}, zipfile.ZIP_STORED).getvalue()


def office_zip(folder: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>"}).getvalue()


def strict() -> bytes:
    parts = {name: data.decode() for name, data in parts_of(sheet_xml(ONE_CELL)).items()}
    workbook = parts["xl/workbook.xml"].replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    return with_parts(**{"xl/workbook.xml": workbook})


OTHER_FORMATS = {
    "xls": compound("Workbook"),
    "doc": compound("WordDocument"),
    "ole": compound("Something"),
    "xlsb": zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}).getvalue(),
    "docx": office_zip("word"),
    "pptx": office_zip("ppt"),
    "ods": open_document(),
    "odf": open_document("text"),
    "zip": zipped({"a.txt": b"a"}).getvalue(),
    "html": "\ufeff\n <HTML><table><tr><td>Школа</td></tr></table></HTML>".encode(),
    "xml2003": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "xml": b'<?xml version="1.0"?><data/>',
    "pdf": b"%PDF-1.7\n",
    "rtf": b"{\\rtf1 }",
    "image": b"\x89PNG\r\n\x1a\n",
    "archive": b"Rar!\x1a\x07\x00",
    "program": b"MZ\x90\x00",
    "csv": "Код;Число\r\n1;2\r\n".encode(),
    "unknown": bytes(range(256)) * 4,
}


# --- U8: hurt on the way


def bad_checksum() -> bytes:
    data = bytearray(good())
    data[_directory_place(data, "xl/worksheets/sheet1.xml") + 16] ^= 0xFF
    return bytes(data)


def flagged_as_encrypted() -> bytes:
    data = bytearray(good())
    data[_directory_place(data, "xl/worksheets/sheet1.xml") + 8] |= 1
    return bytes(data)


def unknown_method() -> bytes:
    return with_raw_parts({}, zipfile.ZIP_BZIP2)


def duplicate_names() -> bytes:
    """The same part twice, once by another letter case: readers disagree about which counts."""
    return with_raw_parts({"XL/worksheets/SHEET1.xml": sheet_xml("").encode()})


def missing_sheet_part() -> bytes:
    parts = parts_of(sheet_xml(ONE_CELL))
    parts["xl/workbook.xml"] = workbook_xml(
        '<sheet name="Лист1" sheetId="1" r:id="rId1"/><sheet name="Данные" sheetId="2" r:id="rId2"/>'
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
    ).encode()
    return zipped(parts).getvalue()


def missing_texts() -> bytes:
    links = relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"))
    return with_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', **{"xl/_rels/workbook.xml.rels": links})


# --- U11–U14: sizes


def empty_rows(count: int = 1_048_576) -> bytes:
    return with_parts(ONE_CELL + "".join(f'<row r="{number}"/>' for number in range(2, count + 1)))


def styled_rows(count: int = 200_000) -> bytes:
    rows = (
        f'<row r="{number}"><c r="A{number}" s="0"/><c r="B{number}" s="0"/></row>' for number in range(2, count + 1)
    )
    return with_parts(ONE_CELL + "".join(rows))


def far_cell(content: str = "<v>1</v>") -> bytes:
    return with_parts(f'{ONE_CELL}<row r="1048576"><c r="XFD1048576">{content}</c></row>')


def wide_row(content: str = "<v>1</v>", columns: int = 16_384) -> bytes:
    cells = "".join(f'<c r="{column_letters(number)}1">{content}</c>' for number in range(2, columns + 1))
    return with_parts(f'<row r="1"><c r="A1"><v>1</v></c>{cells}</row>')


def many_styles(count: int = 60_000) -> bytes:
    formats = '<xf numFmtId="0"/>' * count
    styles = f'{XML}<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'
    links = relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    parts = {"xl/styles.xml": styles.encode(), "xl/_rels/workbook.xml.rels": links.encode()}
    return with_raw_parts(parts, zipfile.ZIP_STORED)


def many_sheets(count: int = 1_500) -> bytes:
    """All of them over one part, so that only their number is in the way."""
    sheets = "".join(f'<sheet name="Л{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, count + 1))
    return with_parts(**{"xl/workbook.xml": workbook_xml(sheets)})


def many_names(count: int = 20_000) -> bytes:
    names = "".join(f'<definedName name="n{number}">Лист1!$A$1</definedName>' for number in range(count))
    sheet = '<sheet name="Лист1" sheetId="1" r:id="rId1"/>'
    return with_parts(**{"xl/workbook.xml": workbook_xml(sheet, more=f"<definedNames>{names}</definedNames>")})
