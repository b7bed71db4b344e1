"""Who reads results: the authority all, a school its own, a leader of an association the subjects of theirs."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, ResultAggregate

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)


def procedure(user: Any, pk: int) -> Procedure:
    """A procedure that the user may read; 404 otherwise."""
    found: Procedure = get_object_or_404(Procedure.objects.visible_to(user).select_related("subject", "period"), pk=pk)
    return found


def participation(user: Any, pk: int, code: str) -> tuple[Procedure, Organization]:
    """A procedure and an organisation with results in it, both readable by the user; 404 otherwise."""
    found, organization = procedure(user, pk), get_object_or_404(organizations(user), code=code)
    if not ResultAggregate.objects.filter(procedure=found, school__organization=organization).exists():
        raise Http404
    return found, organization


def organizations(user: Any) -> QuerySet[Organization]:
    """Organisations whose results the user may open (of the procedures that are visible)."""
    if not user.is_school:
        return Organization.objects.all()
    return Organization.objects.filter(pk__in=[user.organization.pk] if user.organization else [])
