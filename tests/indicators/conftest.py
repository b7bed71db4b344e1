"""Ground of the indicators' tests: a small pack counted for two years."""

from decimal import Decimal

import pytest

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.indicators.models import Indicator, IndicatorVersion
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from tests.factories.accounts import MembershipFactory
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory


@pytest.fixture
def colleague(authority) -> User:
    """The second specialist."""
    return MembershipFactory(role=Role.SPECIALIST, organization=authority, user__email="second@test.invalid").user


@pytest.fixture
def rows() -> IndicatorVersion:
    """trial.1 pupils, trial.2 passed, trial.3 passed with «4» and «5»; «2%» is the share of passed."""
    for number in ("1", "2", "3"):
        VersionFactory(indicator__number=number)
    share = VersionFactory(
        indicator__number="2%", name="Доля успевающих", unit="%", value_type="percent", decimals=1,
        aggregation="ratio", is_derived=True, formula="100 * [trial.2] / [trial.1]", scale=100, polarity="higher",
    )  # fmt: skip
    for part, number in (("n", "2"), ("d", "1")):
        share.terms.create(part=part, input=Indicator.objects.get(code=f"trial.{number}"), coefficient=1)
    return share


@pytest.fixture
def counted(rows, school, other_school):
    """Two schools over 2024 and 2025: 80 and 40 of 100 passed, 30 and 10 well; a year later 90 and 20, 45 and 5."""
    schools = [school, other_school]
    for year, passed, well in (("2024", (80, 40), (30, 10)), ("2025", (90, 20), (45, 5))):
        period = PeriodFactory(code=year)
        values = [
            NewValue(one.pk, f"trial.{number}", Decimal(value))
            for one, two, three in zip(schools, passed, well, strict=True)
            for number, value in (("1", 100), ("2", two), ("3", three))
        ]
        record_values(period=period, source="collection", values=values, by=None, origin=Origin("t", year))
        compute_aggregates(period=period)
    return schools
