"""What the pages of methodical support read."""

from dataclasses import dataclass

from apps.accounts.models import User
from apps.analysis.interpretation.figures import Effect, effect_of, figure_of, target_of
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.support.models import SupportCase, SupportQuerySet


@dataclass(frozen=True)
class Followed:
    """A case with the figure of its school before and a year later; none where it rests on words alone."""

    case: SupportCase
    effect: Effect | None


def followed(case: SupportCase) -> Followed:
    """The figure of the conclusion, read for the organisation of the case."""
    if case.conclusion is None:
        return Followed(case, None)
    target = target_of(case.conclusion, case.organization)
    return Followed(case, effect_of(target, figure_of(target)))


def directions_of(cases: SupportQuerySet) -> list[Direction]:
    """Those that have cases, to narrow the list by."""
    return list(Direction.objects.filter(pk__in=cases.order_by().values("direction")))


def of_school(organization: Organization, user: User) -> list[SupportCase]:
    return list(SupportCase.objects.visible_to(user).filter(organization=organization).with_details()[:20])
