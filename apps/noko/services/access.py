"""Who may write here."""

from apps.accounts.models import User
from apps.core.findings import refuse


def require_department(by: User) -> None:
    if not by.is_department:
        raise refuse("not_allowed", "Независимую оценку ведут сотрудники управления.")
