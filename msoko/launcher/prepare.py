"""Bring the database and the static files to the state of the code; run in a process of its own by the launcher.

One process for all steps, each skipped when there is nothing to do: a second start takes seconds.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

from msoko.launcher.talk import say


def main() -> int:
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:  # two starts on one database wait for each other
        cursor.execute("select pg_advisory_lock(20260707)")
    migrate()
    collect_static()
    load_reference_data()
    load_demonstration()
    return 0


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Обновляю структуру базы данных…")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def static_fingerprint() -> str:
    """Names, sizes and times of all static files there are to collect."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = os.stat(storage.path(name))
            digest.update(f"{name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    from django.conf import settings
    from django.core.management import call_command

    now, kept = static_fingerprint(), Path(settings.STATIC_ROOT) / ".fingerprint"
    if kept.is_file() and kept.read_text() == now:
        return
    say("Собираю оформление страниц…")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    kept.write_text(now)


def load_reference_data() -> None:
    """The packs of indicators that the project ships and the forms made of them; again it changes nothing."""
    from django.core.management import call_command

    for command in ("load_packs", "load_forms", "load_questionnaires", "load_acts"):
        call_command(command, stdout=io.StringIO())


def load_demonstration() -> None:
    """On the first start of a demonstration: while there is no organisation yet."""
    from django.conf import settings
    from django.core.management import call_command

    from apps.organizations.models import Organization

    if settings.DEMO and not Organization.objects.exists():
        say("Загружаю пример: вымышленный муниципальный округ…")
        call_command("load_demo", stdout=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
