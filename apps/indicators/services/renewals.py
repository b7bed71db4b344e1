"""What rooms below make of indicators (forms) and renew when indicators are switched off or on."""

from collections.abc import Callable, Collection
from typing import Any

Renewal = Callable[[Collection[str], Any], None]
_renewals: list[Renewal] = []


def renewed_by(renewal: Renewal) -> Renewal:
    """Register what is done, with the codes of the packs and the person, inside the transaction of the change."""
    if renewal not in _renewals:
        _renewals.append(renewal)
    return renewal


def renew(packs: Collection[str], by: Any) -> None:
    for renewal in _renewals:
        renewal(packs, by)
