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
