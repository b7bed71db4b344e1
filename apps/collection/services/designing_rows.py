"""Rows of a draft: which indicators, in which order and section, with which help, for whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from apps.collection.models import Form, FormField, SameIndicators
from apps.collection.services.designing import lock_draft, require_launcher
from apps.core import events
from apps.core.figures import plural
from apps.core.findings import Refused, error
from apps.indicators.models import Indicator, IndicatorVersion
from apps.workbooks.cells import clean_text

LONGEST_FORM = 500  # rows; a form that nobody can fill in
AWAY = 100_000  # beyond every place, while rows are put in order
OWN = (
    "section", "context", "is_required", "help", "example", "kinds", "programmes", "features", "minutes_own", "reuse",
    "duplicate_reason",
)  # fmt: skip
DEFAULT_SECTION = "Показатели"


@transaction.atomic
def add_rows(*, form: Form, versions: Iterable[IndicatorVersion], section: str, by: Any) -> int:
    """Put indicators into a section of the draft; those that it asks already stay where they are. Raises Refused."""
    form = lock_draft(form, by)
    present = set(form.fields.values_list("version__indicator", flat=True))
    new = [version for version in versions if version.indicator_id not in present and not version.indicator.is_group]
    if not new:
        raise Refused([error("nothing_new", "Новых показателей не отмечено: выбранные уже есть в форме.")])
    if len(present) + len(new) > LONGEST_FORM:
        raise Refused([error("too_long", f"В форме может быть не больше {LONGEST_FORM} строк.")])
    last = form.fields.order_by("-order").values_list("order", flat=True).first() or 0
    name = clean_text(section)[:300] or DEFAULT_SECTION
    FormField.objects.bulk_create(
        FormField(form=form, version=version, section=name, order=last + place, is_required=not version.is_derived)
        for place, version in enumerate(new, start=1)
    )
    _arrange(form)
    text = f"Добавлено: {len(new)} {plural(len(new), 'строка', 'строки', 'строк')}, раздел «{name}»"
    events.record(kind="form.rows_added", subject=form, by=by, text=text)
    return len(new)


def _row(form: Form, pk: int) -> FormField:
    found = form.fields.select_related("version__indicator").filter(pk=pk).first()
    if found is None:
        raise Refused([error("no_row", "Этой строки в форме уже нет.", action="Обновите страницу.")])
    return found


@transaction.atomic
def remove_row(*, form: Form, pk: int, by: Any) -> None:
    """Take a row out of the draft. Raises Refused."""
    form = lock_draft(form, by)
    row = _row(form, pk)
    text = f"Убрана строка {row.version.indicator.number} «{row.version.name[:100]}»"
    row.delete()
    _arrange(form)
    events.record(kind="form.row_removed", subject=form, by=by, text=text)


@transaction.atomic
def edit_row(*, form: Form, pk: int, values: Mapping[str, Any], by: Any) -> FormField:
    """Change what the form says of a row; `place` puts it at that place. Raises Refused."""
    form = lock_draft(form, by)
    row = _row(form, pk)
    for name in OWN:
        if name in values:
            value = values[name]
            setattr(row, name, clean_text(value) if isinstance(value, str) else value)
    row.section = row.section or DEFAULT_SECTION
    if row.version.is_derived:
        row.is_required = False
    row.save(update_fields=list(OWN))
    if values.get("place"):
        _put(form, row, int(values["place"]))
    _arrange(form)
    text = f"Изменена строка {row.version.indicator.number}"
    events.record(kind="form.row_edited", subject=form, by=by, text=text)
    return row


@transaction.atomic
def move_row(*, form: Form, pk: int, step: int, by: Any) -> None:
    """One place up (-1) or down (1) within its section; at its edge nothing changes. Raises Refused."""
    form = lock_draft(form, by)
    row = _row(form, pk)
    rows = list(form.fields.filter(section=row.section).order_by("order"))
    at = next(place for place, item in enumerate(rows) if item.pk == row.pk)
    if 0 <= at + step < len(rows):
        rows[at], rows[at + step] = rows[at + step], rows[at]
        others = {item.pk for item in rows}
        rest = list(form.fields.exclude(pk__in=others).order_by("order"))
        _number(form, _merged(rest, rows, row.section, form))


@transaction.atomic
def move_section(*, form: Form, section: str, step: int, by: Any) -> None:
    """A whole section before the one above (-1) or behind the one below (1). Raises Refused."""
    form = lock_draft(form, by)
    names = _sections(form)
    if section not in names:
        raise Refused([error("no_section", "Такого раздела в форме нет.", action="Обновите страницу.")])
    at = names.index(section)
    if 0 <= at + step < len(names):
        names[at], names[at + step] = names[at + step], names[at]
        _number(form, _by_sections(form, names))


@transaction.atomic
def rename_section(*, form: Form, section: str, name: str, by: Any) -> None:
    """Raises Refused."""
    form = lock_draft(form, by)
    name = clean_text(name)[:300]
    if not name:
        raise Refused([error("no_name", "Напишите название раздела.")])
    form.fields.filter(section=section).update(section=name)
    _arrange(form)
    events.record(kind="form.section_renamed", subject=form, by=by, text=f"Раздел «{section}» назван «{name}»")


def _sections(form: Form) -> list[str]:
    return list(dict.fromkeys(form.fields.order_by("order").values_list("section", flat=True)))


def _by_sections(form: Form, names: list[str]) -> list[FormField]:
    places = {name: place for place, name in enumerate(names)}
    return sorted(form.fields.order_by("order"), key=lambda item: (places[item.section], item.order))


def _merged(rest: list[FormField], rows: list[FormField], section: str, form: Form) -> list[FormField]:
    """The rows of a section in their new order among the others, sections in theirs."""
    found: list[FormField] = []
    for name in _sections(form):
        found += rows if name == section else [item for item in rest if item.section == name]
    return found


def _put(form: Form, row: FormField, place: int) -> None:
    rows = [item for item in form.fields.order_by("order") if item.pk != row.pk]
    rows.insert(max(0, min(place - 1, len(rows))), row)
    _number(form, rows)


def _arrange(form: Form) -> None:
    """Rows of a section stand together, in the order in which sections are first met."""
    _number(form, _by_sections(form, _sections(form)))


def _number(form: Form, rows: list[FormField]) -> None:
    """Give the places 1, 2, 3…; the database allows no two rows at one place, so they step aside first."""
    form.fields.update(order=F("order") + AWAY)
    for place, row in enumerate(rows, start=1):
        row.order = place
    FormField.objects.bulk_update(rows, ["order"])


@transaction.atomic
def mark_same(*, indicator: Indicator, other: Indicator, by: Any) -> SameIndicators:
    """Hold two indicators for the same number: whoever gave one is not asked for the other. Raises Refused."""
    require_launcher(by)
    if indicator.pk == other.pk:
        raise Refused([error("same_code", "Это один и тот же показатель: отмечать нечего.")])
    if other.is_group or indicator.is_group:
        raise Refused([error("group", "Заголовок не показатель: выберите строку с числом.")])
    first, second = sorted((indicator, other), key=lambda item: item.pk)
    same, created = SameIndicators.objects.get_or_create(first=first, second=second, defaults={"marked_by": by})
    if created:
        text = f"Отмечены как один показатель: {first.code} и {second.code}"
        events.record(kind="indicators.same", subject=indicator, by=by, text=text)
    return same


@transaction.atomic
def unmark_same(*, indicator: Indicator, other: Indicator, by: Any) -> None:
    """Raises Refused."""
    require_launcher(by)
    first, second = sorted((indicator, other), key=lambda item: item.pk)
    gone, _ = SameIndicators.objects.filter(first=first, second=second).delete()
    if gone:
        text = f"Больше не один показатель: {first.code} и {second.code}"
        events.record(kind="indicators.not_same", subject=indicator, by=by, text=text)
