"""Taking files in: hashed as handed over, cleared of pupils' names, kept. Nothing with a name is ever stored."""

import hashlib
import html
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO

from apps.core import files
from apps.core.findings import Finding, Refused, notice, query
from apps.core.models import PrivateFile
from apps.procedures.copying import copy_of
from apps.procedures.readers import privacy, ris
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.words import may_be_name, scrubbed
from apps.workbooks.reading import RESULTS, read_workbook

# Words of headers that stand over names; looked for in the raw bytes before anything is parsed.
_WORDS: tuple[str, ...] = ("амилия", "ФАМИЛИЯ", "ФИО", "Ф.И.О", "SurnameCell", "читель", "Педагог", "елефон", "Код ОГЭ")
_WORDS += ("Ученик", "ученик", "Участник", "Обучающийся", "Имя")
# Words of layouts that have codes instead of names: other files are looked into before they are kept.
_CODED = ("Код участника", "код обучающегося", "var-1", "Группы участников", "Код региона")
NAMES_REMOVED = "В файле были личные данные (имена, документы, телефоны): они удалены, хранится копия без них."
WORDS_REMOVED = (
    "В файле были слова там, где портал ждёт коды и числа. Это могли быть имена, поэтому слова удалены, "
    "хранится копия без них."
)
_EXPORT = 1 << 20  # bytes; a bigger file with codes is of a region, made by the system
_TEXT = re.compile(rb"<t(?:\s[^>]*)?>([^<]+)</t>")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError)
_CHUNK = 1 << 20
_HEADS = 1 << 20  # headers stand in the first rows of a sheet
_TEXTS = 32 << 20  # and, mostly, among its shared texts


def _in_markup(word: str) -> Iterable[bytes]:
    """A word as an XML part may spell it: as it is, or letter by letter in references."""
    yield word.encode()
    for form in ("&#{};", "&#x{:x};", "&#x{:X};"):
        yield "".join(letter if letter.isascii() else form.format(ord(letter)) for letter in word).encode()


def _in_text(word: str) -> Iterable[bytes]:
    return (word.encode(code) for code in ("utf-8", "cp1251", "utf-16-le"))


