"""The form of a measure, on something that is always there: reading the register of organisations."""

from django.db import connection

from apps.organizations.models import Organization
from tests.bench.registry import measure, ratio
from tests.factories.organizations import SchoolFactory


@measure(
    "E1",
    goal=8,
    how="500 organisations by the ORM ÷ the same rows by one hand-written SELECT; medians of 5, interleaved",
)
def reading_the_register() -> float:
    SchoolFactory.create_batch(500)

    def by_orm() -> list[Organization]:
        return list(Organization.objects.all())

    def by_sql() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("select * from organizations_organization order by kind desc, number, name_key")
            return list(cursor.fetchall())

    return ratio(by_orm, by_sql)
