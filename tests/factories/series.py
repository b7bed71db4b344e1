"""Factories of targets, goals and reference series; a share with its figures over years. Nothing random."""

from decimal import Decimal

import factory

from apps.indicators.models import Cause, Goal, ReferencePoint, ReferenceSeries, Target, Term
from apps.indicators.models import Direction as DirectionModel
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory


class DirectionFactory(factory.django.DjangoModelFactory[DirectionModel]):
    class Meta:
        model = DirectionModel
        django_get_or_create = ("code",)

    code = "1.3"
    name = "Система выявления талантов"
    order = 3


class TargetFactory(factory.django.DjangoModelFactory[Target]):
    class Meta:
        model = Target

    period = factory.SubFactory(PeriodFactory, code="2026")
    number = Decimal(60)
    basis = Target.Basis.DECISION
    basis_text = "Решение совещания от 10.01.2026"


class CauseFactory(factory.django.DjangoModelFactory[Cause]):
    class Meta:
        model = Cause

    text = "Открыты новые кружки."


class ReferencePointFactory(factory.django.DjangoModelFactory[ReferencePoint]):
    class Meta:
        model = ReferencePoint

    number = Decimal("47.2")


class ReferenceSeriesFactory(factory.django.DjangoModelFactory[ReferenceSeries]):
    class Meta:
        model = ReferenceSeries

    owner = "region"
    territory = "Пример области"
    source = "Сборник статистики"


class GoalFactory(factory.django.DjangoModelFactory[Goal]):
    class Meta:
        model = Goal

    direction = factory.SubFactory(DirectionFactory)
    level = "municipal"
    title = "Каждому ребёнку — дело по душе"
    rationale = "Охват ниже, чем в регионе."


def share_version(**fields):
    """«2%» of the pack «trial»: the share of «2» in «1», more is better."""
    whole = VersionFactory(indicator__number="1", name="Всего учеников")
    part = VersionFactory(indicator__number="2", name="Занимаются в кружках", polarity="higher")
    version = VersionFactory(
        indicator__number="2%", name="Доля занимающихся", unit="%", value_type="percent", aggregation="ratio",
        decimals=1, is_derived=True, formula="100 * [trial.2] / [trial.1]", scale=100, polarity="higher", **fields,
    )  # fmt: skip
    Term.objects.create(version=version, part="n", input=part.indicator, coefficient=1)
    Term.objects.create(version=version, part="d", input=whole.indicator, coefficient=1)
    return version


def report(year, by, figures):
    """`report("2025", specialist, {school: (100, 50)})`: values of «1» and «2», counted at once."""
    period = PeriodFactory(code=year)
    values = [
        NewValue(organization.pk, f"trial.{number}", Decimal(value))
        for organization, pair in figures.items()
        for number, value in zip((1, 2), pair, strict=True)
    ]
    record_values(period=period, source="collection", values=values, by=by, origin=Origin("tests", year))
    compute_aggregates(period=period)
    return period
