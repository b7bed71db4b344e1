"""The hook for an antivirus, against a small clamd of our own that knows the test signature of EICAR."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from apps.core.findings import Refused
from apps.workbooks.limits import FORM
from apps.workbooks.reading import read_workbook
from tests.faults import hostile
from tests.workbooks.making import zipped

SIGNATURE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def receive(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += line.recv(count - len(data))
    return data


def stream(line: socket.socket) -> bytes:
    assert receive(line, 10) == b"zINSTREAM\0"
    data = b""
    while size := struct.unpack("!L", receive(line, 4))[0]:
        data += receive(line, size)
    return data


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[Callable[[bytes], None]]:
    """`clamd(answer)`: what the next scan is told unless the bytes have the signature."""
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(tmp_path / "clamd"))
    server.listen(1)
    settings.ANTIVIRUS_SOCKET = str(tmp_path / "clamd")
    threads = []

    def work(answer: bytes) -> None:
        line, _ = server.accept()
        with line:
            found = SIGNATURE in stream(line)
            line.sendall(b"stream: Eicar-Signature FOUND\0" if found else answer)

    def start(answer: bytes = b"stream: OK\0") -> None:
        threads.append(threading.Thread(target=work, args=(answer,)))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(10)
    server.close()


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_workbook(BytesIO(data), limits=FORM)
    return caught.value.findings[0].code


def test_u34_a_clean_file_is_scanned_and_read(clamd: Callable[..., None]) -> None:
    clamd()
    assert read_workbook(BytesIO(hostile.good()), limits=FORM).sheets[0].rows == [[1]]


def test_u34_a_picture_with_a_virus_refuses_the_file(clamd: Callable[..., None]) -> None:
    clamd()
    assert refused(zipped({"xl/media/image1.png": SIGNATURE}, compression=0).getvalue()) == "file_virus"


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0"])
def test_u34_a_scanner_that_does_not_say_ok_lets_nothing_through(clamd: Callable[..., None], answer: bytes) -> None:
    clamd(answer)
    assert refused(hostile.good()) == "antivirus_down"


def test_u34_a_scanner_that_is_down_lets_nothing_through(settings: Any, tmp_path: Path) -> None:
    settings.ANTIVIRUS_SOCKET = str(tmp_path / "nobody")
    assert refused(hostile.good()) == "antivirus_down"


def test_u34_without_a_scanner_nothing_is_asked(settings: Any) -> None:
    assert settings.ANTIVIRUS_SOCKET == ""
    assert read_workbook(BytesIO(hostile.good()), limits=FORM).sheets
