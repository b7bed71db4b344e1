"""The launcher's parts: arguments, secrets, ports, locks, processes."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from msoko.launcher import cli, environment, keys, ports, process, servers, system, variables
from msoko.launcher.paths import Var
from msoko.launcher.talk import Stop


@pytest.fixture
def var(tmp_path: Path) -> Var:
    return Var(tmp_path / "рабочая папка")


# --- arguments


def test_arguments_keep_spaces_quotes_and_cyrillic(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Проведение работы по математике, 4 класс. ВПР 2021.xlsx"
    monkeypatch.setenv("ARGS", f'import_results "../shared/{name}" --json')
    assert cli._arguments() == ["import_results", f"../shared/{name}", "--json"]
    monkeypatch.setenv("ARGS", 'shell -c "1')
    with pytest.raises(Stop, match="кавычка"):
        cli._arguments()


@pytest.mark.parametrize("value", ["$HOME", "$(touch /tmp/no)", "a;b", "`id`", "#x", "'одинарные' \"двойные\"", "%"])
def test_make_hands_arguments_over_untouched(value: str, tmp_path: Path) -> None:
    """Through the real Makefile, with a stand-in for Python that writes down what it got."""
    program = tmp_path / "python"
    program.write_text('#!/bin/sh\nprintf %s "$ARGS" > "$OUT"\n')
    program.chmod(0o755)
    out = tmp_path / "out"
    root = Path(__file__).resolve().parents[2]
    command = ["make", "manage", f"ARGS={value}", f"PYTHON={program}"]
    subprocess.run(command, cwd=root, env={**os.environ, "OUT": str(out)}, check=True)
    assert out.read_text() == value


def test_an_unknown_command_lists_the_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["nosuch"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "make run" in said.err


def test_every_command_of_the_list_exists_and_is_in_the_makefile() -> None:
    makefile = (Path(__file__).resolve().parents[2] / "Makefile").read_text()
    listed = next(line for line in makefile.splitlines() if line.startswith("COMMANDS")).split()
    for name, entry in cli.ENTRIES.items():
        assert callable(cli._resolve(entry))
        assert name in listed


# --- the old Python


def test_an_old_python_is_told_what_to_do(tmp_path: Path) -> None:
    script = "import sys; sys.version_info = (3, 9, 2); import runpy; runpy.run_module('msoko.launcher.__main__')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Нужен Python 3.11" in done.stderr
    assert "3.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_venv_module_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    with pytest.raises(Stop, match=r"apt-get install python3\.\d+-venv"):
        environment._create()


def test_changed_pins_mean_another_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("a==1\n")
    before = environment.fingerprint("run")
    (tmp_path / "requirements.txt").write_text("a==2\n")
    assert environment.fingerprint("run") != before


# --- secrets and variables


def test_secrets_are_made_once_and_for_the_owner_only(var: Var) -> None:
    first = keys.secret(var, "valkey")
    assert len(first) > 40
    assert keys.secret(var, "valkey") == first
    assert keys.secret(var, "other") != first
    assert var.secrets.stat().st_mode & 0o777 == 0o700
    assert (var.secrets / "valkey").stat().st_mode & 0o777 == 0o600


def test_a_secret_cut_short_by_a_kill_is_made_again(var: Var) -> None:
    keys.secret(var, "valkey")
    (var.secrets / "valkey").write_text("")
    assert len(keys.secret(var, "valkey")) > 40


def test_private_files_stay_private(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.write_text("old")
    path.chmod(0o644)
    keys.write_private(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)


def test_dotenv(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('# comment\nA=1\nexport B="два слова"\nC=\nD=a=b#c\nno line\n')
    assert variables.read_dotenv(file) == {"A": "1", "B": "два слова", "C": "", "D": "a=b#c"}
    assert variables.read_dotenv(tmp_path / "absent") == {}


def test_the_sample_names_every_variable_of_the_settings() -> None:
    root = Path(__file__).resolve().parents[2]
    import re

    asked = set(re.findall(r'env\.[a-z]+\(\s*"([A-Z_]+)"', (root / "msoko" / "settings.py").read_text()))
    sample = (root / ".env.example").read_text()
    named = set(re.findall(r"^#?([A-Z_]+)=", sample, re.MULTILINE))
    assert asked - named == set()


def test_the_portal_gets_a_secret_key_and_not_the_callers_arguments(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGS", "x")
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    env = variables.portal_env(var, {"DATABASE_URL": "postgres://x", "REDIS_URL": "redis://y"})
    assert env["SECRET_KEY"] == keys.secret(var, "secret_key")
    assert env["DATABASE_URL"] == "postgres://x"
    assert env["VAR_DIR"] == str(var.folder)
    assert "ARGS" not in env
    assert "PYTHONDONTWRITEBYTECODE" not in env


# --- ports


def test_a_busy_port_is_one_sentence_with_advice() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=rf"Порт {port} занят.*make run PORT="):
            ports.require_free("127.0.0.1", port)
    ports.require_free("127.0.0.1", port)


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "8000.0"])
def test_no_port_number(text: str) -> None:
    with pytest.raises(Stop, match="не номер порта"):
        ports.read_port(text)


# --- locks and guests


def test_one_owner_at_a_time_and_a_killed_one_leaves_no_lock(var: Var) -> None:
    script = (
        "import sys, time, fcntl; from pathlib import Path; f = open(sys.argv[1], 'a'); "
        "fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True); time.sleep(60)"
    )
    var.folder.mkdir()
    other = subprocess.Popen([sys.executable, "-c", script, str(var.lock)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    with other, other.stdout:
        assert other.stdout.readline() == "held\n"
        assert servers.is_owned(var)
        var.state.write_text(json.dumps({"mode": "run", "url": "http://127.0.0.1:1/"}))
        with pytest.raises(servers.Busy) as busy, servers.own(var, mode="run"):
            pass
        assert busy.value.state["url"] == "http://127.0.0.1:1/"
        other.kill()
        other.wait()
    assert not servers.is_owned(var)


def test_a_guest_comes_only_when_the_servers_are_ready(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    var.folder.mkdir()
    with pytest.raises(servers.Busy), servers.visit(var):
        pass
    var.state.write_text(json.dumps({"ready": True, "postgres_port": 1, "valkey_port": 2}))
    with servers.visit(var) as addresses:
        assert addresses["DATABASE_URL"].endswith("@127.0.0.1:1/portal")
        assert addresses["REDIS_URL"].endswith("@127.0.0.1:2/0")
        assert servers._lock(var.guests, fcntl.LOCK_EX) is None  # the owner waits for the guest


def test_orphans_of_a_killed_launcher_are_stopped_strangers_are_not(var: Var) -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(sleeper, start_new_session=True) as orphan, subprocess.Popen(sleeper) as stranger:
        mark = process.started_at(orphan.pid)
        assert mark
        children = [
            {"name": "web", "pid": orphan.pid, "mark": mark, "gentle": signal.SIGTERM},
            {"name": "beat", "pid": stranger.pid, "mark": "another time", "gentle": signal.SIGTERM},
        ]
        var.folder.mkdir()
        var.state.write_text(json.dumps({"children": children}))
        servers.stop_orphans(var)
        assert process.started_at(orphan.pid) == ""
        assert stranger.poll() is None
        stranger.kill()
    assert not var.state.exists()


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    script = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    child = process.Child("deaf", [sys.executable, "-c", script], log=tmp_path / "log" / "deaf.log", env=os.environ)
    while "up" not in child.log.read_text():
        pass
    child.stop(patience=0.3)
    assert child.exit_code == -signal.SIGKILL


# --- what pip cannot bring


def test_what_is_missing_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need = system.Need(lambda: False, ("libpango-1.0-0",), "brew install pango", "Отчёты в PDF не будут создаваться")
    monkeypatch.setitem(system.NEEDS, "pdf", need)
    monkeypatch.setattr(system, "apt_prefix", lambda: None)
    system.ensure("pdf")
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith("Отчёты в PDF не будут создаваться. Чтобы исправить: ")
    assert "libpango-1.0-0" in said[0] or sys.platform == "darwin"
