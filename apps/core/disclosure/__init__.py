"""The one way of a figure to the public: what would give back a small group is hidden before it is frozen.

No Django here; the limits come from settings through `Limits`. What is hidden never leaves this package as a
number: it is `HIDDEN`, and `HIDDEN` prints as «скрыто».
"""

from apps.core.disclosure.rules import HIDDEN, Hidden, Limits, protect_count, protect_row, protect_share

__all__ = ["HIDDEN", "Hidden", "Limits", "protect_count", "protect_row", "protect_share"]
