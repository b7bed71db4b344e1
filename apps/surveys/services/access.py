"""Who may write here."""

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import findings

WRITERS = (Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST)


def refuse(code: str, message: str, action: str = "") -> findings.Refused:
    return findings.Refused([findings.error(code, message, action=action)])


def require_writer(by: User) -> None:
    if not by.has_role(*WRITERS):
        raise refuse("not_allowed", "Опросы готовят и проводят сотрудники управления и методисты.")