def _forms(words: Iterable[str]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Words as parts of an archive spell them, and as other files do."""
    listed = tuple(words)
    marked = tuple(form for word in listed for form in _in_markup(word))
    return marked, tuple(form for word in listed for form in _in_text(word))


_NAMES_SPELLED, _CODES_SPELLED = _forms(_WORDS), _forms(_CODED)


@dataclass
class Incoming:
    """A file as it arrives."""

    name: str
    stream: BinaryIO
    path_hint: str = ""  # with folders, where they are known


@dataclass
class Taken:
    """A file as it is kept."""

    name: str
    path_hint: str
    sha256: str
    kept: PrivateFile
    names_removed: bool = False
    appeals: privacy.Appeals | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Named:
    """A file with names, in memory only."""

    sheets: list[SheetRows]
    is_appeals: bool
    told: Finding


def read_sheets(source: BinaryIO) -> list[SheetRows]:
    """Rows of all sheets, read safely. Raises Refused."""
    return [SheetRows(sheet.name, sheet.rows) for sheet in read_workbook(source, limits=RESULTS).sheets]


def _parts(stream: BinaryIO) -> Iterable[bytes]:
    """The first bytes of each part of an archive: all shared texts, the heads of sheets."""
    with zipfile.ZipFile(stream) as archive:
        for part in archive.infolist():
            if part.filename.lower().endswith(".xml"):
                with archive.open(part) as opened:
                    yield opened.read(_TEXTS if "sharedstrings" in part.filename.lower() else _HEADS)


def _has_any(stream: BinaryIO, spelled: tuple[tuple[bytes, ...], tuple[bytes, ...]]) -> bool:
    """Quick look for words in the raw bytes."""
    in_markup, in_text = spelled
    stream.seek(0)
    try:
        if stream.read(2) == b"PK":
            return any(form in part for part in _parts(stream) for form in in_markup)
        stream.seek(0)
        text = stream.read(RESULTS.packed_bytes)
        return any(form in text for form in in_text)
    except _BROKEN:
        return False  # whatever is wrong with the archive, the reader says it in words
    finally:
        stream.seek(0)


def may_hold_names(stream: BinaryIO) -> bool:
    """Quick look for words of name headers. A file that hides them is still caught when its rows are read."""
    return _has_any(stream, _NAMES_SPELLED)


def _is_plainly_coded(stream: BinaryIO) -> bool:
    """A file of a layout with codes, without words of names: its rows are looked at by the worker only."""
    if not _has_any(stream, _CODES_SPELLED) or may_hold_names(stream):
        return False
    size = stream.seek(0, 2)
    stream.seek(0)
    return size > _EXPORT or not _says_people(stream)


def _says_people(stream: BinaryIO) -> bool:
    """Whether a text of a workbook may be a name; no workbook, no answer: then the rows are looked at."""
    stream.seek(0)
    try:
        return stream.read(2) != b"PK" or any(
            may_be_name(html.unescape(written.decode("utf-8", "replace")))
            for part in _parts(stream)
            for written in set(_TEXT.findall(part))
        )
    except _BROKEN:
        return False
    finally:
        stream.seek(0)


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def stripped_copy(sheets: list[SheetRows]) -> BytesIO:
    """An xlsx of the same rows without names."""
    return copy_of(privacy.without_names(sheets))


def _named(incoming: Incoming) -> _Named | None:
    """The rows of a file that holds names; None for all others, unreadable ones included."""
    if _is_plainly_coded(incoming.stream):
        return None
    try:
        sheets = read_sheets(incoming.stream)
    except Refused:
        return None
    finally:
        incoming.stream.seek(0)
    if not privacy.has_names(sheets):
        return None
    told = removed(sheets)
    return _Named(sheets, any(ris.is_appeals(sheet.rows) for sheet in sheets), told)


def removed(sheets: list[SheetRows]) -> Finding:
    """What to say of a file whose names or unknown words are not kept."""
    is_named = privacy.says_names(sheets)
    return notice("names_removed", NAMES_REMOVED) if is_named else notice("words_removed", WORDS_REMOVED)


def _appeal_findings(outcome: privacy.Appeals) -> list[Finding]:
    found = [notice("appeals_applied", f"Апелляции сопоставлены с протоколом: {outcome.matched} из {outcome.rows}.")]
    if outcome.unmatched:
        rows = ", ".join(map(str, outcome.unmatched[:20]))
        found.append(
            query(
                "appeals_unmatched",
                "Для части апелляций в протоколах этой загрузки нет такого участника.",
                found=f"строки {rows}",
                action="Проверьте код школы и класс в этих строках или загрузите апелляции вместе с нужным протоколом.",
            )
        )
    return found


def take(incoming: Iterable[Incoming], *, by: Any) -> list[Taken]:
    """Keep the files of one upload.

    Of a file with names only its SHA-256 and a copy without them are kept. Appeals are matched by name with the
    protocols of the same upload, in memory; their points and marks go into the kept copy of the protocol.
    """
    arrived = [(one, _named(one)) for one in incoming]
    protocols = [sheet for _, named in arrived if named and not named.is_appeals for sheet in named.sheets]
    taken = []
    for one, named in arrived:
        outcome = privacy.apply_appeals(named.sheets, protocols) if named and named.is_appeals and protocols else None
        taken.append((one, named, outcome))
    return [_keep(one, named, outcome, by) for one, named, outcome in taken]


def _keep(one: Incoming, named: _Named | None, outcome: privacy.Appeals | None, by: Any) -> Taken:
    digest = _digest(one.stream)
    stream = one.stream if named is None else stripped_copy(named.sheets)
    name = scrubbed(one.name)
    kept = files.store(stream=stream, name=name, content_type=files.XLSX, by=by)
    taken = Taken(
        name[-200:] if "/" in name else kept.name,
        scrubbed(one.path_hint or one.name),
        digest,
        kept,
        named is not None,
        outcome,
    )
    if named is not None:
        taken.findings.append(named.told)
    if outcome is not None:
        taken.findings += _appeal_findings(outcome)
    return taken
