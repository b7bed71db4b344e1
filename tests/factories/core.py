"""Factories of the core: repeatable, nothing random."""

import factory

from apps.core import periods
from apps.core.models import Job, Period


class PeriodFactory(factory.django.DjangoModelFactory[Period]):
    """A school year; `PeriodFactory(code="2025")` gives another period by its code."""

    class Meta:
        model = Period
        django_get_or_create = ("code",)

    code = "2025/26"
    kind = factory.LazyAttribute(lambda period: periods.parse_period(period.code).kind)
    starts_on = factory.LazyAttribute(lambda period: periods.parse_period(period.code).starts_on)
    ends_on = factory.LazyAttribute(lambda period: periods.parse_period(period.code).ends_on)


class JobFactory(factory.django.DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "tests.count"
    title = "Проверочное задание"
