"""Factories of people: repeatable, nothing random, invented names."""

import factory

from apps.accounts.models import Invitation, Membership, User
from apps.accounts.roles import Role
from tests.factories.organizations import AuthorityFactory, SchoolFactory

PASSWORD = "проверочный-пароль-123"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person without a role; `MembershipFactory` gives one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n + 1}@test.invalid")
    last_name = factory.Sequence(lambda n: f"Проверкина-{n + 1}")
    first_name = "Анна"
    patronymic = "Ивановна"
    password = factory.django.Password(PASSWORD)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(SchoolFactory)
    role = Role.COORDINATOR


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n + 1}@test.invalid")
    organization = factory.SubFactory(SchoolFactory)
    role = Role.COORDINATOR
    invited_by = factory.LazyFunction(
        lambda: MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user
    )
