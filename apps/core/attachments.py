"""Files that people attach: which are taken."""

from typing import BinaryIO

from apps.core import antivirus, files, findings

MAXIMUM_SIZE = 10 * 1024 * 1024
ALLOWED = {
    "pdf": (files.PDF, b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": (files.XLSX, b"PK\x03\x04"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
}
ADVICE = "Приложите файл PDF, DOCX, XLSX, JPG или PNG не больше 10 МБ."


def check(stream: BinaryIO, name: str) -> str:
    """The content type of an acceptable file. Raises Refused by size, by ending, when the bytes are something else,
    and by the antivirus where one is set.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    head = stream.read(16)
    stream.seek(0)
    ending = name.rpartition(".")[2].lower()
    shown = files.clean_name(name)
    if not size:
        raise findings.Refused([findings.error("empty_file", "Файл пуст.", file=shown, action=ADVICE)])
    if size > MAXIMUM_SIZE:
        raise findings.Refused([findings.error("too_big", "Файл больше 10 МБ.", file=shown, action=ADVICE)])
    if ending not in ALLOWED:
        raise findings.Refused([findings.error("wrong_type", "Такие файлы не принимаются.", file=shown, action=ADVICE)])
    content_type, signature = ALLOWED[ending]
    if not head.startswith(signature):
        message = f"Содержимое файла не соответствует окончанию «.{ending}»."
        raise findings.Refused([findings.error("wrong_content", message, file=shown, action=ADVICE)])
    antivirus.require_clean(stream)
    return content_type
