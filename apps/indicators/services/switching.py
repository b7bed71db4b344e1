"""Switching indicators off and on. Periods that are over keep their figures; forms to come do not ask.

It is not a change of a method, so one person may do it and undo it; ending an indicator for good from a day on is a
proposal of two persons.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import Indicator
from apps.indicators.selectors.uses import inputs_of_formulas
from apps.indicators.services.aggregates import enqueue_aggregates
from apps.indicators.services.proposals import touched_periods
from apps.indicators.services.renewals import renew
from apps.workbooks.cells import clean_text


@transaction.atomic
def switch_off(*, codes: Iterable[str], reason: str, by: Any) -> int:
    """Stop using the indicators from today on, for a reason. Returns how many.

    Values, aggregates and releases stay. Raises Refused: no right, no reason, an unknown code, an indicator on which
    the formula of one that stays is built.
    """
    rows, reason = _checked(codes, reason, by)
    off = [row for row in rows if row.is_active]
    findings = held_by_formulas({row.code for row in off})
    if findings:
        raise Refused(findings)
    today = timezone.localdate()
    for row in off:
        row.is_active, row.switched_off_on = False, today
    _save(off, "indicators.switched_off", f"Показатель выключен с {today:%d.%m.%Y}", reason, by)
    return len(off)


@transaction.atomic
def switch_on(*, codes: Iterable[str], reason: str, by: Any) -> int:
    """Use the indicators again; those that left their pack cannot come back this way. Returns how many."""
    rows, reason = _checked(codes, reason, by)
    on = [row for row in rows if not row.is_active and row.switched_off_on]
    for row in on:
        row.is_active, row.switched_off_on = True, None
    _save(on, "indicators.switched_on", f"Показатель снова включён с {timezone.localdate():%d.%m.%Y}", reason, by)
    return len(on)


def held_by_formulas(codes: Collection[str]) -> list[Finding]:
    """Formulas in use that would lose one of the named inputs; those that go too do not count."""
    return [
        error(
            "formula_holds",
            f"показатель {code} нужен формуле показателя {version.indicator.code} «{version.name}».",
            action="Выключите и его или сначала измените формулу.",
        )
        for code, versions in sorted(inputs_of_formulas().items())
        if code in codes
        for version in versions
        if version.indicator.code not in codes
    ]


def _checked(codes: Iterable[str], reason: str, by: Any) -> tuple[list[Indicator], str]:
    if by is not None and not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    wanted, reason = sorted(set(codes)), clean_text(reason)[:500]
    rows = list(Indicator.objects.select_for_update().filter(code__in=wanted, is_group=False).order_by("pk"))
    known = {row.code for row in rows}
    findings = [error("unknown_indicator", f"показателя {code} нет.") for code in wanted if code not in known]
    if not wanted:
        findings.append(error("nothing_chosen", "Не отмечено ни одного показателя."))
    if not reason:
        findings.append(error("no_reason", "Напишите причину: её увидят на паспорте показателя."))
    if findings:
        raise Refused(findings)
    return rows, reason


def _save(rows: list[Indicator], kind: str, text: str, reason: str, by: Any) -> None:
    Indicator.objects.bulk_update(rows, ["is_active", "switched_off_on"])
    for row in rows:
        events.record(kind=kind, subject=row, by=by, text=text, reason=reason)
    if rows:
        renew({row.pack for row in rows}, by)
    for period in touched_periods(rows, timezone.localdate()):
        enqueue_aggregates(period=period, by=by)
