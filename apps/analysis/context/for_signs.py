"""The social index as sign 6 reads it: of the very year, with its parts in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from apps.analysis.context import inputs
from apps.analysis.context.index import index_of
from apps.analysis.context.models import SocialIndex
from apps.core.figures import figure
from apps.core.models import Period

PUPILS = "social.1.1"


@dataclass(frozen=True)
class SchoolIndex:
    index: Decimal
    pupils: int | None
    parts: tuple[tuple[str, str], ...]
    url: str


def indices(period: Period) -> dict[int, SchoolIndex] | None:
    """By organisation; None where no index was made or the year has too few figures."""
    index = SocialIndex.objects.current()
    year = index_of(index, period) if index else None
    if year is None or year.off:
        return None
    pupils = next((one.values for one in inputs.inputs([PUPILS], period)), {})
    codes = {one.pk: one.code for one in year.organizations}
    return {
        pk: SchoolIndex(
            index=row.index,
            pupils=int(pupils[pk]) if pk in pupils else None,
            parts=tuple(
                (one.name, f"{figure(share.value, 1)}\u00a0{one.version.unit}, вклад {figure(share.added, 2)}")
                for one, share in zip(year.parts, row.parts, strict=True)
            ),
            url=reverse("analysis:organization_context", args=[codes[pk]]),
        )
        for pk, row in year.rows.items()
    }
