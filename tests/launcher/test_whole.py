"""`make run` as a newcomer runs it, in a working folder of its own, and the commands that the README shows."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from msoko.launcher import environment
from msoko.launcher.paths import ROOT
from msoko.launcher.ports import free_port
from msoko.launcher.process import started_at

START_SECONDS = 240
SERVERS = {"DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "SECRET_KEY", "DEBUG", "DEMO", "SITE_URL"}
pytestmark = pytest.mark.skipif(
    not environment.is_current("run") and os.environ.get("CI") != "true",
    reason="нет окружения .venv: его создаёт make test",
)


def make(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=START_SECONDS
    )


class Portal:
    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.env = {name: value for name, value in os.environ.items() if name not in SERVERS}
        self.env |= {"VAR_DIR": str(var), "PORT": str(self.port)}

    def start(self) -> None:
        self.said = (self.var.parent / "said.txt").open("w+")
        self.make = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=self.env, stdout=self.said, stderr=self.said, start_new_session=True
        )
        end = time.monotonic() + START_SECONDS
        while "Портал работает" not in self.text():
            assert self.make.poll() is None, self.text()
            assert time.monotonic() < end, self.text()
            time.sleep(0.2)

    def text(self) -> str:
        return (self.var.parent / "said.txt").read_text()

    @property
    def state(self) -> dict:
        return json.loads((self.var / "launcher.json").read_text())

    def get(self, path: str) -> int:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return int(answer.status)

    def end(self, sign: signal.Signals) -> None:
        """End the launcher and see that nothing of it is left."""
        children = self.state["children"]
        os.kill(self.state["pid"], sign)
        self.make.wait(60)
        self.said.close()
        end = time.monotonic() + 30
        while any(started_at(child["pid"]) == child["mark"] for child in children):
            assert time.monotonic() < end, children
            time.sleep(0.1)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Started once; the tests of this module run in their order."""
    portal = Portal(tmp_path_factory.mktemp("whole") / "var")
    portal.var.mkdir()
    portal.start()
    yield portal
    if portal.make.poll() is None:
        portal.end(signal.SIGTERM)


def test_it_answers_and_names_the_accounts(portal: Portal) -> None:
    assert portal.get("/healthz") == 200
    assert portal.get("/") == 200
    assert portal.get("/accounts/login/") == 200
    accounts = json.loads((portal.var / "demo_accounts.json").read_text())
    said = portal.text()
    assert accounts
    assert all(account["email"] in said and account["password"] in said for account in accounts)


def test_a_second_start_says_where_the_first_is(portal: Portal) -> None:
    second = make("run", env=portal.env)
    assert second.returncode == 0
    assert f"уже запущен по адресу http://127.0.0.1:{portal.port}/" in second.stderr


def test_the_commands_of_the_readme(portal: Portal) -> None:
    """On the running servers, as a guest; the last line of stdout is the command's own."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- tested -->\n```sh\n(.*?)```", readme, re.DOTALL)
    assert block
    commands = [shlex.split(line, comments=True) for line in block[1].splitlines() if line.strip()]
    assert len(commands) >= 3
    for command in commands:
        assert command[0] == "make"
        done = make(*command[1:], env=portal.env)
        assert done.returncode == 0, (command, done.stderr)
        if any("--json" in part for part in command):
            assert isinstance(json.loads(done.stdout.splitlines()[-1]), dict)


def test_after_kill_9_the_next_start_finds_its_way(portal: Portal) -> None:
    portal.end(signal.SIGKILL)
    assert (portal.var / "launcher.json").exists()  # nobody could tidy up
    began = time.monotonic()
    portal.start()
    assert portal.get("/healthz") == 200
    assert "Загружаю пример" not in portal.text()
    assert time.monotonic() - began < 60


def test_an_interrupt_stops_everything(portal: Portal) -> None:
    portal.end(signal.SIGINT)
    assert portal.make.returncode == 0
    assert "Портал остановлен." in portal.text()
    assert not (portal.var / "launcher.json").exists()


def test_a_command_starts_the_servers_for_its_own_time(portal: Portal) -> None:
    done = make("manage", "ARGS=shell -v0 -c \"print('ёж, 4 класс.xlsx')\"", env=portal.env)
    assert done.stdout == "ёж, 4 класс.xlsx\n", done.stderr
    assert not (portal.var / "launcher.json").exists()


def test_a_busy_port_is_one_sentence(portal: Portal) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", portal.port))
        other.listen(1)
        done = make("run", env=portal.env)
    assert done.returncode == 2
    assert f"Порт {portal.port} занят другой программой" in done.stderr
    assert "Traceback" not in done.stderr
