"""The register of data sources and which indicator is taken from which."""

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused, error
from apps.indicators.models import DataSource, Indicator, IndicatorVersion, SourceLink
from apps.workbooks.cells import clean_text

FIELDS = ("code", "name", "owner", "form", "periodicity", "note", "link", "source_state", "is_own_form")


@transaction.atomic
def load_sources(*, path: Path, by: Any = None) -> int:
    """Make the sources of the file that are not there yet, with the links that the passports of packs suggest.

    What stands already is the department's and is left alone: a link that it cut does not come back. Returns how many.
    """
    if not path.exists():
        return 0
    known = set(DataSource.objects.values_list("code", flat=True))
    rows = json.loads(path.read_text(encoding="utf-8"))["sources"]
    new = [(order, row) for order, row in enumerate(rows, 1) if row["code"] not in known]
    for order, row in new:
        fields = {name: row[name] for name in FIELDS if name in row}
        source = DataSource.objects.create(order=order, **fields)
        _suggest(source, row.get("matches", []))
        events.record(kind="indicators.source_saved", subject=source, by=by, text="Источник внесён из файла")
    return len(new)


def _suggest(source: DataSource, words: Iterable[str]) -> None:
    named = IndicatorVersion.objects.current().filter(indicator__is_group=False, is_derived=False)
    found: dict[int, None] = {}
    for word in words:
        matching = named.filter(data_source__icontains=word).order_by("indicator__pack", "indicator__order")
        found |= dict.fromkeys(matching.values_list("indicator_id", flat=True))
    SourceLink.objects.bulk_create(SourceLink(source=source, indicator_id=pk) for pk in found)


def _require(by: Any) -> None:
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])


@transaction.atomic
def save_source(*, source: DataSource, by: Any) -> DataSource:
    """Store a source that was described or mended. Raises Refused with every fault."""
    _require(by)
    try:
        source.full_clean()
    except ValidationError as failure:
        raise Refused([error("invalid", text) for text in failure.messages]) from failure
    source.save()
    events.record(kind="indicators.source_saved", subject=source, by=by, text="Описание источника сохранено")
    return source


@transaction.atomic
def link_indicators(*, source: DataSource, codes: Collection[str], by: Any) -> tuple[int, int]:
    """Make exactly these indicators taken from the source; the links that stay keep what is said of them.

    Returns how many were added and how many cut. Raises Refused for a code that is not there.
    """
    _require(by)
    rows = {row.code: row for row in Indicator.objects.filter(code__in=codes, is_group=False)}
    unknown = sorted(set(codes) - rows.keys())
    if unknown:
        raise Refused([error("unknown_indicator", f"показателя {code} нет.") for code in unknown])
    links = SourceLink.objects.select_for_update().filter(source=source)
    standing = set(links.values_list("indicator__code", flat=True))
    cut, _ = links.exclude(indicator__code__in=codes).delete()
    added = [SourceLink(source=source, indicator=rows[code]) for code in sorted(rows.keys() - standing)]
    SourceLink.objects.bulk_create(added)
    text = f"Связаны показатели: добавлено {len(added)}, убрано {cut}"
    events.record(kind="indicators.source_linked", subject=source, by=by, text=text, codes=sorted(codes))
    return len(added), cut


@transaction.atomic
def keep_collecting(*, source: DataSource, codes: Collection[str], reason: str, by: Any) -> int:
    """Say why indicators that the source has are collected all the same; they are no longer flagged. How many."""
    _require(by)
    reason = clean_text(reason)[:500]
    links = SourceLink.objects.filter(source=source, indicator__code__in=codes)
    found = []
    if not codes:
        found.append(error("nothing_chosen", "Не отмечено ни одного показателя."))
    if not reason:
        found.append(error("no_reason", "Напишите, почему число собирается ещё раз."))
    if found:
        raise Refused(found)
    count = links.update(kept_reason=reason, kept_by=by, kept_at=timezone.now())
    text = f"Решено собирать ещё раз: показателей — {count}"
    events.record(kind="indicators.source_kept", subject=source, by=by, text=text, reason=reason, codes=sorted(codes))
    return count
