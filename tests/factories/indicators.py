"""Factories of indicators: repeatable, nothing random."""

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from apps.indicators.models import DataSource, Indicator, IndicatorVersion, InformationRequest, Pack, Rule, Value
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory


class PackFactory(factory.django.DjangoModelFactory[Pack]):
    """Filled by every organisation for a calendar year."""

    class Meta:
        model = Pack
        django_get_or_create = ("code",)

    code = "trial"
    title = "Пробный набор показателей"
    short_title = "Пробный набор"
    period_kind = "calendar_year"


class IndicatorFactory(factory.django.DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    pack = factory.LazyFunction(lambda: PackFactory().code)
    number = factory.Sequence(lambda n: f"{n + 1}")
    code = factory.LazyAttribute(lambda indicator: f"{indicator.pack}.{indicator.number}")
    order = factory.Sequence(lambda n: n + 1)


class VersionFactory(factory.django.DjangoModelFactory[IndicatorVersion]):
    """A head count that is summed; `VersionFactory(indicator__number="1.1")`."""

    class Meta:
        model = IndicatorVersion

    indicator = factory.SubFactory(IndicatorFactory)
    name = factory.LazyAttribute(lambda version: f"Показатель {version.indicator.number}")
    unit = "человек"
    value_type = IndicatorVersion.ValueType.INTEGER
    aggregation = IndicatorVersion.Aggregation.SUM
    source_state = IndicatorVersion.Source.UNCONFIRMED


class ValueFactory(factory.django.DjangoModelFactory[Value]):
    class Meta:
        model = Value

    organization = factory.SubFactory(SchoolFactory)
    version = factory.SubFactory(VersionFactory)
    period = factory.SubFactory(PeriodFactory, code="2025")
    source = Value.Source.COLLECTION
    number = Decimal(10)


class RuleFactory(factory.django.DjangoModelFactory[Rule]):
    class Meta:
        model = Rule

    code = factory.Sequence(lambda n: f"trial.rule.{n + 1}")
    pack = "trial"
    severity = Rule.Severity.ERROR
    condition = "[trial.2] <= [trial.1]"
    message = "Часть больше целого."
    indicators = factory.LazyFunction(lambda: ["trial.2", "trial.1"])


class RequestFactory(factory.django.DjangoModelFactory[InformationRequest]):
    class Meta:
        model = InformationRequest
        skip_postgeneration_save = True

    asker = factory.Sequence(lambda n: f"Орган {n + 1}")
    asker_kind = InformationRequest.Asker.REGION
    subject = "Сведения о численности учащихся"
    purpose = "Планирование"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))


class SourceFactory(factory.django.DjangoModelFactory[DataSource]):
    class Meta:
        model = DataSource

    code = factory.Sequence(lambda n: f"source-{n + 1}")
    name = factory.Sequence(lambda n: f"Источник {n + 1}")
