"""How effects are measured, for the public list of methods."""

from collections.abc import Iterator

from django.urls import reverse

from apps.procedures.methods import Method, State
from apps.roadmaps.effect.arithmetic.estimate import LEAST_ADDRESSED, LEAST_SIMILAR


def own_methods() -> Iterator[Method]:
    yield Method(
        "Управленческий цикл",
        "Эффект мер",
        "изменение адресованных организаций минус изменение похожих, которым мера не адресована, с поправкой на "
        "оставшуюся разницу уровня и условий",
        "подбор похожих с поправкой (Abadie, Imbens 2011); официальной методики нет",
        State.PROPOSAL,
        "95 %, бутстрэп знаков остатков; измерено, что он выдерживает 95 ± 2 %",
        f"{LEAST_ADDRESSED} адресованных и {LEAST_SIMILAR} похожих",
        reverse("roadmaps:effect_methods"),
    )
