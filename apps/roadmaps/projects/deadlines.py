"""Terms of projects for the calendar: applications, stages, the end."""

from datetime import date
from typing import Any

from apps.core.deadlines import Deadline
from apps.roadmaps.projects.models import Member, Project, ProjectStage, StageReport

ROOM = "Проекты"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """A few queries: projects with their terms, stages, own reports."""
    projects = list(Project.objects.visible_to(user).exclude(state=Project.State.STOPPED))
    if user.is_school:
        mine = set(Member.objects.accepted().filter(organization=user.organization).values_list("project", flat=True))
    else:
        mine = {row.pk for row in projects if row.curator_id == user.pk}
    by_key = {row.pk: row for row in projects}
    lines = [line for row in projects for line in _of_project(row, row.pk in mine, user)]
    shown = mine & set(by_key) if user.is_school else set(by_key)
    reported = set(
        StageReport.objects.filter(member__organization=user.organization).values_list("stage", flat=True)
        if user.is_school
        else []
    )
    for stage in ProjectStage.objects.filter(project__in=shown, ends_on__range=(start, end)):
        project = by_key[stage.project_id]
        done = stage.done_on is not None or stage.pk in reported
        url = f"{project.get_absolute_url()}#stages"
        own = stage.project_id in mine
        lines.append(Deadline(f"Конец этапа: {stage.title}", stage.ends_on, url, ROOM, "warn", done, own, str(project)))
    return [line for line in lines if start <= line.on <= end]


def _of_project(project: Project, own: bool, user: Any) -> list[Deadline]:
    url = project.get_absolute_url()
    lines = []
    if project.applications_until and (not user.is_school or not own):
        title = f"Приём заявок заканчивается: {project}"
        lines.append(Deadline(title, project.applications_until, url, ROOM, is_own=own, is_event=True))
    if own or not user.is_school:
        done = project.state == Project.State.DONE
        lines.append(Deadline(f"Окончание: {project}", project.ends_on, url, ROOM, "info", done, own))
    return lines
