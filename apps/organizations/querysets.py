"""Reads of the register of organisations."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class OrganizationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "OrganizationQuerySet":
        """Public fields of the register are open to everybody; so are its rows."""
        return self

    def editable_by(self, user: Any) -> "OrganizationQuerySet":
        """Whose contacts the user may change: the authority all, a school its own."""
        if not user.is_authenticated:
            return self.none()
        if user.can_manage_register:
            return self
        return self.filter(pk=user.organization.pk) if user.is_school else self.none()

    def educational(self) -> "OrganizationQuerySet":
        """All but the authority itself."""
        return self.exclude(kind="authority")

    def active(self, on: date | None = None) -> "OrganizationQuerySet":
        """Open on the day (today by default)."""
        day = on or date.today()
        opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
        return self.filter(opened & (Q(closed_on__isnull=True) | Q(closed_on__gt=day)))

    def delivering(self, programmes: Iterable[str]) -> "OrganizationQuerySet":
        """Those that deliver at least one of the programmes."""
        return self.filter(programmes__overlap=list(programmes))

    def named(self, text: str) -> "OrganizationQuerySet":
        """Those found by every word: in the name, our code, the settlement or a code of another system; «ё» is «е»."""
        found = self
        for word in text.replace("\x00", "").lower().replace("ё", "е").split():
            elsewhere = Q(external_ids__value=re.sub("^(sch|edu|ksh)(?=[0-9])", "", word))
            here = Q(name_key__contains=word) | Q(code__contains=word) | Q(settlement__icontains=word)
            matching = self.model.objects.filter(here | elsewhere).values("pk")
            found = found.filter(pk__in=matching)
        return found
