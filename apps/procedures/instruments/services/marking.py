"""Agreed requirements of marking, their receipts; a school's own criteria and checks."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused, error, refuse
from apps.core.models import Period
from apps.procedures.instruments.models import InternalCheck, InternalCriteria, MarkingRequirement, RequirementReceipt
from apps.procedures.instruments.services.bank import Upload, keep_file
from apps.procedures.models.works import Subject

PUBLISHERS = frozenset({Role.ASSOCIATION_LEADER, Role.METHODOLOGIST, Role.SPECIALIST, Role.HEAD})


@dataclass(frozen=True)
class RequirementData:
    subject: Subject
    grade_from: int
    grade_to: int
    title: str
    text: str
    confirm_by: date


@transaction.atomic
def publish_requirement(
    *,
    data: RequirementData,
    by: User,
    upload: Upload | None = None,
    replaces: MarkingRequirement | None = None,
) -> MarkingRequirement:
    """Publish agreed requirements; those that replace older ones are confirmed by the schools anew."""
    if not by.has_role(*PUBLISHERS):
        raise refuse("not_allowed", "Требования публикуют руководители объединений и методисты.")
    found = []
    if data.grade_to < data.grade_from:
        found.append(error("grades", "Первый класс больше последнего.", action="Поменяйте их местами."))
    if data.confirm_by < timezone.localdate():
        found.append(error("past", "Срок подтверждения уже прошёл.", action="Укажите более поздний день."))
    if replaces and MarkingRequirement.objects.filter(replaces=replaces).exists():
        found.append(error("replaced", "Эти требования уже заменены.", action="Откройте новые и замените их."))
    if replaces and by.role == Role.ASSOCIATION_LEADER and replaces.published_by_id != by.pk:
        found.append(error("foreign", "Требования опубликовал другой руководитель.", action="Обратитесь к методисту."))
    if found:
        raise Refused(found)
    row = MarkingRequirement(published_by=by, replaces=replaces, **vars(data))
    if upload:
        row.file = keep_file(upload, by)
    row.save()
    events.record(kind="procedures.requirement_published", subject=row, by=by, text="Требования опубликованы.")
    return row


@transaction.atomic
def confirm_requirement(*, requirement: MarkingRequirement, by: User) -> RequirementReceipt:
    """A school confirms once; the second press changes nothing."""
    if not by.is_school or by.organization is None:
        raise refuse("not_allowed", "Получение подтверждает организация.")
    row, made = RequirementReceipt.objects.get_or_create(
        requirement=requirement, organization=by.organization, defaults={"by": by}
    )
    if made:
        text = f"Получение подтверждено: {by.organization}."
        events.record(kind="procedures.requirement_confirmed", subject=requirement, by=by, text=text[:500])
    return row


@transaction.atomic
def save_criteria(*, period: Period, document: str, criteria: str, url: str, by: User) -> InternalCriteria:
    """A school writes down what it marks by in a school year."""
    if not by.is_school or by.organization is None:
        raise refuse("not_allowed", "Критерии вносит организация.")
    values = {"document": document, "criteria": criteria, "url": url, "saved_by": by, "saved_at": timezone.now()}
    row, made = InternalCriteria.objects.update_or_create(organization=by.organization, period=period, defaults=values)
    text = f"Критерии оценивания на {period}: {'внесены' if made else 'изменены'}."
    events.record(kind="procedures.criteria_saved", subject=row, by=by, text=text)
    return row


@dataclass(frozen=True)
class CheckData:
    on: date
    kind: str
    subject: Subject
    grade: int
    works: int
    changed: int
    outcome: str


@transaction.atomic
def record_check(*, data: CheckData, by: User) -> InternalCheck:
    """A school writes down a check of its marking: how many works, in how many the mark changed."""
    if not by.is_school or by.organization is None:
        raise refuse("not_allowed", "Проверки вносит организация.")
    found = []
    if data.on > timezone.localdate():
        found.append(error("future", "День проверки ещё не наступил.", action="Внесите проверку, когда она пройдёт."))
    if data.changed > data.works:
        found.append(error("counts", "Изменённых отметок больше, чем проверено работ.", action="Исправьте числа."))
    if data.works < 1:
        found.append(error("none", "Не указано, сколько работ проверено."))
    if found:
        raise Refused(found)
    row = InternalCheck.objects.create(organization=by.organization, saved_by=by, **vars(data))
    events.record(kind="procedures.check_recorded", subject=row, by=by, text="Внесена проверка оценивания.")
    return row


@transaction.atomic
def delete_check(*, check: InternalCheck, by: User) -> None:
    """Take away a check entered by mistake; the history of the school's criteria keeps a line."""
    if not by.is_school or check.organization_id != (by.organization and by.organization.pk):
        raise refuse("not_allowed", "Проверку удаляет организация, которая её внесла.")
    text = f"Удалена проверка от {check.on:%d.%m.%Y}: {check.subject}, {check.grade} класс, работ {check.works}."
    events.record(kind="procedures.check_deleted", subject=check.organization, by=by, text=text[:500])
    check.delete()
