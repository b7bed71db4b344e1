"""Terms of the management cycle, for the calendar: each subject adds its own function here."""

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.accounts.roles import Role
from apps.core.deadlines import Deadline
from apps.roadmaps.decisions import deadlines as decisions
from apps.roadmaps.effect.deadlines import deadlines_for as effect_deadlines
from apps.roadmaps.meetings.deadlines import deadlines_for as meeting_deadlines
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from apps.roadmaps.plans import deadlines as plans
from apps.roadmaps.projects import deadlines as projects
from apps.roadmaps.support import deadlines as support

RECOMMENDATIONS = "Рекомендации"


def recommendation_deadlines(user: Any, start: date, end: date) -> list[Deadline]:
    """Recommendations to answer by their terms; for the authority those it has sent."""
    if user.is_school or user.has_role(Role.ASSOCIATION_LEADER):
        rows = RecommendationAddressee.objects.visible_to(user).filter(recommendation__due_on__range=(start, end))
        return [
            Deadline(
                f"Отчитаться: {row.recommendation.title}",
                row.recommendation.due_on,
                row.get_absolute_url(),
                RECOMMENDATIONS,
                tone="bad" if row.is_overdue else "warn",
                is_done=not row.awaits_organization,
                is_own=True,
                note=row.state_text,
            )
            for row in rows.select_related("recommendation", "organization")
        ]
    if not user.is_authority:
        return []
    sent = Recommendation.objects.visible_to(user).filter(due_on__range=(start, end))
    return [
        Deadline(
            f"Срок рекомендации: {one.title}",
            one.due_on,
            one.get_absolute_url(),
            RECOMMENDATIONS,
            is_own=one.author_id == user.pk,
        )
        for one in sent
    ]


SUBJECTS: tuple[Callable[[Any, date, date], list[Deadline]], ...] = (
    recommendation_deadlines,
    plans.deadlines_for,
    meeting_deadlines,
    support.deadlines_for,
    effect_deadlines,
    projects.deadlines_for,
    decisions.deadlines_for,
)


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    return [line for subject in SUBJECTS for line in subject(user, start, end)]
