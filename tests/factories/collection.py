"""Factories of the collection of data: a small form with a row of each type; repeatable, nothing random."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.collection.models import Campaign, Form, FormField, FormRule, Submission
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.organizations import SchoolFactory


class FormFactory(factory.django.DjangoModelFactory[Form]):
    """An empty form for schools; `trial_form()` gives one with rows."""

    class Meta:
        model = Form

    code = "trial"
    title = "Пробная форма"
    short_title = "Пробная форма"
    pack = "trial"
    programmes = factory.LazyFunction(lambda: ["primary", "basic", "secondary"])
    legal_basis = "Приказ управления образования № 1"


class FieldFactory(factory.django.DjangoModelFactory[FormField]):
    class Meta:
        model = FormField

    form = factory.SubFactory(FormFactory)
    version = factory.SubFactory(VersionFactory)
    section = "1. Обучающиеся"
    order = factory.Sequence(lambda n: n + 1)


class CampaignFactory(factory.django.DjangoModelFactory[Campaign]):
    """Opened ten days ago, due in three days, closing in ten."""

    class Meta:
        model = Campaign

    title = "Пробная кампания"
    period = factory.SubFactory(PeriodFactory, code="2025")
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    contacts = "Проверкина А. И., тел. 1-23"


class SubmissionFactory(factory.django.DjangoModelFactory[Submission]):
    class Meta:
        model = Submission

    campaign = factory.SubFactory(CampaignFactory)
    organization = factory.SubFactory(SchoolFactory)
    form = factory.SubFactory(FormFactory)
    period = factory.SelfAttribute("campaign.period")


ROWS = (
    ("1", {"name": "Общая численность учащихся"}),
    ("2", {"name": "Численность отличников"}),
    (
        "2%",
        {
            "name": "Доля отличников", "unit": "%", "value_type": "percent", "decimals": 1, "is_derived": True,
            "formula": "100 * [trial.2] / [trial.1]", "aggregation": "ratio",
        },
    ),
    ("3", {"name": "Средний балл", "unit": "балл", "value_type": "decimal", "decimals": 1, "aggregation": "mean"}),
    ("4", {"name": "Есть читальный зал", "unit": "да/нет", "value_type": "bool", "aggregation": "share_yes"}),
    ("5", {"name": "Число компьютеров", "unit": "единиц", "is_auxiliary": True}),
)  # fmt: skip


def trial_form() -> Form:
    """Two head counts with a share, a mean, a yes or no, and an optional auxiliary row; part <= whole."""
    form = FormFactory()
    for order, (number, passport) in enumerate(ROWS, start=1):
        version = VersionFactory(indicator__number=number, indicator__order=order, **passport)
        required = not (passport.get("is_derived") or passport.get("is_auxiliary"))
        FieldFactory(form=form, version=version, order=order, is_required=required)
    FormRule.objects.create(
        form=form, order=1, rule="[trial.2] <= [trial.1]", severity="error",
        message="Отличников больше, чем учащихся", place="trial.2",
    )  # fmt: skip
    return form
