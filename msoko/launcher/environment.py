"""The virtual environment: made and filled when the pinned requirements changed, otherwise left alone."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from msoko.launcher.paths import PYTHON, ROOT, RUN, VENV
from msoko.launcher.talk import Stop, failed, say

REQUIREMENTS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}


def fingerprint(group: str) -> str:
    """What an installed environment stands for: the pins and the Python they were installed for."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in REQUIREMENTS[group]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _marker(group: str) -> Path:
    return VENV / f".installed-{group}"


def is_current(group: str) -> bool:
    """Development requirements contain those of the run."""
    for kept in {group, "dev"}:
        marker = _marker(kept)
        if marker.is_file() and marker.read_text() == fingerprint(kept):
            return works(PYTHON)
    return False


def works(python: Path) -> bool:
    """False for an environment whose Python is gone or was replaced."""
    if not python.exists():
        return False
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(python), "-c", check], capture_output=True, check=False).returncode == 0


def ensure(group: str) -> None:
    """Make the environment ready for `run` or `dev`. Raises Stop with advice."""
    if is_current(group):
        return
    if not works(PYTHON):
        _create()
    say("Устанавливаю библиотеки (в первый раз это минута или две)…")
    _install(REQUIREMENTS[group][-1])
    for old in VENV.glob(".installed-*"):
        old.unlink()
    _marker(group).write_text(fingerprint(group))


def _create() -> None:
    say("Создаю виртуальное окружение .venv…")
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        try:
            venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(VENV)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Stop(f"Не удалось создать виртуальное окружение {VENV}: {error}.") from error
        return
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "--quiet", "--seed", "--python", sys.executable, str(VENV)], check=True)
        return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    raise Stop(
        f"В этом Python нет модулей venv и ensurepip. На Debian и Ubuntu: apt-get install python{version}-venv; "
        "затем повторите команду."
    )


def _install(requirements: str) -> None:
    log = RUN.log("install")
    log.parent.mkdir(parents=True, exist_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    ways = [[*pip, "-r", requirements]]
    if uv := shutil.which("uv"):
        ways.insert(0, [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "-r", requirements])
    with log.open("w") as output:
        for way in ways:  # uv does not read pip's configuration: where it fails pip has its turn
            if subprocess.run(way, cwd=ROOT, stdout=output, stderr=output, check=False).returncode == 0:
                return
    raise failed("Не удалось установить библиотеки.", log)


def enter(arguments: list[str]) -> None:
    """Go on in the environment's Python: the same command, now with the libraries."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    sys.stderr.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "msoko.launcher", *arguments])  # noqa: S606 - our own interpreter
