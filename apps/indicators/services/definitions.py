"""What a version says, as domain values and as the text that a proposal keeps; storing it with its terms."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.indicators.compiling import Compiled, Dependent, TermRow
from apps.indicators.models import Indicator, IndicatorVersion, Term

_DEFINING = 7_303  # first key of the advisory lock

Aggregation, Source = IndicatorVersion.Aggregation, IndicatorVersion.Source


@dataclass(frozen=True)
class Definition:
    """Fields of a version that a person decides on. `weight_code` is the row that weighs a weighted mean."""

    name: str
    unit: str = ""
    value_type: str = IndicatorVersion.ValueType.INTEGER
    decimals: int = 0
    polarity: str = IndicatorVersion.Polarity.NEUTRAL
    aggregation: str = Aggregation.SUM
    formula: str = ""
    weight_code: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    attention: Decimal | None = None
    weight: Decimal | None = None
    level: str = ""
    object: str = ""
    source_state: str = Source.PROPOSAL
    act: str = ""
    evidence: str = ""
    data_source: str = ""
    note: str = ""
    review_due: date | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            name: value if isinstance(value, str | int) or value is None else str(value)
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Definition":
        """What `as_json` kept; fields that came later have their defaults."""
        given = {one.name: data[one.name] for one in fields(cls) if one.name in data}
        for name in ("minimum", "maximum", "attention", "weight"):
            given[name] = Decimal(given[name]) if given.get(name) is not None else None
        given["review_due"] = date.fromisoformat(given["review_due"]) if given.get("review_due") else None
        return cls(**given)

    @classmethod
    def of(cls, version: IndicatorVersion) -> "Definition":
        given = {name: getattr(version, name) for name in VERSION_FIELDS}
        weight = version.terms.filter(part="d").first() if version.aggregation == Aggregation.WEIGHTED_MEAN else None
        return cls(**given, weight_code=weight.input.code if weight else "")

    def is_same_method(self, other: "Definition") -> bool:
        """Whether what is measured and how it is counted stays the same."""
        return all(getattr(self, name) == getattr(other, name) for name in METHOD_FIELDS)


VERSION_FIELDS = tuple(one.name for one in fields(Definition) if one.name != "weight_code")
METHOD_FIELDS = ("name", "unit", "value_type", "aggregation", "formula", "weight_code")


def lock_definitions() -> None:
    """Until the end of the transaction nobody else changes definitions: two changes at once could make a circle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_DEFINING])


def new_version(
    *,
    indicator: Indicator,
    definition: Definition,
    compiled: Compiled,
    valid_from: date,
    author: Any,
    checker: Any,
) -> IndicatorVersion:
    """Put a definition into effect: the version before ends the day before, terms are stored."""
    before = indicator.versions.current().first()
    if indicator.is_group and definition.formula:  # a heading becomes a computed parent
        indicator.is_group = False
        indicator.save(update_fields=["is_group"])
    version = IndicatorVersion(
        indicator=indicator,
        number=before.number + 1 if before else 1,
        valid_from=valid_from,
        **{name: getattr(definition, name) for name in VERSION_FIELDS},
        made_by=IndicatorVersion.Maker.SITE,
        author=author,
        checker=checker,
        checked_at=timezone.now(),
        is_derived=bool(definition.formula),
        is_auxiliary=bool(before and before.is_auxiliary),
        scale=compiled.scale,
    )
    version.aggregation = compiled.aggregation
    _end(before, valid_from)
    version.save()
    store_terms(version, compiled.terms)
    return version


def recompiled_version(
    *, dependent: Dependent, changed: Indicator, valid_from: date, author: Any, checker: Any
) -> IndicatorVersion:
    """The same method with other terms, because an indicator that it is built on has changed."""
    before = IndicatorVersion.objects.current().select_related("indicator").get(indicator__code=dependent.code)
    if before.valid_from is not None and before.valid_from >= valid_from:
        version = before  # begins later than the change: all of it is counted the new way
        version.scale = dependent.scale
        version.terms.all().delete()
    else:
        version = IndicatorVersion.objects.get(pk=before.pk)
        version.pk, version.number, version.valid_from = None, before.number + 1, valid_from
        version.scale, version.made_by = dependent.scale, IndicatorVersion.Maker.SITE
        version.author, version.checker, version.checked_at = author, checker, timezone.now()
        text = f"Метод прежний: изменился показатель {changed.number}, через который он считается."
        version.note = f"{version.note}\n{text}".strip()
        version._state.adding = True
        _end(before, valid_from)
    version.save()
    store_terms(version, dependent.terms)
    return version


def _end(version: IndicatorVersion | None, valid_from: date) -> None:
    if version is not None:
        version.valid_to = valid_from - timedelta(days=1)
        version.save(update_fields=["valid_to"])


def store_terms(version: IndicatorVersion, rows: list[TermRow]) -> None:
    ids = dict(Indicator.objects.filter(code__in={code for _, code, _ in rows}).values_list("code", "pk"))
    Term.objects.bulk_create(
        Term(version=version, part=part, input_id=ids[code], coefficient=coefficient)
        for part, code, coefficient in rows
    )


def stored_terms(codes: list[str]) -> dict[str, tuple[Decimal, set[TermRow]]]:
    """Scale and terms of the newest versions, by code."""
    found = (
        IndicatorVersion.objects.current()
        .filter(indicator__code__in=codes)
        .select_related("indicator")
        .prefetch_related("terms__input")
    )
    return {
        version.indicator.code: (
            version.scale,
            {(term.part, term.input.code, term.coefficient) for term in version.terms.all()},
        )
        for version in found
    }
