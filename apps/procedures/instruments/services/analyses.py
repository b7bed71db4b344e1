"""A leader's analysis of a work, and explanatory events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused, error, refuse
from apps.organizations.models import Organization
from apps.procedures.instruments.models import ExplanatoryEvent, WorkAnalysis
from apps.procedures.instruments.services.bank import Upload, keep_file
from apps.procedures.models.works import Procedure
from apps.procedures.people.models import Association

PLANNERS = frozenset({Role.METHODOLOGIST, Role.SPECIALIST, Role.HEAD})


def leads(user: User, procedure: Procedure) -> bool:
    """Whether the work is of a subject of the user's association."""
    mine = Association.objects.filter(leader=user, subjects=procedure.subject_id)
    return user.has_role(Role.ASSOCIATION_LEADER) and mine.exists()


@transaction.atomic
def save_analysis(
    *, procedure: Procedure, text: str, advice: str, by: User, upload: Upload | None = None
) -> WorkAnalysis:
    """Attach an analysis to a work of one's own subject, or change one's own."""
    if not leads(by, procedure):
        raise refuse("not_yours", "Разбор прикладывает руководитель объединения этого предмета.")
    if not text.strip():
        raise refuse("no_text", "Нет текста разбора.")
    row = WorkAnalysis.objects.select_for_update().filter(procedure=procedure, author=by).first()
    row = row or WorkAnalysis(procedure=procedure, author=by)
    row.text, row.advice, row.saved_at = text.strip(), advice.strip(), timezone.now()
    if upload:
        row.file = keep_file(upload, by)
    row.save()
    events.record(kind="procedures.analysis_saved", subject=row, by=by, text="Разбор сохранён.")
    return row


@dataclass(frozen=True)
class EventData:
    title: str
    kind: str
    on: date
    topics: Sequence[str]
    audience: str
    plan: str


def _require_planner(by: User) -> None:
    if not by.has_role(*PLANNERS):
        raise refuse("not_allowed", "Мероприятия ведут методисты и специалисты управления.")


@transaction.atomic
def save_event(*, data: EventData, by: User, event: ExplanatoryEvent | None = None) -> ExplanatoryEvent:
    """Plan an explanatory event, or change one that is not held yet."""
    _require_planner(by)
    if not data.topics:
        raise refuse("no_topic", "Не выбрана ни одна тема объективности.", "Отметьте хотя бы одну.")
    row = event or ExplanatoryEvent(created_by=by)
    if row.held_at:
        raise refuse("held", "Мероприятие уже проведено, план не меняется.")
    for name, value in vars(data).items():
        setattr(row, name, list(value) if name == "topics" else value)
    row.save()
    text = "Мероприятие изменено." if event else "Мероприятие запланировано."
    events.record(kind="procedures.event_saved", subject=row, by=by, text=text)
    return row


@transaction.atomic
def hold_event(
    *, event: ExplanatoryEvent, organizations: Iterable[Organization], outcome: str, by: User
) -> ExplanatoryEvent:
    """Say who took part and what came of it; may be mended later."""
    _require_planner(by)
    row = ExplanatoryEvent.objects.select_for_update().get(pk=event.pk)
    chosen, found = list(organizations), []
    if row.on > timezone.localdate():
        found.append(error("early", f"Мероприятие назначено на {row.on:%d.%m.%Y}.", action="Отметьте его позже."))
    if not outcome.strip():
        found.append(error("no_outcome", "Не указан итог.", action="Напишите одну-две фразы."))
    if found:
        raise Refused(found)
    row.organizations.set(chosen)
    row.outcome, row.held_at = outcome.strip(), row.held_at or timezone.now()
    row.save(update_fields=["outcome", "held_at"])
    text = f"Проведено, организаций: {len(chosen)}."
    events.record(kind="procedures.event_held", subject=row, by=by, text=text)
    return row
