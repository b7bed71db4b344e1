"""Writes of the room: a threshold is changed by a new version, the old one stays readable."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.models import SignRule
from apps.core import events, findings


@dataclass(frozen=True)
class RuleChange:
    threshold: Decimal
    minimum_participants: int
    source_state: str
    act: str
    reason: str
    parameters: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def change_rule(*, code: str, change: RuleChange, by: User) -> SignRule:
    """Put a new version of a sign in force from today. Refused when nothing is changed or no reason is given."""
    if not by.is_department:
        raise findings.Refused([findings.error("not_allowed", "Порог меняют сотрудники управления.")])
    old = SignRule.objects.select_for_update().current(code)
    if not change.reason.strip():
        message = "Не указано, почему меняется порог."
        raise findings.Refused([findings.error("no_reason", message, action="Напишите причину одной фразой.")])
    fields = ("threshold", "minimum_participants", "source_state", "act", "parameters")
    if all(getattr(old, field) == getattr(change, field) for field in fields):
        raise findings.Refused([findings.error("no_change", "Значения не изменены.")])
    new = SignRule(
        code=code,
        version=old.version + 1,
        title=old.title,
        threshold=change.threshold,
        minimum_participants=change.minimum_participants,
        source_state=change.source_state,
        act=change.act,
        parameters=change.parameters,
        reason=change.reason.strip(),
        valid_from=timezone.localdate(),
        author=by,
    )
    new.full_clean(exclude=["author"])
    new.save()
    text = f"Правило изменено: порог {old.threshold.normalize():f} → {new.threshold.normalize():f}."
    events.record(kind="analysis.rule_changed", subject=new, by=by, text=text, version=new.version)
    return new
