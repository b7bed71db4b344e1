"""Factories of the register of organisations: repeatable, nothing random, invented names."""

import factory

from apps.organizations.models import ExternalId, Group, Kind, Organization, Programme, Site


class SchoolFactory(factory.django.DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    code = factory.LazyAttribute(lambda school: f"school-{school.number:02d}")
    kind = Kind.SCHOOL
    number = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda school: f"Школа № {school.number}")
    full_name = factory.LazyAttribute(
        lambda school: f"Муниципальное общеобразовательное учреждение «Школа № {school.number}»"
    )
    programmes = factory.LazyFunction(lambda: [Programme.PRIMARY, Programme.BASIC, Programme.SECONDARY])


class KindergartenFactory(factory.django.DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    code = factory.LazyAttribute(lambda organization: f"kindergarten-{organization.number:02d}")
    kind = Kind.KINDERGARTEN
    number = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda organization: f"Детский сад № {organization.number}")
    programmes = factory.LazyFunction(lambda: [Programme.PRESCHOOL])


class AdditionalFactory(factory.django.DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    code = factory.Sequence(lambda n: f"additional-{n + 1:02d}")
    kind = Kind.ADDITIONAL
    name = factory.Sequence(lambda n: f"Дом творчества {n + 1}")
    programmes = factory.LazyFunction(lambda: [Programme.ADDITIONAL])


class AuthorityFactory(factory.django.DjangoModelFactory[Organization]):
    """The authority itself; there is one."""

    class Meta:
        model = Organization
        django_get_or_create = ("code",)

    code = "authority"
    kind = Kind.AUTHORITY
    name = "Управление образования"


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    class Meta:
        model = Site

    organization = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Корпус {n + 1}")


class ExternalIdFactory(factory.django.DjangoModelFactory[ExternalId]):
    class Meta:
        model = ExternalId

    organization = factory.SubFactory(SchoolFactory)
    system = ExternalId.System.FIS_OKO
    prefix = "sch"
    value = factory.Sequence(lambda n: f"99{n + 1:04d}")


class GroupFactory(factory.django.DjangoModelFactory[Group]):
    class Meta:
        model = Group

    code = factory.Sequence(lambda n: f"group-{n + 1}")
    name = factory.Sequence(lambda n: f"Группа {n + 1}")
