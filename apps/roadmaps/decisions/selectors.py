"""What the pages of decisions read."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from apps.accounts.models import User
from apps.core.months import Month
from apps.roadmaps.decisions.addressing import addressed_by, names_somebody, own_words_of
from apps.roadmaps.decisions.control import controller_of
from apps.roadmaps.decisions.deadlines import deadlines_for
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem
from apps.roadmaps.decisions.querysets import OPEN
from apps.roadmaps.decisions.services.executing import may_report
from apps.roadmaps.effect.selectors import Row, rows_by_key


@dataclass(frozen=True)
class ItemRow:
    """An item as the page of its decision shows it: counts for those who oversee, own lines for those who execute."""

    item: DecisionItem
    addressed: str
    total: int = 0
    done: int = 0
    overdue: int = 0
    late: int = 0
    lines: list[Assignment] = field(default_factory=list)
    is_for_nobody: bool = False  # of a draft: neither the item nor its heading names anybody
    effects: list[Row] = field(default_factory=list)

    @property
    def tone(self) -> str:
        if self.overdue:
            return "bad"
        if self.total and self.done == self.total:
            return "warn" if self.late else "good"
        return "info"

    @property
    def state_text(self) -> str:
        if self.total and self.done == self.total:
            return "исполнено с опозданием" if self.late else "исполнено"
        text = f"исполнено {self.done} из {self.total}"
        return f"{text}, просрочено {self.overdue}" if self.overdue else text


@dataclass(frozen=True)
class Page:
    """A decision for one reader."""

    decision: Decision
    items: list[ItemRow]
    controller: User | None
    controller_left: bool  # the person named has no post any more
    followers: list[Decision]
    follows: Decision | None
    oversees: bool  # sees every item and how it stands, not only the own ones

    @property
    def counts(self) -> dict[str, int]:
        total = sum(row.total for row in self.items)
        done, overdue = sum(row.done for row in self.items), sum(row.overdue for row in self.items)
        return {"total": total, "done": done, "overdue": overdue, "percent": 100 * done // total if total else 0}


def page_of(decision: Decision, user: Any) -> Page:
    """Counts are of all lines for the authority and the deciding organisation, of own lines for others."""
    oversees = user.is_authority or (user.is_school and user.organization == decision.organization)
    late = Q(lines__closed_on__gt=F("lines__due_on"), lines__state="done")
    items = DecisionItem.objects.visible_to(user).filter(decision=decision).select_related("person", "publishes")
    items = items.prefetch_related("groups", "organizations", "associations").annotate(
        total=Count("lines", filter=~Q(lines__state="withdrawn")),
        done=Count("lines", filter=Q(lines__state="done")),
        overdue=Count("lines", filter=Q(lines__state__in=OPEN, lines__due_on__lt=timezone.localdate())),
        late=Count("lines", filter=late),
    )
    own: dict[int, list[Assignment]] = {}
    for line in Assignment.objects.visible_to(user).filter(item__decision=decision).with_details():
        if not oversees or may_report(user, line):
            own.setdefault(line.item_id, []).append(line)
    listed = _with_headings(decision, items, oversees)
    effects = rows_by_key(listed, user=user) if user.is_authority and decision.signed_at else {}
    rows = [
        ItemRow(item, own_words_of(item), item.total, item.done, item.overdue, item.late, own.get(item.pk, []),
                decision.is_draft and not item.is_heading and not names_somebody(addressed_by(item)),
                effects.get(str(item.pk), []))
        if oversees else ItemRow(item, "", lines=own.get(item.pk, []))
        for item in listed
    ]  # fmt: skip
    controller = controller_of(decision)
    visible = Decision.objects.visible_to(user)
    return Page(
        decision,
        rows,
        controller,
        bool(decision.controller and controller != decision.controller),
        list(visible.filter(follows=decision)),
        visible.filter(pk=decision.follows_id).first(),
        oversees,
    )


def _with_headings(decision: Decision, items: Any, oversees: bool) -> list[Any]:
    """Seen items, and for those who see only some the headings above them, so that a list reads as the act does."""
    seen = list(items.order_by("position"))
    if oversees or not seen:
        return seen
    headings = [
        heading
        for heading in decision.items.filter(is_heading=True)
        if any(item.number.startswith(f"{heading.number.rstrip('.')}.") for item in seen)
    ]
    return sorted([*seen, *headings], key=lambda item: item.position)


# --- calendar


def month_of_terms(user: Any, first: date) -> Month:
    """All terms of decisions in a month by weeks, Monday first."""
    shown = Month.blank(first)
    for deadline in deadlines_for(user, shown.opens, shown.closes):
        shown.put(deadline.on, deadline)
    return shown


@dataclass(frozen=True)
class ControlRow:
    """A decision under somebody's control."""

    decision: Decision
    controller: User | None
    was_handed: bool


def control_rows(decisions: Any) -> list[ControlRow]:
    rows = []
    for decision in decisions.with_progress().select_related("controller", "organization"):
        controller = controller_of(decision)
        rows.append(ControlRow(decision, controller, bool(decision.controller and controller != decision.controller)))
    return rows
