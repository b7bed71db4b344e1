"""Roles and what they may do. One place: views, querysets and templates ask here."""

from django.db import models


class Role(models.TextChoices):
    ADMIN = "admin", "администратор"
    HEAD = "head", "руководитель управления"
    SPECIALIST = "specialist", "специалист управления"
    METHODOLOGIST = "methodologist", "методист"
    ASSOCIATION_LEADER = "association_leader", "руководитель методического объединения"
    DIRECTOR = "director", "руководитель организации"
    COORDINATOR = "coordinator", "координатор организации"
    OBSERVER = "observer", "общественный наблюдатель"
    EXPERT = "expert", "эксперт"
    PUBLIC_REPRESENTATIVE = "public_representative", "представитель общественности"


AUTHORITY = frozenset({Role.ADMIN, Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST})
DEPARTMENT = frozenset({Role.HEAD, Role.SPECIALIST})  # may write the authority's work
SCHOOL = frozenset({Role.DIRECTOR, Role.COORDINATOR})

# Who may give and end which roles. Nobody gives a role above their own, nobody changes their own.
_OUTSIDE = frozenset(Role) - AUTHORITY
GRANTS: dict[str, frozenset[Role]] = {
    Role.ADMIN: frozenset(Role),
    Role.HEAD: frozenset(Role) - {Role.ADMIN},
    Role.SPECIALIST: _OUTSIDE | {Role.METHODOLOGIST},
    Role.DIRECTOR: frozenset({Role.COORDINATOR}),
}


def grantable_by(role: str) -> frozenset[Role]:
    """The roles that a person acting in `role` may give."""
    return GRANTS.get(role, frozenset())
