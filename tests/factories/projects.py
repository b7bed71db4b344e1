"""Factories of projects: repeatable, invented."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.accounts.roles import Role
from apps.roadmaps.projects.models import Member, Product, Project
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory, SchoolFactory


def _specialist():
    return MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user


class ProjectFactory(factory.django.DjangoModelFactory[Project]):
    """A platform that takes applications."""

    class Meta:
        model = Project

    kind = Project.Kind.PLATFORM
    state = Project.State.OPEN
    title = factory.Sequence(lambda n: f"Площадка {n + 1}")
    head = "Образцова Мария Петровна, методист"
    aim = "Построить систему оценки качества."
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=300))
    author = factory.LazyFunction(_specialist)
    curator = factory.SelfAttribute("author")


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    """An accepted organisation."""

    class Meta:
        model = Member

    project = factory.SubFactory(ProjectFactory)
    organization = factory.SubFactory(SchoolFactory)
    state = Member.State.ACCEPTED
    motive = "Есть опыт внутренней оценки."
    contact = "Примерова О. И., заместитель директора"
    applied_by = factory.SelfAttribute("project.author")
    decided_by = factory.SelfAttribute("project.author")
    decided_at = factory.LazyFunction(timezone.now)


class ProductFactory(factory.django.DjangoModelFactory[Product]):
    class Meta:
        model = Product

    member = factory.SubFactory(MemberFactory)
    kind = Product.Kind.MODEL
    title = "Модель управления качеством"
    text = "Совет по качеству, рабочие группы по уровням."
    created_by = factory.SelfAttribute("member.applied_by")
