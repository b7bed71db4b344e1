"""What the planner of PostgreSQL knows about our tables after much was written at once."""

from django.apps import apps
from django.db import connection


def refresh_statistics() -> None:
    """Let PostgreSQL count our tables anew, rows of the running transaction included.

    After a bulk load in one transaction the old counts may still say «empty», and a plain join then runs for minutes.
    """
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(table) for table in sorted(tables)))
