"""Parts of a plan that the Concept names."""

from django.db import models


class Part(models.TextChoices):
    INDICATORS = "indicators", "показатели"
    METHOD = "method", "методика с учётом специфики организаций"
    SPECIFICS = "specifics", "мероприятия с учётом специфики организаций"
    ATTITUDE = "attitude", "позитивное отношение к объективной оценке"
    MONITORING = "monitoring", "мониторинг"
    ANALYSIS = "analysis", "анализ результатов мониторинга"
    RECOMMENDATIONS = "recommendations", "адресные рекомендации"
    DECISIONS = "decisions", "управленческие решения"
    HEADS = "heads", "повышение эффективности руководителей"
    SUPPORT = "support", "поддержка школ"
    OTHER = "other", "другие мероприятия"


# What the Concept asks of each plan, in its words and order; directions that it does not name have the common parts.
_COMMON = (Part.INDICATORS, Part.MONITORING, Part.RECOMMENDATIONS)
_WITH_METHOD = (Part.METHOD, Part.MONITORING, Part.ANALYSIS, Part.RECOMMENDATIONS)
PARTS_OF_DIRECTIONS: dict[str, tuple[Part, ...]] = {
    "1.1": _COMMON,
    "1.2": (*_COMMON, Part.DECISIONS),
    "1.3": _WITH_METHOD,
    "1.4": _WITH_METHOD,
    "ОБ": (Part.ATTITUDE, Part.MONITORING, Part.ANALYSIS, Part.RECOMMENDATIONS),
    "2.1": (Part.SPECIFICS, Part.MONITORING, Part.RECOMMENDATIONS, Part.HEADS),
    "2.2": (Part.SPECIFICS, Part.MONITORING, Part.RECOMMENDATIONS),
    "2.3": (Part.SPECIFICS, Part.MONITORING, Part.RECOMMENDATIONS),
}


def parts_of(direction_code: str) -> tuple[Part, ...]:
    return PARTS_OF_DIRECTIONS.get(direction_code, _COMMON)
