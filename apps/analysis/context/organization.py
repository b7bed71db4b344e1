"""The page of an organisation's context: the card, parts of the index, the cluster, works of the year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.analysis.clusters.selectors import FEWEST_FOR_MEDIAN, Compared, compare
from apps.analysis.context import inputs
from apps.analysis.context.beside import Beside, beside
from apps.analysis.context.card import STAFF, Card, card_of
from apps.analysis.context.index import IndexYear
from apps.analysis.context.selectors import INDEX, factors_of
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import Procedure


@dataclass(frozen=True)
class WorkLine:
    procedure: Procedure
    near: Beside


@dataclass(frozen=True)
class OrganizationPage:
    card: Card
    parts: list[Any]
    compared: list[Compared]
    works: list[WorkLine]


@dataclass(frozen=True)
class Part:
    """A part of the index: the figure, the mean of all, what it adds."""

    name: str
    unit: str
    weight: Decimal
    harder: bool
    value: Decimal | None
    mean: Decimal | None
    z: Decimal | None
    added: Decimal | None


def parts_of(year: IndexYear, organization: Organization) -> list[Part]:
    """All parts, those without a figure too."""
    row = year.rows.get(organization.pk)
    found = []
    for at, (one, weight) in enumerate(zip(year.parts, year.weights, strict=True)):
        known = list(one.values.values())
        share = row.parts[at] if row else None
        found.append(
            Part(
                name=one.name,
                unit=one.version.unit,
                weight=weight.weight,
                harder=weight.harder,
                value=one.values.get(organization.pk),
                mean=sum(known, Decimal(0)) / len(known) if len(known) >= FEWEST_FOR_MEDIAN else None,
                z=share.z if share else None,
                added=share.added if share else None,
            )
        )
    return found


COMPARED = (*inputs.OFFERED[2][1][:2], *STAFF, "social.1.5%", "so_oo.1.5%", "so_oo.1.19%")


def organization_page(organization: Organization, period: Period, user: Any) -> OrganizationPage | None:
    found = card_of(organization, period, user)
    if found is None:
        return None
    works = list(
        Procedure.objects.visible_to(user)
        .filter(period=period, aggregates__school__organization=organization, aggregates__participants__gt=0)
        .select_related("subject", "period")
        .distinct()
        .order_by("kind", "grade", "subject__name")
    )
    factors = factors_of(works[0], (INDEX,)) if works else None  # of one year, the same for all
    return OrganizationPage(
        card=found,
        parts=parts_of(found.index, organization) if found.index and not found.index.off else [],
        compared=compare(organization, found.cluster, list(COMPARED), period, user) if found.cluster else [],
        works=[WorkLine(one, beside(one, organization, found.cluster, factors)) for one in works],
    )
