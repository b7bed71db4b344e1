"""Means of a measure: financial, staff, methodical, with the sum for each organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from apps.core import events
from apps.core.findings import Refused, error
from apps.organizations.models import Organization
from apps.roadmaps.plans.models import Measure, MeasureResource
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.texts import cleaned, too_long

MOST = Decimal("999999999999.99")


@dataclass(frozen=True)
class NewResource:
    """A line of means. `amount` in roubles for each of `organizations`; none of them: for the measure as a whole."""

    kind: str
    amount: Decimal | None = None
    organizations: Sequence[Organization] = ()
    note: str = ""


@transaction.atomic
def add_resource(*, measure: Measure, new: NewResource, by: Any) -> list[MeasureResource]:
    """A line for each organisation. Raises Refused."""
    rights.locked(measure.roadmap, by)
    row = rights.locked_measure(measure)
    note = cleaned(new.note)
    found = too_long("Что именно", note, 300)
    if new.kind not in MeasureResource.Kind.values:
        found.append(error("kind", "Выберите вид поддержки."))
    if new.amount is not None and not 0 <= new.amount <= MOST:
        found.append(error("amount", "Сумма — от 0 до 999 999 999 999,99 ₽."))
    if new.amount is None and not note:
        found.append(error("nothing", "Укажите сумму или напишите, что именно выделяется."))
    if found:
        raise Refused(found)
    places: list[Organization | None] = [*new.organizations] or [None]
    made = [
        MeasureResource.objects.create(measure=row, kind=new.kind, organization=one, amount=new.amount, note=note)
        for one in places
    ]
    text = f"Ресурсы: {MeasureResource.Kind(new.kind).label}, строк {len(made)}"
    events.record(kind="roadmaps.resource_added", subject=row, by=by, text=text)
    return made


@transaction.atomic
def remove_resource(*, resource: MeasureResource, by: Any) -> None:
    rights.locked(resource.measure.roadmap, by)
    row = rights.locked_measure(resource.measure)
    text = f"Ресурсы убраны: {resource}, сумма {resource.amount if resource.amount is not None else 'не указана'}"
    events.record(kind="roadmaps.resource_removed", subject=row, by=by, text=text[:500])
    resource.delete()
