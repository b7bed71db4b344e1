"""The embedded servers themselves: passwords asked, Cyrillic known, the dead cleaned up."""

import os
import pwd
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from msoko.launcher import keys, valkey
from msoko.launcher.paths import Var
from msoko.launcher.postgres import Postgres, stop_leftover
from msoko.launcher.process import Known, started_at
from msoko.launcher.talk import Stop


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    postgres = Postgres(Var(tmp_path_factory.mktemp("var")), durable=False)
    child = postgres.start()
    yield postgres
    child.stop()


def ask(postgres: Postgres, query: str) -> object:
    connection = postgres.connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_a_password_is_asked_of_everybody(cluster: Postgres) -> None:
    for role in ("postgres", "portal"):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(host="127.0.0.1", port=cluster.port, user=role, dbname="portal", password="wrong")
    assert ask(cluster, "show password_encryption") == "scram-sha-256"
    rules = (cluster.var.postgres / "pg_hba.conf").read_text().splitlines()
    methods = {rule.split()[-1] for rule in rules if rule.strip() and not rule.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_it_listens_on_the_loopback_and_no_socket_file(cluster: Postgres) -> None:
    assert ask(cluster, "show listen_addresses") == "127.0.0.1"
    connection = cluster.connect("postgres", "postgres")
    with connection.cursor() as cursor:
        cursor.execute("show unix_socket_directories")
        assert cursor.fetchone() == ("",)
    connection.close()
    assert stat.S_IMODE(cluster.var.postgres.stat().st_mode) == 0o700


def test_the_owner_is_no_superuser(cluster: Postgres) -> None:
    assert ask(cluster, "select rolsuper from pg_roles where rolname = current_user") is False
    owner = "select pg_get_userbyid(datdba) from pg_database where datname = current_database()"
    assert ask(cluster, owner) == "portal"


def test_cyrillic_letters_are_letters(cluster: Postgres) -> None:
    """Without `--lc-ctype=C.UTF-8` trigrams of Cyrillic words are empty, and nothing says so."""
    ask(cluster, "create extension if not exists pg_trgm; select 1")
    assert ask(cluster, "select lower('ЁЖИК')") == "ёжик"
    assert float(str(ask(cluster, "select similarity('апельсин', 'апельсины')"))) > 0.7


def test_a_server_left_by_a_killed_launcher_is_stopped_and_its_data_kept(tmp_path: Path) -> None:
    postgres = Postgres(Var(tmp_path), durable=False)
    first = postgres.start()
    ask(postgres, "create table kept (id int); insert into kept values (7); select 1")
    # The state file is lost too; only PostgreSQL's own pid file names the server.
    second = Postgres(Var(tmp_path), durable=False)
    child = second.start()
    assert first.process.wait(5) is not None
    assert ask(second, "select id from kept") == 7
    child.stop()


def test_a_pid_file_with_the_number_of_a_stranger_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        pid_file = tmp_path / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{tmp_path}\n")
        stop_leftover(tmp_path)
        assert not pid_file.exists()
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_dies_with_its_launcher(tmp_path: Path) -> None:
    """`kill -9` of the launcher: the kernel tells its children."""
    if not sys.platform.startswith("linux"):
        pytest.skip("сигнал о смерти родителя есть только в Linux")
    script = (
        "import sys, time; from pathlib import Path; from msoko.launcher.paths import Var; "
        "from msoko.launcher.postgres import Postgres; from msoko.launcher.valkey import Valkey; "
        "var = Var(Path(sys.argv[1])); a = Postgres(var, durable=False).start(); b = Valkey(var).start(); "
        "print(a.process.pid, b.process.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout is not None
        pids = [int(pid) for pid in launcher.stdout.readline().split()]
        servers = [Known("server", pid, started_at(pid)) for pid in pids]
        assert [server.is_alive for server in servers] == [True, True]
        launcher.kill()
    assert [server._gone_within(10) for server in servers] == [True, True]


def test_valkey_asks_for_its_password_and_never_forgets(tmp_path: Path) -> None:
    var = Var(tmp_path)
    server = valkey.Valkey(var)
    child = server.start()
    try:
        assert valkey.answers(server.port, keys.secret(var, "valkey"))
        assert not valkey.answers(server.port, "wrong")
        assert stat.S_IMODE((var.valkey / "valkey.conf").stat().st_mode) == 0o600
        import redis

        client = redis.Redis.from_url(server.url)
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        client.close()
    finally:
        child.stop()
    assert child.exit_code is not None


@pytest.mark.skipif(os.geteuid() != 0, reason="второй способ нужен только пользователю root")
def test_root_without_user_namespaces_gives_the_data_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAUNCHER_IDENTITY", "nobody")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nobody must be able to come in
        postgres = Postgres(Var(Path(folder)), durable=False)
        try:
            child = postgres.start()
        except Stop:
            pytest.skip("nobody не может запустить сервер из этой папки")
        assert ask(postgres, "select 1") == 1
        assert pwd.getpwuid(postgres.var.postgres.stat().st_uid).pw_name == "nobody"
        assert not list(postgres.var.postgres.glob("password*"))
        child.stop()


def test_gentle_signal_of_postgres_is_the_fast_one(cluster: Postgres) -> None:
    """A client that stays connected must not hold the stop up."""
    other = Postgres(Var(cluster.var.folder / "other"), durable=False)
    child = other.start()
    connection = other.connect()
    assert child.known.gentle == signal.SIGINT
    child.stop()
    assert child.exit_code == 0
    connection.close()
