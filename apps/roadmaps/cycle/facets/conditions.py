"""The direction «условия» (НОКО): assessments are its analysis, measures on shortcomings its measures."""

from apps.noko.models import Assessment, Measure
from apps.roadmaps.cycle.facets.base import Facet, describe
from apps.roadmaps.cycle.facts import Stage
from apps.roadmaps.links.registry import register

CODE = "УС"


def _organization(found: Measure) -> set[int]:
    return {found.shortcoming.assessment.organization_id}


def register_conditions() -> None:
    """Once, when the site starts."""
    register(
        Assessment, key="noko_assessment", title="независимая оценка", position=5,
        day=lambda found: found.report.created_at, organizations=lambda found: {found.organization_id},
        directions=lambda found: {CODE},
        prepare=lambda rows: rows.select_related("report", "organization", "period"),
    )  # fmt: skip
    describe(
        Assessment,
        Facet(
            stage=lambda found: Stage.VOID if found.report.undone_reason else Stage.READY,
            title=lambda found: f"Независимая оценка: {found.organization}, {found.period.code}",
            state=lambda found: "отменена" if found.report.undone_reason else "проведена",
            words=lambda found: f"Оператор: {found.report.operator}",
        ),
    )  # fmt: skip
    register(
        Measure, key="noko_measure", title="мера по недостатку", position=7,
        day=lambda found: found.created_at, organizations=_organization, directions=lambda found: {CODE},
        prepare=lambda rows: rows.with_details(),
    )  # fmt: skip
    describe(
        Measure,
        Facet(
            title=lambda found: found.text, due=lambda found: found.due_on, result=lambda found: found.report_text,
            finished=lambda found: found.reported_at, needs_result=lambda found: True,
            bases=lambda found: [found.shortcoming.assessment],
            words=lambda found: f"Недостаток: {found.shortcoming}. Отвечает {found.responsible}, до "
            f"{found.due_on:%d.%m.%Y}. {found.report_text}".strip(),
            files=lambda found: [found.proof] if found.proof else [],
        ),
    )  # fmt: skip
