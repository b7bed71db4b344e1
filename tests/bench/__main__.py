"""`python -m tests.bench [NAME]`: each measure in a database of its own making, one JSON line each on stdout."""

import json
import logging
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # making people is not what is measured


def discover() -> None:
    for module in sorted(Path(__file__).parent.glob("measure_*.py")):
        import_module(f"tests.bench.{module.stem}")


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msoko.settings")
    import django

    django.setup()
    discover()
    from tests.bench.registry import MEASURES

    unknown = [name for name in arguments if name not in MEASURES]
    if unknown:
        sys.stderr.write(f"Нет такой меры: {', '.join(unknown)}. Есть: {', '.join(MEASURES)}\n")
        return 1
    logging.disable(logging.WARNING)
    failed = 0
    with tempfile.TemporaryDirectory() as media:
        for name in arguments or MEASURES:
            failed += not report(name, media)
    return 1 if failed else 0


def report(name: str, media: str) -> bool:
    """Take one measure and print its line; a measure that does not hold is said, not raised."""
    from django.test.utils import get_runner, override_settings, setup_test_environment, teardown_test_environment

    from msoko.celery import app
    from tests.bench.registry import MEASURES

    taken = MEASURES[name]
    app.conf.broker_url = "memory://"
    setup_test_environment(debug=False)
    runner = get_runner(None, "django.test.runner.DiscoverRunner")(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": media}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    try:
        with override_settings(STORAGES=storages, MEDIA_ROOT=media, PASSWORD_HASHERS=QUICK):
            value = taken.take()
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()
    holds = taken.holds(value)
    line = {"name": name, "value": round(value, 3), "goal": taken.goal, "holds": holds, "how": taken.how}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return holds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
