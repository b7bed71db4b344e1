"""The commands besides `run`: tests, checks, measures, management."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from msoko.launcher import servers, system
from msoko.launcher.paths import PYTHON, ROOT, RUN, TEST
from msoko.launcher.portal import stop_signals
from msoko.launcher.process import foreground, step
from msoko.launcher.talk import Stop, say
from msoko.launcher.variables import bare_env, portal_env


def _python(*arguments: str) -> list[str]:
    return [str(PYTHON), *arguments]


def _on_test_servers(command: list[str], **env: str) -> int:
    """Run a command on the tests' own servers, which are fast and forget everything."""
    try:
        with stop_signals(), servers.own(TEST, mode="test", durable=False) as owned:
            return foreground(command, portal_env(TEST, owned.env(), **env))
    except servers.Busy:
        raise Stop("Проверки в этой папке уже идут; дождитесь их окончания.") from None
    except KeyboardInterrupt:
        return 130


def test(arguments: list[str]) -> int:
    """All tests, or those that the arguments name."""
    system.ensure("pdf", "browser")
    # Three on two cores: browsers, workers and the database leave one of them time. In the order of the folders: the
    # longest file, the year in a browser, would else come last and alone.
    spread = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
    return _on_test_servers(_python("-m", "pytest", *spread, *arguments), DEBUG="0")


def bench(arguments: list[str]) -> int:
    """Measures, one JSON line each; ONLY=X1 picks one."""
    only = os.environ.get("ONLY", "")
    return _on_test_servers(_python("-m", "tests.bench", *([only] if only else []), *arguments), DEBUG="0")


def capabilities(arguments: list[str]) -> int:
    """Which rows of docs/capabilities.md the tests prove."""
    system.ensure("browser")
    command = _python("-m", "tests.capabilities", *arguments)
    return _on_test_servers(command, DEBUG="0")


def manage(arguments: list[str]) -> int:
    """A management command on the portal's servers, those that run or its own."""
    if not arguments:
        raise Stop('Укажите команду, например: make manage ARGS="check"')
    return _on_portal_servers(_python("manage.py", *arguments), mode="manage")


def shell(arguments: list[str]) -> int:
    return _on_portal_servers(_python("manage.py", "shell", *arguments), mode="shell")


def _on_portal_servers(command: list[str], *, mode: str) -> int:
    try:
        with stop_signals(), servers.use(RUN, mode=mode) as addresses:
            env = portal_env(RUN, addresses)
            if "migrate" not in command:
                _bring_up(env)
            return foreground(command, env)
    except KeyboardInterrupt:
        return 130


def _bring_up(env: dict[str, str]) -> None:
    """A command on a database that was never prepared would fail on the first table."""
    if not (RUN.folder / "static").exists() and step(_python("-m", "msoko.launcher.prepare"), env) != 0:
        raise Stop("Не удалось подготовить базу данных: причина названа выше.")


def demo_reset(arguments: list[str]) -> int:
    """Throw the demonstration's data away and load it anew."""
    if os.environ.get("DATABASE_URL") and "--yes" not in arguments:
        raise Stop("База указана в DATABASE_URL: все её данные будут удалены. Подтвердите: make demo-reset ARGS=--yes")
    try:
        with stop_signals(), servers.own(RUN, mode="demo-reset") as owned:
            env = portal_env(RUN, owned.env(), DEMO="1")
            say("Удаляю прежние данные…")
            _empty_database(env["DATABASE_URL"])
            for folder in ("media", "mail"):
                shutil.rmtree(RUN.folder / folder, ignore_errors=True)
            code = step(_python("-m", "msoko.launcher.prepare"), env)
            say("Пример загружен заново." if code == 0 else "Не удалось загрузить пример: причина названа выше.")
            return code
    except servers.Busy:
        raise Stop("Портал запущен. Остановите его (Ctrl-C) и повторите make demo-reset.") from None
    except KeyboardInterrupt:
        return 130


def _empty_database(url: str) -> None:
    import psycopg2

    connection = psycopg2.connect(re.sub(r"^postgres:", "postgresql:", url))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")
    connection.close()


CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "templates": ["-m", "djlint", "--lint", "--quiet", "templates"],
    "floors": ["-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"],
    "django": ["manage.py", "check", "--fail-level", "WARNING"],
    "deploy": ["manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "migrations": ["-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", "--check", "--dry-run"],
}


def check(arguments: list[str]) -> int:
    """Everything that can be said of the code without running it; all of it, even when one part fails."""
    wanted = [name for name in CHECKS if not arguments or name in arguments]
    with tempfile.TemporaryDirectory() as folder:
        deployed = {"HTTPS": "1", "DEBUG": "0", "ALLOWED_HOSTS": "portal.invalid"}
        failed = []
        for name in wanted:
            say(f"— {name}")
            env = bare_env(RUN) | {"VAR_DIR": folder} | (deployed if name == "deploy" else {})
            if foreground(_python(*CHECKS[name]), env) != 0:
                failed.append(name)
    if failed:
        say(f"Не прошло: {', '.join(failed)}")
        return 1
    say("Все проверки кода пройдены.")
    return 0


def fix(arguments: list[str]) -> int:
    env = bare_env(RUN)
    codes = [foreground(_python("-m", "ruff", *part), env) for part in (["check", "--fix", "."], ["format", "."])]
    return max(codes)


def clean(arguments: list[str]) -> int:
    """Remove what the tests left."""
    shutil.rmtree(Path(TEST.folder), ignore_errors=True)
    say(f"Удалено: {TEST.folder.relative_to(ROOT) if TEST.folder.is_relative_to(ROOT) else TEST.folder}")
    return 0
