"""Forms made of packs follow their packs: what was switched off is not asked by the next version."""

from collections.abc import Collection
from typing import Any

from apps.collection.services.forms import PACKS, refresh_forms
from apps.indicators.services.renewals import renewed_by


@renewed_by
def renew_forms(packs: Collection[str], by: Any) -> None:
    """Make new versions of the forms of the packs; running campaigns keep theirs."""
    refresh_forms(packs=[pack for pack in packs if pack in PACKS], by=by)
