"""Judging pairs of indicators: the same thing, or only alike."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused, error
from apps.indicators.models import Indicator, Twin
from apps.workbooks.cells import clean_text


@transaction.atomic
def judge(*, codes: Iterable[str], verdict: str, note: str, by: Any) -> int:
    """Say of all pairs among the indicators whether they are the same; it is remembered. Returns how many pairs.

    Raises Refused: no right, fewer than two known indicators, «не дубликат» without a note.
    """
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    wanted, note = set(codes), clean_text(note)[:500]
    rows = list(Indicator.objects.filter(code__in=wanted, is_group=False).order_by("pk"))
    findings = [
        error("unknown_indicator", f"показателя {code} нет.") for code in sorted(wanted - {r.code for r in rows})
    ]
    if len(rows) < 2 and not findings:
        findings.append(error("one_indicator", "Нужно не меньше двух разных показателей."))
    if verdict not in Twin.Verdict.values:
        findings.append(error("no_verdict", "Выберите решение."))
    if verdict == Twin.Verdict.DIFFERENT and not note:
        findings.append(error("no_note", "Напишите, чем показатели различаются."))
    if findings:
        raise Refused(findings)
    pairs = [
        Twin(first=first, second=second, verdict=verdict, note=note, judged_by=by, judged_at=timezone.now())
        for first, second in combinations(rows, 2)
    ]
    Twin.objects.bulk_create(
        pairs,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["verdict", "note", "judged_by", "judged_at"],
    )
    text = f"{Twin.Verdict(verdict).label.capitalize()}: {', '.join(row.code for row in rows)}"[:500]
    for row in rows:
        events.record(kind=f"indicators.twins_{verdict}", subject=row, by=by, text=text, note=note)
    return len(pairs)


@transaction.atomic
def forget_verdict(*, codes: Iterable[str], by: Any) -> int:
    """Undo what was said about the pairs among the indicators: they are asked about again. Returns how many pairs."""
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    wanted = list(codes)
    found = Twin.objects.filter(first__code__in=wanted, second__code__in=wanted)
    rows = list(Indicator.objects.filter(code__in=wanted))
    gone, _ = found.delete()
    for row in rows if gone else []:
        text = f"Решение о дубликатах отменено: {', '.join(sorted(wanted))}"[:500]
        events.record(kind="indicators.twins_forgotten", subject=row, by=by, text=text)
    return gone
