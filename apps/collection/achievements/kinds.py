"""By what achievements are counted. The kinds and levels are the portal's own proposal: no act names them."""

from collections.abc import Iterator

from django.db import models

GRADES = range(1, 12)
MOST = 9999


class AchievementKind(models.TextChoices):
    OLYMPIAD = "olympiad", "олимпиада"
    CONTEST = "contest", "конкурс"
    RESEARCH = "research", "исследование, проект"
    ARTS = "arts", "искусство"
    SPORT = "sport", "спорт"


class AchievementLevel(models.TextChoices):
    MUNICIPAL = "municipal", "муниципальный"
    REGIONAL = "regional", "региональный"
    FEDERAL = "federal", "всероссийский"
    INTERNATIONAL = "international", "международный"


Place = tuple[int, str, str]  # grade, kind, level
Counts = dict[Place, int]


def places() -> Iterator[Place]:
    """Every cell of the totals in order."""
    for grade in GRADES:
        for level in AchievementLevel:
            for kind in AchievementKind:
                yield (grade, kind.value, level.value)
