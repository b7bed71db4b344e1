"""Reads of the core models."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from apps.core.periods import PeriodSpan, parse_period


class PeriodQuerySet(models.QuerySet[Any]):
    def named(self, code: str | PeriodSpan) -> Any:
        """The row of a period code; made on first use. Raises PeriodError when the code names no period."""
        span = parse_period(code) if isinstance(code, str) else code
        defaults = {"kind": span.kind, "starts_on": span.starts_on, "ends_on": span.ends_on}
        return self.get_or_create(code=span.code, defaults=defaults)[0]


class JobQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "JobQuerySet":
        """A person sees the jobs they started; the authority sees all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(created_by=user)

    def abandoned(self, now: datetime) -> "JobQuerySet":
        """Jobs whose runner died (lease ended) or whose message was lost on the way."""
        return self.filter(Q(state="queued", send_after__lt=now) | Q(state="running", lease_until__lt=now))
