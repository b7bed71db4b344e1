"""The reading child: a process of its own with little memory and little time, that holds nothing but the file.

Started by `limited.run` as `python -m apps.workbooks.child` with the path of its order, the file on standard input and
frames (see `wire`) on standard output. It never imports Django: it starts in a tenth of a second, and what a
hostile file could reach in it is neither settings nor database.
"""

import gc
import io
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from apps.core.findings import Finding, Refused
from apps.workbooks import wire
from apps.workbooks.limits import Limits
from apps.workbooks.refusals import damaged, refusal, size_in_mib, too_heavy


def main() -> None:
    order = json.loads(Path(sys.argv[1]).read_bytes())
    limits = Limits(**{**order["limits"], "formats": tuple(order["limits"]["formats"])})
    _confine(limits)
    gc.disable()  # nothing here makes cycles worth looking for, and the process is short
    output = sys.stdout.buffer
    try:
        read(sys.stdin.buffer, output, limits)
    except Refused as refused:
        _refuse(output, refused)
    except MemoryError:
        _refuse(output, too_heavy("для чтения не хватило памяти"))
    except BaseException as failure:  # noqa: BLE001 - calamine panics are not Exceptions; nothing may pass as success
        _refuse(output, damaged(type(failure).__name__))
    else:
        wire.send(output, wire.DONE, b"")
    output.flush()


def _confine(limits: Limits) -> None:
    """No core dumps, no new files, so much time and memory and no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def _refuse(output: BinaryIO, refused: Refused) -> None:
    wire.send_json(output, wire.REFUSED, [finding.as_dict() for finding in refused.findings])


def read_bytes(source: BinaryIO, limits: Limits) -> bytes:
    data = source.read(limits.packed_bytes + 1)
    if len(data) > limits.packed_bytes:
        raise refusal(
            "file_too_big",
            "Файл слишком большой.",
            expected=f"не больше {size_in_mib(limits.packed_bytes)}",
            action="Удалите из книги лишние листы и картинки или разделите её на части.",
        )
    return data


def read(source: BinaryIO, output: BinaryIO, limits: Limits) -> None:
    """Send the sheets of the file one after another, then what there is to say about the whole of it."""
    from apps.workbooks.formats import require_format

    data = read_bytes(source, limits)
    form = require_format(data, limits.formats)
    notices: list[Finding] = []
    values = wire.Values(limits.text_length)
    area = 0
    for grid in _READERS[form](data, values, limits, notices):
        area += len(grid.cells)
        if area > limits.cells:
            raise too_heavy(f"больше {limits.cells} ячеек на всех листах")
        wire.send_json(output, wire.VALUES, values.take_fresh())
        wire.send_json(output, wire.SHEET, grid.head())
        wire.send(output, wire.CELLS, grid.cells.tobytes())
    if not area:
        raise refusal(
            "file_no_values",
            "В файле нет ни одного значения.",
            action="Проверьте, тот ли файл выбран и сохранены ли в нём данные.",
        )
    wire.send_json(output, wire.PAYLOAD, {"format": form, "notices": [finding.as_dict() for finding in notices]})


def _xlsx_grids(data: bytes, values: wire.Values, limits: Limits, notices: list[Finding]) -> Iterator[Any]:
    from apps.workbooks.book import open_book
    from apps.workbooks.bulk import read_bulk, suits_bulk
    from apps.workbooks.precise import PreciseSheet
    from apps.workbooks.texts import read_styles, read_texts

    book = open_book(data, limits)
    notices.extend(book.notices)
    texts: list[int] | None = None
    styles = read_styles(book, limits)
    source = None
    for sheet in book.sheets:
        if suits_bulk(book.parts[sheet.part]):
            source = source or _calamine(data)
            grid = _try_bulk(read_bulk, sheet, source, values, limits)
            if grid is not None:
                yield grid
                continue
        if texts is None:
            texts = read_texts(book, values, limits)
        yield PreciseSheet(sheet, book, texts=texts, styles=styles, values=values, limits=limits).read()
        del book.parts[sheet.part]


def _try_bulk(read_bulk: Any, sheet: Any, source: Any, values: wire.Values, limits: Limits) -> Any:
    """The grid, or None where calamine finds fault: the precise reader then says with what."""
    try:
        return read_bulk(sheet.name, sheet.state, source.get_sheet_by_name(sheet.name), values, limits)
    except (Refused, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - its panics are not Exceptions
        return None


def _xls_grids(data: bytes, values: wire.Values, limits: Limits, notices: list[Finding]) -> Iterator[Any]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum

    from apps.workbooks.bulk import read_bulk
    from apps.workbooks.formats import password

    states = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "very_hidden"}
    try:
        source = _calamine(data)
        for index, about in enumerate(source.sheets_metadata):
            if about.typ == SheetTypeEnum.WorkSheet:
                state = states[str(about.visible).rpartition(".")[2]]
                yield read_bulk(about.name, state, source.get_sheet_by_index(index), values, limits)
    except PasswordError as failure:
        raise password() from failure
    except CalamineError as failure:
        raise damaged() from failure


def _csv_grids(data: bytes, values: wire.Values, limits: Limits, notices: list[Finding]) -> Iterator[Any]:
    from apps.workbooks.bulk import read_rows
    from apps.workbooks.csvs import read_csv

    rows = read_csv(data, limits)
    width = max(map(len, rows), default=0)
    padded = (row + [""] * (width - len(row)) for row in rows)
    yield read_rows("", "visible", padded, shift=0, values=values, limits=limits)


def _calamine(data: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(data))


_READERS = {"xlsx": _xlsx_grids, "xls": _xls_grids, "csv": _csv_grids}

if __name__ == "__main__":
    main()
