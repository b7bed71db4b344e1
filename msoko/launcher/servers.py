"""Who owns the servers of a working folder, who is a guest there, and what a dead owner left behind.

The owner holds `launcher.lock` as long as its servers run and keeps a state file with their ports and processes.
A lock of the kernel ends with its process, so `kill -9` leaves no stale lock, only processes that the next owner
finds in the state file and stops.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from msoko.launcher import keys
from msoko.launcher.paths import Var
from msoko.launcher.postgres import Postgres, database_url, stop_leftover
from msoko.launcher.process import Child, Known
from msoko.launcher.talk import Stop
from msoko.launcher.valkey import Valkey, redis_url

GUEST_PATIENCE = 180.0


class Busy(Exception):
    """Another launcher owns the servers; `state` is what it says about itself."""

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__("busy")
        self.state = state


def _lock(path: Path, how: int) -> IO[str] | None:
    """The open file that holds the lock, or None when another process has it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except PermissionError:
        raise Stop(
            f"Папка {path.parent} принадлежит другому пользователю. Запустите портал от его имени "
            "или укажите свою папку в переменной VAR_DIR."
        ) from None
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def is_owned(var: Var) -> bool:
    """Whether a launcher owns the servers now."""
    lock = _lock(var.lock, fcntl.LOCK_EX)
    if lock:
        lock.close()
    return lock is None


def read_state(var: Var) -> dict[str, Any]:
    try:
        state = json.loads(var.state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


class Owned:
    """The servers that this launcher started and the processes above them, in the order of their start."""

    def __init__(self, var: Var, mode: str) -> None:
        self.var = var
        self.children: list[Child] = []
        self.state: dict[str, Any] = {"mode": mode, "pid": os.getpid(), "ready": False}

    def start(self, *, durable: bool) -> None:
        """Start what the environment does not name."""
        self._write()
        if not os.environ.get("DATABASE_URL"):
            postgres = Postgres(self.var, durable=durable)
            self.add(postgres.start())
            self.state["postgres_port"] = postgres.port
        if not os.environ.get("REDIS_URL"):
            valkey = Valkey(self.var)
            self.add(valkey.start())
            self.state["valkey_port"] = valkey.port
        self.tell(ready=True)

    def add(self, child: Child) -> Child:
        self.children.append(child)
        self._write()
        return child

    def tell(self, **facts: Any) -> None:
        """Put facts into the state file, for guests and for a second start."""
        self.state.update(facts)
        self._write()

    def _write(self) -> None:
        self.state["children"] = [asdict(child.known) for child in self.children]
        keys.write_private(self.var.state, json.dumps(self.state, ensure_ascii=False))

    def env(self) -> dict[str, str]:
        return server_env(self.var, self.state)

    def stop(self, patience: float) -> None:
        """Stop all, the last started first; guests may finish before the servers go."""
        self.tell(ready=False)
        above = [child for child in self.children if child.name not in {"postgres", "valkey"}]
        for child in reversed(above):
            child.stop()
        self._wait_for_guests(patience)
        for child in reversed([child for child in self.children if child not in above]):
            child.stop(30)
        self.var.state.unlink(missing_ok=True)

    def _wait_for_guests(self, patience: float) -> None:
        end = time.monotonic() + patience
        while (alone := _lock(self.var.guests, fcntl.LOCK_EX)) is None and time.monotonic() < end:
            time.sleep(0.1)
        if alone:
            alone.close()


def server_env(var: Var, state: dict[str, Any]) -> dict[str, str]:
    """Addresses of the servers: the environment's own or those of the embedded ones."""
    database = os.environ.get("DATABASE_URL") or database_url(var, state["postgres_port"])
    redis = os.environ.get("REDIS_URL") or redis_url(var, state["valkey_port"])
    return {"DATABASE_URL": database, "REDIS_URL": redis}


@contextlib.contextmanager
def own(var: Var, *, mode: str, durable: bool = True, patience: float = 5.0) -> Iterator[Owned]:
    """Start the servers, hand them over, stop them. Raises Busy when another launcher owns them."""
    lock = _lock(var.lock, fcntl.LOCK_EX)
    if lock is None:
        raise Busy(read_state(var))
    with lock:
        stop_orphans(var)
        owned = Owned(var, mode)
        try:
            owned.start(durable=durable)
            yield owned
        finally:
            owned.stop(patience)


@contextlib.contextmanager
def visit(var: Var) -> Iterator[dict[str, str]]:
    """Use the servers of another launcher; it waits for its guests before it stops them. Raises Busy while it is
    neither ready nor gone."""
    lock = _lock(var.guests, fcntl.LOCK_SH)
    state = read_state(var)
    if lock is None or not state.get("ready"):
        if lock:
            lock.close()
        raise Busy(state)
    with lock:
        yield server_env(var, state)


@contextlib.contextmanager
def use(var: Var, *, mode: str) -> Iterator[dict[str, str]]:
    """The servers' addresses: those that run, or our own for the time of one command."""
    end = time.monotonic() + GUEST_PATIENCE
    with contextlib.ExitStack() as stack:
        while True:
            try:
                env = stack.enter_context(own(var, mode=mode, patience=GUEST_PATIENCE)).env()
                break
            except Busy:
                pass
            try:
                env = stack.enter_context(visit(var))
                break
            except Busy as busy:
                if time.monotonic() > end:
                    name = busy.state.get("mode", "")
                    raise Stop(
                        f"Другая команда ({name}) слишком долго не отвечает. Остановите её и повторите."
                    ) from None
            time.sleep(0.2)
        yield env


def stop_orphans(var: Var) -> None:
    """Stop what a launcher that was killed left running."""
    for fields in reversed(read_state(var).get("children", [])):
        with contextlib.suppress(TypeError):
            Known(**fields).stop()
    var.state.unlink(missing_ok=True)
    if var.postgres.exists():
        stop_leftover(var.postgres)
