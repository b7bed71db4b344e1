"""Setting targets and writing down why figures changed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding, Refused, Severity, error
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Cause, Indicator, IndicatorVersion, Target
from apps.indicators.selectors.targets import judge
from apps.indicators.services.values import LARGEST, PLACES
from apps.workbooks.cells import clean_text


@dataclass(frozen=True)
class NewTarget:
    """What is typed into the form of a target. `scope` and `key` as aggregates name them."""

    indicator: Indicator
    period: Period
    number: Decimal
    basis: str
    basis_text: str
    explanation: str = ""
    scope: str = Aggregate.Scope.MUNICIPALITY
    key: str = ""


def require_department(by: Any) -> None:
    """Raises Refused."""
    if by is None or not by.is_active or not by.is_department:
        raise Refused([error("no_right", "Цели, причины и ряды сравнения ведёт управление образования.")])


@transaction.atomic
def set_target(*, new: NewTarget, by: Any) -> Target:
    """Put a target in force; the one before it goes into the history. The same target again changes nothing.

    Raises Refused: without a basis, beyond what the indicator can be, or, where history does not support it,
    without an explanation.
    """
    require_department(by)
    version = current_version(new.indicator)
    Indicator.objects.select_for_update().get(pk=new.indicator.pk)
    findings = check_target(new, version)
    basis_text, explanation = clean_text(new.basis_text)[:500], clean_text(new.explanation)[:500]
    doubts = [finding for finding in findings if finding.severity == Severity.QUERY]
    if any(finding.severity == Severity.ERROR for finding in findings) or (doubts and not explanation):
        raise Refused(findings)
    place = {"indicator": new.indicator, "period": new.period, "scope": new.scope, "scope_key": new.key}
    old = Target.objects.current().filter(**place).first()
    fields = {
        "number": new.number,
        "basis": new.basis,
        "basis_text": basis_text,
        "explanation": explanation if doubts else "",
    }
    if old and all(getattr(old, name) == value for name, value in fields.items()):
        return old
    if old:
        old.ended_at = timezone.now()
        old.save(update_fields=["ended_at"])
    target = Target.objects.create(**place, **fields, author=by)
    written = display.written(version, target.number)
    was = f" (было {display.written(version, old.number)})" if old else ""
    text = f"Цель на {new.period}: {written}{was}; {target.get_basis_display()}: {basis_text}"
    events.record(kind="indicators.target_set", subject=new.indicator, by=by, text=text[:500], target=target.pk)
    return target


def check_target(new: NewTarget, version: IndicatorVersion) -> list[Finding]:
    """Every remark on a target: what is missing, what cannot be, what history does not support."""
    findings = []
    if new.basis not in Target.Basis.values:
        findings.append(error("no_basis", "Выберите, на чём основана цель."))
    if not clean_text(new.basis_text):
        action = "Например: «значение за 2024 год — 45,3 %», «приказ № 12 от 10.01.2026, пункт 3»."
        findings.append(error("no_basis_text", "Напишите основание словами.", action=action))
    if not new.number.is_finite() or abs(new.number) >= LARGEST or new.number != new.number.quantize(PLACES):
        return [*findings, error("bad_number", "Цель вне допустимых чисел: не больше шести знаков после запятой.")]
    found, _ = judge(version=version, period=new.period, scope=new.scope, key=new.key, number=new.number)
    return [*findings, *found]


@transaction.atomic
def end_target(*, target: Target, reason: str, by: Any) -> None:
    """Take a target out of force; it stays in the history. Raises Refused."""
    require_department(by)
    target = Target.objects.select_for_update().get(pk=target.pk)
    reason = clean_text(reason)[:300]
    if not reason:
        raise Refused([error("no_reason", "Напишите, почему цель снимается.")])
    if target.ended_at:
        return
    target.ended_at = timezone.now()
    target.save(update_fields=["ended_at"])
    text = f"Цель на {target.period} снята: {reason}"
    events.record(kind="indicators.target_ended", subject=target.indicator, by=by, text=text, target=target.pk)


@transaction.atomic
def write_cause(*, indicator: Indicator, period: Period, text: str, by: Any) -> Cause | None:
    """Write down why the municipal figure changed; an empty text takes the words away. What stood stays in the trail.

    Raises Refused.
    """
    require_department(by)
    text = clean_text(text)[:2000]
    old = Cause.objects.select_for_update().filter(indicator=indicator, period=period).first()
    if (old.text if old else "") == text:
        return old
    said = f"Причины изменения за {period}: {text}" if text else f"Причины изменения за {period} убраны"
    events.record(kind="indicators.cause", subject=indicator, by=by, text=said[:500], old=old.text if old else "")
    if not text and old:
        old.delete()
        return None
    fields = {"text": text, "author": by, "written_at": timezone.now()}
    cause, _ = Cause.objects.update_or_create(indicator=indicator, period=period, defaults=fields)
    return cause


def current_version(indicator: Indicator) -> IndicatorVersion:
    """The version in force now. Raises Refused for a heading."""
    versions = indicator.versions.select_related("indicator")
    version = versions.in_force(timezone.localdate()).first() or versions.first()
    if version is None or indicator.is_group:
        raise Refused([error("not_a_measure", f"{indicator} — заголовок: целей у него нет.")])
    return version
