"""Positions 6 to 9: recommendations, measures, decisions, effect."""

from apps.roadmaps.cycle.facets.base import Facet, describe
from apps.roadmaps.models import Measure, Recommendation


def _unanswered(found: Recommendation) -> str:
    rows = list(found.addressees.all())
    silent = [row for row in rows if row.awaits_organization]
    return f"не отчитались {len(silent)} из {len(rows)}" if silent else ""


def _recommendation_state(found: Recommendation) -> str:
    rows = list(found.addressees.all())
    done = sum(row.state == "done" for row in rows)
    return f"исполнили {done} из {len(rows)}"


def _sign_figures(found: Recommendation) -> str:
    """A recommendation by a sign carries the figures of the sign: they are its analysis."""
    return "основана на цифрах признака" if found.rule_id and found.basis else ""


def register_acting() -> None:
    """Once, when the site starts."""
    describe(
        Recommendation,
        Facet(
            due=lambda found: found.due_on,
            needs_result=lambda found: bool(_unanswered(found)),
            result=_unanswered,
            finished=lambda found: None if _unanswered(found) else found.due_on,
            excuse=_sign_figures, state=_recommendation_state,
            words=lambda found: f"{found.text}\n{found.basis_text}".strip(),
            files=lambda found: [row.proof for row in found.addressees.all() if row.proof],
            prepare=lambda rows: rows.prefetch_related("addressees__proof"),
        ),
    )  # fmt: skip
    describe(
        Measure,
        Facet(
            due=lambda found: found.due_on, finished=lambda found: found.done_on, result=lambda found: found.result,
            needs_result=lambda found: True,
            words=lambda found: f"Отвечает {found.responsible}. Срок {found.due_on:%d.%m.%Y}. {found.result}".strip(),
        ),
    )  # fmt: skip
