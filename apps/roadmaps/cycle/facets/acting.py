"""Positions 6 to 8: recommendations, help, roadmaps with measures, decisions. Effects describe themselves beside."""

from collections.abc import Sequence

from django.utils import timezone

from apps.core.models import PrivateFile
from apps.roadmaps.cycle.facets.base import Facet, Remark, describe
from apps.roadmaps.cycle.facts import Stage
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.links.registry import kind_of, register
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.models import Measure, Recommendation, Roadmap, SupportCase
from apps.roadmaps.texts.placeholders import common


def _unanswered(found: Recommendation) -> str:
    rows = list(found.addressees.all())
    silent = [row for row in rows if row.awaits_organization]
    return f"не отчитались {len(silent)} из {len(rows)}" if silent else ""


def _recommendation_state(found: Recommendation) -> str:
    rows = list(found.addressees.all())
    return f"исполнили {sum(row.state == 'done' for row in rows)} из {len(rows)}"


def _sign_figures(found: Recommendation) -> str:
    """A recommendation by a sign carries the figures of the sign: they are its analysis."""
    return "основана на цифрах признака" if found.rule_id and found.basis else ""


# --- measures


def _of_school(roadmap: Roadmap | None) -> int | None:
    is_own = roadmap is not None and roadmap.kind == Roadmap.Kind.SCHOOL
    return roadmap.organization_id if roadmap and is_own else None


def _measure_stage(found: Measure) -> Stage:
    if found.dropped_on or (found.roadmap and found.roadmap.state == Roadmap.State.CANCELLED):
        return Stage.VOID
    return Stage.READY


def _measure_remarks(found: Measure) -> list[Remark]:
    if found.person and not found.person.is_active and found.is_unfinished:
        return [
            ("responsible_gone", f"{found.person} больше не работает на портале, мера осталась без ответственного.")
        ]
    return []


def _measure_words(found: Measure) -> str:
    lines = [f"Отвечает {found.responsible}. Срок {found.due_on:%d.%m.%Y}.", found.details, found.expected]
    return "\n".join(line for line in (*lines, found.result and f"Результат: {found.result}") if line)


def _roadmap_stage(found: Roadmap) -> Stage:
    if found.state == Roadmap.State.CANCELLED:
        return Stage.VOID
    return Stage.DRAFT if found.state == Roadmap.State.DRAFT else Stage.READY


def _roadmap_remarks(found: Roadmap) -> list[Remark]:
    if found.state == Roadmap.State.IN_FORCE and not found.version:
        return [("unsigned", "Дорожная карта действует, а ни одна её версия не утверждена.")]
    return []


def _roadmap_words(found: Roadmap) -> str:
    newest = next(iter(found.versions.all()), None)
    return "\n".join(text for text in (found.aim, f"Утверждена: {newest.act}" if newest else "") if text)


# --- decisions


def _decision_stage(found: Decision) -> Stage:
    stages = {Decision.State.IN_FORCE: Stage.READY, Decision.State.CANCELLED: Stage.VOID}
    return stages.get(Decision.State(found.state), Stage.DRAFT)


def _decision_remarks(found: Decision) -> list[Remark]:
    told: list[Remark] = []
    if found.state != Decision.State.IN_FORCE:
        return told
    lines = [line for item in found.items.all() for line in item.lines.all()]
    today = timezone.localdate()
    late = [line for line in lines if line.is_open and line.due_on and line.due_on < today]
    if late:
        told.append(("decision_overdue", f"Не исполнено в срок: {len(late)} из {len(lines)} строк исполнения."))
    if found.controller and not found.controller.is_active and any(line.is_open for line in lines):
        told.append(("responsible_gone", f"Контролирует {found.controller}, а он больше не работает на портале."))
    return told


def _decision_words(found: Decision) -> str:
    items = [f"{item.number} {item.text}".strip() for item in found.items.all()]
    return "\n".join(text for text in (found.preamble, found.basis, *items) if text)


def _decision_state(found: Decision) -> str:
    lines = [line for item in found.items.all() for line in item.lines.all()]
    done = sum(line.state == "done" for line in lines)
    text = str(found.get_state_display())
    return f"{text}, исполнено {done} из {len(lines)}" if lines else text


