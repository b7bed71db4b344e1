"""A share that six schools report, ten points apart: the first two are in the poorest quarter, the last in the best."""

from decimal import Decimal

from apps.indicators.models import Aggregate, IndicatorVersion
from apps.organizations.models import Organization
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.organizations import SchoolFactory


def shares(*first: Organization) -> IndicatorVersion:
    """`first` are the poorest, in this order: 20 %, 30 %…; a seventh school reports nothing."""
    others = [SchoolFactory(number=n, name=f"Школа № {n}") for n in range(len(first) + 1, 7)]
    SchoolFactory(number=7, name="Школа № 7")
    version = VersionFactory(
        indicator__number="9", name="Доля прошедших курсы", value_type="percent", polarity="higher",
        aggregation=IndicatorVersion.Aggregation.RATIO, decimals=1,
    )  # fmt: skip
    common = {"version": version, "period": PeriodFactory(code="2025")}
    for place, one in enumerate([*first, *others]):
        value = Decimal(20 + 10 * place)
        Aggregate.objects.create(
            **common, scope="organization", scope_key=str(one.pk), value=value, reported=1, expected=1
        )
    whole = {"lower_quartile": 30, "median": 45, "upper_quartile": 60, "minimum": 20, "maximum": 70}
    Aggregate.objects.create(**common, scope="municipality", value=Decimal(45), reported=6, expected=7, **whole)
    return version
