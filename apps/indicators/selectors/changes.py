"""What changed between two definitions, in words: field, before, after."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from apps.core.figures import plain
from apps.indicators.models import IndicatorVersion
from apps.indicators.services.definitions import VERSION_FIELDS, Definition
from apps.indicators.services.keeping import verbose_name

NOTHING = "не указано"


@dataclass(frozen=True)
class FieldChange:
    name: str
    before: str
    after: str


def in_words(field: str, value: Any) -> str:
    """A value of a version's field as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    choices = (
        {} if field == "weight_code" else dict(getattr(IndicatorVersion._meta.get_field(field), "flatchoices", ()))
    )
    return str(choices.get(value, value))


def label_of(field: str) -> str:
    return "вес взвешенного среднего" if field == "weight_code" else verbose_name(field)


def changes(before: Definition, after: Definition) -> list[FieldChange]:
    """Every field that differs, in the order of the form."""
    names = (*VERSION_FIELDS, "weight_code")
    return [
        FieldChange(label_of(name), in_words(name, getattr(before, name)), in_words(name, getattr(after, name)))
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]


def fields_of(definition: Definition) -> list[tuple[str, str]]:
    """What a new definition says, without what it leaves out."""
    names = (*VERSION_FIELDS, "weight_code")
    return [
        (label_of(name), in_words(name, value))
        for name in names
        if (value := getattr(definition, name)) not in (None, "")
    ]
