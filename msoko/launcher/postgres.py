"""The embedded PostgreSQL: made once in `var/postgres`, reached by password on a port of the loopback only.

Two roles: the superuser `postgres`, whose password only the launcher uses, and `portal`, the owner of the
database. The locale is the same on every machine: C order, and letters as in C.UTF-8 (without `--lc-ctype`
pg_trgm would silently ignore Cyrillic).
"""

import os
import shutil
import signal
import time
from pathlib import Path
from typing import Any

from msoko.launcher import identity, keys, wheels
from msoko.launcher.paths import Var
from msoko.launcher.ports import free_port
from msoko.launcher.process import Child, Known, started_at
from msoko.launcher.talk import Stop, failed, say

DATABASE = ROLE = "portal"
LOCALE = ["--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SERVER = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "max_wal_size": "2GB",
}
# A test cluster lives for one run: nothing of it needs to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
START_SECONDS = 120  # after a crash the server first replays its journal


def _env() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


class Postgres:
    """One cluster of a working folder."""

    def __init__(self, var: Var, *, durable: bool) -> None:
        self.var = var
        self.durable = durable
        self.log = var.log("postgres")
        self.port = 0

    def start(self) -> Child:
        """Start the server, making the cluster on first use. Raises Stop with the log's tail."""
        program = wheels.postgres("postgres")
        self.var.folder.mkdir(parents=True, exist_ok=True)
        self.who = self._identity(program)
        if not (self.var.postgres / "PG_VERSION").exists():
            self._initialise()
        self._require_version(program)
        stop_leftover(self.var.postgres)
        self.port = free_port()
        options = SERVER if self.durable else SERVER | FAST
        command = [str(program), "-D", str(self.var.postgres), "-p", str(self.port)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        child = Child(
            "postgres",
            command,
            log=self.log,
            env=_env(),
            gentle=signal.SIGINT,  # «fast»: does not wait for clients
            before=self.who.before,
            user=self.who.user,
            cwd=Path("/"),
        )
        try:
            self._prepare(child)
        except BaseException:
            child.stop()
            raise
        return child

    def _identity(self, program: Path) -> identity.Identity:
        folder = self.var.postgres
        folder.mkdir(mode=0o700, exist_ok=True)
        return identity.choose(program, folder)

    def _initialise(self) -> None:
        """Make the cluster inside `var/postgres`; one that was interrupted is thrown away first."""
        say("Создаю базу данных…")
        folder, new = self.var.postgres, self.var.postgres / "new"
        for leftover in folder.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        password = folder / "password"
        keys.write_private(password, keys.secret(self.var, "postgres_superuser"))
        new.mkdir(mode=0o700)
        self.who.own(password, new)
        command = [str(wheels.postgres("initdb")), "-D", str(new), "-U", "postgres", "-E", "UTF8", *LOCALE]
        command += ["-A", "scram-sha-256", f"--pwfile={password}"]
        command += [] if self.durable else ["--no-sync"]
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            done = self.who.run(command, stdout=output, stderr=output, cwd="/", env=_env())
        password.unlink()
        if done.returncode != 0:
            shutil.rmtree(new, ignore_errors=True)
            raise failed("Не удалось создать базу данных.", self.log)
        for item in new.iterdir():  # PG_VERSION last: its presence says that the cluster is whole
            if item.name != "PG_VERSION":
                item.rename(folder / item.name)
        (new / "PG_VERSION").rename(folder / "PG_VERSION")
        new.rmdir()

    def _require_version(self, program: Path) -> None:
        kept = (self.var.postgres / "PG_VERSION").read_text().strip()
        shown = self.who.run([str(program), "--version"], capture_output=True, cwd="/").stdout
        installed = shown.rsplit(" ", 1)[-1].split(".")[0].strip()
        if kept != installed:
            raise Stop(
                f"База в {self.var.postgres} создана PostgreSQL {kept}, а установлен {installed}. "
                "Сохраните данные прежней версией (pg_dump) или удалите эту папку, если данные не нужны."
            )

    def connect(self, role: str = ROLE, database: str = DATABASE) -> Any:
        import psycopg2

        password = keys.secret(self.var, "postgres_superuser" if role == "postgres" else "postgres_portal")
        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user=role, password=password, dbname=database, connect_timeout=5
        )
        connection.autocommit = True
        return connection

    def _prepare(self, child: Child) -> None:
        """Wait until the server answers, then see to the role and the database."""
        connection = self._wait(child)
        try:
            with connection.cursor() as cursor:
                self._role_and_database(cursor)
        finally:
            connection.close()

    def _wait(self, child: Child) -> Any:
        import psycopg2

        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return self.connect("postgres", "postgres")
            except psycopg2.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise Stop(
                        f"Пароли в {self.var.secrets} не подходят к базе в {self.var.postgres}. "
                        "Верните прежнюю папку secrets или удалите обе, если данные не нужны."
                    ) from None
                if child.exit_code is not None or time.monotonic() > end:
                    raise failed("PostgreSQL не запустился.", self.log) from None
                time.sleep(0.05)

    def _role_and_database(self, cursor: Any) -> None:
        from psycopg2 import sql

        password = keys.secret(self.var, "postgres_portal")
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        cursor.execute("select 1 from pg_roles where rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("create role {} login").format(role))
        # Tests and measures make databases of their own.
        may = sql.SQL("nocreatedb" if self.durable else "createdb")
        cursor.execute(sql.SQL("alter role {} {} password %s").format(role, may), [password])
        cursor.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("create database {} owner {}").format(database, role))

    @property
    def url(self) -> str:
        return database_url(self.var, self.port)


def database_url(var: Var, port: int) -> str:
    return f"postgres://{ROLE}:{keys.secret(var, 'postgres_portal')}@127.0.0.1:{port}/{DATABASE}"


def stop_leftover(data: Path) -> None:
    """Stop a server of this folder whose launcher is gone; remove a pid file that names nobody of ours."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        pid = 0
    if pid and _serves(pid, data):
        Known("postgres", pid, started_at(pid), signal.SIGINT).stop(30)
    pid_file.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL server of this very folder."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return bool(started_at(pid)) and not Path("/proc").is_dir()
    return str(data).encode() in command
