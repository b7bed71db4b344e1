"""Approving a roadmap by an act: the version is frozen, further changes make a new one."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Membership
from apps.core import events
from apps.core.figures import figure
from apps.core.findings import Finding, Refused, error
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.plans import content as contents
from apps.roadmaps.plans.models import Measure, MeasureResource, Roadmap, RoadmapVersion
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.telling import tell_of_version
from apps.roadmaps.plans.texts import cleaned, too_long


def _resource(row: MeasureResource) -> str:
    amount = f"{figure(row.amount, 2)} ₽" if row.amount is not None else "сумма не определена"
    parts = (f"{row.get_kind_display()}: {amount}", str(row.organization) if row.organization else "", row.note)
    return ", ".join(filter(None, parts))


def _measure(row: Measure) -> dict[str, Any]:
    return {
        "key": row.pk,
        "title": row.title,
        "part": row.get_part_display(),
        "line": row.line,
        "stage": str(row.stage or ""),
        "details": row.details,
        "responsible": row.responsible,
        "executors": row.executors,
        "starts_on": row.starts_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "where": row.where_text,
        "expected": row.expected,
        "indicator": row.indicator.code if row.indicator else "",
        "resources": [_resource(one) for one in row.resources.all()],
        "dropped": row.drop_reason,
    }


def content_of(roadmap: Roadmap) -> dict[str, Any]:
    """What is planned, as a version keeps it: not how far it is."""
    measures = roadmap.measures.in_plan_order().select_related("stage", "indicator")
    return {
        "title": roadmap.title,
        "aim": roadmap.aim,
        "starts_on": roadmap.starts_on.isoformat(),
        "ends_on": roadmap.ends_on.isoformat(),
        "stages": [
            {
                "key": one.pk,
                "title": str(one),
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(),
                "expected": one.expected,
            }
            for one in roadmap.stages.all()
        ],
        "measures": [_measure(row) for row in measures.prefetch_related("organizations", "resources__organization")],
    }


def _measure_faults(roadmap: Roadmap) -> list[Finding]:
    measures = list(roadmap.measures.filter(dropped_on=None).select_related("person"))
    if not measures:
        return [error("empty", "В дорожной карте нет мероприятий.", action="Добавьте хотя бы одно.")]
    if roadmap.kind == Roadmap.Kind.SCHOOL:
        return []
    working = set(
        Membership.objects.current().filter(user__in=[row.person_id for row in measures]).values_list("user", flat=True)
    )
    found = []
    for row in measures:
        if row.done_on is None and row.person_id not in working:
            why = "не выбран" if row.person is None else f"{row.person.get_short_name()} больше не работает"
            action = "Назначьте одного человека."
            found.append(error("no_person", f"«{row.title}»: ответственный {why}.", action=action))
    return found


@transaction.atomic
def approve_roadmap(
    *, roadmap: Roadmap, act_text: str, act_on: date, by: Any, decision: Decision | None = None
) -> RoadmapVersion:
    """Freeze the plan as the next version and put it in force. A decision on the portal gives words and day itself.

    Raises Refused with all faults at once.
    """
    if decision is not None and decision.signed_on:
        act_text, act_on = f"{decision.get_kind_display()} № {decision.number}", decision.signed_on
    row = rights.locked(roadmap, by)
    act_text = cleaned(act_text)
    found = [*too_long("Чем утверждена", act_text, 300), *_measure_faults(row)]
    if not act_text:
        found.append(error("no_act", "Укажите, чем утверждена: вид акта и номер."))
    if act_on > timezone.localdate():
        found.append(error("future", "Дата акта ещё не наступила."))
    content = content_of(row)
    digest = contents.digest(content)
    last = row.versions.first()
    if last and last.digest == digest:
        found.append(error("same", f"С версии {last.number} ничего не изменилось: утверждать нечего."))
    if found:
        raise Refused(found)
    row.version, row.state = row.version + 1, Roadmap.State.IN_FORCE
    row.save(update_fields=["version", "state"])
    made = RoadmapVersion.objects.create(
        roadmap=row,
        number=row.version,
        content=content,
        digest=digest,
        act_text=act_text,
        act_on=act_on,
        decision=decision,
        approved_by=by,
    )
    text = f"Утверждена версия {made.number}: {made.act}"
    events.record(kind="roadmaps.roadmap_approved", subject=row, by=by, text=text[:500], digest=digest)
    if decision is not None:
        rest_on(subject=decision, basis=row, by=by)
    tell_of_version(row, by)
    return made


def changes_since_approval(roadmap: Roadmap) -> list[contents.Change]:
    """What differs from the newest version; nothing where none was approved."""
    last = roadmap.versions.first()
    return contents.compare(last.content, content_of(roadmap)) if last else []
