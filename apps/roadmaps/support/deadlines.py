"""Terms of help: of open cases and of their open actions, for the calendar."""

from datetime import date
from typing import Any

from apps.core.deadlines import Deadline
from apps.roadmaps.support.models import SupportCase, SupportStep

HELP = "Адресная помощь"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """What a person may see; own for those who wrote the case and for the school that is helped."""
    visible = SupportCase.objects.visible_to(user)
    cases = visible.filter(due_on__range=(start, end)).select_related("organization")
    steps = SupportStep.objects.filter(
        case__in=visible.values("pk"), due_on__range=(start, end), dropped_reason=""
    ).select_related("case__organization")
    lines = [
        Deadline(
            f"Завершить помощь: {case.title}",
            case.due_on,
            case.get_absolute_url(),
            HELP,
            tone="bad" if case.is_late else "info",
            is_done=case.done_on is not None,
            is_own=_is_own(case, user),
            note=str(case.organization),
        )
        for case in cases
    ]
    return lines + [
        Deadline(
            f"Помощь: {step.title}",
            step.due_on,
            step.case.get_absolute_url(),
            HELP,
            tone="bad" if step.is_late else "info",
            is_done=step.done_on is not None,
            is_own=_is_own(step.case, user),
            note=str(step.case.organization),
        )
        for step in steps
    ]


def _is_own(case: SupportCase, user: Any) -> bool:
    return case.author_id == user.pk or bool(user.is_school)
