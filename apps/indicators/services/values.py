"""Recording values: the one way by which numbers of organisations come into the portal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.core.models import Period
from apps.indicators.models import ChangedOrganization, Indicator, IndicatorVersion, Pack, Value
from apps.organizations.models import Organization

BATCH = 5000
LARGEST = Decimal(10) ** 14
PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class NewValue:
    """A number, or the reason why it is absent, for an organisation.

    `indicator` is a code (`so_oo.1.10`; the version of the period counts) or the id of a version. `place` says where
    in the origin it stood, e.g. «лист «Форма», ячейка D14».
    """

    organization_id: int
    indicator: str | int
    number: Decimal | None
    absence_reason: str = ""
    breakdown: str = ""
    place: str = ""


@dataclass(frozen=True)
class Origin:
    """Where values came from: `Origin("collection.Submission", "17")`."""

    kind: str
    id: str

    @classmethod
    def of(cls, row: Any) -> "Origin":
        return cls(row._meta.label, str(row.pk))


@transaction.atomic
def record_values(*, period: Period, source: str, values: Iterable[NewValue], by: Any, origin: Origin) -> int:
    """Write the values, replacing those of the same place, indicator, period, breakdown and source.

    Returns how many rows were new or changed; a second call with the same values changes none. All or nothing:
    raises Refused with every fault. Call `enqueue_aggregates` afterwards.
    """
    rows = _checked(period, source, list(values))
    batches = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
    changed = sum(_upsert(period, source, batch, by, origin) for batch in batches)
    if changed:
        _mark(period.pk, {row[0] for row in rows})
        text = f"Записано значений: {changed}"
        events.record(
            kind="indicators.values_recorded", subject=period, by=by, text=text, origin=origin.kind, id=origin.id
        )
    return changed


@transaction.atomic
def forget_values(*, origin: Origin, by: Any) -> int:
    """Withdraw every value of the origin, e.g. of a submission that was reopened. Returns how many."""
    found = Value.objects.filter(origin=origin.kind, origin_id=origin.id)
    places: dict[int, set[int]] = {}
    for period_id, organization_id in found.values_list("period_id", "organization_id").distinct():
        places.setdefault(period_id, set()).add(organization_id)
    gone, _ = found.delete()
    for period in Period.objects.filter(pk__in=places):
        _mark(period.pk, places[period.pk])
        text = f"Отозвано значений: {gone}"
        events.record(
            kind="indicators.values_withdrawn", subject=period, by=by, text=text, origin=origin.kind, id=origin.id
        )
    return gone


def _mark(period_id: int, organizations: set[int]) -> None:
    """The next recount of the period counts these organisations."""
    ChangedOrganization.objects.bulk_create(
        ChangedOrganization(period_id=period_id, organization_id=pk) for pk in sorted(organizations)
    )


# --- checks

_Row = tuple[int, int, str, Decimal | None, str, str]  # organisation, version, breakdown, number, reason, place


def _checked(period: Period, source: str, values: list[NewValue]) -> list[_Row]:
    findings: list[Finding] = []
    if source not in Value.Source.values:
        findings.append(error("bad_source", f"источника «{source}» нет"))
    versions = _versions(period, {value.indicator for value in values}, findings)
    ids = {value.organization_id for value in values}
    known = set(Organization.objects.filter(pk__in=ids).values_list("pk", flat=True))
    findings += [error("unknown_organization", f"организации с номером {gone} нет") for gone in sorted(ids - known)]
    rows: dict[tuple[int, int, str], _Row] = {}
    for value in values:
        version = versions.get(value.indicator)
        if version is None or value.organization_id not in known:
            continue
        findings += _faults(value)
        key = (value.organization_id, version, value.breakdown)
        if key in rows:
            findings.append(error("double_value", f"показатель {value.indicator} передан дважды"))
        rows[key] = (*key, value.number, value.absence_reason, value.place)
    if findings:
        raise Refused(findings)
    return [rows[key] for key in sorted(rows)]


def _faults(value: NewValue) -> Iterator[Finding]:
    name = f"показатель {value.indicator}"
    if (value.number is None) == (value.absence_reason == ""):
        yield error("value_or_reason", f"{name}: нужно либо число, либо причина, почему его нет")
    elif value.number is not None:
        number = Decimal(value.number)
        if not number.is_finite() or abs(number) >= LARGEST:
            yield error("bad_number", f"{name}: число вне допустимых пределов", found=str(number))
        elif number != number.quantize(PLACES):
            yield error("bad_number", f"{name}: больше шести знаков после запятой", found=str(number))


# Of a version and its indicator: passports are long, and this is asked with every form.
_READ = ("pk", "indicator__code", "indicator__pack", "value_type", "is_derived", "indicator__is_group")


class _Measured(NamedTuple):
    """What `_READ` names, in its order."""

    pk: int
    code: str
    pack: str
    value_type: str
    is_derived: bool
    is_group: bool


def _versions(period: Period, wanted: set[str | int], findings: list[Finding]) -> dict[str | int, int]:
    """Ids of the versions that the codes mean in the period; what cannot hold a value is a finding."""
    found: dict[str | int, _Measured] = {}
    codes = [code for code in wanted if isinstance(code, str)]
    by_code = IndicatorVersion.objects.in_force(period.ends_on).filter(indicator__code__in=codes)
    by_key = IndicatorVersion.objects.filter(pk__in=[key for key in wanted if not isinstance(key, str)])
    for version in map(_Measured._make, by_code.values_list(*_READ)):
        found[version.code] = version
    for version in map(_Measured._make, by_key.values_list(*_READ)):
        found[version.pk] = version
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    for key in sorted(wanted - found.keys(), key=str):
        known = Indicator.objects.filter(code=key).exists() if isinstance(key, str) else False
        text = f"показатель {key} в периоде «{period}» не действует" if known else f"показателя {key} нет"
        findings.append(error("unknown_indicator", text))
    for version in found.values():
        if version.is_group or version.is_derived or version.value_type in ("", "text"):
            text = f"показатель {version.code} не вносится: это заголовок, текст или расчёт"
            findings.append(error("not_a_measure", text))
        # A form of statistics is of a day, whatever period its indicators are collected for.
        if period.kind not in {Period.Kind.DATE, kinds.get(version.pack, period.kind)}:
            kind = Period.Kind(kinds[version.pack]).label
            text = f"показатель {version.code} собирается за {kind}, а не за «{period}»"
            findings.append(error("wrong_period", text))
    return {key: version.pk for key, version in found.items()}


# --- writing

_UPSERT = """
INSERT INTO indicators_value AS old (organization_id, version_id, period_id, breakdown, source, number,
    absence_reason, origin, origin_id, origin_place, recorded_by_id, recorded_at)
