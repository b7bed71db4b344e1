"""Stages of a roadmap and the report on each."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.core import attachments, events, files
from apps.core.findings import Finding, Refused, error
from apps.roadmaps.plans.models import Roadmap, Stage
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.texts import cleaned, too_long

REPORT_MOST = 20_000


@dataclass(frozen=True)
class NewStage:
    title: str
    starts_on: date
    ends_on: date
    expected: str = ""


def _faults(new: NewStage, roadmap: Roadmap, stage: Stage | None) -> list[Finding]:
    title, expected = cleaned(new.title), cleaned(new.expected)
    found = [*too_long("Этап", title, 200), *too_long("Ожидаемый результат", expected, 500)]
    if not title:
        found.append(error("no_title", "Назовите этап."))
    if new.ends_on < new.starts_on:
        found.append(error("days", "Окончание этапа раньше начала."))
    elif new.starts_on < roadmap.starts_on or new.ends_on > roadmap.ends_on:
        found.append(error("outside", f"Этап выходит за пределы дорожной карты: {roadmap.span_text}."))
    if stage and stage.measures.exclude(starts_on__gte=new.starts_on, due_on__lte=new.ends_on).exists():
        found.append(error("measures_outside", "Мероприятия этапа выходят за его новые даты."))
    return found


@transaction.atomic
def set_stage(*, roadmap: Roadmap, new: NewStage, by: Any, stage: Stage | None = None) -> Stage:
    """Add a stage, or change the one given. Raises Refused."""
    row = rights.locked(roadmap, by)
    if found := _faults(new, row, stage):
        raise Refused(found)
    if stage is None:
        number = (row.stages.aggregate(last=Max("number"))["last"] or 0) + 1
        stage = Stage(roadmap=row, number=number)
    stage.title, stage.expected = cleaned(new.title), cleaned(new.expected)
    stage.starts_on, stage.ends_on = new.starts_on, new.ends_on
    stage.save()
    text = f"{stage}: {stage.starts_on:%d.%m.%Y} – {stage.ends_on:%d.%m.%Y}"
    events.record(kind="roadmaps.stage_set", subject=row, by=by, text=text[:500])
    return stage


@transaction.atomic
def report_stage(*, stage: Stage, text: str, by: Any, report: tuple[BinaryIO, str] | None = None) -> Stage:
    """Report on a stage; a later report replaces the earlier one, which the history keeps.

    The organisation of a platform may report on its own roadmap too. Raises Refused.
    """
    row = Stage.objects.select_for_update(of=("self",)).select_related("roadmap").get(pk=stage.pk)
    roadmap = row.roadmap
    own = by.is_school and by.organization and by.organization.pk == roadmap.organization_id
    if not own:
        rights.require_keeper(roadmap, by)
    text = cleaned(text)
    found = too_long("Отчёт", text, REPORT_MOST)
    if not text:
        found.append(error("no_text", "Напишите, что сделано на этапе."))
    if roadmap.state != Roadmap.State.IN_FORCE:
        found.append(error("not_in_force", "Отчёт принимается по действующей дорожной карте."))
    if row.starts_on > timezone.localdate():
        found.append(error("early", f"Этап начнётся {row.starts_on:%d.%m.%Y}: отчитываться ещё не о чем."))
    if found:
        raise Refused(found)
    if report:
        stream, name = report
        kept = files.store(stream=stream, name=name, content_type=attachments.check(stream, name), by=by)
        row.report_file = kept
    old, row.report_text = row.report_text, text
    row.reported_at, row.reported_by = timezone.now(), by
    row.save()
    events.record(
        kind="roadmaps.stage_reported", subject=roadmap, by=by, text=f"Отчёт об этапе {row.number}", before=old
    )
    return row
