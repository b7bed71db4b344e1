"""The kinds that this room puts into the cycle, and those of the rooms above it. Called once, from `ready()`."""

from typing import Any

from django.urls import reverse

from apps.analysis.models import Conclusion, Sign, SignRule
from apps.procedures.models import Procedure
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.links.registry import register
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.models import Measure, Recommendation, SupportCase
from apps.roadmaps.projects.models import Project
from apps.roadmaps.texts.directions import BY_SIGN, PREPARATION


def _conclusion_directions(found: Conclusion) -> set[str]:
    direction = found.indicator.direction if found.indicator else None
    return {direction.code} if direction else set()


def _keys(rows: Any) -> set[int]:
    return {one.organization_id for one in rows.all() if one.organization_id}


def _decision_organizations(found: Decision) -> set[int] | None:
    """Those that have lines; all where an act asks nobody."""
    lines = [line for item in found.items.all() for line in item.lines.all()]
    return {line.organization_id for line in lines if line.organization_id} or None


def _sign_directions(found: Sign | SignRule) -> set[str]:
    return {BY_SIGN.get(found.code, PREPARATION)}


def _register_findings() -> None:
    """What recommendations follow from besides conclusions: works, rules and what they say of a school."""
    register(
        Procedure,
        key="work",
        title="работа",
        position=4,
        day=lambda found: found.held_on or found.window_starts_on,
    )
    register(
        SignRule,
        key="rule",
        title="правило признака",
        position=3,
        day=lambda found: found.valid_from,
        directions=_sign_directions,
        url=lambda found: reverse("analysis:sign_methods"),
    )
    register(
        Sign,
        key="sign",
        title="признак",
        position=5,
        day=lambda found: found.sign_list.counted_at or found.sign_list.created_at,
        organizations=lambda found: {found.organization_id},
        directions=_sign_directions,
        prepare=lambda rows: rows.with_details(),
        own_url=lambda found: reverse("analysis:own_sign", args=[found.pk]),
    )


def register_kinds() -> None:
    _register_findings()
    register(
        SupportCase,
        key="support",
        title="адресная помощь",
        position=7,
        day=lambda found: found.starts_on,
        organizations=lambda found: {found.organization_id},
        directions=lambda found: {found.direction.code} if found.direction else set(),
        prepare=lambda rows: rows.select_related("direction"),
    )
    register(
        Conclusion,
        key="conclusion",
        title="вывод",
        position=5,
        day=lambda found: found.created_at,
        organizations=lambda found: {found.organization_id} if found.organization_id else None,
        directions=_conclusion_directions,
        prepare=lambda rows: rows.select_related("indicator__direction"),
    )
    register(
        Recommendation,
        key="recommendation",
        title="рекомендация",
        position=6,
        day=lambda found: found.issued_at,
        organizations=lambda found: _keys(found.addressees),
        directions=lambda found: {found.direction.code} if found.direction else set(),
        prepare=lambda rows: rows.select_related("direction").prefetch_related("addressees"),
        own_url=lambda found: reverse("roadmaps:own"),
    )
    register(
        Measure,
        key="measure",
        title="мероприятие",
        position=7,
        day=lambda found: found.created_at,
        organizations=lambda found: {one.pk for one in found.organizations.all()} or None,
        directions=lambda found: {found.direction.code} if found.direction else set(),
        prepare=lambda rows: rows.select_related("direction").prefetch_related("organizations"),
    )
    register(
        Decision,
        key="decision",
        title="решение",
        position=8,
        day=lambda found: found.signed_on or found.created_at,
        organizations=_decision_organizations,
        directions=lambda found: {one.code for one in found.directions.all()},
        prepare=lambda rows: rows.prefetch_related("directions", "items__lines"),
    )
    register(
        Meeting,
        key="meeting",
        title="совещание",
        position=8,
        day=lambda found: found.starts_at,
        organizations=lambda found: _keys(found.invitees) or None,
        directions=lambda found: {one.code for item in found.items.all() for one in item.directions.all()},
        prepare=lambda rows: rows.prefetch_related("invitees", "items__directions"),
    )
    register(
        Project,
        key="project",
        title="проект",
        position=7,
        day=lambda found: found.created_at,
        organizations=lambda found: (
            {one.organization_id for one in found.members.all() if one.state == "accepted"} or None
        ),
        directions=lambda found: {found.direction.code} if found.direction else set(),
        prepare=lambda rows: rows.select_related("direction", "programme").prefetch_related("members"),
    )
