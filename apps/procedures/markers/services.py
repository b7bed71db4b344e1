"""Loading a published list of markers; a later list replaces the years it tells of."""

from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from django.db import transaction

from apps.core import events, files
from apps.core.findings import Finding, Refused, notice
from apps.procedures.intake import read_sheets
from apps.procedures.markers.models import ExternalMarker, MarkerList
from apps.procedures.markers.reading import MarkerRow, read_markers


@dataclass
class Loaded:
    source: MarkerList
    rows: int
    years: list[int]
    findings: list[Finding]


@transaction.atomic
def load_markers(*, stream: BinaryIO, name: str, source: str, by: Any) -> Loaded:
    """Keep the list and its rows. Raises Refused.

    Years that the list tells of are replaced as a whole: a school that it no longer names has no marker any more.
    """
    sheets = read_sheets(stream)
    found: list[MarkerRow] = []
    findings: list[Finding] = []
    refused: list[Finding] = []
    for sheet in sheets:
        try:
            rows, told = read_markers(sheet)
        except Refused as refusal:
            refused += refusal.findings
            continue
        found += rows
        findings += told
    if not found:
        raise Refused(refused)
    kept = files.store(stream=stream, name=name, content_type=files.XLSX, by=by)
    row = MarkerList.objects.create(file=kept, name=kept.name, sha256=kept.sha256, source=source[:300], loaded_by=by)
    distinct: dict[tuple[int, str], MarkerRow] = {}
    for one in found:
        former = distinct.get((one.year, one.digits))
        both = tuple(dict.fromkeys([*former.columns, *one.columns])) if former else one.columns
        distinct[one.year, one.digits] = replace(one, columns=both)
    if repeated := len(found) - len(distinct):
        text = f"Строки с тем же логином и годом объединены: {repeated}."
        findings.append(notice("rows_repeated", text))
    years = sorted({year for year, _ in distinct})
    ExternalMarker.objects.filter(year__in=years).delete()
    ExternalMarker.objects.bulk_create(
        (
            ExternalMarker(
                year=one.year, digits=one.digits, prefix=one.prefix, name=one.name, municipality=one.municipality,
                columns=list(one.columns), source=row,
            )
            for one in distinct.values()
        ),
        batch_size=1000,
    )  # fmt: skip
    text = f"Загружен список маркеров «{row}»: строк {len(distinct)}, годы {', '.join(map(str, years))}"
    events.record(kind="procedures.markers_loaded", subject=row, by=by, text=text)
    return Loaded(row, len(distinct), years, findings)


@transaction.atomic
def forget_list(*, source: MarkerList, by: Any) -> None:
    """Take a list back with all its markers."""
    text = f"Убран список маркеров «{source}»"
    events.record(kind="procedures.markers_removed", subject=source, by=by, text=text)
    source.delete()
