"""What the analysis of objectivity says beside a school's result and in the common list of methods."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from apps.analysis.objectivity import selectors
from apps.analysis.objectivity.models import Evidence
from apps.organizations.models import Organization
from apps.procedures import methods
from apps.procedures.beside import Block, Fact
from apps.procedures.methods import Method, State
from apps.procedures.models import Procedure


def blocks(user: Any, procedure: Procedure, organization: Organization) -> Iterable[Block]:
    """The marks of this work, with the way to all evidence; nothing where the year was not analysed."""
    run = selectors.current(selectors.runs_of(procedure.period)) if procedure.kind in selectors.KINDS else None
    if run is None:
        return
    rows = list(Evidence.objects.visible_to(user).filter(run=run, organization=organization, procedure=procedure))
    if not rows:
        return
    marked = [Fact(row.sign.title, _verdict(row), row.words, "info" if row.sign.is_federal else "warn") for row in rows
              if row.marked]  # fmt: skip
    text = "" if marked else f"Проверок: {len(rows)}, ничего не отмечено."
    url = reverse("analysis:objectivity_school", args=[procedure.period.span, organization.code])
    note = "Маркер, а не вывод: рядом стоит пояснение школы."
    yield Block("Объективность", marked, text, note, f"{url}?work={procedure.pk}", "Все проверки рядом")


def _verdict(row: Evidence) -> str:
    return "признак методики" if row.sign.is_federal else "требует проверки"


def open_methods() -> Iterable[Method]:
    """The signs in the common list of methods."""
    from apps.analysis.objectivity.services import current_rule

    url = reverse("analysis:objectivity_methods")
    for card in selectors.method_cards(current_rule()):
        state = State.METHOD if card.sign.is_federal else State.PROPOSAL
        promise = "по своему правилу, без поправки" if card.sign.is_federal else "поправка Бенджамини — Хохберга"
        yield Method(
            "Объективность результатов", card.sign.title, card.sign.formula, card.sign.source, state, promise,
            card.least, url,
        )  # fmt: skip


def provide() -> None:
    """Tell the rooms above; called once when the application is ready."""
    from apps.procedures import beside

    beside.provide(blocks)
    methods.provide(open_methods)
