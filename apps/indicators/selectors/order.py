"""Who sees the order of organisations, and what the others see instead. The one place of this rule.

The authority sees places. A school learns where its own figure stands, in words and without names. The public sees
neither: public pages must not ask here.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from apps.accounts.models import User
from apps.indicators import display
from apps.indicators.models import Aggregate, IndicatorVersion
from apps.indicators.trends import standing

if TYPE_CHECKING:
    from apps.indicators.selectors.detail import OrganizationRow


def may_see_order(user: User) -> bool:
    """Who may put organisations in the order of their figures."""
    return bool(user.is_authenticated and user.is_authority)


def places_of(*, version: IndicatorVersion, rows: "Sequence[OrganizationRow]", user: User) -> dict[int, str]:
    """«3-е из 24» by organisation, for those who may see the order; of a sum there are no places."""
    if not may_see_order(user) or display.is_total(version):
        return {}
    values = {row.organization.pk: row.value for row in rows if row.value is not None}
    if len(values) < standing.FEWEST or version.value_type == IndicatorVersion.ValueType.BOOLEAN:
        return {}
    found = standing.places(values, display.better(version))
    return {pk: f"{place}-е из {len(values)}" for pk, place in found.items()}


def place_of(*, own: Aggregate | None, whole: Aggregate | None) -> str:
    """Where an organisation's figure stands among the others, in words and without names."""
    if own is None or own.value is None or whole is None:
        return ""
    if whole.lower_quartile is None or whole.median is None or whole.upper_quartile is None:
        return ""
    quarters = standing.Quarters(whole.lower_quartile, whole.median, whole.upper_quartile, whole.reported)
    return standing.in_words(own.value, quarters)
