"""The criteria that the portal proposes at first; people change and confirm them."""

from apps.roadmaps.cycle.models import Criterion
from apps.roadmaps.cycle.positions import ALL, SOURCE


def create_missing_criteria(**_: object) -> None:
    """Give an installation without criteria the proposed ones. Runs after every migration; changes nothing there."""
    if Criterion.objects.exists():
        return
    Criterion.objects.bulk_create(
        Criterion(position=position.number, text=text, act=SOURCE, order=order)
        for position in ALL
        for order, text in enumerate(position.criteria)
    )
