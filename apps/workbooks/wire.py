"""What passes from the reading child to its parent: frames of compact JSON, and cells as numbers of distinct values.

A sheet of a million cells rarely holds more than some thousand different values. So each different value crosses once,
as JSON, and the cells cross as 32-bit positions in that list: nothing is parsed cell by cell, and the parent's rows
share their values. No Django here, and nothing that could run code on arrival (no pickle, no marshal).
"""

import json
import struct
from array import array
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any, BinaryIO

from apps.workbooks.cells import Cell, CellProblem

_HEAD = struct.Struct("<cQ")
VALUES, SHEET, CELLS, REFUSED, PAYLOAD, DONE = b"V", b"S", b"C", b"X", b"P", b"."


def send(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    stream.write(_HEAD.pack(kind, len(body)))
    stream.write(body)


def send_json(stream: BinaryIO, kind: bytes, body: object) -> None:
    send(stream, kind, json.dumps(body, ensure_ascii=True, separators=(",", ":"), default=_encode).encode())


def frames(stream: IO[bytes], limit: int) -> Iterator[tuple[bytes, bytes]]:
    """Frames until DONE, REFUSED or the end of a child that died; no frame is longer than `limit` bytes."""
    while True:
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return
        kind, length = _HEAD.unpack(head)
        if length > limit:
            return
        body = stream.read(length)
        if len(body) < length:
            return
        yield kind, body
        if kind in (DONE, REFUSED):
            return


def load_json(body: bytes) -> Any:
    return json.loads(body, object_hook=_decode)


def load_cells(body: bytes) -> "array[int]":
    cells = array("I")
    cells.frombytes(body)
    return cells


def _encode(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, CellProblem):
        return {"problem": value.kind, "found": value.found}
    raise TypeError(type(value).__name__)


def _decode(fields: dict[str, Any]) -> object:
    if "problem" in fields:
        return CellProblem(fields["problem"], fields["found"])
    if "datetime" in fields:
        return datetime.fromisoformat(fields["datetime"])
    if "date" in fields:
        return date.fromisoformat(fields["date"])
    return fields


class Values:
    """Distinct values of a book as numbers from 1; 0 is an empty cell. `fresh` are those not yet sent."""

    def __init__(self, text_length: int) -> None:
        self.fresh: list[Cell] = []
        self._numbers: dict[tuple[type, Cell], int] = {}
        self._text_length = text_length

    def number(self, value: Cell) -> int:
        if value is None:
            return 0
        key = (type(value), value)
        number = self._numbers.get(key)
        if number is None:
            if isinstance(value, str) and len(value) > self._text_length:
                return self.number(CellProblem("long", value[:60]))
            number = self._numbers[key] = len(self._numbers) + 1
            self.fresh.append(value)
        return number

    def take_fresh(self) -> list[Cell]:
        fresh, self.fresh = self.fresh, []
        return fresh
