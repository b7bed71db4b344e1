"""Factories of people of procedures, places and assignments: repeatable, invented."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.procedures.people.models import Accreditation, Assignment, Association, Person, Venue
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory


def day(days: int = 0):
    return timezone.localdate() + timedelta(days=days)


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """An observer from outside; `accredited=None` leaves them without, a number is days from today to its end."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    last_name = factory.Sequence(lambda n: f"Наблюдателева-{n + 1}")
    first_name = "Вера"
    patronymic = "Ильинична"
    capacities = factory.LazyFunction(lambda: ["observer"])
    email = factory.Sequence(lambda n: f"person{n + 1}@people.test.invalid")
    consent_on = factory.LazyFunction(lambda: day(-100))

    @factory.post_generation
    def accredited(self, create: bool, until: int | None, **kwargs: object) -> None:
        if create and "observer" in self.capacities and until != 0:
            Accreditation.objects.create(
                person=self, issuer="Региональный центр", number=f"ОН-{self.pk}",
                valid_from=day(-200), valid_to=day(until or 100),
            )  # fmt: skip


class VenueFactory(factory.django.DjangoModelFactory[Venue]):
    class Meta:
        model = Venue

    procedure = factory.SubFactory(ProcedureFactory)
    organization = factory.SubFactory(SchoolFactory)
    on = factory.LazyFunction(day)


class AssignmentFactory(factory.django.DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    venue = factory.SubFactory(VenueFactory)
    person = factory.SubFactory(PersonFactory)
    on = factory.LazyAttribute(lambda row: row.venue.on)
    capacity = "observer"


class AssociationFactory(factory.django.DjangoModelFactory[Association]):
    class Meta:
        model = Association
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Объединение {n + 1}")

    @factory.post_generation
    def subjects(self, create: bool, chosen: list[object] | None, **kwargs: object) -> None:
        if create and chosen:
            self.subjects.set(chosen)
