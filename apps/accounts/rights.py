"""Who may write: what services ask before they change anything."""

from apps.accounts.models import User
from apps.core.findings import refuse


def require_department(by: User, message: str) -> None:
    """Raises Refused, with the sentence of the room that says who does it, for anybody but the department."""
    if not by.is_department:
        raise refuse("not_allowed", message)
