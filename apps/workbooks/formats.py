"""What a file really is, told by its bytes and never by its name. No Django here."""

import io
import re
import zipfile

from apps.workbooks.refusals import SAVE_AS_XLSX, damaged, refusal

# Format → how a person knows it.
NAMES = {
    "xlsx": "книга Excel (*.xlsx)",
    "xls": "книга Excel 97–2003 (*.xls)",
    "csv": "текст с разделителями (*.csv)",
    "xlsb": "двоичная книга Excel (*.xlsb)",
    "ods": "таблица OpenDocument (*.ods)",
    "odf": "документ OpenDocument",
    "docx": "документ Word (*.docx)",
    "doc": "документ Word 97–2003 (*.doc)",
    "pptx": "презентация PowerPoint (*.pptx)",
    "html": "веб-страница (HTML), сохранённая с чужим расширением",
    "xml2003": "таблица XML 2003, сохранённая с чужим расширением",
    "xml": "файл XML",
    "pdf": "документ PDF",
    "rtf": "документ RTF",
    "zip": "архив ZIP",
    "archive": "архив",
    "image": "картинка",
    "ole": "документ старого образца (OLE)",
    "program": "программа",
    "unknown": "файл неизвестного вида",
}
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    # Streams of Excel 2.0–5.0, before compound files.
    (b"\x09\x00\x04\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x08\x08\x00", "xls"),
    (b"\x09\x08\x10\x00", "xls"),
)


def detect_format(data: bytes) -> str:
    """A key of NAMES. Raises Refused for an empty file, a password and an unreadable archive."""
    if not data:
        raise refusal("file_empty", "Файл пуст: в нём нет ни одного байта.", action="Выберите файл ещё раз.")
    if data.startswith(b"PK"):
        return _zip_format(data)
    if data.startswith(_CFB):
        return _compound_format(data)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    return _text_format(data)


def require_format(data: bytes, allowed: tuple[str, ...]) -> str:
    """The format of the file, which is one of those allowed; Refused names the one found and how to save it."""
    found = detect_format(data)
    if found not in allowed:
        raise refusal(
            "file_format",
            "Файл другого вида, чем нужно.",
            found=NAMES[found],
            expected=" или ".join(NAMES[name] for name in allowed),
            action=SAVE_AS_XLSX,
        )
    return found


def _zip_format(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
            if "mimetype" in names:
                kind = archive.read("mimetype")[:100] if archive.getinfo("mimetype").file_size < 200 else b""
                return "ods" if b"spreadsheet" in kind else "odf"
    except Exception as failure:  # noqa: BLE001 - every way in which a directory can be broken
        raise damaged("оглавление архива не читается") from failure
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "[content_types].xml" in names:
        for folder, name in (("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "pptx")):
            if any(part.startswith(folder) for part in names):
                return name
    return "zip"


def _compound_format(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise password()
    if holds("WordDocument"):
        return "doc"
    return "xls" if holds("Workbook") or holds("Book\0") else "ole"


def password() -> Exception:
    return refusal(
        "file_password",
        "Файл закрыт паролем, поэтому прочитать его нельзя.",
        action="Снимите пароль: «Файл» → «Сведения» → «Защита книги» → «Зашифровать с использованием пароля», "
        "сотрите пароль, сохраните книгу и загрузите её снова.",
    )


def _text_format(data: bytes) -> str:
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
        if "\0" in text and not re.search(r"[;,\t\r\n]", text):
            return "unknown"
    text = text.lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<?xml") or text.startswith("<workbook"):
        return _xml_format(text)
    if re.match(r"<(!doctype\s+html|html|head|meta|body|table|style|div|!--)", text):
        return "html"
    controls = sum(ord(c) < 32 and c not in "\t\r\n\0\f" for c in text)
    return "unknown" if controls > len(text) // 50 else "csv"


def _xml_format(text: str) -> str:
    if "office:spreadsheet" in text or "mso-application" in text:
        return "xml2003"
    return "html" if "<html" in text else "xml"
