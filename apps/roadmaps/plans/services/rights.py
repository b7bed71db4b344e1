"""Who may change a roadmap and mark its measures."""

from typing import Any

from apps.core.findings import refuse
from apps.roadmaps.plans.models import Measure, Roadmap


def may_edit(roadmap: Roadmap, by: Any) -> bool:
    """The department keeps the authority's plans; a school its own programme."""
    if by is None or not by.is_active:
        return False
    if roadmap.kind == Roadmap.Kind.SCHOOL:
        return bool(by.is_school and by.organization is not None and by.organization.pk == roadmap.organization_id)
    return bool(by.is_department)


def may_mark(measure: Measure, by: Any) -> bool:
    """Say how far a measure is: who may edit the roadmap, and the one who answers for the measure."""
    return may_edit(measure.roadmap, by) or (by is not None and by.is_active and measure.person_id == by.pk)


def require_keeper(roadmap: Roadmap, by: Any) -> None:
    """Raises Refused for a stranger and for a roadmap that is closed."""
    if not may_edit(roadmap, by):
        who = "организация" if roadmap.kind == Roadmap.Kind.SCHOOL else "управление образования"
        raise refuse("no_right", f"Эту дорожную карту ведёт {who}.")
    if not roadmap.is_open:
        raise refuse("closed", f"Дорожная карта закрыта: {roadmap.get_state_display()}. Изменения не принимаются.")


def locked(roadmap: Roadmap, by: Any) -> Roadmap:
    """The roadmap as it stands now, held until the end of the transaction. Raises Refused."""
    row: Roadmap = Roadmap.objects.select_for_update(of=("self",)).select_related("direction").get(pk=roadmap.pk)
    require_keeper(row, by)
    return row


def locked_measure(measure: Measure) -> Measure:
    """The measure as it stands now, held; refused when somebody has closed it meanwhile."""
    rows = Measure.objects.select_for_update(of=("self",)).select_related("roadmap", "done_by", "person", "stage")
    row: Measure = rows.get(pk=measure.pk)
    if row.done_on:
        who = f" ({row.done_by.get_short_name()})" if row.done_by else ""
        raise refuse("done_already", f"Мероприятие уже отмечено выполненным {row.done_on:%d.%m.%Y}{who}.")
    if row.dropped_on:
        raise refuse("dropped", f"Мероприятие снято {row.dropped_on:%d.%m.%Y}: {row.drop_reason}")
    if not row.roadmap.is_open:
        raise refuse("closed", "Дорожная карта закрыта: отметки не принимаются.")
    return row
