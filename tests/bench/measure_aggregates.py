"""I1, I3: recounting the aggregates of a period."""

from django.db import connection, transaction
from django.db.models import Count, Sum
from django.db.models.functions import Round
from django.test.utils import CaptureQueriesContext

from apps.indicators.models import Aggregate, IndicatorVersion
from apps.indicators.services import compute_aggregates
from tests.bench import indicators_data
from tests.bench.registry import measure, ratio

ORGANIZATIONS = 550


@measure(
    "I1",
    goal=2,
    how=(
        "full recount of 200 indicators × 550 organisations and 24 scopes, compared with what is stored, ÷ one "
        "hand-written SELECT … GROUP BY GROUPING SETS over the same rows into a temporary table; medians of 5"
    ),
)
def recount_against_sql_by_hand() -> float:
    period = indicators_data.make(ORGANIZATIONS)
    compute_aggregates(period=period)
    found: list[tuple[object, ...]] = []

    def by_hand() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'")
            cursor.execute(indicators_data.BY_HAND, {"period": period.pk})
            cursor.execute("SELECT count(*), round(sum(value), 4), sum(reported) FROM by_hand")
            found.append(cursor.fetchone())
            cursor.execute("DROP TABLE by_hand")

    taken = ratio(lambda: compute_aggregates(period=period), by_hand)
    figures = Aggregate.objects.filter(value__isnull=False)
    ours = figures.aggregate(rows=Count("pk"), value=Round(Sum("value"), precision=4), reported=Sum("reported"))
    assert tuple(ours.values()) == found[0], "the two ways do not count the same"
    return taken


@measure(
    "I3",
    goal=1,
    how="SQL statements of a recount at 100 organisations × 200 indicators ÷ those at 5 × 20",
)
def statements_of_a_recount() -> float:
    def statements(organizations: int, indicators: int) -> int:
        with transaction.atomic():
            period = indicators_data.make(organizations, indicators)
            compute_aggregates(period=period)
            with CaptureQueriesContext(connection) as queries:
                compute_aggregates(period=period)
            assert Aggregate.objects.count() > organizations * indicators // 2
            assert IndicatorVersion.objects.count() == indicators
            transaction.set_rollback(True)
        return len(queries)

    return statements(100, 200) / statements(5, 20)
