"""Archives of result files: opened in memory within limits, each table inside becomes a file of its own."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath

from apps.core.findings import Finding, error, notice
from apps.procedures.intake import Incoming
from apps.workbooks.limits import MIB, RESULTS

MOST_FILES = 200  # the task lists of a year are more than a hundred small files
_MOST_UNPACKED = 300 * MIB
_MOST_RATIO = 200
_TABLES = {".xlsx", ".xls", ".csv"}
_UTF8_NAME = 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


@dataclass
class Opened:
    """Files to take in, and what was said about archives on the way."""

    files: list[Incoming] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def expand(incoming: Iterable[Incoming]) -> Opened:
    """Replace each archive by the tables in it; other files pass as they are. Raises nothing."""
    opened = Opened()
    for one in incoming:
        if _is_archive(one):
            _open(one, opened)
        else:
            opened.files.append(one)
    return opened


def _is_archive(one: Incoming) -> bool:
    """A zip that is no workbook."""
    one.stream.seek(0)
    if one.stream.read(4) != b"PK\x03\x04":
        one.stream.seek(0)
        return False
    try:
        with zipfile.ZipFile(one.stream) as archive:
            names = {name.lower() for name in archive.namelist()}
        return "[content_types].xml" not in names
    except _BROKEN:
        return one.name.lower().endswith(".zip")
    finally:
        one.stream.seek(0)


def _name(part: zipfile.ZipInfo) -> str:
    """The name as people see it: archives of Windows keep Russian names in cp866."""
    if part.flag_bits & _UTF8_NAME:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return part.filename


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for part in archive.infolist():
        name = _name(part).replace("\\", "/")
        hidden = any(piece.startswith((".", "__macosx", "~$")) for piece in name.lower().split("/"))
        if not part.is_dir() and not hidden:
            yield name, part


def _open(one: Incoming, opened: Opened) -> None:
    before = len(opened.files)
    left: list[str] = []
    try:
        with zipfile.ZipFile(one.stream) as archive:
            parts = list(_parts(archive))
            tables = [(name, part) for name, part in parts if PurePosixPath(name).suffix.lower() in _TABLES]
            left = [name for name, _ in parts if PurePosixPath(name).suffix.lower() not in _TABLES]
            if refusal := _too_much(one.name, [part for _, part in tables]):
                opened.findings.append(refusal)
                return
            for name, part in tables:
                _take(_Part(one.name, name, part), archive, opened)
    except _BROKEN:
        message = "Архив не открывается: он повреждён или неполон."
        opened.findings.append(error("archive_broken", message, file=one.name, action="Создайте архив заново."))
        return
    if left and len(opened.files) > before:
        listed = ", ".join(PurePosixPath(name).name for name in left[:10])
        message = f"В архиве есть файлы, которые не таблицы, они пропущены: {len(left)}."
        opened.findings.append(notice("archive_left", message, file=one.name, found=listed))
    if len(opened.files) == before and not any(finding.file == one.name for finding in opened.findings):
        action = "Положите в архив файлы xlsx, xls или csv без вложенных архивов."
        opened.findings.append(error("archive_empty", "В архиве нет таблиц.", file=one.name, action=action))


def _too_much(name: str, parts: list[zipfile.ZipInfo]) -> Finding | None:
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > _MOST_RATIO * max(part.compress_size, 1_000) for part in parts)
    if len(parts) <= MOST_FILES and unpacked <= _MOST_UNPACKED and not bomb:
        return None
    return error(
        "archive_too_large",
        "В архиве слишком много данных.",
        file=name,
        found=f"файлов {len(parts)}, после распаковки {unpacked // MIB} МБ",
        expected=f"не больше {MOST_FILES} файлов и {_MOST_UNPACKED // MIB} МБ",
        action="Разделите архив на части.",
    )


@dataclass
class _Part:
    """One table of an archive: `name` with folders."""

    archive: str
    name: str
    info: zipfile.ZipInfo

    @property
    def short(self) -> str:
        return PurePosixPath(self.name).name


def _take(part: _Part, archive: zipfile.ZipFile, opened: Opened) -> None:
    """One table of an archive; a part that cannot be read is said and the others go on."""
    if part.info.flag_bits & 1:
        message, action = f"«{part.short}»: файл в архиве закрыт паролем.", "Создайте архив без пароля."
        opened.findings.append(error("archive_password", message, file=part.archive, action=action))
        return
    try:
        with archive.open(part.info) as stream:
            data = stream.read(RESULTS.packed_bytes + 1)
    except _BROKEN:
        message = f"«{part.short}»: файл в архиве повреждён, остальные прочитаны."
        opened.findings.append(error("archive_part_broken", message, file=part.archive, action="Добавьте его заново."))
        return
    opened.files.append(Incoming("/".join(PurePosixPath(part.name).parts[-3:]), BytesIO(data), part.name))
