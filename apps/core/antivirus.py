"""The hook for an antivirus, which looks at each uploaded file before it is read or kept.

Off by default. Two ways to set it: `ANTIVIRUS_SOCKET` (clamd) and `ATTACHMENT_SCAN_COMMAND` (any program). A scanner
that does not answer lets nothing through: the person is asked to come back later.
"""

import logging
import shlex
import shutil
import socket
import struct
import subprocess
import tempfile
from typing import Any, BinaryIO

from django.conf import settings

from apps.core import findings

logger = logging.getLogger(__name__)
_CHUNK = 1 << 20
_CLEAN, _FOUND = 0, 1  # exit codes of clamscan, clamdscan and their like


def require_clean(file: BinaryIO | Any, *, action: str = "Проверьте свой компьютер и создайте файл заново.") -> None:
    """Raises Refused for a file with a virus, and when the scanner cannot be asked; the file stands at its start."""
    for is_set, ask in ((settings.ANTIVIRUS_SOCKET, _ask_clamd), (settings.ATTACHMENT_SCAN_COMMAND, _ask_command)):
        if not is_set:
            continue
        try:
            file.seek(0)
            verdict = ask(file)
        except (OSError, subprocess.SubprocessError, ValueError):
            logger.exception("the antivirus could not be asked")
            verdict = None
        finally:
            file.seek(0)
        if verdict == _FOUND:
            message = "Антивирус нашёл в файле вредоносное содержимое. Файл не принят."
            raise findings.Refused([findings.error("file_virus", message, action=action)])
        if verdict != _CLEAN:
            message = "Проверка файлов на вирусы сейчас не отвечает, поэтому файл не принят."
            again = "Загрузите файл ещё раз через несколько минут."
            raise findings.Refused([findings.error("antivirus_down", message, action=again)])


def _ask_command(file: BinaryIO) -> int:
    """The exit code of the command: the file is its standard input, and `{path}` among its words is a copy of it."""
    with tempfile.NamedTemporaryFile(prefix="scan-") as copy:
        shutil.copyfileobj(file, copy, _CHUNK)
        copy.flush()
        copy.seek(0)
        words = [word.replace("{path}", copy.name) for word in shlex.split(settings.ATTACHMENT_SCAN_COMMAND)]
        done = subprocess.run(
            words,
            stdin=copy,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=settings.ATTACHMENT_SCAN_SECONDS,
            check=False,
        )
    return done.returncode


def _ask_clamd(file: BinaryIO) -> int | None:
    """What clamd says of the bytes: «stream: OK» or «stream: NAME FOUND» (its command INSTREAM)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(settings.ATTACHMENT_SCAN_SECONDS)
        line.connect(settings.ANTIVIRUS_SOCKET)
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(_CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while part := line.recv(4096):
            answer += part
    words = answer.decode("utf-8", "replace").rstrip("\0\n")
    return _FOUND if words.endswith("FOUND") else _CLEAN if words.endswith("OK") else None
