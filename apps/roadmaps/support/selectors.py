"""What the pages of methodical support read."""

from dataclasses import dataclass

from apps.accounts.models import User
from apps.analysis.interpretation.figures import Effect, effect_of, figure_of, target_of
from apps.organizations.models import Organization
from apps.roadmaps.support.models import SupportAction


@dataclass(frozen=True)
class Followed:
    """An action with the figure of its school before and a year later."""

    action: SupportAction
    effect: Effect


def followed(action: SupportAction) -> Followed:
    """The figure of the conclusion, read for the school of the action."""
    target = target_of(action.conclusion, action.organization)
    return Followed(action, effect_of(target, figure_of(target)))


def of_school(organization: Organization, user: User) -> list[SupportAction]:
    return list(SupportAction.objects.visible_to(user).filter(organization=organization).with_details()[:20])
