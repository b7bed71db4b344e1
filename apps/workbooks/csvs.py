"""Text with separators: its encoding, its separator, its rows. No Django here."""

import codecs
import csv
import io

from apps.workbooks.limits import Limits
from apps.workbooks.refusals import damaged, refusal, too_heavy

_SEPARATORS = ";\t,|"
_SAMPLE = 64_000
_LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def guard(text: str) -> str:
    """A text that a spreadsheet will not run as a formula when it opens the csv."""
    return f"'{text}" if text.startswith(_LIVE) or _guarded(text) else text


def unguard(text: str) -> str:
    """The text before `guard`."""
    return text[1:] if _guarded(text) else text


def _guarded(text: str) -> bool:
    return text.startswith("'") and text.lstrip("'").startswith(_LIVE)


def read_csv(data: bytes, limits: Limits) -> list[list[str]]:
    """Rows of texts as they stand, ragged ones included. Raises Refused."""
    text = decode(data)
    if "\0" in text:
        raise damaged("в тексте есть нулевые байты")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(limits.text_length)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    try:
        for row in reader:
            rows.append([unguard(cell) for cell in row])
            if len(rows) > limits.rows or len(row) > limits.columns:
                raise too_heavy(f"больше {limits.rows} строк или {limits.columns} столбцов")
    except csv.Error as failure:
        raise refusal(
            "csv_quotes",
            "Текст не делится на ячейки: скорее всего, открытая кавычка не закрыта или текст в ячейке слишком длинный.",
            row=reader.line_num,
            action="Исправьте кавычки в этой строке или выше либо сохраните таблицу как «Книга Excel (*.xlsx)».",
        ) from failure
    return rows


def decode(data: bytes) -> str:
    """Text by its byte order mark, else UTF-8, else Windows-1251. Raises Refused when none fits."""
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
    encodings = [name for mark, name in marks if data.startswith(mark)] or ["utf-8", "cp1251"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal(
        "csv_encoding",
        "Не удалось понять кодировку текста.",
        expected="UTF-8, UTF-16 с меткой порядка байтов или Windows-1251",
        action="Сохраните таблицу как «Книга Excel (*.xlsx)» или «CSV UTF-8».",
    )


def separator(text: str) -> str:
    """The separator that cuts the first lines into the same number of cells; a semicolon if none does."""
    lines = [line for line in text[:_SAMPLE].split("\n")[:20] if line.strip()]
    best, best_score = ";", (0, 0)
    for candidate in _SEPARATORS:
        counts = [len(row) for row in csv.reader(lines, delimiter=candidate)]
        usual = max(counts, default=0)
        score = (counts.count(usual) if usual > 1 else 0, usual)
        if score > best_score:
            best, best_score = candidate, score
    return best
