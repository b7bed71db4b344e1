"""Procedures of the schedule and what hangs on them."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from apps.core import periods
from apps.procedures.models import Participation, Procedure, Sitting, Step
from apps.procedures.schedule import rules
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import SubjectFactory


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def school_day(ahead: int) -> date:
    """The first day from then on that is neither a Sunday nor a holiday."""
    found = day(ahead)
    while rules.day_off(found):
        found += timedelta(days=1)
    return found


class PlannedFactory(factory.django.DjangoModelFactory[Procedure]):
    """A municipal work ten days ahead; `PlannedFactory(held_on=None, window_starts_on=…, window_ends_on=…)`."""

    class Meta:
        model = Procedure

    kind = Procedure.Kind.MDR
    level = Procedure.Level.MUNICIPAL
    held_on = factory.LazyFunction(lambda: school_day(10))
    period = factory.LazyAttribute(
        lambda work: PeriodFactory(code=periods.school_year_of(work.held_on or work.window_starts_on).code)
    )
    year = factory.LazyAttribute(lambda work: work.period.ends_on.year)
    subject = factory.SubFactory(SubjectFactory)
    grade = 5
    title = factory.LazyAttribute(lambda work: f"МДР. {work.subject}, {work.grade} класс")
    window_starts_on = None
    window_ends_on = None


class SittingFactory(factory.django.DjangoModelFactory[Sitting]):
    class Meta:
        model = Sitting

    procedure = factory.SubFactory(PlannedFactory)
    organization = factory.SubFactory(SchoolFactory)
    held_on = factory.LazyAttribute(lambda sitting: sitting.procedure.held_on)


class ParticipationFactory(factory.django.DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    procedure = factory.SubFactory(PlannedFactory)
    organization = factory.SubFactory(SchoolFactory)


class StepFactory(factory.django.DjangoModelFactory[Step]):
    class Meta:
        model = Step

    procedure = factory.SubFactory(PlannedFactory)
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Шаг {n + 1}")
    due_on = factory.LazyFunction(lambda: day(3))
