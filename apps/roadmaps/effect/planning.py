"""What can be known before a measure: who is similar, and the least effect that these organisations can show."""

from dataclasses import dataclass, field
from typing import Any

from apps.core.figures import plural
from apps.roadmaps.effect.arithmetic.estimate import LEAST_ADDRESSED, LEAST_SIMILAR, Design, designed, is_enough
from apps.roadmaps.effect.arithmetic.least import LEAST_CHANGES, Least, least
from apps.roadmaps.effect.gathering import Gathered, Plan, gather


@dataclass(frozen=True)
class Preview:
    """`why` says why no least effect can be told; empty where there is one."""

    gathered: Gathered
    design: Design | None = None
    least: Least | None = None
    why: str = ""
    lonely: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """What is kept with an approved expectation."""
        size = self.design.size if self.design else 0
        found: dict[str, Any] = {"why": self.why, "addressed": size, "named": len(self.gathered.plan.addressed)}
        if self.design:
            found["similar"] = self.design.similar
        if self.least:
            found |= {
                "effect": round(self.least.effect, 4),
                "spread": round(self.least.spread, 4),
                "changes": self.least.organizations,
            }
        return found


def preview(plan: Plan) -> Preview:
    """From the figures as they stand now; the values after are not looked at."""
    gathered = gather(plan, is_planned=True)
    if not gathered.addressed or not gathered.pool:
        return Preview(gathered, why=few_words(len(gathered.addressed), 0, len(plan.addressed)))
    design = designed(gathered.addressed, gathered.pool)
    lonely = [one.key for one in design.lonely]
    if not is_enough(design):
        return Preview(gathered, design, None, few_words(design.size, design.similar, len(plan.addressed)), lonely)
    found = least(design, gathered.changes)
    why = ""
    if found is None:
        why = (
            f"Не по чему оценить разброс: изменение за год до меры известно у {len(gathered.changes)} организаций, "
            f"нужно не меньше {LEAST_CHANGES}."
        )
    return Preview(gathered, design, found, why, lonely)


def few_words(addressed: int, similar: int, named: int) -> str:
    """Why two groups do not suffice for an interval."""
    if named == 1:
        return (
            "Мера адресована одной организации. По одной организации действие меры не отличить от случайного "
            "изменения: портал покажет её изменение рядом с изменениями похожих, но интервала не назовёт."
        )
    if not addressed:
        return "Ни у одной адресованной организации нет нужных значений."
    if not similar:
        return "Похожих организаций, которым мера не адресована, нет: сравнивать не с кем."
    if addressed < LEAST_ADDRESSED:
        fit = f"Для сравнения годятся {addressed} из {named} адресованных организаций"
        if addressed == named:
            fit = f"Мера адресована {named} {plural(named, 'организации', 'организациям', 'организациям')}"
        return f"{fit}, нужно не меньше {LEAST_ADDRESSED}: на меньшем числе интервал не выдерживает обещанных 95 %."
    if similar < LEAST_SIMILAR:
        return f"Похожих организаций без меры — {similar}, нужно не меньше {LEAST_SIMILAR}."
    return "Организаций слишком мало для числа учтённых условий."
