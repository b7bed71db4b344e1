"""`make run`: servers, then web, worker and beat; watched until one falls or the operator stops them."""

import contextlib
import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from msoko.launcher import ports, servers, system
from msoko.launcher.paths import PYTHON, RUN
from msoko.launcher.process import Child, step
from msoko.launcher.talk import Stop, failed, say
from msoko.launcher.variables import portal_env

WEB_SECONDS = 90


@contextlib.contextmanager
def stop_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end the portal as Ctrl-C does; a second one does not disturb the stopping."""

    def interrupt(*_: object) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        raise KeyboardInterrupt

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, interrupt)  # a shell starts background commands with SIGINT ignored
    yield


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The portal's processes, in the order of their start."""
    python = str(PYTHON)
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    celery = [python, "-m", "celery", "-A", "msoko.celery"]
    threads = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    return {
        "worker": [*celery, "worker", "-c", "2", "-l", "INFO", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "-l", "INFO", "--pidfile="],
        "web": [
            *(python, "-m", "gunicorn", "msoko.wsgi:application", "--bind", bind),
            *threads,
            *("--timeout", "120", "--graceful-timeout", "10", "--no-control-socket"),
        ],
    }


def _address() -> tuple[str, int]:
    return os.environ.get("HOST") or "127.0.0.1", ports.read_port(os.environ.get("PORT") or "8000")


def preflight() -> None:
    """Say what stands in the way before a minute is spent on libraries. Raises Stop."""
    address = _address()
    if not servers.is_owned(RUN):
        ports.require_free(*address)


def run(arguments: list[str]) -> int:
    """Start the portal and stay with it. Returns the exit code."""
    host, port = _address()
    try:
        with stop_signals(), servers.own(RUN, mode="run") as owned:
            url = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}/"  # noqa: S104 - a comparison
            env = portal_env(RUN, owned.env())
            env.setdefault("SITE_URL", url.rstrip("/"))
            _prepare(env)
            for name, command in commands(host, port).items():
                owned.add(Child(name, command, log=RUN.log(name), env=env))
            _wait_for_web(owned, url)
            owned.tell(url=url)
            _greet(url, env)
            return _watch(owned)
    except KeyboardInterrupt:
        say("Портал остановлен.")
        return 0
    except servers.Busy as busy:
        return _already(busy.state)


def _prepare(env: dict[str, str]) -> None:
    if step([str(PYTHON), "-m", "msoko.launcher.prepare"], env) != 0:
        raise Stop("Не удалось подготовить базу данных: причина названа выше.")


def _already(state: dict[str, object]) -> int:
    if state.get("mode") == "run":
        where = f"по адресу {state['url']}" if state.get("url") else "и как раз готовится к работе"
        say(f"Портал уже запущен {where} (процесс {state.get('pid')}). Второй раз запускать не нужно.")
        return 0
    raise Stop("В этой папке выполняется другая команда (make manage). Дождитесь её окончания и повторите.")


def _fallen(owned: servers.Owned) -> Child | None:
    return next((child for child in owned.children if child.exit_code is not None), None)


def _wait_for_web(owned: servers.Owned, url: str) -> None:
    """Until the first page answers, whatever it answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + WEB_SECONDS
    while time.monotonic() < end:
        if child := _fallen(owned):
            raise _failure(child)
        try:
            opener.open(f"{url}healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except (OSError, ValueError):
            time.sleep(0.2)
        else:
            return
    raise failed("Веб-сервер не отвечает.", RUN.log("web"))


def _failure(child: Child) -> Stop:
    return failed(f"Процесс «{child.name}» неожиданно остановился (код {child.exit_code}), портал выключен.", child.log)


def _watch(owned: servers.Owned) -> int:
    while True:
        if child := _fallen(owned):
            raise _failure(child)
        time.sleep(0.5)


def _greet(url: str, env: dict[str, str]) -> None:
    say(f"\nПортал работает: {url}")
    if env["DEMO"] in {"1", "true", "yes", "on"}:
        _show_accounts()
    if not system.has_pango():
        say("Отчёты в PDF пока не создаются: нет библиотеки Pango (команда названа выше).")
    say("Остановить: Ctrl-C. Журналы: " + str(RUN.folder / "log"))


def _show_accounts() -> None:
    """The accounts of the demonstration, from the file that `load_demo` leaves."""
    try:
        accounts = json.loads(RUN.demo_accounts.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    from apps.accounts.roles import Role

    labels = dict(Role.choices)
    say("Учётные записи примера (вход — в один щелчок на странице входа):")
    width = max((len(account["email"]) for account in accounts), default=0)
    for account in accounts:
        role = account["role"]
        say(f"  {account['email']:<{width}}  {account['password']}  {labels.get(role, role)}: {account['name']}")
    say()
