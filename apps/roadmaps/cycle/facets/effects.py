"""Position 9: an expectation is proof of an effect once it has been measured; «не виден» is a result too."""

from apps.roadmaps.cycle.facets.base import Facet, Remark, describe
from apps.roadmaps.cycle.facts import Stage
from apps.roadmaps.effect.models import Expectation, Measurement


def _newest(found: Expectation) -> Measurement | None:
    return next((one for one in found.measurements.all() if one.measured_at), None)


def _stage(found: Expectation) -> Stage:
    if found.withdrawn_at:
        return Stage.VOID
    return Stage.READY if _newest(found) else Stage.DRAFT


def _state(found: Expectation) -> str:
    if found.withdrawn_at:
        return f"снято: {found.withdraw_reason}"
    newest = _newest(found)
    return newest.get_verdict_display() if newest else "ещё не измерен"


def _words(found: Expectation) -> str:
    newest = _newest(found)
    told = f"Итог: {newest.get_verdict_display()}." if newest else f"Измеряется за {found.follow_up}."
    return f"{found.rationale}\n{told}"


def _remarks(found: Expectation) -> list[Remark]:
    newest = _newest(found)
    if newest and newest.verdict == Measurement.Verdict.BROKEN:
        return [("not_comparable", "Сравнивать до и после нельзя: об эффекте ничего не сказано.")]
    return []


def register_effects() -> None:
    """Once, when the site starts."""
    describe(
        Expectation,
        Facet(
            stage=_stage, state=_state, words=_words, remarks=_remarks, is_shared=True,
            bases=lambda found: [(found.subject, found.subject_id)],
        ),
    )  # fmt: skip
