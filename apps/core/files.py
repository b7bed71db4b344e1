"""Private files: how bytes are taken in and given out. Every room serves its own after its own check."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, BinaryIO

from django.core.files.base import File
from django.http import FileResponse

from apps.core.models import PrivateFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"


_stored: ContextVar[list[PrivateFile] | None] = ContextVar("stored", default=None)


@contextmanager
def not_kept() -> Iterator[None]:
    """Bytes that are stored inside are deleted at the end: for a trial whose rows are rolled back."""
    stored: list[PrivateFile] = []
    token = _stored.set(stored)
    try:
        yield
    finally:
        _stored.reset(token)
        for kept in stored:
            kept.file.storage.delete(str(kept.file.name))


def clean_name(name: str) -> str:
    """A display name without path, control or direction marks, at most 120 letters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" .") or "файл"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:110]}{dot}{ending[:10]}" if dot else name[:120]


def store(*, stream: BinaryIO | File, name: str, content_type: str, by: Any) -> PrivateFile:
    """Keep the bytes under a name of our own and remember their SHA-256."""
    digest = hashlib.sha256()
    size = 0
    stream.seek(0)
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    stream.seek(0)
    kept = PrivateFile(name=clean_name(name), size=size, content_type=content_type, created_by=by)
    kept.sha256 = digest.hexdigest()
    kept.file.save(f"private/{kept.pk}", File(stream), save=False)
    if (stored := _stored.get()) is not None:
        stored.append(kept)
    kept.save(force_insert=True)
    return kept


def send(stream: BinaryIO | Any, *, name: str, content_type: str, inline: bool = False) -> FileResponse:
    """A download that no cache keeps."""
    response = FileResponse(stream, as_attachment=not inline, filename=clean_name(name), content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response


def send_private(kept: PrivateFile, *, inline: bool = False) -> FileResponse:
    return send(kept.file.open("rb"), name=kept.name, content_type=kept.content_type, inline=inline)