def _meeting_stage(found: Meeting) -> Stage:
    return {"held": Stage.READY, "cancelled": Stage.VOID}.get(str(found.state), Stage.DRAFT)


def _annexes(found: Decision) -> Sequence[PrivateFile]:
    return [one.file for one in found.annexes.all() if one.file]


def register_acting() -> None:
    """Once, when the site starts, after the kinds of the links."""
    describe(
        Recommendation,
        Facet(
            is_shared=True,
            due=lambda found: found.due_on,
            needs_result=lambda found: bool(_unanswered(found)),
            result=_unanswered,
            finished=lambda found: None if _unanswered(found) else found.due_on,
            excuse=_sign_figures, state=_recommendation_state,
            words=lambda found: f"{common(found.text)}\n{common(found.basis_text)}".strip(),
            files=lambda found: [row.proof for row in found.addressees.all() if row.proof],
            prepare=lambda rows: rows.prefetch_related("addressees__proof"),
        ),
    )  # fmt: skip
    if kind_of(SupportCase) is None:
        register(
            SupportCase, key="support", title="адресная помощь", position=7, day=lambda found: found.starts_on,
            organizations=lambda found: {found.organization_id},
            directions=lambda found: {found.direction.code} if found.direction else set(),
            prepare=lambda rows: rows.select_related("direction", "conclusion", "organization"),
        )  # fmt: skip
    describe(
        SupportCase,
        Facet(
            due=lambda found: found.due_on, finished=lambda found: found.done_on, result=lambda found: found.result,
            needs_result=lambda found: True, excuse=lambda found: found.reason, is_standing=True,
            day=lambda found: found.starts_on, ended=lambda found: max(found.due_on, found.done_on or found.due_on),
            bases=lambda found: [found.conclusion] if found.conclusion else [],
            words=lambda found: f"{found.plan}\n{found.result}".strip(),
        ),
    )  # fmt: skip
    if kind_of(Roadmap) is None:
        register(
            Roadmap, key="roadmap", title="дорожная карта", position=7, day=lambda found: found.starts_on,
            directions=lambda found: {found.direction.code} if found.direction else set(),
            prepare=lambda rows: rows.select_related("direction"),
        )  # fmt: skip
    describe(
        Roadmap,
        Facet(
            stage=_roadmap_stage, owner=_of_school, is_standing=True, is_frame=True, day=lambda found: found.starts_on,
            ended=lambda found: found.ends_on, remarks=_roadmap_remarks, words=_roadmap_words,
            excuse=lambda found: found.aim,
            prepare=lambda rows: rows.prefetch_related("versions"),
        ),
    )  # fmt: skip
    describe(
        Measure,
        Facet(
            is_shared=True,
            stage=_measure_stage, owner=lambda found: _of_school(found.roadmap), is_standing=True,
            day=lambda found: found.starts_on, ended=lambda found: max(found.due_on, found.done_on or found.due_on),
            due=lambda found: found.due_on, finished=lambda found: found.done_on, result=lambda found: found.result,
            needs_result=lambda found: True, remarks=_measure_remarks, words=_measure_words,
            bases=lambda found: [found.roadmap] if found.roadmap else [],
            files=lambda found: [proof.file for proof in found.proofs.all()],
            prepare=lambda rows: rows.select_related("roadmap", "person").prefetch_related("proofs__file"),
        ),
    )  # fmt: skip
    describe(
        Meeting,
        Facet(
            is_shared=True, is_ground=False, stage=_meeting_stage, words=lambda found: found.purpose,
            excuse=lambda found: "решения совещания — отдельными документами",
            title=lambda found: f"{found.get_kind_display().capitalize()}: {found.theme}",
        ),
    )  # fmt: skip
    describe(
        Decision,
        Facet(
            is_shared=True,
            stage=_decision_stage, state=_decision_state, remarks=_decision_remarks, words=_decision_words,
            owner=lambda found: found.organization_id if found.kind == Decision.Kind.SCHOOL else None,
            excuse=lambda found: found.reason_without_analysis,
            bases=lambda found: [found.follows] if found.follows else [],
            files=_annexes,
            prepare=lambda rows: rows.select_related("follows", "controller").prefetch_related("annexes__file"),
        ),
    )  # fmt: skip
