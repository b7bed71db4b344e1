"""Factories of roadmaps: repeatable, invented. Days are counted from today."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.roadmaps.plans.models import Measure, Roadmap
from tests.factories.roadmaps import RecommendationFactory


def day(days: int):
    return timezone.localdate() + timedelta(days=days)


class RoadmapFactory(factory.django.DjangoModelFactory[Roadmap]):
    """In force without approval, from a hundred days ago for 400 days; a programme of support unless said otherwise."""

    class Meta:
        model = Roadmap

    kind = "support"
    title = factory.Sequence(lambda n: f"Дорожная карта {n + 1}")
    starts_on = factory.LazyFunction(lambda: day(-100))
    ends_on = factory.LazyFunction(lambda: day(300))
    state = "in_force"
    author = RecommendationFactory.author


class MeasureFactory(factory.django.DjangoModelFactory[Measure]):
    class Meta:
        model = Measure

    roadmap = factory.SubFactory(RoadmapFactory)
    direction = factory.SelfAttribute("roadmap.direction")
    title = factory.Sequence(lambda n: f"Мероприятие {n + 1}")
    responsible = "отдел оценки качества"
    starts_on = factory.LazyFunction(lambda: day(-10))
    due_on = factory.LazyFunction(lambda: day(20))
    author = factory.SelfAttribute("roadmap.author")
