"""Who may write here."""

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.findings import refuse

WRITERS = (Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST)


def require_writer(by: User) -> None:
    if not by.has_role(*WRITERS):
        raise refuse("not_allowed", "Опросы готовят и проводят сотрудники управления и методисты.")
