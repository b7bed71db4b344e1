"""People that forms of decisions offer."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from apps.accounts.models import Membership, User
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.organizations.models import Organization


def controllers_for(organization: Organization | None) -> QuerySet[User]:
    """Those who may control: of the authority, or of the deciding organisation."""
    held = Membership.objects.current()
    held = held.filter(role__in=SCHOOL, organization=organization) if organization else held.filter(role__in=AUTHORITY)
    return User.objects.filter(pk__in=held.values("user")).order_by("last_name", "first_name")


def executors_for(organization: Organization | None) -> QuerySet[User]:
    """Those to whom an item may go by name: heads, the authority's people; in a school its own people."""
    held = Membership.objects.current()
    if organization:
        held = held.filter(role__in=SCHOOL, organization=organization)
    else:
        held = held.filter(role__in=[*AUTHORITY, Role.DIRECTOR])
    return User.objects.filter(pk__in=held.values("user")).order_by("last_name", "first_name")


class PersonField(forms.ModelChoiceField):
    """A person with the post, so that namesakes are told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.post.lower()}" if obj.post else str(obj)
