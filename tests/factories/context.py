"""A dozen schools with social passports and one work whose results follow the context. Nothing random."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.models import Period
from apps.indicators.models import IndicatorVersion, Term
from apps.indicators.services import NewValue, Origin, compute_aggregates, record_values
from apps.organizations.models import Organization
from apps.procedures.models import Procedure
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

PUPILS = 200


def passport_versions() -> dict[str, IndicatorVersion]:
    """Pupils, two parts of them and their shares, as the pack `social` has them."""
    PackFactory(
        code="social", title="Социальный паспорт", short_title="Социальный паспорт", period_kind="school_year",
        kinds=["school"], act="Концепция",
    )  # fmt: skip
    names = {"1.1": "Численность обучающихся", "1.2": "Оба родителя с высшим", "1.5": "Малообеспеченные"}
    found = {n: VersionFactory(indicator__pack="social", indicator__number=n, name=name) for n, name in names.items()}
    for n, name in (("1.2", "Доля с высшим образованием родителей"), ("1.5", "Доля малообеспеченных")):
        share = VersionFactory(
            indicator__pack="social", indicator__number=f"{n}%", name=name, unit="%", value_type="percent",
            aggregation="ratio", decimals=1, is_derived=True, formula=f"100 * [social.{n}] / [social.1.1]", scale=100,
        )  # fmt: skip
        Term.objects.create(version=share, part="n", input=found[n].indicator, coefficient=1)
        Term.objects.create(version=share, part="d", input=found["1.1"].indicator, coefficient=1)
        found[f"{n}%"] = share
    return found


def hand_in(period: Period, by: Any, passports: dict[Organization, tuple[int, int, int]]) -> None:
    """Passports of schools: pupils, of them with educated parents, of them poor; counted at once."""
    values = [
        NewValue(school.pk, f"social.{row}", Decimal(number))
        for school, numbers in passports.items()
        for row, number in zip(("1.1", "1.2", "1.5"), numbers, strict=True)
    ]
    record_values(period=period, source="collection", values=values, by=by, origin=Origin("tests", period.code))
    compute_aggregates(period=period)


@dataclass
class Scene:
    schools: list[Organization]
    period: Period
    work: Procedure
    lacking: Organization


def scene(first: Organization, by: Any) -> Scene:
    """`first` and eleven others; the last has no passport. More poor pupils go with more marks «2» and fewer «5»."""
    schools = [first, *(SchoolFactory(number=n, locality="rural" if n > 8 else "urban") for n in range(2, 13))]
    period = PeriodFactory()
    passport_versions()
    hand_in(period, by, {one: (PUPILS, 100 - 7 * n, 10 + 6 * n) for n, one in enumerate(schools[:-1])})
    work = ProcedureFactory(period=period)
    for n, one in enumerate(schools):
        wobble = n % 3
        marks = [2 + n, 20 - wobble, 18 + wobble, 20 - n]
        ResultAggregateFactory(procedure=work, school__organization=one, marks=marks)
    return Scene(schools, period, work, schools[-1])


def index_of_two(by: Any) -> Any:
    from apps.analysis.context.services import NewIndex, NewPart, make_index

    parts = [NewPart("social.1.2%", Decimal(2), False), NewPart("social.1.5%", Decimal(1), True)]
    return make_index(new=NewIndex(parts, "unconfirmed", "Литература об ИСБШ", "Образование родителей важнее"), by=by)
