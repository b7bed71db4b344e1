"""Factories of recommendations: repeatable, invented."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.accounts.roles import Role
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from tests.factories.accounts import MembershipFactory
from tests.factories.core import PeriodFactory
from tests.factories.organizations import AuthorityFactory, SchoolFactory


class RecommendationFactory(factory.django.DjangoModelFactory[Recommendation]):
    class Meta:
        model = Recommendation

    period = factory.SubFactory(PeriodFactory)
    title = factory.Sequence(lambda n: f"Рекомендация {n + 1}")
    text = "Проанализируйте выполнение заданий."
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    author = factory.LazyFunction(lambda: MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user)


class AddresseeFactory(factory.django.DjangoModelFactory[RecommendationAddressee]):
    class Meta:
        model = RecommendationAddressee

    recommendation = factory.SubFactory(RecommendationFactory)
    organization = factory.SubFactory(SchoolFactory)
