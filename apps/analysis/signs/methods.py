"""The rules of the signs as methods, for the open page of methods."""

from collections.abc import Iterator

from django.urls import reverse

from apps.analysis.signs.selectors import RuleCard, rule_cards
from apps.procedures.methods import Method, State

SECTION = "Признаки проблем"
CHANGE = "Изменение доли за год, п. п."


def methods_of_signs() -> Iterator[Method]:
    for card in rule_cards():
        yield Method(
            SECTION,
            f"{card.kind.name}. {card.kind.title}",
            f"{' '.join(card.kind.formula)} {card.kind.threshold_label}: {card.threshold}.",
            card.rule.act or card.rule.get_source_state_display(),
            _state(card),
            "Уилсона, 95 %" if card.kind.code in {"failing_share", "low_exams", "contests", "low_results"} else "",
            f"{card.rule.minimum_participants}",
            reverse("analysis:sign_methods"),
        )
    yield Method(
        SECTION,
        CHANGE,
        "доля в новом году − доля в прежнем; изменение в пределах случайности, если интервал содержит ноль",
        "R. G. Newcombe (1998), интервал разности долей по двум интервалам Уилсона",
        State.METHOD,
        "Ньюкомба, 95 %",
        "10 участников в каждом году",
    )


def _state(card: RuleCard) -> State:
    if card.rule.is_confirmed:
        return State.OFFICIAL
    return State.UNCONFIRMED if card.rule.source_state == "unconfirmed" else State.PROPOSAL
