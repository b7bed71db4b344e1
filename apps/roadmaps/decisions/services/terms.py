"""Terms moved with a reason, executors added to an act in force, another controller."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from apps.accounts.models import User
from apps.core import events, findings
from apps.core.findings import refuse
from apps.organizations.models import Organization
from apps.roadmaps.decisions import notifying
from apps.roadmaps.decisions.control import holds_post, may_control
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem, TermExtension
from apps.roadmaps.decisions.querysets import OPEN
from apps.roadmaps.decisions.services.executing import locked_line
from apps.roadmaps.decisions.services.registering import locked
from apps.roadmaps.decisions.texts import tidy, too_long


def _require_control(by: User, decision: Decision) -> None:
    if not may_control(by, decision):
        raise refuse("not_allowed", "Сроки меняет тот, кто контролирует решение.")


def _faults(old: date | None, new: date, reason: str, decision: Decision) -> list[findings.Finding]:
    faults = too_long(reason, "Причина", 500)
    if not reason:
        faults.append(findings.error("no_reason", "Не указана причина переноса срока."))
    if old == new:
        faults.append(findings.error("same_term", "Новый срок совпадает с прежним."))
    if decision.signed_on and new < decision.signed_on:
        faults.append(findings.error("before_signing", "Срок раньше подписания решения."))
    return faults


@transaction.atomic
def extend_item(*, item: DecisionItem, due_on: date, reason: str, by: User) -> TermExtension:
    """Move the term of an item and of all its open lines; those that had another term of their own keep it."""
    row = DecisionItem.objects.select_for_update(of=("self",)).select_related("decision").get(pk=item.pk)
    _require_control(by, row.decision)
    reason, old = tidy(reason), row.due_on
    faults = _faults(old, due_on, reason, row.decision)
    if not row.decision.is_in_force or row.is_heading:
        faults.append(findings.error("not_in_force", "Срок меняют у пунктов действующих решений."))
    if faults:
        raise findings.Refused(faults)
    open_lines = row.lines.select_for_update().filter(state__in=OPEN, due_on=old)
    keys = list(open_lines.values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=keys).update(due_on=due_on)
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    made = TermExtension.objects.create(item=row, old_due_on=old, new_due_on=due_on, reason=reason, extended_by=by)
    _record(row, made, by)
    lines = Assignment.objects.filter(pk__in=keys).with_details().select_related("association__leader")
    notifying.about_term(lines, made)
    return made


@transaction.atomic
def extend_line(*, line: Assignment, due_on: date, reason: str, by: User) -> TermExtension:
    """Move the term of one executor."""
    row = locked_line(line, OPEN)
    _require_control(by, row.item.decision)
    reason, old = tidy(reason), row.due_on
    if faults := _faults(old, due_on, reason, row.item.decision):
        raise findings.Refused(faults)
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    made = TermExtension.objects.create(
        item=row.item, assignment=row, old_due_on=old, new_due_on=due_on, reason=reason, extended_by=by
    )
    text = f"Срок: {due_on:%d.%m.%Y}. Причина: {reason}"[:500]
    events.record(kind="roadmaps.term_extended", subject=row, by=by, text=text)
    notifying.about_term([row], made)
    return made


def _record(item: DecisionItem, made: TermExtension, by: User) -> None:
    before = f"{made.old_due_on:%d.%m.%Y}" if made.old_due_on else "без срока"
    text = f"Пункт {item.number}: срок {before} → {made.new_due_on:%d.%m.%Y}. Причина: {made.reason}"[:500]
    events.record(kind="roadmaps.term_extended", subject=item.decision, by=by, text=text)


@transaction.atomic
def add_executors(*, item: DecisionItem, organizations: Iterable[Organization], by: User) -> int:
    """Give an item of an act in force to more organisations. Returns how many lines are new."""
    decision = locked(item.decision, by)
    if not decision.is_in_force or item.is_heading:
        raise refuse("not_in_force", "Исполнителей добавляют к пунктам действующих решений.")
    known = set(item.lines.values_list("organization", flat=True))
    new = [each for each in dict.fromkeys(organizations) if each.pk not in known]
    lines = [Assignment(item=item, organization=each, due_on=item.due_on) for each in new]
    Assignment.objects.bulk_create(lines)
    if lines:
        codes = [each.code for each in new]
        text = f"Пункт {item.number}: добавлены исполнители, {len(lines)}."
        events.record(kind="roadmaps.executors_added", subject=decision, by=by, text=text, codes=codes)
        notifying.about_executors(item, lines)
    return len(lines)


@transaction.atomic
def change_controller(*, decision: Decision, controller: User, by: User) -> Decision:
    """Hand the control over; the old controller stays in the history."""
    row = locked(decision, by)
    if not holds_post(controller, row):
        raise refuse("no_post", f"{controller} сейчас не работает там, где контролируют это решение.")
    old, row.controller = row.controller, controller
    row.save(update_fields=["controller"])
    text = f"Контроль: {old or 'не назначен'} → {controller}"[:500]
    events.record(kind="roadmaps.controller_changed", subject=row, by=by, text=text)
    return row
