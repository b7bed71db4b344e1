"""Stages with reports, and summaries of monitoring."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT
from apps.core import events, notices
from apps.core.findings import refuse
from apps.library.documents.services import Upload
from apps.library.texts import STORY, Texts, require
from apps.roadmaps.projects.models import Member, Monitoring, Project, ProjectStage, StageReport
from apps.roadmaps.projects.models.stages import PARTS
from apps.roadmaps.projects.services.members import kept, working
from apps.roadmaps.projects.services.projects import DENIED, locked


@transaction.atomic
def add_stage(
    *, project: Project, title: str, starts_on: date, ends_on: date, by: User, expected: str = ""
) -> ProjectStage:  # fmt: skip
    """The next stage; its days lie within those of the project."""
    row = locked(project, by)
    texts = Texts()
    title = texts.take(title, "Этап", 300)
    expected = texts.take(expected, "Что должно быть сделано", STORY, required=False)
    if ends_on < starts_on:
        texts.add("days", "Окончание этапа раньше его начала.")
    if starts_on < row.starts_on or ends_on > row.ends_on:
        texts.add("outside", f"Этап выходит за сроки проекта: {row.starts_on:%d.%m.%Y} – {row.ends_on:%d.%m.%Y}.")
    if row.is_over:
        texts.add("over", f"Проект {row.get_state_display()}.")
    texts.raise_if_any()
    last = row.stages.aggregate(last=Max("number"))["last"] or 0
    made = ProjectStage.objects.create(
        project=row, number=last + 1, title=title, expected=expected, starts_on=starts_on, ends_on=ends_on
    )
    events.record(kind="roadmaps.stage_added", subject=row, by=by, text=f"Добавлен: {made}."[:500])
    return made


@transaction.atomic
def finish_stage(*, stage: ProjectStage, result: str, by: User) -> ProjectStage:
    """Say what the stage has brought."""
    project = locked(stage.project, by)
    row = ProjectStage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    texts = Texts()
    result = texts.take(result, "Итог этапа", STORY)
    if row.done_on:
        texts.add("done", f"Этап уже завершён {row.done_on:%d.%m.%Y}.", "Откройте страницу заново.")
    texts.raise_if_any()
    row.done_on, row.result = timezone.localdate(), result
    row.save(update_fields=["done_on", "result"])
    events.record(kind="roadmaps.stage_done", subject=project, by=by, text=f"{row}: завершён."[:500], result=result)
    return row


@transaction.atomic
def report_stage(*, stage: ProjectStage, member: Member, text: str, by: User, file: Upload = None) -> StageReport:
    """What the organisation did in the stage; a second report takes the place of the first while the stage goes on."""
    row = working(member, by)
    if stage.project_id != row.project_id:
        raise refuse("other_project", "Этот этап — другого проекта.")
    held = ProjectStage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    texts = Texts()
    text = texts.take(text, "Что сделано", STORY)
    if held.done_on:
        texts.add("done", f"Этап завершён {held.done_on:%d.%m.%Y}: отчёты больше не принимаются.")
    texts.raise_if_any()
    report = StageReport.objects.filter(stage=held, member=row).first() or StageReport(stage=held, member=row)
    report.text, report.by, report.at = text, by, timezone.now()
    report.file = kept(file, by) or report.file
    report.save()
    events.record(kind="roadmaps.stage_reported", subject=row, by=by, text=f"{held}: отчёт."[:500], report=text)
    notices.tell(
        users=[row.project.curator_id],
        key=f"roadmaps.stage_report:{report.pk}:{report.at:%Y%m%d%H%M%S}",
        title=f"Отчёт по этапу: {held.title}",
        url=row.get_absolute_url(),
        note=f"{row.organization}, {row.project}",
    )
    return report


@transaction.atomic
def write_monitoring(
    *, project: Project, title: str, on: date, parts: dict[str, str], is_ready: bool, by: User,
    standing: Monitoring | None = None,
) -> Monitoring:  # fmt: skip
    """A summary in three parts; it may be shown when all three are there."""
    require(by, DEPARTMENT, DENIED)
    row = locked(project, by)
    texts = Texts()
    title = texts.take(title, "Тема", 500)
    taken = {name: texts.take(parts.get(name, ""), label, STORY, required=is_ready) for name, label in PARTS}
    if on > timezone.localdate():
        texts.add("future", "Этот день ещё не наступил.")
    texts.raise_if_any()
    made = standing or Monitoring(project=row, author=by)
    made.title, made.on, made.is_ready = title, on, is_ready
    for name, text in taken.items():
        setattr(made, name, text)
    made.save()
    words = f"Сводка мониторинга на {on:%d.%m.%Y}: {'готова к показу' if is_ready else 'черновик'}."
    events.record(kind="roadmaps.project_monitored", subject=row, by=by, text=words, **taken)
    return made
