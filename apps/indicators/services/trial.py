"""What a definition that is not in force would give: the same figures as after it takes effect, nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.compiling import SECOND_STAGE, Compiled
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Value
from apps.indicators.services.checking import Draft
from apps.indicators.services.definitions import VERSION_FIELDS
from apps.indicators.services.second_stage import Place, known_figures, names_of, trial_figures

Aggregation, Scope = IndicatorVersion.Aggregation, Aggregate.Scope
MUNICIPALITY: Place = (Scope.MUNICIPALITY.value, "")
NO_DATA, BY_ZERO = formulas.Reason.NO_DATA.text, formulas.Reason.DIVISION_BY_ZERO.text


@dataclass(frozen=True)
class Figure:
    """A number or the reason why there is none."""

    value: Decimal | None
    reason: str = ""


def place_of(organization_id: int) -> Place:
    return Scope.ORGANIZATION.value, str(organization_id)


def unsaved_version(draft: Draft, compiled: Compiled) -> IndicatorVersion:
    """The draft as a version that the display and the second stage can read."""
    indicator = draft.indicator or Indicator(code=draft.code, pack=draft.pack, number=draft.code.split(".", 1)[-1])
    fields = {name: getattr(draft.definition, name) for name in VERSION_FIELDS}
    version = IndicatorVersion(indicator=indicator, **fields, is_derived=bool(draft.definition.formula))
    version.aggregation, version.scale = compiled.aggregation, compiled.scale
    return version


def trial(*, draft: Draft, compiled: Compiled, period: Period) -> dict[Place, Figure]:
    """Figures of organisations and of the municipality in the period."""
    if compiled.aggregation in SECOND_STAGE and draft.definition.formula:
        found = trial_figures(period, unsaved_version(draft, compiled))
        return {
            place: Figure(row["value"], row["absence_reason"])
            for place, row in found.items()
            if place == MUNICIPALITY or place[0] == Scope.ORGANIZATION
        }
    if compiled.aggregation == Aggregation.NONE:
        return {}
    return _first_stage(draft, compiled, period)


def inputs_of(*, draft: Draft, compiled: Compiled, period: Period) -> dict[Place, dict[str, Decimal | None]]:
    """What goes into the formula, by place and code (or `previous(code)`)."""
    if compiled.tree is None:
        numbers = used_numbers([draft.code], period)
        return {place_of(pk): dict(row) for pk, row in numbers.items()}
    known = known_figures([compiled.tree], period)
    return {place: {name: row.get(name) for name in names_of(compiled.tree)} for place, row in known.rows.items()}


def used_numbers(codes: Iterable[str], period: Period) -> dict[int, dict[str, Decimal | None]]:
    """The one value that counts, by organisation and code: a number before an absence, a correction before a form."""
    rows = Value.objects.filter(period=period, breakdown="", version__indicator__code__in=list(codes))
    found: dict[int, dict[str, Decimal | None]] = {}
    best: dict[tuple[int, str], tuple[Any, ...]] = {}
    fields = ("organization_id", "version__indicator__code", "number", "source", "version__number")
    order = {Value.Source.MANUAL: 1, Value.Source.COLLECTION: 2}
    for organization, code, number, source, version in rows.values_list(*fields):
        rank = (number is None, order.get(source, 3), -version)
        if (organization, code) not in best or rank < best[organization, code]:
            best[organization, code] = rank
            found.setdefault(organization, {})[code] = number
    return found


_Parts = tuple[Decimal, Decimal | None]  # numerator and denominator


def _first_stage(draft: Draft, compiled: Compiled, period: Period) -> dict[Place, Figure]:
    codes = {code for _, code, _ in compiled.terms} | ({draft.code} if compiled.tree is None else set())
    scale = Decimal(100) if compiled.aggregation == Aggregation.SHARE_YES else compiled.scale
    found: dict[Place, Figure] = {}
    parts: list[_Parts] = []
    for organization, numbers in used_numbers(codes, period).items():
        one = _parts(draft, compiled, numbers)
        if one is not None:
            parts.append(one)
        found[place_of(organization)] = _own(draft, compiled, numbers, one)
    found[MUNICIPALITY] = _divided(parts, scale) if parts else Figure(None, NO_DATA)
    return found


def _parts(draft: Draft, compiled: Compiled, numbers: dict[str, Decimal | None]) -> _Parts | None:
    """What an organisation gives; nothing when one of its inputs is missing."""
    if compiled.tree is None:
        number = numbers.get(draft.code)
        if number is None or compiled.aggregation == Aggregation.SUM:
            return None if number is None else (number, None)
        if compiled.aggregation != Aggregation.WEIGHTED_MEAN:
            return number, Decimal(1)
        weight = numbers.get(compiled.terms[0][1])
        return None if weight is None else (number * weight, weight)
    sums = {"n": Decimal(0), "d": Decimal(0)}
    for part, code, coefficient in compiled.terms:
        number = numbers.get(code)
        if number is None:
            return None
        sums[part] += coefficient * number
    return sums["n"], sums["d"] if compiled.aggregation == Aggregation.RATIO else None


def _own(draft: Draft, compiled: Compiled, numbers: dict[str, Decimal | None], parts: _Parts | None) -> Figure:
    """Of an organisation: its own number where it enters one, else its quotient."""
    if compiled.tree is None:
        number = numbers.get(draft.code)
        return Figure(number) if number is not None else Figure(None, NO_DATA)
    return Figure(None, NO_DATA) if parts is None else _divided([parts], compiled.scale)


def _divided(parts: list[_Parts], scale: Decimal) -> Figure:
    top = sum((one for one, _ in parts), Decimal(0))
    if parts[0][1] is None:
        return Figure(scale * top)
    bottom = sum((one or Decimal(0) for _, one in parts), Decimal(0))
    return Figure(scale * top / bottom) if bottom else Figure(None, BY_ZERO)
