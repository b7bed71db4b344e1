"""Means of a roadmap: sums by organisation and kind of support."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.organizations.models import Organization
from apps.roadmaps.plans.models import MeasureResource, Roadmap

Kind = MeasureResource.Kind


@dataclass
class Line:
    """An organisation (None: not divided) with what it gets."""

    organization: Organization | None
    sums: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(Kind.values))
    unpriced: int = 0  # lines without a sum

    @property
    def total(self) -> Decimal | None:
        known = [one for one in self.sums.values() if one is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def by_kind(self) -> list[tuple[str, Decimal | None]]:
        return [(str(kind.label), self.sums[kind.value]) for kind in Kind]

    def add(self, resource: MeasureResource) -> None:
        if resource.amount is None:
            self.unpriced += 1
            return
        self.sums[resource.kind] = (self.sums[resource.kind] or Decimal(0)) + resource.amount


@dataclass
class Means:
    lines: list[Line]
    whole: Line


def means_of(roadmap: Roadmap, only: Organization | None = None) -> Means:
    """Sums of measures that were not taken off; `only` narrows to one organisation. No sum stays no sum."""
    rows = MeasureResource.objects.filter(measure__roadmap=roadmap, measure__dropped_on=None)
    rows = rows.select_related("organization").order_by("organization__kind", "organization__number", "pk")
    if only is not None:
        rows = rows.filter(organization=only)
    lines: dict[int, Line] = {}
    whole = Line(None)
    for row in rows:
        line = lines.setdefault(row.organization_id or 0, Line(row.organization))
        line.add(row)
        whole.add(row)
    ordered = sorted(lines.values(), key=lambda line: line.organization is None)
    return Means(ordered, whole)
