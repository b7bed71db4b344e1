"""A year of six schools of which the first has every countable sign, and lists over it. Nothing random."""

from decimal import Decimal

from apps.analysis.models import SignList
from apps.analysis.signs import services
from apps.indicators.models import Aggregate
from apps.organizations.models import Group, Organization
from tests.factories.core import PeriodFactory
from tests.factories.indicators import IndicatorFactory, VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ParticipatingSchoolFactory, ProcedureFactory, ResultAggregateFactory, SubjectFactory

QUIET = [1, 9, 8, 2]
MATHS = {"2023/24": [1, 5, 10, 4], "2024/25": [2, 8, 8, 2], "2025/26": [6, 8, 4, 2]}  # of the first school
RUSSIAN = [7, 9, 4, 0]


def figure(code: str, scope: str, key: str, low: int, whole: int, *, reported: int = 1, scale: int = 100) -> Aggregate:
    """A stored figure of the calendar year 2025: `low` of `whole`."""
    indicator = IndicatorFactory(code=code, pack="so_oo", number=code.removeprefix("so_oo."))
    version = indicator.versions.first() or VersionFactory(indicator=indicator)
    return Aggregate.objects.create(
        version=version,
        period=PeriodFactory(code="2025"),
        scope=scope,
        scope_key=key,
        numerator=low,
        denominator=whole,
        value=Decimal(scale * low) / whole,
        reported=reported,
        expected=reported,
    )


def scene(first: Organization, *, others: int = 5) -> list[Organization]:
    """`first` has low exams, falling and failing results, few contests; the others are quiet."""
    schools = [first, *(SchoolFactory(number=10 + n, code=f"school-{10 + n}") for n in range(others))]
    logins = [ParticipatingSchoolFactory(organization=school) for school in schools]
    for code, marks in MATHS.items():
        work = ProcedureFactory(period=PeriodFactory(code=code))
        for login in logins:
            own = marks if login.organization == first else QUIET
            ResultAggregateFactory(procedure=work, school=login, marks=own)
    russian = ProcedureFactory(period=PeriodFactory(code="2025/26"), subject=SubjectFactory(name="Русский язык"))
    ResultAggregateFactory(procedure=russian, school=logins[0], marks=RUSSIAN)
    for school in schools:
        key, is_first = str(school.pk), school == first
        figure("so_oo.1.10%", "organization", key, 6 if is_first else 0, 20)
        figure("so_oo.1.6", "organization", key, 60 if is_first else 80, 20, scale=1)
        figure("so_oo.1.18%", "organization", key, 10 if is_first else 60, 100)
    figure("so_oo.1.6", "municipality", "", 80 * others + 60, 20 * (others + 1), reported=others + 1, scale=1)
    cluster = Group.objects.create(kind=Group.Kind.CLUSTER, code="alike", name="Похожие школы")
    cluster.organizations.set(schools)
    figure("so_oo.1.18%", "group", str(cluster.pk), 60 * others + 10, 100 * (others + 1), reported=others + 1)
    return schools


def counted_list(by, period) -> SignList:
    """The list of the year, counted here and now."""
    sign_list = services.begin_list(period=period, by=by)
    services.count_list(sign_list=sign_list)
    SignList.objects.filter(pk=sign_list.pk).update(job=None)  # done here, not by a worker
    return SignList.objects.get(pk=sign_list.pk)
