"""Who may write here."""

from apps.accounts.models import User
from apps.core import findings


def refuse(code: str, message: str, action: str = "") -> findings.Refused:
    return findings.Refused([findings.error(code, message, action=action)])


def require_department(by: User) -> None:
    if not by.is_department:
        raise refuse("not_allowed", "Независимую оценку ведут сотрудники управления.")