SELECT organization, version, %(period)s, breakdown, %(source)s, number, reason, %(origin)s, %(origin_id)s, place,
    %(by)s, %(now)s
FROM unnest(%(organizations)s::bigint[], %(versions)s::bigint[], %(breakdowns)s::text[], %(numbers)s::numeric[],
    %(reasons)s::text[], %(places)s::text[]) AS new (organization, version, breakdown, number, reason, place)
ON CONFLICT (period_id, version_id, organization_id, breakdown, source) DO UPDATE
SET number = excluded.number, absence_reason = excluded.absence_reason, origin = excluded.origin,
    origin_id = excluded.origin_id, origin_place = excluded.origin_place,
    recorded_by_id = excluded.recorded_by_id, recorded_at = excluded.recorded_at
WHERE (old.number, old.absence_reason, old.origin, old.origin_id, old.origin_place)
    IS DISTINCT FROM
    (excluded.number, excluded.absence_reason, excluded.origin, excluded.origin_id, excluded.origin_place)
"""


def _upsert(period: Period, source: str, rows: Iterable[_Row], by: Any, origin: Origin) -> int:
    organizations, versions, breakdowns, numbers, reasons, places = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            {
                "period": period.pk,
                "source": source,
                "origin": origin.kind,
                "origin_id": origin.id,
                "by": by.pk if by else None,
                "now": timezone.now(),
                "organizations": organizations,
                "versions": versions,
                "breakdowns": breakdowns,
                "numbers": numbers,
                "reasons": reasons,
                "places": places,
            },
        )
        return int(cursor.rowcount)
