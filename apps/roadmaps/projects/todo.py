"""What projects ask of a person today."""

from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.roadmaps.projects.models import Member, Product, Project, ProjectStage

SOON = timedelta(days=14)


def todo_for(user: Any) -> list[Todo]:
    if user.is_school and user.organization:
        return _stages_of(user.organization)
    return _for_department() if user.is_department else []


def _for_department() -> list[Todo]:
    lines = []
    page = reverse("roadmaps:projects")
    waiting = list(Member.objects.filter(state=Member.State.APPLIED).values_list("project", flat=True))
    if waiting:
        url = reverse("roadmaps:project", args=[waiting[0]]) if len(set(waiting)) == 1 else f"{page}?waiting=on"
        lines.append(Todo("Рассмотреть заявки в проекты", url, tone="info", count=len(waiting), order=42))
    products = Product.objects.annotate(judged_at=Max("opinions__at")).select_related("member__project")
    unjudged = [one for one in products if one.judged_at is None or one.judged_at < one.changed_at]
    if unjudged:
        url = unjudged[0].get_absolute_url()
        note = f"{unjudged[0].title}, {unjudged[0].member.project}"[:150]
        lines.append(Todo("Дать экспертное мнение", url, note, "info", count=len(unjudged), order=44))
    return lines


def _stages_of(organization: Any) -> list[Todo]:
    """Stages that end soon or have ended and on which the organisation has not reported."""
    today = timezone.localdate()
    mine = Member.objects.accepted().filter(organization=organization, project__state=Project.State.RUNNING)
    stages = ProjectStage.objects.filter(project__members__in=mine, done_on=None, ends_on__lte=today + SOON)
    found = stages.exclude(reports__member__organization=organization).select_related("project").distinct()
    return [
        Todo(
            f"Отчитаться по этапу: {stage.title}",
            stage.project.get_absolute_url() + "#stages",
            str(stage.project)[:150],
            "bad" if stage.ends_on < today else "warn",
            stage.ends_on,
            order=43,
        )
        for stage in found
    ]
