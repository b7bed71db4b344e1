"""Processes: started in a session of their own, told apart from strangers, stopped for certain."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024


def started_at(pid: int) -> str:
    """A mark that tells a process from a later one with the same number; empty when there is none."""
    if sys.platform.startswith("linux"):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return ""
        fields = stat.rpartition(")")[2].split()
        return "" if fields[0] == "Z" else fields[19]  # a zombie is over; 22nd field: start time since boot
    command = ["ps", "-o", "state=,lstart=", "-p", str(pid)]
    state, _, start = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().partition(" ")
    return "" if state.startswith("Z") else start.strip()


@dataclass(frozen=True)
class Known:
    """A process that some launcher started, as its state file remembers it."""

    name: str
    pid: int
    mark: str
    gentle: int = signal.SIGTERM

    @property
    def is_alive(self) -> bool:
        return bool(self.mark) and started_at(self.pid) == self.mark

    def stop(self, patience: float = 10.0) -> None:
        """Ask, wait, then kill with all its children."""
        if not self.is_alive:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, self.gentle)
        if self._gone_within(patience):
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._gone_within(5)

    def _gone_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.is_alive:
                return True
            time.sleep(0.05)
        return False


def follow_parent(sign: int) -> None:
    """In a child on Linux: get this signal when the launcher dies, even by kill -9."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)


def open_log(path: Path) -> Any:
    """The log to append to; a big one is put aside first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


class Child:
    """A process of ours with its log. Its own session keeps the terminal's Ctrl-C away from it."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        log: Path,
        env: Mapping[str, str],
        gentle: int = signal.SIGTERM,
        before: Callable[[], None] | None = None,
        user: dict[str, Any] | None = None,
        cwd: Path | None = None,
    ) -> None:
        def prepare() -> None:
            if before:
                before()
            follow_parent(gentle)

        self.name = name
        self.log = log
        with open_log(log) as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=prepare,  # noqa: PLW1509 - the launcher has one thread
                **(user or {}),
            )
        self.known = Known(name, self.process.pid, started_at(self.process.pid), gentle)

    @property
    def exit_code(self) -> int | None:
        return self.process.poll()

    def stop(self, patience: float = 10.0) -> None:
        if self.process.poll() is None:
            self.known.stop(patience)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)


def foreground(command: list[str], env: Mapping[str, str]) -> int:
    """Run a command on our own terminal and wait; signals are its business, its exit code is ours."""
    child = subprocess.Popen(command, env=dict(env))
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal has sent it to the command too
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: child.terminate())
    try:
        code = child.wait()
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    return code if code >= 0 else 128 - code


def step(command: list[str], env: Mapping[str, str]) -> int:
    """Run a command that people do not talk to; an interrupt of ours stops it."""
    child = subprocess.Popen(
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
        preexec_fn=lambda: follow_parent(signal.SIGTERM),  # noqa: PLW1509 - the launcher has one thread
    )
    try:
        return child.wait()
    except BaseException:
        Known("step", child.pid, started_at(child.pid)).stop(5)
        raise
