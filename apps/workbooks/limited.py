"""Runs the reading child and hands over its frames; whatever becomes of the child ends in Refused."""

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from apps.core import antivirus
from apps.core.findings import Finding, Refused
from apps.workbooks import wire
from apps.workbooks.limits import Limits
from apps.workbooks.refusals import damaged, refusal, too_heavy

logger = logging.getLogger(__name__)
_CHUNK = 1 << 20
Source = BinaryIO | Path | str


def configured(limits: Limits) -> Limits:
    """The limits with what the installation changed in them."""
    return replace(limits, **settings.WORKBOOK_LIMITS.get(limits.name, {}))  # type: ignore[arg-type]


def run(source: Source, *, limits: Limits) -> Iterator[tuple[bytes, bytes]]:
    """Frames of the file, those of DONE and REFUSED excluded. Raises Refused, and nothing else for any file."""
    limits = configured(limits)
    with ExitStack() as stack:
        file = _as_file(source, limits, stack)
        antivirus.require_clean(file, action="Проверьте свой компьютер и создайте книгу заново по образцу с портала.")
        scratch = stack.enter_context(tempfile.TemporaryDirectory())
        order = Path(scratch, "order.json")
        order.write_text(json.dumps({"limits": asdict(limits)}))
        child = subprocess.Popen(
            [sys.executable, "-E", "-s", "-m", "apps.workbooks.child", str(order)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TMPDIR": scratch, "MALLOC_ARENA_MAX": "1"},
            close_fds=True,
        )
        stack.callback(_end, child)
        clock = threading.Timer(limits.wall_seconds, child.kill)
        stack.callback(clock.cancel)
        clock.start()
        assert child.stdout
        last = b""
        for kind, body in wire.frames(child.stdout, limits.memory_bytes):
            last = kind
            if kind == wire.REFUSED:
                raise Refused([Finding.from_dict(finding) for finding in json.loads(body)])
            if kind != wire.DONE:
                yield kind, body
        if last != wire.DONE:
            raise _death(child)


def _as_file(source: Source, limits: Limits, stack: ExitStack) -> BinaryIO:
    """An open file with a descriptor; streams without one are copied, one byte beyond the limit at most."""
    if isinstance(source, Path | str):
        return stack.enter_context(Path(source).open("rb"))
    copy = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    source.seek(0)
    left = limits.packed_bytes + 1
    while left and (chunk := source.read(min(_CHUNK, left))):
        copy.write(chunk)
        left -= len(chunk)
    copy.seek(0)
    source.seek(0)
    return copy


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    if child.stdout:
        child.stdout.close()
    child.wait()


def _death(child: subprocess.Popen[bytes]) -> Refused:
    """Why a child ended without a word: the clock, the processor limit, or memory (aborts and crashes)."""
    try:
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        code = 0
    logger.warning("Reading child ended with code %s", code)
    if code in (-9, -24):  # SIGKILL by the clock or the hard limit, SIGXCPU
        return refusal(
            "file_too_slow",
            "Чтение файла заняло слишком много времени и было остановлено.",
            action="Удалите лишние листы, строки и оформление или разделите файл на части.",
        )
    return too_heavy("для чтения не хватило памяти") if code == -6 else damaged()
