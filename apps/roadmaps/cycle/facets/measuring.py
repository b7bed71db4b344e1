"""Positions 1 to 5: goals, indicators, methods, monitoring, analysis. Kinds of the rooms above are registered here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.analysis.models import Conclusion, SignList
from apps.collection.models import Campaign, Form
from apps.collection.states import State
from apps.core.models import PrivateFile
from apps.indicators.models import Aggregate, ApprovedSet, Goal, Target
from apps.roadmaps.cycle.facets.base import Facet, describe
from apps.roadmaps.cycle.facts import Stage
from apps.roadmaps.links.registry import register

RESULTS, SUPPORTED = "1.1", "1.2"  # directions of works without one of their own, and of signs of problems


def _goal_remarks(goal: Goal) -> list[tuple[str, str]]:
    if goal.indicator_id is None and goal.level != Goal.Level.REGIONAL:
        return [("goal_without_indicator", "У цели нет показателя: не видно, достигнута ли она.")]
    return []


def _codes(found: Any) -> set[str]:
    return {code for code in found.direction_codes or () if code}


def _target_scope(target: Target) -> set[int] | None:
    return {int(target.scope_key)} if target.scope == Aggregate.Scope.ORGANIZATION else None


def _campaign_stage(campaign: Campaign) -> Stage:
    """It proves something once it is over or everybody has handed in."""
    is_over = campaign.state == Campaign.State.CLOSED or campaign.closes_on < timezone.localdate()
    everybody = campaign.asked_rows and campaign.handed_rows >= campaign.asked_rows  # type: ignore[attr-defined]
    return Stage.READY if is_over or everybody else Stage.DRAFT


def _campaign_state(campaign: Any) -> str:
    is_over = campaign.state == Campaign.State.CLOSED or campaign.closes_on < timezone.localdate()
    word = "завершён" if is_over else "идёт"
    return f"{word}, сдали {campaign.handed_rows} из {campaign.asked_rows}"


def _campaign_remarks(campaign: Any) -> list[tuple[str, str]]:
    missing = campaign.asked_rows - campaign.handed_rows
    if _campaign_stage(campaign) == Stage.READY and missing > 0:
        return [("monitoring_incomplete", f"Сбор закончен, а не сдали {missing} из {campaign.asked_rows}.")]
    return []


def _with_counts(rows: Any) -> Any:
    """Directions of the indicators asked, and how many submissions there are and were handed in."""
    from django.db.models import Count, IntegerField, OuterRef, Subquery
    from django.db.models.functions import Coalesce

    from apps.collection.models import Submission

    def counted(condition: Q) -> Any:
        found = Submission.objects.filter(condition, campaign=OuterRef("pk")).order_by()
        numbers = found.values("campaign").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)

    handed = Q(state__in=[State.SUBMITTED, State.ACCEPTED])
    return rows.annotate(
        direction_codes=ArrayAgg("forms__fields__version__indicator__direction__code", distinct=True, default=[]),
        asked_rows=counted(Q()),
        handed_rows=counted(handed),
    )


def _materials(campaign: Campaign) -> Sequence[PrivateFile]:
    return [one.file for one in campaign.materials.select_related("file")]


def _conclusion_directions(found: Conclusion) -> set[str]:
    if found.indicator and found.indicator.direction:
        return {found.indicator.direction.code}
    if found.sign_id:
        return {SUPPORTED}
    return {RESULTS} if found.procedure_id else set()


def _list_stage(found: SignList) -> Stage:
    return {"approved": Stage.READY, "draft": Stage.DRAFT}.get(found.state, Stage.VOID)  # type: ignore[call-overload]


def _set_day(found: ApprovedSet) -> date | None:
    return found.approved_on


def register_measuring() -> None:
    """Once, when the site starts."""
    register(
        Goal, key="goal", title="цель", position=1,
        day=lambda goal: goal.created_at,
        organizations=lambda goal: {goal.organization_id} if goal.organization_id else None,
        directions=lambda goal: {goal.direction.code},
        prepare=lambda rows: rows.select_related("direction", "organization", "parent"),
        url=lambda goal: goal.direction.get_absolute_url() + "#goals",
    )  # fmt: skip
    describe(
        Goal,
        Facet(
            owner=lambda goal: goal.organization_id, is_standing=True, ended=lambda goal: goal.ended_at,
            stage=lambda goal: Stage.VOID if goal.ended_at else Stage.READY,
            bases=lambda goal: [goal.parent] if goal.parent else [],
            remarks=_goal_remarks, words=lambda goal: f"{goal.get_level_display().capitalize()}. {goal.rationale}",
            state=lambda goal: f"снята: {goal.end_reason}" if goal.ended_at else "действует",
        ),
    )  # fmt: skip
    register(
        ApprovedSet, key="indicator_set", title="утверждённый набор показателей", position=2, day=_set_day,
        directions=lambda found: {found.direction.code},
        prepare=lambda rows: rows.select_related("direction"),
        url=lambda found: reverse("indicators:set", args=[found.direction.code]),
    )  # fmt: skip
    describe(
        ApprovedSet,
        Facet(is_standing=True, title=lambda found: f"Набор показателей: {found.act}", state=lambda found: "утверждён"),
    )
    register(
        Target, key="target", title="целевое значение", position=2, day=lambda target: target.created_at,
        organizations=_target_scope,
        directions=lambda target: {target.indicator.direction.code} if target.indicator.direction else set(),
        prepare=lambda rows: rows.filter(ended_at__isnull=True).select_related("indicator__direction", "period"),
        url=lambda target: reverse("indicators:detail", args=[target.indicator.code]),
    )  # fmt: skip
    describe(
        Target,
        Facet(
            is_standing=True, ended=lambda target: target.period.ends_on,
            owner=lambda target: int(target.scope_key) if target.scope == Aggregate.Scope.ORGANIZATION else None,
            title=lambda target: f"Целевое значение показателя {target.indicator.number} на {target.period.code}",
            words=lambda target: f"{target.get_basis_display()}: {target.basis_text}",
            state=lambda target: "поставлено",
        ),
    )  # fmt: skip
    register(
        Form, key="form", title="форма сбора", position=3,
        day=lambda form: form.published_at, directions=_codes,
        prepare=lambda rows: rows.filter(is_active=True).annotate(
            direction_codes=ArrayAgg("fields__version__indicator__direction__code", distinct=True, default=[])
        ),
    )  # fmt: skip
    describe(
        Form,
        Facet(
            is_standing=True, title=lambda form: f"Форма «{form.short_title}»", words=lambda form: form.basis_text,
            state=lambda form: form.state_text,
            stage=lambda form: Stage.DRAFT if form.is_draft else Stage.READY,
        ),
    )  # fmt: skip
    register(
        Campaign, key="campaign", title="сбор данных", position=4, day=lambda campaign: campaign.opens_on,
        directions=_codes, prepare=_with_counts,
    )  # fmt: skip
    describe(
        Campaign,
        Facet(
            is_shared=True, stage=_campaign_stage, state=_campaign_state, remarks=_campaign_remarks,
            words=lambda campaign: f"Срок сдачи {campaign.due_on:%d.%m.%Y}. {campaign.instructions}".strip(),
            files=_materials,
        ),
    )  # fmt: skip
    register(
        SignList, key="sign_list", title="перечень школ с признаками", position=5,
        day=lambda found: found.order_on or found.created_at, directions=lambda found: {SUPPORTED},
        prepare=lambda rows: rows.select_related("period", "pdf").defer("document"),
    )  # fmt: skip
    describe(
        SignList,
        Facet(
            stage=_list_stage, words=lambda found: found.order_text,
            files=lambda found: [found.pdf] if found.pdf else [],
        ),
    )  # fmt: skip
    describe(
        Conclusion,
        Facet(
            stage=lambda found: Stage.VOID if found.withdrawn_at else Stage.READY, directions=_conclusion_directions,
            state=lambda found: f"снят: {found.withdrawn_reason}" if found.withdrawn_at else found.get_kind_display(),
            words=lambda found: f"{found.figure}. {found.text}",
        ),
    )  # fmt: skip
