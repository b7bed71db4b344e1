"""A measured effect as the ground of next year's goals: what the form of a goal is filled with."""

from typing import Any

from django.urls import reverse

from apps.indicators.models import Direction
from apps.roadmaps.effect import selectors
from apps.roadmaps.effect.models import Expectation, Measurement

Verdict = Measurement.Verdict
AIMS = {
    Verdict.VISIBLE: "Закрепить достигнутое",
    Verdict.WORSE: "Исправить ухудшение",
    Verdict.UNSEEN: "Добиться изменения другим способом",
}


def ground_of(key: int | None, *, user: Any) -> Expectation | None:
    """A measured expectation that the person may read."""
    found = Expectation.objects.visible_to(user).standing().filter(measurements__measured_at__isnull=False)
    return found.with_details().filter(pk=key).distinct().first() if key else None


def initial_of(expectation: Expectation) -> dict[str, Any]:
    """Title, rationale and indicator, to be edited by people."""
    row = selectors.rows([expectation])[0]
    verdict = row.measurement.verdict if row.measurement else ""
    aim = AIMS.get(Verdict(verdict), "Получить данные об изменении") if verdict else ""
    rationale = f"{expectation.subject_title}: {row.sentence}"
    return {
        "title": f"{aim}: {row.figure.title}"[:300],
        "rationale": rationale[:2000],
        "indicator": expectation.indicator_id,
        "level": "municipal",
    }


def forms_for(expectation: Expectation) -> list[tuple[str, str]]:
    """Directions whose goals can take the effect in, with the address of the filled form."""
    direction = expectation.indicator.direction if expectation.indicator else None
    found = [direction] if direction and direction.is_active else list(Direction.objects.in_use())
    return [(str(one), f"{reverse('desk:goal_create', args=[one.code])}?effect={expectation.pk}") for one in found]
