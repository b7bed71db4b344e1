"""What the board of recommendations reads beside the rows themselves."""

from dataclasses import dataclass
from decimal import Decimal

from apps.accounts.models import User
from apps.procedures.models import Duty
from apps.roadmaps.querysets import AddresseeQuerySet


def own_directions(user: User) -> list[str]:
    """Codes of the directions that the head has given to the person."""
    duties = Duty.objects.current().filter(user=user, direction__isnull=False, direction__is_active=True)
    return sorted(set(duties.values_list("direction__code", flat=True)))


@dataclass(frozen=True)
class DirectionLine:
    """How recommendations of a direction fare: shares of those that went out."""

    code: str
    name: str
    total: int
    received: int
    done: int
    overdue: int

    @property
    def received_share(self) -> Decimal:
        return Decimal(100) * self.received / self.total

    @property
    def done_share(self) -> Decimal:
        return Decimal(100) * self.done / self.total


def by_direction(rows: AddresseeQuerySet) -> list[DirectionLine]:
    """Receipt and fulfilment by direction; those without a direction stand last under no code."""
    lines = [
        DirectionLine(
            code=row["recommendation__direction__code"] or "",
            name=row["recommendation__direction__name"] or "Направление не указано",
            total=row["total"],
            received=row["total"] - row["sent"],
            done=row["done"],
            overdue=row["overdue"],
        )
        for row in rows.count_by_direction()
    ]
    return sorted(lines, key=lambda line: not line.code)
