"""What pip cannot bring: libraries for PDF and a browser for tests. Installed by apt where that is allowed."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from msoko.launcher.paths import RUN
from msoko.launcher.talk import say

PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def has_pango() -> bool:
    if sys.platform == "darwin":
        return any(shutil.which(name) for name in ("pango-view", "pango-list"))
    try:
        for name in PANGO:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_chromium() -> bool:
    return chromium() is not None


def chromium() -> str | None:
    """The browser that tests drive; `CHROMIUM` names another one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


@dataclass(frozen=True)
class Need:
    present: Callable[[], bool]
    packages: tuple[str, ...]
    brew: str
    without: str


NEEDS = {
    "pdf": Need(
        has_pango,
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        "brew install pango",
        "Отчёты в PDF не будут создаваться, всё остальное работает",
    ),
    "browser": Need(has_chromium, ("chromium",), "brew install --cask chromium", "Проверки в браузере будут пропущены"),
}


def apt_prefix() -> list[str] | None:
    """How to call apt-get without a question, or None when that is not allowed here."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def ensure(*names: str) -> None:
    """Bring what is missing, or say in one line what to type; the portal starts either way."""
    for name in names:
        need = NEEDS[name]
        if need.present():
            continue
        prefix = apt_prefix()
        if prefix is not None:
            say(f"Устанавливаю системные пакеты: {' '.join(need.packages)}…")
            _apt(prefix, need.packages)
        if not need.present():
            say(f"{need.without}. Чтобы исправить: {advice(need)}")


def advice(need: Need) -> str:
    if sys.platform == "darwin":
        return need.brew
    return f"sudo apt-get install --no-install-recommends {' '.join(need.packages)}"


def _apt(prefix: list[str], packages: tuple[str, ...]) -> None:
    log = RUN.log("apt")
    log.parent.mkdir(parents=True, exist_ok=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    with log.open("w") as output:
        for command in (install, [*apt, "update"], install):  # the list of packages may be missing or old
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
            if command is install and done.returncode == 0:
                return
