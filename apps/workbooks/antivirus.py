"""The hook for an antivirus: with `ANTIVIRUS_SOCKET` set, clamd looks at each uploaded workbook before it is read.

Off by default. A scanner that does not answer lets nothing through: the person is asked to come back later.
"""

import os
import socket
import struct
from typing import BinaryIO

from django.conf import settings

from apps.workbooks.refusals import refusal

_CHUNK, _SECONDS = 1 << 20, 30


def require_clean(file: BinaryIO) -> None:
    """Raises Refused for a file that clamd objects to, and when it cannot be asked; the file stands at its start."""
    if not settings.ANTIVIRUS_SOCKET:
        return
    try:
        answer = _scan(file.fileno())
    except OSError:
        answer = ""
    if answer.endswith("FOUND"):
        raise refusal(
            "file_virus",
            "Антивирус нашёл в файле вредоносное содержимое. Файл не принят.",
            action="Проверьте свой компьютер и создайте книгу заново по образцу с портала.",
        )
    if not answer.endswith("OK"):
        raise refusal(
            "antivirus_down",
            "Проверка файлов на вирусы сейчас не отвечает, поэтому файл не принят.",
            action="Загрузите файл ещё раз через несколько минут.",
        )


def _scan(descriptor: int) -> str:
    """What clamd says of the bytes: «stream: OK» or «stream: NAME FOUND» (its command INSTREAM)."""
    offset = 0
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_SECONDS)
        line.connect(settings.ANTIVIRUS_SOCKET)
        line.sendall(b"zINSTREAM\0")
        while chunk := os.pread(descriptor, _CHUNK, offset):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
            offset += len(chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while part := line.recv(4096):
            answer += part
    return answer.decode("utf-8", "replace").rstrip("\0\n")
