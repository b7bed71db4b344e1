"""Who opens the library: everybody but those who only observe procedures."""

from apps.accounts.roles import DEPARTMENT, SCHOOL, Role

LIBRARY = frozenset(Role) - {Role.OBSERVER}
WRITERS = DEPARTMENT | {Role.METHODOLOGIST}
READERS = SCHOOL | {Role.ASSOCIATION_LEADER, Role.EXPERT}
