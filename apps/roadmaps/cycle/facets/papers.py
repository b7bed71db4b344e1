"""Documents of the library at their positions: the concept, methods and regulations, papers of platforms."""

from typing import Any

from apps.library.models import Document, DocumentVersion
from apps.roadmaps.cycle.facets.base import EVERYWHERE, Facet, describe
from apps.roadmaps.cycle.facts import Stage
from apps.roadmaps.links.registry import kind_of, register

POSITIONS = {"concept": 1, "regulation": 3, "method": 3, "guide": 3, "platform": 7}
State = DocumentVersion.State


def _front(found: Document) -> DocumentVersion | None:
    """The approved version, else the newest."""
    versions = list(found.versions.all())
    return next((one for one in versions if one.state == State.APPROVED), versions[0] if versions else None)


def _stage(found: Document) -> Stage:
    front = _front(found)
    if front is None or front.state == State.DRAFT:
        return Stage.DRAFT
    return Stage.READY if front.state == State.APPROVED else Stage.VOID


def _day(found: Document) -> Any:
    front = _front(found)
    return (front.approved_on or front.dated_on) if front else found.created_at


def _state(found: Document) -> str:
    front = _front(found)
    return front.get_state_display() if front else "нет ни одной версии"


def _words(found: Document) -> str:
    front = _front(found)
    parts = [found.summary, f"Утверждена: {front.act_text}" if front and front.act_text else ""]
    return "\n".join(part for part in (*parts, front.text[:2000] if front else "") if part)


def _directions(found: Document) -> frozenset[str]:
    """The concept and regulations without a direction are of all."""
    return frozenset({found.direction.code}) if found.direction else EVERYWHERE


def register_papers() -> None:
    """Once, when the site starts."""
    if kind_of(Document) is None:
        register(
            Document, key="document", title="документ", position=3, day=_day,
            directions=lambda found: {found.direction.code} if found.direction else set(),
            prepare=lambda rows: rows.filter(kind__in=POSITIONS).select_related("direction")
            .prefetch_related("versions__file"),
        )  # fmt: skip
    describe(
        Document,
        Facet(
            stage=_stage, is_standing=True, day=_day, state=_state, words=_words, directions=_directions,
            position=lambda found: POSITIONS.get(found.kind, 3),
            ended=lambda found: (front.voided_on if (front := _front(found)) else None),
            files=lambda found: [front.file] if (front := _front(found)) and front.file else [],
        ),
    )  # fmt: skip
