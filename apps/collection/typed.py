"""What was typed for a row, its value and its note: the same rules for a workbook's cells and a page's fields."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.collection.definition import Given, Row
from apps.collection.entries import BadEntry, Entry, plain, read_number, read_text, read_yes_no
from apps.core import figures, personal
from apps.workbooks.cells import Cell, clean_text

REASON_LIMIT, EXPLANATION_LIMIT = 200, 500
MINE, THEIRS = "mine", "theirs"


def entry_of(row: Row, value: Cell) -> Entry:
    """The value by the row's type. Raises BadEntry."""
    if row.is_yes_no:
        return read_yes_no(value)
    if row.is_text:
        entry = read_text(value)
        require_impersonal(entry.text, {personal.Kind.SNILS, personal.Kind.PASSPORT})
        return entry
    return read_number(value, whole=row.is_whole)


def given_of(row: Row, entry: Entry, note: str) -> Given:
    """Value and note together: beside a value the note explains it, alone it says why there is none."""
    require_impersonal(note)
    if entry.number is not None or entry.text:
        _require_short(note, EXPLANATION_LIMIT)
        return Given(number=entry.number, text=entry.text, explanation=note)
    if note:
        _require_short(note, REASON_LIMIT)
        return Given(absence_reason=note)
    if entry.says_absent:
        raise BadEntry(
            "no_reason", "указано, что данных нет, но не сказано почему.", found="нет данных",
            expected="число или причина", action="Напишите причину в примечании.",
        )  # fmt: skip
    return Given()


def require_impersonal(note: str, kinds: Container[personal.Kind] = frozenset(personal.Kind)) -> None:
    """A note is read by many: no names, telephones, documents of anybody. What was found is not repeated."""
    found = [kind for kind in personal.kinds(note) if kind in kinds]
    if found:
        raise BadEntry(
            "personal_data", f"похоже на личные данные: {personal.said(found)}.", found="личные данные",
            expected="пояснение без имён, телефонов и номеров документов", action="Уберите их и повторите.",
        )  # fmt: skip


def _require_short(note: str, limit: int) -> None:
    if len(note) > limit:
        raise BadEntry(
            "long_note", "примечание слишком длинное.", found=f"{len(note)} знаков",
            expected=f"не больше {limit} знаков", action="Сократите примечание.",
        )  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A row of the page as it was sent. `seen` is the revision at which it was shown, `choice` settles a conflict."""

    value: str
    note: str = ""
    seen: int = 0
    choice: str = ""

    def read(self, row: Row) -> Given:
        """Raises BadEntry."""
        return given_of(row, entry_of(row, self.value), clean_text(self.note))


def typed_rows(data: Mapping[str, str], rows: Iterable[Row]) -> dict[str, Typed]:
    """The rows that were sent; names end with the id of the field. What else was sent is not looked at."""
    found = {}
    for row in rows:
        value = data.get(f"value-{row.field_id}")
        if value is None or row.is_given:
            continue
        choice = data.get(f"choose-{row.field_id}", "")
        seen = data.get(f"{'against' if choice == MINE else 'seen'}-{row.field_id}", "")
        found[row.key] = Typed(
            value=value[:10_000],
            note=data.get(f"note-{row.field_id}", "")[:10_000],
            seen=int(seen[:9]) if seen.isascii() and seen.isdigit() else 0,
            choice=choice,
        )
    return found


def shown_value(row: Row, given: Given | None) -> str:
    """The value as it stands in its field, so that reading it gives the same."""
    if given is None:
        return ""
    if given.number is None:
        return given.text
    if row.is_yes_no:
        return "да" if given.number else "нет"
    return plain(given.number)


def shown_note(given: Given | None) -> str:
    return (given.absence_reason or given.explanation) if given else ""


def shown(row: Row, number: Decimal | None) -> str:
    """The number of a row as people read it."""
    if number is None:
        return ""
    if row.is_yes_no:
        return "да" if number else "нет"
    if row.is_derived:
        text = figures.figure(number, max(1, row.decimals))
        return f"{text}\u00a0%" if row.unit == "%" else text
    exponent = number.normalize().as_tuple().exponent
    return figures.figure(number, max(0, -exponent) if isinstance(exponent, int) else 0)


def said(row: Row, given: Given) -> str:
    """An answer in words, absence included."""
    value = shown(row, given.number) or given.text
    if value:
        return f"{value} ({given.explanation})" if given.explanation else value
    return f"нет данных: {given.absence_reason}" if given.absence_reason else "не заполнено"
