"""Sending one recommendation to many, each with its own figures."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db import transaction
from django.db.models import Model

from apps.accounts.models import User
from apps.core.findings import Finding, Refused, error
from apps.organizations.models import Organization
from apps.roadmaps.bulk.choosing import Chosen, lines_of
from apps.roadmaps.issuing import NewRecommendation, OwnWords, issue_recommendation
from apps.roadmaps.models import Recommendation
from apps.roadmaps.texts.figures import Source
from apps.roadmaps.texts.placeholders import check


def _faults(new: NewRecommendation, chosen: Chosen) -> Iterator[Finding]:
    for name, text in (("Основание", new.basis_text), ("Что рекомендуется", new.text)):
        yield from check(text, name)
    for line in chosen.lacking:
        message = f"{line.organization}: нет цифр для подстановок — {', '.join(line.missing)}."
        yield error("no_figures", message, action="Снимите отметку с этой организации или измените текст.")


@transaction.atomic
def issue_to_many(
    *, new: NewRecommendation, organizations: Collection[Organization], source: Source, by: User
) -> Recommendation:
    """All or nobody: an organisation without a figure that the words ask for is named, never sent an empty hole.

    What the text says of the figures is read here, at the moment of sending. Raises Refused with all faults at once.
    """
    chosen = lines_of(list(organizations), source, text=new.text, basis=new.basis_text, due_on=new.due_on)
    if faults := list(_faults(new, chosen)):
        raise Refused(faults)
    signs = [line.figures.sign for line in chosen.lines if line.figures.sign]
    rule = signs[0].rule if signs else new.rule
    bases: list[Model] = [*new.bases, *signs, *([rule] if rule else [])]
    codes = {*new.indicators, *([source.indicator.code] if source.indicator else [])}
    figures = [figure for line in chosen.lines for figure in line.figures.basis]
    own = {line.organization.pk: OwnWords(line.text, line.basis, line.figures.basis) for line in chosen.lines}
    ready = replace(new, rule=rule, bases=bases, indicators=codes, basis=[*new.basis, *figures])
    return issue_recommendation(new=ready, addressees=organizations, own=own, by=by)
