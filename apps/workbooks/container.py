"""An xlsx as an archive of parts, checked on raw bytes before anything is parsed. No Django here.

Nothing in the archive's directory is believed: sizes are checked there first, so that a bomb is refused before a byte
is unpacked, and every part is counted again while it is unpacked.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter

from apps.workbooks.limits import Limits
from apps.workbooks.refusals import damaged, refusal, size_in_mib, too_heavy

_LOCAL_HEADER = 30
_SMALL = 100_000  # parts below this may be packed as tightly as they like
_ENCRYPTED = 0x1
_MACRO_PARTS = re.compile(r"vbaproject|vbadata|/macrosheets/|/activex/|/embeddings/|oleobject", re.IGNORECASE)
_HARMLESS_BINARY = re.compile(r"printersettings|customproperty", re.IGNORECASE)
_WEB_PARTS = re.compile(r"^xl/(connections\.xml|querytables/|model/|webextensions/)", re.IGNORECASE)


class Container:
    """Parts of an archive by their names in lower case, without a leading slash (names of parts ignore case).

    Raises Refused when the directory breaks a limit, lies, or names what a table has no use for.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                end = archive.start_dir
        except Exception as failure:  # noqa: BLE001 - every way in which a directory can be broken
            raise damaged("оглавление архива не читается") from failure
        self._check_numbers(entries)
        self._check_entries(entries)
        self._check_places(entries, end)
        self._entries = {_part_name(entry.filename): entry for entry in entries if not entry.is_dir()}

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return _part_name(name) in self._entries

    def size(self, name: str) -> int:
        return self._entries[_part_name(name)].file_size

    def _check_numbers(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > self._limits.entries:
            raise too_heavy(f"{len(entries)} частей внутри файла, допустимо {self._limits.entries}")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > self._limits.unpacked_bytes:
            allowed = size_in_mib(self._limits.unpacked_bytes)
            raise too_heavy(f"после распаковки {size_in_mib(unpacked)}, допустимо {allowed}")
        repeated = [name for name, count in Counter(_part_name(e.filename) for e in entries).items() if count > 1]
        if repeated:
            raise damaged(f"часть «{repeated[0][:80]}» записана дважды")

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                raise damaged("части файла зашифрованы")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged("части файла сжаты неизвестным способом")
            if entry.file_size > max(_SMALL, entry.compress_size * self._limits.ratio):
                raise too_heavy("части файла сжаты подозрительно сильно")
            if _leaves_the_archive(entry.filename):
                raise damaged("имена частей указывают за пределы файла")

    @staticmethod
    def _check_places(entries: list[zipfile.ZipInfo], end: int) -> None:
        """Parts that share bytes are a bomb: a few kilobytes that unpack to gigabytes."""
        reached = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < reached:
                raise damaged("части файла наложены одна на другую")
            reached = entry.header_offset + _LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size
        if reached > end:
            raise damaged("части файла наложены на его оглавление")

    def read(self, name: str) -> bytes:
        """The whole part, of exactly the size and checksum that the directory promises; Refused otherwise."""
        entry = self._entries[_part_name(name)]
        packed = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            data = packed
        else:
            inflate = zlib.decompressobj(-15)
            try:
                data = inflate.decompress(packed, entry.file_size + 1)
            except zlib.error as failure:
                raise damaged(f"часть «{name[:80]}»") from failure
            if not inflate.eof and len(data) <= entry.file_size:
                raise damaged(f"часть «{name[:80]}» оборвана")
        if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
            raise damaged(f"часть «{name[:80]}» не сходится с контрольной суммой")
        return data

    def _packed(self, entry: zipfile.ZipInfo) -> bytes:
        start = entry.header_offset
        header = self._data[start : start + _LOCAL_HEADER]
        if len(header) != _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise damaged("части файла не на своих местах")
        start += _LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = self._data[start : start + entry.compress_size]
        if len(packed) != entry.compress_size:
            raise damaged("файл оборван")
        return packed

    def refuse_active_content(self) -> None:
        """Macros and embedded objects have no place in a table of data."""
        for name in self._entries:
            macro = _MACRO_PARTS.search(name) or (name.endswith(".bin") and not _HARMLESS_BINARY.search(name))
            if macro:
                raise active_content(name)

    def live_parts(self) -> list[str]:
        """Parts with which a book fetches data from databases, files or the web."""
        return [name for name in self._entries if _WEB_PARTS.search(name)]


def active_content(found: str) -> Exception:
    return refusal(
        "file_macros",
        "В файле есть макросы или встроенные объекты, такие файлы не принимаются.",
        found=found[:80],
        action="Сохраните книгу без макросов: «Файл» → «Сохранить как» → «Книга Excel (*.xlsx)».",
    )


def live_link(found: str) -> Exception:
    return refusal(
        "file_live_link",
        "Файл получает данные из сети или из других программ, такие файлы не принимаются.",
        found=found[:80],
        action="Скопируйте данные в новую книгу командой «Вставить значения», сохраните её и загрузите.",
    )


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _leaves_the_archive(name: str) -> bool:
    return ".." in name.replace("\\", "/").split("/") or bool(re.match(r"[A-Za-z]:", name)) or "\0" in name


def resolve(base: str, target: str) -> str:
    """Name of the part that a relationship of the part `base` points to."""
    if target.startswith("/"):
        return _part_name(target)
    return _part_name(posixpath.normpath(posixpath.join(posixpath.dirname(base), target.replace("\\", "/"))))
