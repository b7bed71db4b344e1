"""The newest municipal figure of many indicators at once."""

from collections.abc import Iterable

from apps.accounts.models import User
from apps.indicators.models import Aggregate, IndicatorVersion


def newest_figures(versions: Iterable[IndicatorVersion], user: User) -> dict[int, Aggregate]:
    """By indicator, of the last period that has one and that the person may see; one statement."""
    found = (
        Aggregate.objects.visible_to(user)
        .filter(version__indicator__in=[one.indicator_id for one in versions], scope=Aggregate.Scope.MUNICIPALITY)
        .exclude(value=None)
        .select_related("version", "period")
        .order_by("version__indicator_id", "-period__starts_on")
        .distinct("version__indicator_id")
    )
    return {one.version.indicator_id: one for one in found}
