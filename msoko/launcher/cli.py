"""The commands by name."""

import os
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass

from msoko.launcher import environment
from msoko.launcher.talk import Stop, say

Command = Callable[[list[str]], int]


@dataclass(frozen=True)
class Entry:
    where: str
    group: str
    text: str


ENTRIES = {
    "run": Entry("portal:run", "run", "start the portal and its servers; PORT=8001 changes the port"),
    "test": Entry("tasks:test", "dev", 'all tests; ARGS="tests/core -k name" picks some'),
    "check": Entry("tasks:check", "dev", "format, lint, types, templates, import floors, migrations"),
    "fix": Entry("tasks:fix", "dev", "format the code and mend what the linter can mend"),
    "bench": Entry("tasks:bench", "dev", "measures, one JSON line each; ONLY=X1 picks one"),
    "capabilities": Entry("tasks:capabilities", "dev", "which rows of docs/capabilities.md the tests prove"),
    "demo-reset": Entry("tasks:demo_reset", "run", "throw the demonstration's data away and load it anew"),
    "manage": Entry("tasks:manage", "run", 'a management command: ARGS="compute_aggregates --period 2025/26"'),
    "shell": Entry("tasks:shell", "run", "Python with the portal's models"),
    "clean": Entry("tasks:clean", "run", "remove what the tests left"),
}


def usage() -> str:
    lines = [f"  make {name:<14}{entry.text}" for name, entry in ENTRIES.items()]
    return "\n".join(["Commands:", *lines])


def _resolve(entry: Entry) -> Command:
    """Imported late: some of it needs the libraries."""
    from importlib import import_module

    module, _, name = entry.where.partition(":")
    command: Command = getattr(import_module(f"msoko.launcher.{module}"), name)
    return command


def main(arguments: list[str]) -> int:
    """Run a command by its name. Returns the exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name in {"help", "-h", "--help"}:
        sys.stdout.write(f"{usage()}\n")
        return 0
    entry = ENTRIES.get(name)
    if entry is None:
        say(f"Нет команды «{name}».\n{usage()}")
        return 1
    try:
        return _run(name, entry, rest)
    except Stop as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        return 130


def _run(name: str, entry: Entry, rest: list[str]) -> int:
    from msoko.launcher.variables import load_dotenv

    load_dotenv()
    if name == "run":
        from msoko.launcher import portal

        portal.preflight()
    environment.ensure(entry.group)
    environment.enter([name, *rest])
    os.umask(0o077)  # nothing the portal writes is for other users of the machine
    if name == "run":
        from msoko.launcher import system

        system.ensure("pdf")
    return _resolve(entry)(rest or _arguments())


def _arguments() -> list[str]:
    """ARGS of the Makefile, split as a shell would, without a shell."""
    try:
        return shlex.split(os.environ.get("ARGS", ""))
    except ValueError:
        raise Stop("В ARGS не закрыта кавычка.") from None
