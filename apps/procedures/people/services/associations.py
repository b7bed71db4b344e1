"""Methodical associations: subjects and leader."""

from collections.abc import Iterable

from django.db import transaction

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import refuse
from apps.procedures.models.works import Subject
from apps.procedures.people.models import Association
from apps.procedures.people.services.register import require_department


@transaction.atomic
def save_association(
    *, name: str, subjects: Iterable[Subject], leader: User | None, by: User, association: Association | None = None
) -> Association:
    """Enter or change an association. Its leader has that role on the portal."""
    require_department(by)
    if leader and not Membership.objects.current().filter(user=leader, role=Role.ASSOCIATION_LEADER).exists():
        raise refuse("not_leader", f"{leader} не имеет роли руководителя объединения.", "Сначала пригласите.")
    taken = Association.objects.filter(name=name)
    if association:
        taken = taken.exclude(pk=association.pk)
    if taken.exists():
        raise refuse("taken", f"Объединение «{name}» уже есть.")
    row = association or Association()
    row.name, row.leader = name, leader
    row.save()
    row.subjects.set(subjects)
    text = f"Объединение: {name}; руководитель: {leader or 'не назначен'}."
    events.record(kind="procedures.association_saved", subject=row, by=by, text=text[:500])
    return row
