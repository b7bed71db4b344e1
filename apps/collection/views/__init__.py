"""Pages of the authority (`office`, `review`) and of an organisation (`school`, `uploads`)."""

from django.contrib import messages

from apps.accounts.access import SignedInRequest
from apps.core.findings import Refused

SHOWN = 8


def tell(request: SignedInRequest, refusal: Refused) -> None:
    """Why it was refused, as messages at the head of the next page."""
    for finding in refusal.findings[:SHOWN]:
        messages.error(request, str(finding))
    rest = len(refusal.findings) - SHOWN
    if rest > 0:
        messages.error(request, f"И ещё замечаний: {rest}.")
